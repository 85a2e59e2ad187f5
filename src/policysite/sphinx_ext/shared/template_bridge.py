"""How templates are rendered: as Sphinx does it, except for what costs time without protecting anything here.

Sphinx keeps templates in a sandbox, which asks at every attribute and every call whether it is allowed, and asks the
disk at every use whether a template has changed. The templates are the project's own, as its ``conf.py`` is, which may do
whatever it likes; and no policy text is ever taken for a template.

A template is compiled once and kept where Python keeps compiled modules.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache
from sphinx.jinja2glue import BuiltinTemplateLoader

from policysite.base.package import PACKAGE

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.theming import Theme


class _Compiled(FileSystemBytecodeCache):
    """Templates as this Jinja compiled them for this Python; none where Python may keep no compiled modules either."""

    def __init__(self) -> None:
        beside = Path(cache_from_source(os.fspath(PACKAGE / "templates" / "compiled.py")))
        self._folder = beside.with_suffix(f".jinja-{jinja2.__version__}")
        super().__init__(os.fspath(self._folder))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if there is a place for it."""
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


class Templates(BuiltinTemplateLoader):
    """Sphinx's own bridge to Jinja, without the sandbox."""

    def init(
        self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None
    ) -> None:
        """Make the environment that all pages of *builder* are rendered in."""
        super().init(builder, theme, dirs)
        guarded = self.environment
        plain = Environment(  # noqa: S701 - as Sphinx: templates escape by themselves.
            loader=self,
            extensions=[type(extension) for extension in guarded.extensions.values()],
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_Compiled(),
        )
        plain.filters.update(guarded.filters)
        plain.globals.update(guarded.globals)
        # Sphinx declares the kind that it makes, and uses what all kinds have.
        self.environment = plain  # type: ignore[assignment]

    def compile_all(self) -> int:
        """Compile the templates in the folders of the site, the engine and the theme, and return how many there are."""
        names: set[str] = set()
        for place, loader in enumerate(self.loaders[: len(self.pathchain)]):
            found = {name for name in loader.list_templates() if name.endswith(".html")}
            names |= found
            if place >= self.templatepathlen:
                # Those of the theme are also named past those of the site.
                names |= {f"!{name}" for name in found}
        for name in sorted(names):
            self.environment.get_template(name)
        return len(names)


def _choose(_app: Sphinx, config: Config) -> None:
    if not config.template_bridge:
        config.template_bridge = f"{Templates.__module__}.{Templates.__qualname__}"


def setup(app: Sphinx) -> None:
    """Render with these, where ``conf.py`` names no others."""
    app.connect("config-inited", _choose)

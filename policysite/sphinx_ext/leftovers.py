"""Pages of documents that are gone: Sphinx leaves them in the output, where they would be published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from policysite import addresses
from policysite.sphinx_ext.config import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def _remove(
    app: Sphinx,
    env: BuildEnvironment,
    _added: set[str],
    _changed: set[str],
    _removed: set[str],
) -> list[str]:
    """Remove every page that this build does not make.

    What Sphinx reports as removed is not enough: it knows of nothing that an earlier environment made.
    """
    if isinstance(app.builder, StandaloneHTMLBuilder):
        site, output = site_of(app.config), Path(app.outdir)
        for path in list(output.rglob(f"*{addresses.SUFFIX}")):
            name = path.relative_to(output).as_posix().removesuffix(addresses.SUFFIX)
            if name in env.found_docs or site.page(name) or name == addresses.SEARCH_PAGE:
                continue
            for left in (
                path.name,
                addresses.data_file(path.stem),
                addresses.search_file(path.stem),
            ):
                path.with_name(left).unlink(missing_ok=True)
    return []


def setup(app: Sphinx) -> None:
    """Remove the pages before others are made."""
    app.connect("env-get-outdated", _remove)

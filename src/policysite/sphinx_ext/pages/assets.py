"""What a page loads: one style sheet and one script, put together from their parts; pages that are no version, and versions with labels or summaries, one more style sheet, and those that search, compare or list versions one more script. What few readers ask for, the tools of a provision and the meaning of typed links, is a script that the first one loads when they do.

Sphinx and furo add a dozen files to every page; a policy needs none of their scripts. The style sheet is what
the pages need of furo's, then ``policysite/assets/styles``, then the publisher's own (``html_css_files``), so that the later
wins; the script is ``policysite/assets/scripts`` in the order of :data:`SCRIPTS`, then ``html_js_files``.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import rcssmin
import rjsmin

from policysite.base import digests
from policysite.base.package import PACKAGE
from policysite.base.problems import Code, refusal
from policysite.model import addresses
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.build_abort import abort_build
from policysite.sphinx_ext.shared.config import site_builder
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.style_rules import needed_rules, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ASSETS = PACKAGE / "assets"
STYLES = (
    "base.css",
    "text.css",
    "notices.css",
    "navigation.css",
    "redline.css",
    "print.css",
)
SCRIPTS = ("theme.js", "provisions.js", "openers.js", "navigation.js", "status.js")
# Classes that Sphinx and docutils give to what the text of a policy may contain.
_CLASSES = """
align-center align-default colwidths-auto colwidths-given container docutils external internal
literal notranslate pre reference row-even row-odd table-wrapper text-center text-left text-right
"""
FROM_DOCUMENTS = frozenset(_CLASSES.split())
# What templates and scripts say, or use as other names, and furo has as classes.
_NO_CLASSES = frozenset(
    ["__navigation", "__toc", "citation", "contents", "current", "icon", "property", "search"]
)
# What furo has rules for and no page has: targets that are no section, fields of other kinds, and marks that browsers no
# longer need; and what this project's own styles say in full.
_NO_SELECTORS = (
    *(".headerlink", "span:target", "[role=main]", "-moz-focus"),
    *("[type=number]", "[type=reset]", "[type=radio]"),
)
STYLE_SHEET = "_static/policysite.css"
COMPARE_STYLE_SHEET = "_static/compare.css"
PLAIN_WORDS_STYLE_SHEET = "_static/plain-words.css"
SCRIPT = "_static/policysite.js"
TOOLS_SCRIPT = "_static/tools.js"
SEARCH_SCRIPT = "_static/search.js"
VIEWS_SCRIPT = "_static/views.js"
REDLINE_SCRIPT = "_static/compare.js"
HISTORY_SCRIPT = "_static/history.js"
OF_SOME_PAGES = {
    COMPARE_STYLE_SHEET: ("pages.css", "compare.css"),
    PLAIN_WORDS_STYLE_SHEET: ("plain-words.css",),
    TOOLS_SCRIPT: ("digits.js", "typed.js", "escaped.js", "tools.js"),
    SEARCH_SCRIPT: ("digits.js", "typed.js", "folding.js", "search.js"),
    VIEWS_SCRIPT: ("views.js",),
    REDLINE_SCRIPT: ("escaped.js", "redline.js", "facing.js", "views.js", "compare.js"),
    HISTORY_SCRIPT: ("digits.js", "history.js"),
}
"""What some pages load beside, with its parts; the script of the tools is named by the script of every page."""
VARIABLES = {
    "style_sheet": STYLE_SHEET,
    "compare_style_sheet": COMPARE_STYLE_SHEET,
    "plain_words_style_sheet": PLAIN_WORDS_STYLE_SHEET,
    "script": SCRIPT,
    "search_script": SEARCH_SCRIPT,
    "views_script": VIEWS_SCRIPT,
    "redline_script": REDLINE_SCRIPT,
    "history_script": HISTORY_SCRIPT,
}


class Assets:
    """The files of one build, by name."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._names: dict[str, str] = {}

    def collect(self, app: Sphinx) -> None:
        """Put the files together."""
        builder = site_builder(app)
        if builder is None:
            return
        theme = builder.theme
        themes = [Path(folder) / "static" for folder in theme.get_theme_dirs()]
        brand = [Path(app.confdir) / folder for folder in app.config.html_static_path]
        styles = [
            *(ASSETS / "styles" / name for name in STYLES),
            *(_find(app, name, brand) for name in _names(app.config.html_css_files)),
        ]
        scripts = [
            *(ASSETS / "scripts" / name for name in SCRIPTS),
            *(_find(app, name, brand) for name in _names(app.config.html_js_files)),
        ]
        own = _joined(styles, rcssmin.cssmin)
        furo = _joined([_find(app, name, themes) for name in theme.stylesheets], rcssmin.cssmin)
        words = FROM_DOCUMENTS | words_of(_texts(app, scripts)) - _NO_CLASSES
        self._contents = {name: _of_engine(*parts) for name, parts in OF_SOME_PAGES.items()}
        beside = (self._contents[name].decode() for name in self._contents if name.endswith(".css"))
        kept = needed_rules(furo, words, "\n".join([own, *beside]), _NO_SELECTORS)
        self._contents |= {
            STYLE_SHEET: f"{kept}\n{own}".encode(),
            SCRIPT: self._naming(_joined(scripts, rjsmin.jsmin), TOOLS_SCRIPT).encode(),
        }
        self._names = {
            name: addresses.with_digest(name, content) for name, content in self._contents.items()
        }

    def add_to_context(
        self,
        app: Sphinx,  # noqa: ARG002
        pagename: str,  # noqa: ARG002
        context: dict[str, Any],
    ) -> None:
        """Name the files, each with a digest: a page finds what it was made for, or nothing, but never another."""
        if not self._names:
            return
        for variable, name in VARIABLES.items():
            context[variable] = context["pathto"](self._names[name], resource=True)

    def pages_to_rewrite(self, app: Sphinx, env: BuildEnvironment) -> list[str]:  # noqa: ARG002
        """Return all pages if the files are others than those that the pages name."""
        digest = digests.of_bytes(b"".join(self._contents.values()))
        seen = policy_domain(env).data["assets"]
        policy_domain(env).data["assets"] = digest
        return sorted(env.all_docs) if seen not in {"", digest} else []

    def write(self, app: Sphinx, error: Exception | None) -> None:
        """Write them beside the files that Sphinx copies, and remove those that no page names any longer."""
        if error is not None:
            return
        for name, content in self._contents.items():
            path = Path(app.outdir) / name
            for earlier in path.parent.glob(f"{path.stem}.{'[0-9a-f]' * 8}{path.suffix}"):
                earlier.unlink()
            (Path(app.outdir) / self._names[name]).write_bytes(content)

    def _naming(self, script: str, other: str) -> str:
        """Return *script*, which loads the script *other*, with the name that this has in the site."""
        named = addresses.with_digest(other, self._contents[other])
        return script.replace(f'"{PurePosixPath(other).name}"', f'"{PurePosixPath(named).name}"', 1)


def _names(files: Iterable[Any]) -> list[str]:
    """Return the names in ``html_css_files`` or ``html_js_files``, which may come with attributes."""
    return [file if isinstance(file, str) else file[0] for file in files]


def _find(app: Sphinx, name: str, folders: list[Path]) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    return abort_build(
        app,
        refusal(
            "conf.py",
            Code.SETTINGS,
            f"Found no file {name!r} in {', '.join(os.fspath(folder.name) for folder in folders)}.",
            "Correct html_css_files or html_js_files, or put the file into _static.",
        ),
    )


def _texts(app: Sphinx, scripts: list[Path]) -> Iterator[str]:
    """Yield everything that may put a class on a page: templates and scripts."""
    folders = [Path(app.confdir) / folder for folder in app.config.templates_path]
    for file in (*scripts, *(file for folder in folders for file in folder.rglob("*.html"))):
        yield file.read_text("utf-8")


def _of_engine(*names: str) -> bytes:
    """Return the parts *names*, of a style sheet or a script, as one."""
    is_style = names[0].endswith(".css")
    folder, minify = ("styles", rcssmin.cssmin) if is_style else ("scripts", rjsmin.jsmin)
    return _joined([ASSETS / folder / name for name in names], minify).encode()


def _joined(files: list[Path], minify: Callable[[str], str]) -> str:
    """Return *files* as one, without comments; each keeps its place in the order."""
    return "\n".join(minify(file.read_text("utf-8")) for file in files)


def setup(app: Sphinx) -> None:
    """Collect when the theme is known, name the files on every page, and write them at the end."""
    assets = Assets()
    app.connect("builder-inited", assets.collect)
    # After the theme (500), whose own files are not printed.
    page_context.connect(app, assets.add_to_context, priority=700)
    app.connect("env-updated", assets.pages_to_rewrite)
    app.connect("build-finished", assets.write)

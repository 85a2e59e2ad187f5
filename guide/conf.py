"""The guides as a site of their own: ``make guide`` builds them into ``_build/guide``. They are not a part of the policies' site.

Sources are read from the project's folder, so that a link between two files is the same here and on a code host.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))
from flow_picture import draw

project = "policysite"
language = "en"
root_doc = "guide/index"
extensions = ["myst_parser"]
include_patterns = ["*.md", "guide/**.md", "benchmarks/results/README.md"]
exclude_patterns = [".venv", "_build", "**/node_modules", "docs", "src", "tests"]
# As code hosts have it.
myst_heading_anchors = 4
nitpicky = True

html_theme = "furo"
html_title = "policysite"
# The first page, which leads to guide/index.html.
html_extra_path = ["extra"]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False

_LISTS = re.compile(r"^## (?P<title>.+)\n\n(?P<items>(?:- .+\n)+)", re.MULTILINE)
_LINK = re.compile(r"^- \[.+?\]\((?P<path>[^)#]+)\.md\)", re.MULTILINE)
_NOT_IN_A_MENU = ("README", "benchmarks/results/README")


def _add_menus(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Make the menu of the lists of links on pages called ``index``: a code host shows these as they are."""
    if docname.endswith("/index"):
        menus = [
            _menu(found["title"], _LINK.findall(found["items"]))
            for found in _LISTS.finditer(source[0])
        ] or [_menu("", _LINK.findall(source[0]))]
        source[0] += "\n".join(["", *menus])
    elif docname in _NOT_IN_A_MENU:
        source[0] = f"---\norphan: true\n---\n\n{source[0]}"


def _menu(title: str, paths: list[str]) -> str:
    caption = [f":caption: {title}"] if title else []
    return "\n".join(["```{toctree}", ":hidden:", *caption, "", *paths, "```", ""])


def _draw_flows(_app: Sphinx, doctree: nodes.document) -> None:
    """Draw what is written as Mermaid, which a code host draws itself: nothing is loaded from elsewhere for it."""
    for block in list(doctree.findall(nodes.literal_block)):
        if block.get("language") == "mermaid":
            title = block.parent.next_node(nodes.title)
            picture = draw(block.astext(), title.astext() if title else "")
            block.replace_self(nodes.raw("", picture, format="html"))


def _say_language(
    _app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Tell browsers and screen readers the language of a page such as ``translators.ko``."""
    if pagename.endswith(".ko"):
        context["language"] = "ko"


def setup(app: Sphinx) -> None:
    """Add what the guides need of their own."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", _add_menus)
    app.connect("doctree-read", _draw_flows)
    app.connect("html-page-context", _say_language)

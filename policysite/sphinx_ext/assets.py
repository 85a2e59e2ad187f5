"""What a page loads: one script, and no style sheet or script that it does not use.

Sphinx and furo add a dozen files to every page. Their search page needs some of them, a policy none.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_UNUSED_STYLES = {"_static/pygments.css", "_static/styles/furo-extensions.css"}
_UNUSED_SCRIPTS = {"_static/scripts/furo.js"}
_SEARCH_SCRIPTS = {
    "_static/documentation_options.js",
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
    "_static/translations.js",
}


def _choose(
    _app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    unused = _UNUSED_SCRIPTS | (set() if pagename == "search" else _SEARCH_SCRIPTS)
    for name, left_out in (("css_files", _UNUSED_STYLES), ("script_files", unused)):
        context[name] = [f for f in context[name] if os.fspath(f.filename) not in left_out]


def setup(app: Sphinx) -> None:
    """Choose the files after the theme (500) has added its own."""
    app.connect("html-page-context", _choose, priority=700)

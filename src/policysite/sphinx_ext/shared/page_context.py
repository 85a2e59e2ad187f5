"""What templates know of a page: each feature adds its own.

Sphinx writes the context of every page out for its log, whether anybody reads it or not, so what a page gives its template
as a whole has no ``repr`` of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

THEME = 500
"""The priority of the theme, which adds to the same context and would replace some of it."""


def connect(
    app: Sphinx, add: Callable[[Sphinx, str, dict[str, Any]], None], priority: int = THEME
) -> None:
    """Have *add* called with the name of each page and what its template knows so far, to add to it."""

    def handler(
        app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        add(app, pagename, context)

    app.connect("html-page-context", handler, priority=priority)

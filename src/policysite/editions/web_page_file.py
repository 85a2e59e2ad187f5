"""A version as one web page that needs nothing else: for the web views of apps, and to be read offline.

It is XHTML, so that what it is can be read exactly: no script, no picture, nothing that is loaded, and one style sheet of the engine inside.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from policysite.editions.nested_lines import nested
from policysite.editions.pdf_pages import TEMPLATES, Paper, page_environment
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from policysite.editions.edition import Edition, WithoutText


class Screen(Paper):
    """What templates know of an edition that is read on a screen, which ends lines by itself."""

    @staticmethod
    def words(text: str) -> Markup:
        """Return *text* with line breaks where it says so."""
        return Markup("<br/>").join(map(escape, text.split(LINE)))


@cache
def style_sheet() -> str:
    """Return the style sheet that is in each of these pages."""
    return (TEMPLATES / "editions" / "web-page.css").read_text(encoding="utf-8")


def web_page_file(edition: Edition) -> bytes:
    """Return *edition* as XHTML in UTF-8, the same bytes each time."""
    return _page(edition, "editions/web-page.xhtml", text=nested(edition))


def web_page_without_text(edition: Edition, said: WithoutText) -> bytes:
    """Return a page that stands where that of the text in force would be, and has what is *said* instead; of *edition* it has publisher and title."""
    return _page(edition, "editions/no-web-page.xhtml", said=said)


def _page(edition: Edition, name: str, **values: object) -> bytes:
    template = page_environment(edition).get_template(name)
    screen, styles = Screen(edition, edition.identifier), Markup(style_sheet())  # noqa: S704 - the engine's own
    return f"{template.render(paper=screen, styles=styles, **values)}\n".encode()

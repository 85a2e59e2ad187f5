"""A page as it was saved: what on it is not policy text is removed and named, and every block says its line.

Nothing is fetched and nothing is run: the page is a tree of words here, and all attributes but those of lists, tables, links and
images are taken away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html

from policysite.importing import (
    cells,
    html_lists,
    html_parts,
    html_tables,
    html_visible,
    own_page,
)
from policysite.importing.css_rules import TooMuchStyleError
from policysite.importing.html_around import taken_away
from policysite.importing.html_words import line_of, words_of
from policysite.importing.pandoc_inlines import HEAD, LINE, TARGET
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SCRIPTS = ("script", "iframe", "object", "embed", "canvas", "video", "audio", "map", "datalist")
# They have no words that a reader sees.
_SILENT = ("style", "noscript", "template", "head", "svg", "link", "meta", "base")
_BLOCKS = {
    "p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div", "dt", "dd", "caption", "pre", "blockquote",
    "figcaption", "address", "body",
}  # fmt: skip
_AS_DIV = {"main", "header", "footer", "section", "article", "aside", "nav", "form", "center", "address",
           "fieldset", "details", "summary", "legend", "figure", "figcaption"}  # fmt: skip
_KEPT = {
    "ol": {"start", "type"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "a": {"href"}, "img": {"alt", "src"},
}  # fmt: skip


_DOCTYPE = re.compile(
    r"\ufeff?(?:\s|<!--.*?-->|<\?.*?>)*<!doctype([^>]*)>", re.IGNORECASE | re.DOTALL
)
_OURS = (f"data-{LINE}", f"data-{TARGET}", f"data-{HEAD}")
_MOST_CHARACTERS = 1_000_000
_MOST_BLOCKS = 30_000
_MOST_BREAKS = 5_000
_MOST_HEADINGS = 2_000
_LONGEST_PARAGRAPH = 100_000


class NoPageError(ValueError):
    """The file holds no words in HTML."""


def prepared(html: str, language: str = "") -> tuple[str, list[Note], str]:
    """Return *html*, a text in *language*, for pandoc, notes on what was taken away, and the words that are left, as a browser has them.

    :raises NoPageError: if there is nothing on the page.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = lxml.html.document_fromstring(html.encode(), parser=parser)
    except (lxml.etree.ParserError, ValueError) as error:
        raise NoPageError(str(error)) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise NoPageError("it is nested deeper than any text is")
    body = page.find("body")
    if body is None or not words_of(body):
        raise NoPageError("there are no words on the page")
    notes = [
        Note("Another page is shown here, whose words are not in the file.", line_of(element))
        for element in body.iter("iframe", "object", "embed", "frame")
    ]
    for script in list(body.iter(*_SCRIPTS)):
        script.drop_tree()
    notes += own_page.text_alone(page, body)
    _check_size(body)
    _check_tables(body)
    notes += html_parts.opened(body)
    try:
        changes = html_visible.write_what_is_seen(page, is_old=_is_old(html))
    except TooMuchStyleError as error:
        raise NoPageError(str(error)) from error
    if page.get(html_visible.UNSEEN) or body.get(html_visible.UNSEEN):
        raise NoPageError("its style hides all of it until a script shows it")
    for silent in list(body.iter(*_SILENT)):
        silent.drop_tree()
    notes += taken_away(body, language)
    # What was said of menus and the like went with them.
    notes += [note for element, note in changes if _is_in(element, page)]
    html_tables.straighten(body)
    notes += html_lists.numbered(body)
    words = " ".join(text for text in body.itertext() if text.strip())
    html_parts.name_targets(body)
    _mark_lines(body)
    _bare(body)
    return lxml.html.tostring(body, encoding="unicode"), notes, words


def _is_in(element: HtmlElement, page: HtmlElement) -> bool:
    return element is page or page in element.iterancestors()


def _is_old(html: str) -> bool:
    """Whether browsers show a page as those of old did (quirks mode): it does not say of which kind it is, or of an early one."""
    match = _DOCTYPE.match(html)
    if match is None:
        return True
    kind = match[1].lower()
    return "//dtd html" in kind and not (
        "html 4.01" in kind and ("http" in kind or "transitional" not in kind)
    )


def _check_size(body: HtmlElement) -> None:
    """Refuse a page with more than any policy has: what reads it looks at each part again and again.

    :raises NoPageError: if it has.
    """
    counts = {
        "characters": (
            len(str(body.text_content())) - sum(len(e.text or "") for e in body.iter("style")),
            _MOST_CHARACTERS,
        ),
        "paragraphs, points and cells": (
            sum(1 for _ in body.iter("p", "li", "td", "th", "div", "dt", "dd")),
            _MOST_BLOCKS,
        ),
        "line breaks": (sum(1 for _ in body.iter("br")), _MOST_BREAKS),
        "headings": (sum(1 for _ in body.iter("h1", "h2", "h3", "h4", "h5", "h6")), _MOST_HEADINGS),
        "characters in one paragraph": (
            max((len(str(p.text_content())) for p in body.iter("p")), default=0),
            _LONGEST_PARAGRAPH,
        ),
    }
    for what, (count, most) in counts.items():
        if count > most:
            raise NoPageError(f"it has {count:,} {what}; expected at most {most:,}")


def _check_tables(body: HtmlElement) -> None:
    """Refuse tables that would take all memory.

    :raises NoPageError: if there is one.
    """
    for table in body.iter("table"):
        rows = width = 0
        for row in table.iter("tr"):
            rows += 1
            width = max(
                width, sum(html_tables.over(cell, "colspan") for cell in row.iter("td", "th"))
            )
        over = max(
            (html_tables.over(cell, "rowspan") for cell in table.iter("td", "th")), default=1
        )
        if why := cells.why_too_large(rows, width, over):
            raise NoPageError(f"the table at line {line_of(table)} has {why}")


def _mark_lines(body: HtmlElement) -> None:
    """Put the line of the source at the beginning of every block, and after every line break."""
    for element in list(body.iter(*_BLOCKS)):
        _insert(element, 0, element.text)
        element.text = None
    for line_break in list(body.iter("br")):
        parent = line_break.getparent()
        if parent is not None:
            _insert(parent, parent.index(line_break) + 1, line_break.tail, line_of(line_break))
            line_break.tail = None


def _insert(parent: HtmlElement, place: int, tail: str | None, line: int = 0) -> None:
    mark = lxml.html.Element("span")
    mark.set(f"data-{LINE}", str(line or line_of(parent)))
    mark.tail = tail
    parent.insert(place, mark)


def _bare(body: HtmlElement) -> None:
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        kept = {*_KEPT.get(element.tag, ()), *_OURS}
        is_mark = element.tag == "span" and len(element) == 0 and not element.text
        for name in list(element.attrib):
            if name not in kept or (name in _OURS and not is_mark):
                del element.attrib[name]
        if element.tag in _AS_DIV:
            element.tag = "div"

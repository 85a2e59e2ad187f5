"""A notice as HTML for mail, and as a message (``.eml``) that a mail program opens as a draft.

Mail programs drop style sheets, scripts and pictures of others: every style is on its element, and nothing is loaded.
"""

from __future__ import annotations

import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree, html

from policysite.base import digests
from policysite.editions.facing_table import Ink
from policysite.editions.notice import PartKind
from policysite.editions.notice_text import notice_text
from policysite.languages.language_data import direction
from policysite.languages.language_files import script_of
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from policysite.editions.facing_table import FacingLine, FacingParagraph, Side, Spans
    from policysite.editions.notice import Notice, Part
    from policysite.editions.pieces_of_text import Pieces

LARGEST = 100_000
"""Bytes of the HTML. Mail programs cut off what is longer than about 102 kB."""
_INK, _GREY, _LINK, _RULE, _SHADE = "#1a1a1a", "#595959", "#0b5394", "#b3b3b3", "#f2f2f2"
_FONTS = "-apple-system,'Segoe UI',Roboto,{}Arial,sans-serif"
_WIDTH = 760
"""Pixels. What is wider is hard to read, and many windows for mail have no more."""
_BREAKS = "overflow-wrap:anywhere;word-break:{}"


def notice_html(notice: Notice) -> tuple[bytes, bool]:
    """Return *notice* as a page of HTML, and whether the table of old and new is in it: it is left out where the page would be too large."""
    content = _Page(notice, with_table=True).written()
    if notice.table is None or len(content) <= LARGEST:
        return content, notice.table is not None
    return _Page(notice, with_table=False).written(), False


def notice_message(notice: Notice, zone: ZoneInfo) -> bytes:
    """Return *notice* as a message with HTML and the same as plain text, the same bytes each time.

    Its day is that of the edition, when that begins in *zone*. It has no receiver, and mail programs take it for a draft.
    """
    content, with_table = notice_html(notice)
    edition = notice.edition
    message = EmailMessage(policy=SMTP)
    message["Subject"] = notice.subject
    if notice.sender:
        message["From"] = Address(edition.publisher, addr_spec=notice.sender)
    message["Date"] = format_datetime(dt.datetime.combine(edition.day, dt.time(), zone))
    message["X-Unsent"] = "1"
    message.set_content(notice_text(notice, with_table=with_table), cte="base64")
    message.add_alternative(content.decode(), subtype="html", cte="base64")
    # Last, as what is set before the content is taken for that of the content, and dropped.
    message["Content-Language"] = edition.language
    message.set_boundary(f"policysite-{digests.of_text(notice.identifier)[:32]}")
    return message.as_bytes()


class _Page:
    def __init__(self, notice: Notice, *, with_table: bool) -> None:
        self.notice, self.with_table = notice, with_table
        edition = notice.edition
        self.language, self.source = edition.language, edition.source_language
        script = script_of(edition.language)
        font = str(script.get("font", ""))
        self.fonts = _FONTS.format(f"'{font}'," if font else "")
        # Where lines may end inside a word they end between words, which is easier to read, but for words that are too long.
        self.breaks = _BREAKS.format("keep-all" if script.get("wraps") else "normal")

    def written(self) -> bytes:
        page = html.Element("html", lang=self.language, dir=direction(self.language))
        head = _add(page, "head")
        _add(head, "meta", charset="utf-8")
        _add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
        _add(head, "meta", name="color-scheme", content="light")
        _add(head, "title").text = self.notice.subject
        body = _add(page, "body", style=f"margin:0;padding:0;background:#ffffff;color:{_INK}")
        outer = _table(body, "width:100%")
        column = _table(
            _add(_add(outer, "tr"), "td", align="center", style="padding:16px 8px"),
            f"width:100%;max-width:{_WIDTH}px",
        )
        style = f"font-family:{self.fonts};font-size:16px;line-height:1.6;text-align:start;{self.breaks}"
        cell = _add(_add(column, "tr"), "td", style=style)
        self._content(cell)
        return etree.tostring(
            page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>", pretty_print=False
        )

    def _content(self, cell: html.HtmlElement) -> None:
        _add(
            cell, "h1", style="font-size:22px;line-height:1.35;margin:0 0 16px"
        ).text = self.notice.subject
        items: html.HtmlElement | None = None
        for part in self.notice.parts:
            if part.kind is PartKind.ITEM:
                if items is None:
                    items = _add(cell, "ul", style="margin:0 0 16px;padding-inline-start:22px")
                self._pieces(_add(items, "li", style="margin:0 0 4px"), part.pieces)
                continue
            items = None
            self._part(cell, part)

    def _part(self, cell: html.HtmlElement, part: Part) -> None:
        if part.kind is PartKind.HEADING:
            style = "font-size:17px;line-height:1.4;margin:24px 0 8px"
            self._pieces(_add(cell, "h2", style=style), part.pieces)
        elif part.kind is PartKind.TABLE:
            if self.with_table and self.notice.table:
                self._facing(cell)
            elif self.notice.instead:
                self._part(cell, self.notice.instead)
        else:
            self._pieces(_add(cell, "p", style="margin:0 0 12px"), part.pieces)

    def _pieces(self, parent: html.HtmlElement, pieces: Pieces) -> None:
        for words, link in pieces:
            if link:
                _add(parent, "a", href=link, style=f"color:{_LINK}").text = words
            else:
                _append(parent, words)

    def _facing(self, cell: html.HtmlElement) -> None:
        found = self.notice.table
        if found is None:
            return
        table = _add(
            cell,
            "table",
            width="100%",
            border="1",
            cellpadding="0",
            cellspacing="0",
            style=f"width:100%;table-layout:fixed;border-collapse:collapse;border:1px solid {_RULE};font-size:14px;line-height:1.55",
        )
        row = _add(_add(table, "thead"), "tr")
        for name in found.heads:
            style = f"{_CELL};background:{_SHADE};width:50%;text-align:center"
            _add(row, "th", scope="col", style=style).text = name
        rows = _add(table, "tbody")
        for line in found.lines:
            row = _add(rows, "tr")
            self._side(row, line, line.old, "del")
            self._side(row, line, line.new, "ins")

    def _side(self, row: html.HtmlElement, line: FacingLine, side: Side, mark: str) -> None:
        # A row of an article has no rule above it but for its heading, as printed tables have it.
        rule = "" if line.is_heading else ";border-top:0"
        weight = ";font-weight:bold" if line.is_heading else ""
        cell = _add(row, "td", valign="top", style=f"{_CELL};border-bottom:0{rule}{weight}")
        if not side:
            cell.text = "\u00a0"
        rows: html.HtmlElement | None = None
        for paragraph in side:
            if paragraph.cells:
                if rows is None:
                    rows = _add(cell, "table", style=_INNER)
                self._inner_row(rows, paragraph, mark)
                continue
            rows = None
            indent = max(paragraph.depth - 1, 0) * 10
            style = (
                f"margin:0 0 4px;padding-inline-start:{indent}px" if indent else "margin:0 0 4px"
            )
            element = _add(cell, "p", style=style, **self._foreign(paragraph))
            _spans(element, paragraph.spans, mark)

    def _inner_row(self, rows: html.HtmlElement, paragraph: FacingParagraph, mark: str) -> None:
        row = _add(rows, "tr", **self._foreign(paragraph))
        for spans in paragraph.cells:
            _spans(_add(row, "td", valign="top", style=_CELL), spans, mark)

    def _foreign(self, paragraph: FacingParagraph) -> dict[str, str]:
        if not paragraph.foreign:
            return {}
        return {"lang": self.source, "dir": direction(self.source)}


_CELL = f"padding:6px 8px;border:1px solid {_RULE};text-align:start"
_INNER = "width:100%;border-collapse:collapse;margin:0 0 4px;font-size:13px"


def _table(parent: html.HtmlElement, style: str) -> html.HtmlElement:
    """Add a table that only says where things are, as mail programs want it."""
    return _add(
        parent,
        "table",
        role="presentation",
        width="100%",
        border="0",
        cellpadding="0",
        cellspacing="0",
        style=f"border-collapse:collapse;{style}",
    )


def _spans(parent: html.HtmlElement, spans: Spans, mark: str) -> None:
    for text, ink in spans:
        if ink is Ink.CHANGED:
            target = _add(parent, mark, style="text-decoration:underline;text-underline-offset:3px")
        elif ink is Ink.NOTE:
            target = _add(parent, "span", style=f"color:{_GREY};font-weight:normal")
        else:
            target = parent
        # Of two spaces HTML keeps one.
        _lines(target, text.replace("  ", "\u00a0 ").split(LINE))


def _lines(parent: html.HtmlElement, lines: Iterable[str]) -> None:
    for place, words in enumerate(lines):
        if place:
            _add(parent, "br")
        _append(parent, words)


def _append(parent: html.HtmlElement, words: str) -> None:
    """Add *words* behind all that *parent* has."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _add(parent: html.HtmlElement, name: str, /, **attributes: str) -> html.HtmlElement:
    return etree.SubElement(parent, name, attributes)

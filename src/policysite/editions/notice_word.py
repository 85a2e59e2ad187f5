"""A notice as a Word file, with the table of old and new in two columns of the same width."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.editions.edition_lines import Style
from policysite.editions.facing_table import Ink
from policysite.editions.notice import PartKind
from policysite.editions.word_markup import TEXT_WIDTH, R, element, texts
from policysite.editions.word_package import FIRST_LINK, packed
from policysite.languages.language_data import direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from policysite.editions.facing_table import FacingParagraph, Side, Spans
    from policysite.editions.notice import FacingTable, Notice, Part
    from policysite.editions.pieces_of_text import Pieces

_STEP = 200
"""Twentieths of a point by which a provision in another one is indented in a cell."""
_BULLET = "•"
_GREY, _RULE, _FAINT = "595959", "8C8C8C", "E6E6E6"
_CELL_STYLES = {True: "TableHead", False: "TableText"}


def notice_word(notice: Notice) -> bytes:
    """Return *notice* as a DOCX file, the same bytes each time."""
    edition = replace(notice.edition, head=notice.subject, provisions=())
    writer = _Body(edition.source_language, right_to_left=direction(edition.language) == "rtl")
    body = [writer.paragraph(Style.TITLE, writer.words(notice.subject))]
    for part in notice.parts:
        if part.kind is not PartKind.TABLE:
            body.append(writer.part(part))
        elif notice.table:
            # Word wants a paragraph behind a table.
            body += [writer.table(notice.table), writer.paragraph(Style.SPACER)]
    return packed(edition, body, writer.addresses, identifier=notice.identifier, tracks=False)


class _Body:
    def __init__(self, source_language: str, *, right_to_left: bool) -> None:
        self.source_language, self.right_to_left = source_language, right_to_left
        self.addresses: dict[str, str] = {}

    def part(self, part: Part) -> etree._Element:
        if part.kind is PartKind.ITEM:
            runs = [*self.words(f"{_BULLET}\t"), *self.pieces(part.pieces)]
            return self.paragraph(Style.marked(1), runs)
        style = Style.heading(1) if part.kind is PartKind.HEADING else Style.TEXT
        return self.paragraph(style, list(self.pieces(part.pieces)))

    def paragraph(
        self, style: str, runs: Sequence[etree._Element] = (), *, indent: int = 0
    ) -> etree._Element:
        properties = element("pPr", element("pStyle", val=style))
        if indent:
            properties.append(element("ind", left=indent))
        return element("p", properties, *runs)

    def words(self, text: str, *properties: etree._Element) -> list[etree._Element]:
        around = [element("rPr", *properties)] if properties else []
        return [element("r", *around, *texts(text))]

    def pieces(self, pieces: Pieces) -> Iterator[etree._Element]:
        for text, link in pieces:
            if not link:
                yield from self.words(text)
                continue
            number = f"rId{FIRST_LINK + len(self.addresses)}"
            around = element("hyperlink", *self.words(text, element("rStyle", val="Hyperlink")))
            around.set(f"{R}id", self.addresses.setdefault(link, number))
            yield around

    def table(self, table: FacingTable) -> etree._Element:
        left = TEXT_WIDTH // 2
        widths = left, TEXT_WIDTH - left
        rows = [_row([self._head(name) for name in table.heads], widths, is_head=True)]
        # Printed tables have a rule above an article, and none in it; without any a page would end with an open table.
        begins = [True, *(line.is_heading for line in table.lines[1:]), True]
        for place, line in enumerate(table.lines):
            sides = [self._side(side, is_heading=line.is_heading) for side in line[:2]]
            rows.append(_row(sides, widths, top=begins[place], bottom=begins[place + 1]))
        return element(
            "tbl",
            element(
                "tblPr",
                element("tblStyle", val="PolicyTable"),
                *([element("bidiVisual")] if self.right_to_left else []),
                element("tblW", w=TEXT_WIDTH, type="dxa"),
                element("tblLayout", type="fixed"),
                element(
                    "tblLook",
                    val="0420",
                    firstRow=1,
                    lastRow=0,
                    firstColumn=0,
                    lastColumn=0,
                    noHBand=0,
                    noVBand=1,
                ),
            ),
            element("tblGrid", *(element("gridCol", w=width) for width in widths)),
            *rows,
        )

    def _head(self, name: str) -> list[etree._Element]:
        found = self.paragraph(_CELL_STYLES[True], self.words(name))
        found[0].append(element("jc", val="center"))
        return [found]

    def _side(self, side: Side, *, is_heading: bool) -> list[etree._Element]:
        style = _CELL_STYLES[is_heading]
        if not side:
            return [self.paragraph(style)]
        return [
            self.paragraph(
                style, list(self._runs(paragraph)), indent=max(paragraph.depth - 1, 0) * _STEP
            )
            for paragraph in side
        ]

    def _runs(self, paragraph: FacingParagraph) -> Iterator[etree._Element]:
        for place, spans in enumerate(paragraph.cells or (paragraph.spans,)):
            if place:
                yield from self.words(" | ")
            yield from self._spans(spans, foreign=paragraph.foreign)

    def _spans(self, spans: Spans, *, foreign: bool) -> Iterator[etree._Element]:
        for text, ink in spans:
            # In the order of the schema.
            properties = []
            if ink is Ink.NOTE:
                properties = [
                    element("b", val=0),
                    element("bCs", val=0),
                    element("color", val=_GREY),
                ]
            elif ink is Ink.CHANGED:
                properties = [element("u", val="single")]
            if foreign and ink is not Ink.NOTE:
                tag = self.source_language
                properties.append(element("lang", val=tag, eastAsia=tag, bidi=tag))
            yield from self.words(text, *properties)


def _row(
    cells: Sequence[Sequence[etree._Element]],
    widths: Sequence[int],
    *,
    top: bool = True,
    bottom: bool = True,
    is_head: bool = False,
) -> etree._Element:
    """Return a row; at its *top* and its *bottom* is a rule, or a faint one."""
    row = element("tr", element("trPr", element("cantSplit")))
    if is_head:
        row[0].append(element("tblHeader"))
    for cell, width in zip(cells, widths, strict=True):
        rules = element("tcBorders", _rule("top", faint=not top), _rule("bottom", faint=not bottom))
        row.append(
            element("tc", element("tcPr", element("tcW", w=width, type="dxa"), rules), *cell)
        )
    return row


def _rule(edge: str, *, faint: bool) -> etree._Element:
    return element(edge, val="single", sz=4, space=0, color=_FAINT if faint else _RULE)

"""Paragraphs and tables with tracked changes as WordprocessingML (ECMA-376, part 1, 17), in the order that its schema asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from policysite.editions.edition_lines import END_MARK, Merge, Style
from policysite.editions.tracked_changes import TAB, Run, TrackedParagraph, TrackedTable
from policysite.editions.word_names import bookmark_name
from policysite.languages.language_data import direction
from policysite.redline import Op
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from policysite.editions.tracked_changes import Tracked, TrackedCell, TrackedRow

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {"w": MAIN, "r": RELATIONS}
W, R = f"{{{MAIN}}}", f"{{{RELATIONS}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TEXT_WIDTH = 9070
"""Twentieths of a point between the margins."""
_MOVES = {Op.DELETED: "moveFrom", Op.INSERTED: "moveTo"}
_CHANGES = {Op.DELETED: "del", Op.INSERTED: "ins"}
_SIGNS = {TAB: "tab", LINE: "br"}
_BETWEEN = re.compile(f"([{TAB}{LINE}])")
_WIDE = 0x1100
"""From this character on, most are as wide as two Latin letters."""


def element(name: str, /, *children: etree._Element, **attributes: object) -> etree._Element:
    """Return the element ``w:name`` with *attributes* of the same namespace; of those that are None it has none."""
    found = etree.Element(f"{W}{name}", nsmap=NAMESPACES)
    for key, value in attributes.items():
        if value is not None:
            found.set(f"{W}{key}", str(value))
    found.extend(children)
    return found


class WordBody:
    """Writes the lines of an edition in *language*; *author* and *day* are those of its changes, *source_language* is that of what is not translated.

    ``addresses`` are those of the links, in the order of their relations ``rId`` and a number from *first_relation* on.
    """

    def __init__(
        self, author: str, day: dt.date, language: str, source_language: str, first_relation: int
    ) -> None:
        self.author, self.day, self.source_language = (
            author,
            f"{day.isoformat()}T00:00:00Z",
            source_language,
        )
        self.first_relation = first_relation
        self.right_to_left = direction(language) == "rtl"
        self.addresses: dict[str, str] = {}
        self._number = 0

    def written(self, lines: Iterable[Tracked]) -> list[etree._Element]:
        """Return *lines* as children of ``w:body``, and the mark of the end, which no change touches."""
        found: list[etree._Element] = []
        for line in lines:
            if isinstance(line, TrackedTable):
                found.append(self._table(line))
            else:
                found += self._paragraph(line)
        end = TrackedParagraph((Run(Op.EQUAL, END_MARK),), Op.EQUAL, Style.END, Style.END)
        return [*found, *self._paragraph(end)]

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _change(self, name: str, *children: etree._Element) -> etree._Element:
        return element(name, *children, id=self._next(), author=self.author, date=self.day)

    def _paragraph(self, line: TrackedParagraph) -> list[etree._Element]:
        moved = _MOVES[line.mark] if line.move else ""
        properties = element("pPr", element("pStyle", val=line.style))
        if line.mark is not Op.EQUAL:
            properties.append(element("rPr", self._change(moved or _CHANGES[line.mark])))
        if line.old_style != line.style:
            before = element("pPr", element("pStyle", val=line.old_style))
            properties.append(self._change("pPrChange", before))
        paragraph = element("p", properties)
        behind: list[etree._Element] = []
        if moved:
            number = self._next()
            paragraph.append(
                element(
                    f"{moved}RangeStart",
                    id=number,
                    author=self.author,
                    date=self.day,
                    name=line.move,
                )
            )
            behind = [element(f"{moved}RangeEnd", id=number)]
        paragraph.extend(
            self._named(line, self._runs(line.runs, foreign=line.foreign, moved=moved))
        )
        return [paragraph, *behind]

    def _named(self, line: TrackedParagraph, runs: list[etree._Element]) -> list[etree._Element]:
        if not line.names:
            return runs
        number = self._next()
        start = element("bookmarkStart", id=number, name=bookmark_name(line.names))
        return [start, *runs, element("bookmarkEnd", id=number)]

    def _runs(self, runs: Sequence[Run], *, foreign: bool, moved: str = "") -> list[etree._Element]:
        found: list[etree._Element] = []
        for op, text, link in runs:
            run = element("r", *self._run_properties(foreign=foreign, link=bool(link)))
            run.extend(texts(text, deleted=op is Op.DELETED and not moved))
            if op is not Op.EQUAL:
                run = self._change(moved or _CHANGES[op], run)
            if link:
                around = element("hyperlink", run)
                around.set(f"{R}id", self._relation(link))
                around.set(f"{W}history", "1")
                run = around
            found.append(run)
        return found

    def _run_properties(self, *, foreign: bool, link: bool) -> list[etree._Element]:
        found = []
        if link:
            found.append(element("rStyle", val="Hyperlink"))
        if foreign:
            tag = self.source_language
            found.append(element("lang", val=tag, eastAsia=tag, bidi=tag))
        return [element("rPr", *found)] if found else []

    def _relation(self, address: str) -> str:
        if address not in self.addresses:
            self.addresses[address] = f"rId{self.first_relation + len(self.addresses)}"
        return self.addresses[address]

    def _table(self, table: TrackedTable) -> etree._Element:
        widths = column_widths(table)
        return element(
            "tbl",
            element(
                "tblPr",
                element("tblStyle", val="PolicyTable"),
                *([element("bidiVisual")] if self.right_to_left else []),
                element("tblW", w=sum(widths), type="dxa"),
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
            *(self._row(row, widths) for row in table.rows),
        )

    def _row(self, row: TrackedRow, widths: Sequence[int]) -> etree._Element:
        properties = element("trPr", element("cantSplit"))
        if row.is_head:
            properties.append(element("tblHeader"))
        if row.op is not Op.EQUAL:
            properties.append(self._change(_CHANGES[row.op]))
        found = element("tr", properties)
        start = 0
        for place, cell in enumerate(row.cells):
            last = place == len(row.cells) - 1
            # A row with fewer columns goes to the end of the table.
            across = len(widths) - start if last else cell.across
            found.append(self._cell(cell, row, sum(widths[start : start + across]), across))
            start += across
        return found

    def _cell(self, cell: TrackedCell, row: TrackedRow, width: int, across: int) -> etree._Element:
        shape = element("tcPr", element("tcW", w=width, type="dxa"))
        if across > 1:
            shape.append(element("gridSpan", val=across))
        if cell.merge is not Merge.NONE:
            shape.append(element("vMerge", val=cell.merge.value))
        properties = element(
            "pPr", element("pStyle", val="TableHead" if row.is_head else "TableText")
        )
        if row.op is not Op.EQUAL:
            properties.append(element("rPr", self._change(_CHANGES[row.op])))
        runs = self._runs(cell.runs, foreign=row.foreign)
        return element("tc", shape, element("p", properties, *runs))


def texts(text: str, *, deleted: bool = False) -> Iterable[etree._Element]:
    """Yield *text* as children of a run: words, and elements for tabs and ends of lines."""
    for part in _BETWEEN.split(text):
        if part in _SIGNS:
            yield element(_SIGNS[part])
        elif part:
            found = element("delText" if deleted else "t")
            found.text = part
            found.set(XML_SPACE, "preserve")
            yield found


def column_widths(table: TrackedTable) -> list[int]:
    """Return how wide the columns are: by the longest words of each, and less than in proportion, so that short ones stay on a line."""
    longest = [4] * table.columns
    for row in table.rows:
        start = 0
        for cell in row.cells:
            words = "".join(run.text for run in cell.runs).split(LINE)
            if cell.across == 1 and start < table.columns:
                width = max(sum(2 if ord(c) >= _WIDE else 1 for c in line) for line in words)
                longest[start] = max(longest[start], min(width, 120))
            start += cell.across
    weights = [length**0.6 for length in longest]
    found = [int(TEXT_WIDTH * weight / sum(weights)) for weight in weights]
    found[-1] += TEXT_WIDTH - sum(found)
    return found

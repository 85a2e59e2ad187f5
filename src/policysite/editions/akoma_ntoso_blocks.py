"""Paragraphs, lists and tables of an edition in Akoma Ntoso."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from policysite.editions.akoma_ntoso_names import XML_LANG, eid_of, element
from policysite.editions.edition_lines import Merge, Style, Table
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from policysite.editions.edition import Edition
    from policysite.editions.edition_lines import Cell, Paragraph, Row
    from policysite.editions.pieces_of_text import Pieces
    from policysite.text.provision_text import ProvisionText

OMITTED = "omitted"
"""The class of the note where a table was lost."""


def in_words(found: etree._Element, pieces: Pieces) -> etree._Element:
    """Return the element with the words of *pieces* in it, and their links."""
    for piece in pieces:
        if piece.link:
            link = element("ref", href=piece.link)
            link.text = piece.text
            found.append(link)
        elif len(found):
            found[-1].tail = (found[-1].tail or "") + piece.text
        else:
            found.text = (found.text or "") + piece.text
    return found


class Blocks:
    """The blocks of a *provision*, wherever they stand: its lists and tables are counted through."""

    def __init__(self, edition: Edition, provision: ProvisionText) -> None:
        self.edition, self.provision = edition, provision
        self.counts = {"bullets": 0, "table": 0}
        self.row_heads = {
            (table.first + cell.row, cell.column)
            for table in provision.tables
            for cell in table.cells
            if cell.head
        }

    def of(self, lines: Iterable[Paragraph | Table]) -> Iterator[etree._Element]:
        """Yield *lines* that stand together as elements."""
        open_: list[tuple[int, etree._Element]] = []
        for line in lines:
            depth = 0 if isinstance(line, Table) else line.in_lists
            while open_ and open_[-1][0] > depth:
                open_.pop()
            if isinstance(line, Table):
                yield self._table(line)
            elif line.bullet and line.text.startswith(f"{line.bullet} "):
                if not (open_ and open_[-1][0] == depth):
                    found = element("blockList", eId=self._eid("bullets"))
                    if open_:
                        open_[-1][1][-1].append(found)
                    else:
                        yield found
                    open_.append((depth, found))
                self._add_item(open_[-1][1], line)
            elif open_ and open_[-1][0] == depth:
                open_[-1][1][-1].append(self._paragraph(line, line.pieces))
            elif line.pieces:
                yield self._paragraph(line, line.pieces)

    def _eid(self, what: str) -> str:
        self.counts[what] += 1
        return f"{eid_of(self.provision.id)}__{what}_{self.counts[what]}"

    def _add_item(self, bullets: etree._Element, line: Paragraph) -> None:
        number = element("num")
        number.text = line.bullet
        first, *rest = line.pieces
        words = first.text[len(line.bullet) + 1 :]
        pieces = (*((first._replace(text=words),) if words else ()), *rest)
        name = f"{bullets.get('eId')}__item_{len(bullets) + 1}"
        bullets.append(element("item", number, self._paragraph(line, pieces), eId=name))

    def _paragraph(self, line: Paragraph, pieces: Pieces) -> etree._Element:
        if line.style == Style.NOTE:
            note = in_words(element("remark", status="editorial"), pieces)
            return element("p", note, class_=OMITTED, status="incomplete")
        return in_words(self._with_language(element("p"), foreign=line.foreign), pieces)

    def _with_language(self, found: etree._Element, *, foreign: bool) -> etree._Element:
        if foreign:
            found.set(XML_LANG, self.edition.source_language)
        return found

    def _table(self, table: Table) -> etree._Element:
        starts = [[0, *accumulate(cell.across for cell in row.cells)] for row in table.rows]
        columns = [
            dict(zip(s, row.cells, strict=False)) for s, row in zip(starts, table.rows, strict=True)
        ]
        found = element("table", eId=self._eid("table"))
        for number, row in enumerate(table.rows):
            line = element("tr")
            for column, cell in columns[number].items():
                if cell.merge is not Merge.GOES_ON:
                    below = (one.get(column) for one in columns[number + 1 :])
                    line.append(self._cell(row, column, cell, _height(below)))
            found.append(line)
        return found

    def _cell(self, row: Row, column: int, cell: Cell, height: int) -> etree._Element:
        place = row.key.place + (row.key.part == "after") * len(self.provision.blocks)
        is_head = row.is_head or (place, column) in self.row_heads
        found = element(
            "th" if is_head else "td",
            colspan=f"{cell.across}" if cell.across > 1 else "",
            rowspan=f"{height}" if height > 1 else "",
        )
        self._with_language(found, foreign=row.foreign)
        found.extend(in_words(element("p"), pieces) for pieces in _cell_lines(cell.pieces))
        return found


def _height(below: Iterable[Cell | None]) -> int:
    """Return over how many rows a cell goes, below which these are."""
    height = 1
    for cell in below:
        if cell is None or cell.merge is not Merge.GOES_ON:
            break
        height += 1
    return height


def _cell_lines(pieces: Pieces) -> Iterator[Pieces]:
    """Yield the paragraphs of a cell."""
    found: list[Pieces] = [()]
    for piece in pieces:
        first, *rest = piece.text.split(LINE)
        found[-1] = (*found[-1], piece._replace(text=first))
        found += [(piece._replace(text=words),) for words in rest]
    yield from (tuple(piece for piece in line if piece.text) for line in found)

"""Where each line of an edition is typed in the Markdown that it was made from: headings, paragraphs with their marks, rows of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from policysite.authoring.source_words import folded
from policysite.redline.sequences import stretches
from policysite.text.blocks import Block, BlockKind
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.edited_lines import KnownLine
    from policysite.text.outline import Document

LIST_MARK = re.compile(r"(?P<indent>[ \t]*)(?P<number>[0-9]{1,9})(?P<end>[.)])(?P<gap>[ \t]+|$)")
"""How an item of a numbered list of Markdown begins."""
OWN_LIST = re.compile(r"(?P<number>[0-9]{1,9})(?P<end>[.)])")
"""The mark of one."""
_GIVEN = re.compile(r"[ \t]*\{#[^}]+\}[ \t]*\r?")
FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,}|:{3,})")
OMITTED = "\0omitted"


class UnitSort(Enum):
    """What a unit of a source is."""

    HEADING = auto()
    PARAGRAPH = auto()
    ROW = auto()
    OMITTED = auto()
    PATTERN = auto()


@dataclass(eq=False)
class SourceUnit:
    """What an edition has as a line. ``start`` and ``end`` are its lines in the source, from 0, without what is inside of it; they are the same if it has none of its own.

    ``cells`` are its words as readers see them, of a paragraph with its ``mark``; ``prefix`` is a dash or the sign of a footnote before them. ``depth`` is that of a
    heading, ``table`` the line that a table begins on.
    """

    sort: UnitSort
    block: Block
    provision: str
    start: int
    end: int
    cells: tuple[str, ...] = ("",)
    mark: str = ""
    prefix: str = ""
    depth: int = 0
    table: int = -1

    @property
    def words(self) -> str:
        """The words of a paragraph behind mark and prefix, as they are typed."""
        return folded(self.block.text)


def units_of(document: Document, lines: Sequence[str]) -> list[SourceUnit]:
    """Return the units of *document*, which was read from *lines*, in the order of the text."""
    return list(_Units(lines).of(document.top)) if document.top else []


class _Units:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def of(self, block: Block, provision: str = "", prefix: str = "") -> Iterator[SourceUnit]:
        provision = block.id or provision
        if block.kind is BlockKind.SUMMARY:
            return
        if block.kind is BlockKind.OMITTED:
            start = block.line - 1
            end = fence_end(self.lines, start)
            yield SourceUnit(UnitSort.OMITTED, block, provision, start, end, (OMITTED,))
            return
        if block.kind is BlockKind.SECTION:
            yield self._heading(block)
        elif block.kind in {BlockKind.PARAGRAPH, BlockKind.TERM}:
            yield self._paragraph(block, provision, prefix=prefix)
            return
        if any(child.kind is BlockKind.ROW for child in block.children):
            yield from self._rows(block, provision)
            return
        yield from self._children(block, provision)

    def _children(self, block: Block, provision: str) -> Iterator[SourceUnit]:
        children = list(block.children)
        is_provision = block.kind is BlockKind.PROVISION
        if is_provision and block.id and block.mark:
            mark = self._typed(block)
            if children and children[0].kind is BlockKind.PARAGRAPH:
                yield self._paragraph(children.pop(0), provision, mark=mark)
            else:
                place = block.line - 1
                yield SourceUnit(
                    UnitSort.PARAGRAPH, block, provision, place, place, (f"{mark}\t",), mark
                )
        sign = f"{block.mark} " if is_provision and not block.id and block.mark else ""
        for child in children:
            for unit in self.of(child, provision, sign):
                if block.kind is BlockKind.PATTERN:
                    unit.sort = UnitSort.PATTERN
                yield unit
            sign = ""

    def _typed(self, block: Block) -> str:
        """Return the mark of a provision as it is typed, where Markdown counts an item otherwise: the check says so."""
        match, counted = LIST_MARK.match(self.lines[block.line - 1]), OWN_LIST.match(block.mark)
        if match and counted and match["end"] == counted["end"]:
            return f"{match['number']}{match['end']}{block.mark[counted.end() :]}"
        return block.mark

    def _heading(self, block: Block) -> SourceUnit:
        start = block.line - 1
        line = self.lines[start].lstrip()
        depth = len(line) - len(line.lstrip("#"))
        cells = (folded(block.text),)
        return SourceUnit(UnitSort.HEADING, block, block.id, start, start + 1, cells, depth=depth)

    def _paragraph(
        self, block: Block, provision: str, mark: str = "", prefix: str = ""
    ) -> SourceUnit:
        start = block.line - 1
        words = folded(block.text)
        cells = (f"{mark}\t{words}" if mark else f"{prefix}{words}",)
        end = start + block.raw.count("\n") + 1
        return SourceUnit(UnitSort.PARAGRAPH, block, provision, start, end, cells, mark, prefix)

    def _rows(self, block: Block, provision: str) -> Iterator[SourceUnit]:
        rows = [child for child in block.children if child.kind is BlockKind.ROW]
        is_fenced = bool(FENCE.match(self.lines[block.line - 1]))
        whole = fence_end(self.lines, block.line - 1) - 1 if is_fenced else -1
        for place, row in enumerate(rows):
            start = row.line - 1
            end = start + 1
            if is_fenced and FENCE.match(self.lines[block.line - 1]) and not self._is_piped(start):
                end = rows[place + 1].line - 1 if place + 1 < len(rows) else whole
            cells = tuple(_cell(cell) for cell in row.children)
            yield SourceUnit(UnitSort.ROW, row, provision, start, end, cells, table=block.line - 1)

    def _is_piped(self, start: int) -> bool:
        return "|" in self.lines[start] and not self.lines[start].lstrip().startswith("* -")


def cell_paragraphs(cell: Block, sign: str = "") -> Iterator[tuple[str, Block]]:
    """Yield the paragraphs of a cell, each with the sign of the item of a list that it begins."""
    for child in cell.children:
        if child.kind is BlockKind.PARAGRAPH:
            yield sign, child
        else:
            mark = f"{child.mark} " if child.kind is BlockKind.PROVISION and child.mark else ""
            yield from cell_paragraphs(child, mark or sign)
        sign = ""


def _cell(cell: Block) -> str:
    return LINE.join(f"{sign}{folded(block.text)}" for sign, block in cell_paragraphs(cell))


def folded_cell(text: str) -> str:
    """Return a cell with white space as pages have it in each of its paragraphs."""
    return LINE.join(map(folded, text.split(LINE)))


def fence_end(lines: Sequence[str], start: int) -> int:
    """Return the line behind the fence that begins on *start*; the next one if none does."""
    match = FENCE.match(lines[start])
    ends = (
        place + 1
        for place in range(start + 1, len(lines))
        if match and lines[place].strip() == match["fence"]
    )
    return next(ends, len(lines) if match else start + 1)


def with_given(lines: Sequence[str], start: int) -> int:
    """Return where a unit on *start* begins together with the id that its author gave it on the line before."""
    while start and _GIVEN.fullmatch(lines[start - 1]):
        start -= 1
    return start


def behind_summary(lines: Sequence[str], end: int) -> int:
    """Return the line behind a summary in plain words that comes after *end*, if there is one: it belongs to its heading."""
    place = end
    while place < len(lines) and not lines[place].strip():
        place += 1
    if place < len(lines) and FENCE.match(lines[place]) and "{summary}" in lines[place]:
        return fence_end(lines, place)
    return end


def placed(
    known: Sequence[KnownLine], units: Sequence[SourceUnit]
) -> dict[int, tuple[SourceUnit, bool]]:
    """Return the units of the lines of an edition by their places; with each, whether both say the same, so that its words can be changed.

    A line that says what a reference brings from elsewhere is found by what stands around it.
    """
    found: dict[int, tuple[SourceUnit, bool]] = {}
    text = [place for place, line in enumerate(known) if _is_typed(line)]
    sides = (
        [_same(known[place].cells, is_note=not known[place].is_text) for place in text],
        [unit.cells if unit.sort is UnitSort.OMITTED else _same(unit.cells) for unit in units],
    )
    for span in stretches(*sides):
        old, new = range(span.old_start, span.old_end), range(span.new_start, span.new_end)
        if not span.equal and len(old) != len(new):
            continue
        for i, j in zip(old, new, strict=True):
            if span.equal or known[text[i]].is_row == (units[j].sort is UnitSort.ROW):
                found[text[i]] = units[j], span.equal
    return found


def _is_typed(line: KnownLine) -> bool:
    return bool(line.key.provision)


def _same(cells: tuple[str, ...], *, is_note: bool = False) -> tuple[str, ...]:
    return (OMITTED,) if is_note else tuple(map(folded_cell, cells))

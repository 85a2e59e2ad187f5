"""A table as a list of lists, so that nothing of it is lost: what ``markdown/list_tables.py`` reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.importing import inline
from policysite.importing.pieces import Span, tidy
from policysite.markdown.list_tables import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.importing.pieces import Cell, Piece, Table

_COUNTED = re.compile(r"([1-9][0-9]{0,8}|0)([.)])")
_DASH = "-"


def list_table_lines(table: Table) -> tuple[list[str], list[str]]:
    """Return *table* as lines of Markdown, and what its look lost.

    :raises CannotWriteError: if words cannot be written so that Markdown reads them again.
    """
    stubs = _stubs(table)
    lines = [f"```{{{NAME}}}"]
    if table.heads:
        lines.append(f":header-rows: {table.heads}")
    if stubs:
        lines.append(f":stub-columns: {stubs}")
    if len(lines) > 1:
        lines.append("")
    lost: list[str] = []
    row = -1
    for cell in table.cells:
        begin = "* - " if cell.row > row else "  - "
        row = cell.row
        inside = _CellLines(cell.pieces, " ".join(_facts(cell, table.heads, stubs)))
        lost += inside.lost
        first, *others = inside.lines or [""]
        lines.append(f"{begin}{first}".rstrip())
        lines += [f"    {line}".rstrip() for line in others]
    return [*lines, "```"], lost


def _stubs(table: Table) -> int:
    """Return how many columns on the left are headers of rows throughout."""
    body = [cell for cell in table.cells if cell.row >= table.heads]
    width = len(table.rows[0])
    for column in range(width - 1):
        if not body or any(cell.head != "row" for cell in body if cell.column == column):
            return column
    return width - 1


def _facts(cell: Cell, heads: int, stubs: int) -> Iterator[str]:
    if cell.rows > 1:
        yield f"{{rspan}}`{cell.rows - 1}`"
    if cell.columns > 1:
        yield f"{{cspan}}`{cell.columns - 1}`"
    implied = "col" if cell.row < heads else "row" if cell.column < stubs else ""
    if cell.head and cell.head != implied:
        yield f"{{scope}}`{cell.head}`"


class _CellLines:
    """The lines of one cell, from the margin of the cell on: ``indents`` are where the words of each list in another begin."""

    def __init__(self, pieces: Sequence[Piece], facts: str) -> None:
        self.lines: list[str] = []
        self.lost: list[str] = []
        self._indents = [0]
        self._last: dict[int, str] = {}
        self._is_item = False
        for piece in pieces:
            if piece.counter and self._may_count(piece):
                self._item(piece)
            else:
                self._paragraph(piece)
        if facts and (not pieces or not self._begins_with_item(pieces[0])):
            self.lines[:1] = [" ".join(filter(None, (facts, *self.lines[:1])))]
        elif facts:
            self.lines[:0] = [facts, ""]

    def _begins_with_item(self, piece: Piece) -> bool:
        return bool(piece.counter) and self.lines[0].startswith(f"{piece.counter} ")

    def _depth(self, piece: Piece) -> int:
        return max(1, min(piece.depth, len(self._indents)))

    def _may_count(self, piece: Piece) -> bool:
        """Whether Markdown has the mark, and counts as the list did."""
        if piece.counter == _DASH:
            return True
        match = _COUNTED.fullmatch(piece.counter)
        before = _COUNTED.fullmatch(self._last.get(self._depth(piece), ""))
        if match is None or (before and before[2] == match[2]):
            return bool(match and before and int(match[1]) == int(before[1]) + 1)
        return True

    def _item(self, piece: Piece) -> None:
        depth = self._depth(piece)
        before = self._last.get(depth, "")
        goes_on = before[-1:] == piece.counter[-1:]
        is_new_inside = depth == len(self._indents) and piece.counter in {_DASH, "1.", "1)"}
        if self.lines and not (self._is_item and (goes_on or is_new_inside)):
            self.lines.append("")
        self._indents = self._indents[:depth]
        self._last = {n: mark for n, mark in self._last.items() if n < depth}
        self._last[depth] = piece.counter
        indent = self._indents[-1]
        self._indents.append(indent + len(piece.counter) + 1)
        self._write(piece, indent, f"{piece.counter} ")
        self._is_item = True

    def _paragraph(self, piece: Piece) -> None:
        depth = min(piece.depth - bool(piece.counter), len(self._indents) - 1)
        self._indents = self._indents[: max(depth, 0) + 1]
        self._last = {n: mark for n, mark in self._last.items() if n < len(self._indents)}
        if self.lines:
            self.lines.append("")
        self._write(piece, self._indents[-1], "")
        self._is_item = False

    def _write(self, piece: Piece, indent: int, mark: str) -> None:
        words = piece.spans
        if piece.counter and not mark:
            words = tidy([Span(f"{piece.counter} "), *piece.spans])
        text, lost = inline.paragraph(words, marked=True)
        self.lines.append(f"{' ' * indent}{mark}{text}")
        self.lost += [lost] if lost else []

"""The shape of a table with merged cells, headers of rows, or lists in its cells: what its rows as text do not say.

``schemas/policy-version.schema.json`` describes the same as data, as ``table``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LINE = "\u2028"
"""Between the paragraphs of a cell, as a row is one line of a text. No source has it (``lost-text``)."""
LEFT, ABOVE, OWN = "<^."
"""Of each column of a row: a part of the cell on the left, of the one above, or one of its own."""


class CellLine(NamedTuple):
    """A paragraph of a cell: in how many lists of it that is, and the mark before it, if it begins an item."""

    depth: int = 0
    mark: str = ""

    def data(self) -> dict[str, Any]:
        """Return the line as a file has it."""
        return {"depth": self.depth} | ({"mark": self.mark} if self.mark else {})


class CellShape(NamedTuple):
    """A cell in its place, from 0; ``head`` is ``row`` or ``col`` if it is a header of these. ``lines`` are empty if none is in a list."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: str = ""
    lines: tuple[CellLine, ...] = ()

    def data(self) -> dict[str, Any]:
        """Return the cell as a file has it."""
        found: dict[str, Any] = {"row": self.row, "column": self.column}
        if self.rows > 1:
            found["rows"] = self.rows
        if self.columns > 1:
            found["columns"] = self.columns
        if self.head:
            found["head"] = self.head
        if any(line.depth for line in self.lines):
            found["lines"] = [line.data() for line in self.lines]
        return found


class TableShape(NamedTuple):
    """A table: ``first`` is the place of its first row among the blocks of its provision, from 0; ``heads`` of its ``rows`` are its head."""

    first: int
    rows: int
    heads: int
    cells: tuple[CellShape, ...]

    def data(self) -> dict[str, Any]:
        """Return the table as the file of a version has it."""
        cells = [cell.data() for cell in self.cells]
        return {
            "first": self.first,
            "rows": self.rows,
            "columns": self.columns,
            "heads": self.heads,
            "cells": cells,
        }

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> TableShape:
        """Return the table of which :meth:`data` is *entry*."""
        cells = (
            CellShape(
                **{**cell, "lines": tuple(CellLine(**line) for line in cell.get("lines", ()))}
            )
            for cell in entry["cells"]
        )
        return cls(entry["first"], entry["rows"], entry["heads"], tuple(cells))

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)


def row_shapes(tables: Iterable[TableShape]) -> dict[int, str]:
    """Return for the place of each row of *tables* what each of its columns is, one character a column."""
    found: dict[int, str] = {}
    for table in tables:
        rows = [[OWN] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            for row in range(cell.row, min(cell.row + cell.rows, table.rows)):
                rows[row][cell.column] = OWN if row == cell.row else ABOVE
                for column in range(cell.column + 1, cell.column + cell.columns):
                    rows[row][column] = LEFT
        found |= {table.first + place: "".join(row) for place, row in enumerate(rows)}
    return found


class LaidOut(NamedTuple):
    """What a row shows in a column: ``columns`` are those that it goes over, ``is_below`` whether it is a part of the cell above."""

    column: int
    columns: int
    is_below: bool


def laid_out(shape: str, filled: Iterable[bool]) -> Iterator[LaidOut]:
    """Yield the cells of a row of *shape*; *filled* are the columns that have words, which are never a part of another cell.

    A row without a shape has a cell in each column.
    """
    words = list(filled)
    column = 0
    while column < len(words):
        end = column + 1
        while shape[end : end + 1] == LEFT and end < len(words) and not words[end]:
            end += 1
        yield LaidOut(
            column, end - column, shape[column : column + 1] == ABOVE and not words[column]
        )
        column = end

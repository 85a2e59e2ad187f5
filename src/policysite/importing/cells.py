"""Tables as they were published: simple ones as Markdown has them, others with merged cells, headers of rows, lists and paragraphs."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from policysite.importing.pieces import (
    BROKEN_LINE,
    SOFT_LINE,
    Cell,
    Note,
    Piece,
    Span,
    Spans,
    Table,
    text_of,
    tidy,
)
from policysite.importing.printed_marks import heading_of
from policysite.markdown.list_tables import MOST_CELLS, MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet


class ReadCell(NamedTuple):
    """A cell as it was read: its pieces, over how many rows and columns it goes, and ``row`` or ``col`` if it is a header below the head.

    ``is_there`` is False if the source has none in its place.
    """

    pieces: list[Piece]
    rows: int = 1
    columns: int = 1
    head: str = ""
    is_there: bool = True


def why_too_large(rows: int, columns: int, over: int = 0) -> str:
    """Return how large a table is that would take all memory, a cell of which goes *over* so many rows; empty if it would not.

    A cell may say of itself that it goes over any number of them.
    """
    if max(columns, over) <= MOST_COLUMNS and rows * columns <= MOST_CELLS:
        return ""
    return (
        f"{max(rows, over):,} rows and {columns:,} columns; expected at most {MOST_COLUMNS:,} columns and "
        f"{MOST_CELLS:,} cells"
    )


def is_layout(rows: Sequence[Sequence[ReadCell]], language: str = "") -> bool:
    """Whether a table arranges paragraphs rather than data: one cell, or articles of *language* in its cells."""
    inside = [piece for row in rows for cell in row for piece in cell.pieces]
    if len(rows) == 1 and len(rows[0]) == 1:
        return True
    found = (heading_of(piece.text, language) for piece in inside)
    return any(heading and heading.is_likely for heading in found)


class Grid:
    """The cells of a table in their columns, where merged cells leave room; *heads* is the number of rows in its head."""

    def __init__(self, rows: Sequence[Sequence[ReadCell]], heads: int, width: int = 0) -> None:
        self.notes: list[Note] = []
        self.heads = heads
        self.height = len(rows)
        self.width = width
        self.cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for place, row in enumerate(rows):
            column = 0
            for cell in row:
                while (place, column) in taken:
                    column += 1
                placed = self._placed(cell, place, column, taken)
                if cell.is_there:
                    taken |= set(_places(placed))
                    self.cells.append(placed)
                column += placed.columns
        self.width = max([self.width, *(column + 1 for _, column in taken)])
        self._fill(taken)
        self._drop_covered()

    def _placed(self, cell: ReadCell, place: int, column: int, taken: set[tuple[int, int]]) -> Cell:
        """Return a cell that ends with its part of the table, and before one that another covers."""
        end = self.heads if place < self.heads else self.height
        columns = next(
            (n for n in range(1, cell.columns) if (place, column + n) in taken), cell.columns
        )
        if columns < cell.columns:
            words = " ".join(piece.text for piece in cell.pieces)[:40]
            self._note(
                f"The cell “{words}” lay over another one; here it ends before it.", cell.pieces
            )
        head = "col" if place < self.heads else cell.head
        pieces = tuple(self._line(piece) for piece in cell.pieces)
        return Cell(pieces, place, column, min(cell.rows, end - place), columns, head)

    def _fill(self, taken: set[tuple[int, int]]) -> None:
        """Write empty cells where rows have fewer than others, in the columns in which a cell begins."""
        begun = {cell.column for cell in self.cells}
        places = {(row, column) for row in range(self.height) for column in begun}
        for row, column in places - taken:
            self.cells.append(Cell((), row, column, head="col" if row < self.heads else ""))
        self.cells.sort(key=lambda cell: (cell.row, cell.column))

    def _drop_covered(self) -> None:
        """Leave out rows and columns in which no cell begins: nobody sees them, and a cell goes too far over them."""
        rows = _begun({cell.row for cell in self.cells}, self.height)
        columns = _begun({cell.column for cell in self.cells}, self.width)
        self.cells = [_moved(cell, rows, columns) for cell in self.cells]
        self.height, self.width, self.heads = rows[-1], columns[-1], rows[self.heads]

    def _note(self, message: str, inner: Sequence[Piece]) -> None:
        self.notes.append(Note(message, inner[0].line if inner else 0))

    def _line(self, piece: Piece) -> Piece:
        """Return a piece of a cell as a line of it."""
        notes = [n for n in piece.notes if n.message not in {BROKEN_LINE, SOFT_LINE}]
        self.notes += notes
        spans = piece.spans
        if piece.table:
            spans = tidy(
                span for row in piece.table.rows for cell in row for span in (*cell, Span(" "))
            )
            self._note("A table inside a cell became plain words.", [piece])
        return replace(piece, spans=spans, table=None, heading=0, notes=())

    def table(self) -> tuple[Table, tuple[Note, ...]]:
        """Return the table and what was not sure of it."""
        if not any(cell.text for cell in self.cells):
            return Table(()), ()
        rows: list[list[Spans]] = [[()] * self.width for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row][cell.column] = joined(cell.pieces)
        if self._is_simple():
            if self.heads == 0:
                note = (
                    "The table had no head; its first row became the head, as Markdown needs one."
                )
                self._note(note, ())
            filled = tuple(tuple(row) for row in rows if any(text_of(cell) for cell in row))
            return Table(filled, 1), tuple(self.notes)
        table = Table(tuple(map(tuple, rows)), self.heads, tuple(self.cells))
        return table, tuple(self.notes)

    def _is_simple(self) -> bool:
        """Whether Markdown's own tables have a form for it: one line a cell, and one row of headers at most."""
        return self.heads < 2 and all(
            (cell.rows, cell.columns) == (1, 1)
            and len(cell.pieces) < 2
            and not any(piece.counter for piece in cell.pieces)
            and (cell.row < self.heads or not cell.head)
            for cell in self.cells
        )


def _places(cell: Cell) -> Iterable[tuple[int, int]]:
    return (
        (row, column)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    )


def _begun(begun: AbstractSet[int], count: int) -> list[int]:
    """Return for each of *count* rows or columns, and for their end, how many of those before it are in *begun*."""
    return list(accumulate((int(place in begun) for place in range(count)), initial=0))


def _moved(cell: Cell, rows: Sequence[int], columns: Sequence[int]) -> Cell:
    """Return *cell* among the rows and columns that are left, of which *rows* and *columns* say how many are before each."""
    row, column = rows[cell.row], columns[cell.column]
    down = rows[cell.row + cell.rows] - row
    beside = columns[cell.column + cell.columns] - column
    return replace(cell, row=row, column=column, rows=down, columns=beside)


def joined(pieces: Sequence[Piece]) -> Spans:
    """Return the words of a cell as one line."""
    spans: list[Span] = []
    for piece in pieces:
        mark = [Span(f"{piece.counter} ")] if piece.counter else []
        spans += [*([Span(" ")] if spans else []), *mark, *piece.spans]
    return tidy(spans)

"""Tables as Markdown can have them: no merged cells, one paragraph a cell, and no more cells than any text has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.importing.pieces import (
    BROKEN_LINE,
    SOFT_LINE,
    Note,
    Piece,
    Span,
    Spans,
    Table,
    text_of,
    tidy,
)
from policysite.importing.printed_marks import heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[tuple[list[Piece], int, int]]
    """The cells of a row: their pieces, over how many rows and over how many columns they go."""

_MOST_COLUMNS = 1_000
"""A cell goes over no more rows either."""
_MOST_CELLS = 100_000


def why_too_large(rows: int, columns: int, over: int = 0) -> str:
    """Return how large a table is that would take all memory, a cell of which goes *over* so many rows; empty if it would not.

    A cell may say of itself that it goes over any number of them.
    """
    if max(columns, over) <= _MOST_COLUMNS and rows * columns <= _MOST_CELLS:
        return ""
    return (
        f"{max(rows, over):,} rows and {columns:,} columns; expected at most {_MOST_COLUMNS:,} columns and "
        f"{_MOST_CELLS:,} cells"
    )


def is_layout(rows: Sequence[Row], language: str = "") -> bool:
    """Whether a table arranges paragraphs rather than data: one cell, or articles of *language* in its cells."""
    inside = [piece for row in rows for inner, _, _ in row for piece in inner]
    if len(rows) == 1 and len(rows[0]) == 1:
        return True
    found = (heading_of(piece.text, language) for piece in inside)
    return any(heading and heading.is_likely for heading in found)


class Grid:
    """The cells of a table in their columns, where merged cells leave room."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows: list[list[Spans]] = []
        self.notes: list[Note] = []
        self._taken: dict[int, int] = {}
        """For each column, how many rows from here on belong to a cell above."""

    def add(self, row: Row) -> None:
        """Add a row; what a merged cell covers is empty."""
        cells: dict[int, Spans] = {}
        column, below = 0, {c: n - 1 for c, n in self._taken.items() if n > 1}
        for inner, over_rows, over_columns in row:
            while self._taken.get(column, 0):
                column += 1
            cells[column] = self._joined(inner)
            if over_rows > 1 or over_columns > 1:
                self._merged(inner, over_rows, over_columns)
            for covered in range(column, column + over_columns):
                if over_rows > 1:
                    below[covered] = over_rows - 1
            column += over_columns
        self._taken = below
        self.width = max(self.width, column, *(c + 1 for c in cells), 0)
        self.rows.append([cells.get(c, ()) for c in range(self.width)])

    def _merged(self, inner: list[Piece], over_rows: int, over_columns: int) -> None:
        sizes = [
            f"{n} {what}" for n, what in ((over_rows, "rows"), (over_columns, "columns")) if n > 1
        ]
        words = " ".join(piece.text for piece in inner)
        self._note(
            f"The cell “{words[:40]}” went over {' and '.join(sizes)}; "
            "the cells beside it are empty, as Markdown cannot merge them.",
            inner,
        )

    def _note(self, message: str, inner: list[Piece]) -> None:
        self.notes.append(Note(message, inner[0].line if inner else 0))

    def _joined(self, inner: list[Piece]) -> Spans:
        """Return the words of a cell as one line."""
        spans: list[Span] = []
        for piece in inner:
            self.notes += [n for n in piece.notes if n.message not in {BROKEN_LINE, SOFT_LINE}]
            words = (*([Span(f"{piece.counter} ")] if piece.counter else []), *piece.spans)
            if piece.table:
                words = tuple(
                    span for row in piece.table.rows for cell in row for span in (*cell, Span(" "))
                )
                self._note("A table inside a cell became plain words.", inner)
            spans += [*([Span(" ")] if spans else []), *words]
        if len(inner) == 1 and inner[0].counter:
            self._note(
                f"The mark {inner[0].counter!r}, which a list drew, became words of a cell.", inner
            )
        if len(inner) > 1:
            words = tidy(spans)
            self._note(
                f"The lines of the cell “{text_of(words)[:40]}” were joined: a cell has one line.",
                inner,
            )
        return tidy(spans)

    def table(self, heads: int) -> tuple[Table, tuple[Note, ...]]:
        """Return the table and what was not sure of it. *heads* is the number of rows in its head."""
        rows = [(*row, *[()] * (self.width - len(row))) for row in self.rows]
        filled = [row for row in rows if any(text_of(cell) for cell in row)]
        if not filled:
            return Table(()), ()
        if heads == 0:
            self.notes.append(
                Note("The table had no head; its first row became the head, as Markdown needs one.")
            )
        elif heads > 1:
            self.notes.append(
                Note(
                    f"The head of the table had {heads} rows; the others became rows of the table."
                )
            )
        return Table(tuple(filled), 1), tuple(self.notes)

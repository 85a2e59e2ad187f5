"""A table in plain text: a grid of ASCII, which any program and any typeface of one width shows."""

from __future__ import annotations

import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.edition_lines import Merge
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.edition_lines import Cell, Row, Table

WIDEST = 96
"""Columns of characters that a grid takes at most, if its longest words allow it."""
_NARROWEST = 8
_AROUND = 3
"""What a column takes besides its words: a bar and two spaces."""


class _Placed(NamedTuple):
    """A cell with the columns of the table that it goes over."""

    cell: Cell
    first: int
    end: int

    @property
    def lines(self) -> list[str]:
        """Its paragraphs; a part of the cell above has none."""
        if self.cell.merge is Merge.GOES_ON:
            return []
        return "".join(piece.text for piece in self.cell.pieces).split(LINE)


def grid(table: Table) -> list[str]:
    """Return *table* as lines. The row below its head is ruled with ``=``."""
    rows = [_placed(row) for row in table.rows]
    widths = _widths(rows, table.columns)
    found = [_rule(widths, (), "-")]
    for place, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        found += _lines(cells, widths)
        below = rows[place + 1] if place + 1 < len(rows) else []
        # A cell that goes on has no rule in it.
        open_ = [one for one in below if one.cell.merge is Merge.GOES_ON]
        ends_head = row.is_head and not (below and table.rows[place + 1].is_head)
        found.append(_rule(widths, open_, "=" if ends_head else "-"))
    return found


def _placed(row: Row) -> list[_Placed]:
    ends = [*accumulate(cell.across for cell in row.cells)]
    return [
        _Placed(cell, end - cell.across, end) for cell, end in zip(row.cells, ends, strict=True)
    ]


def _widths(rows: Sequence[Sequence[_Placed]], columns: int) -> list[int]:
    """Return how wide the words of each column may be."""
    natural, least = [1] * columns, [1] * columns
    for one in (one for row in rows for one in row if one.end - one.first == 1):
        for line in one.lines:
            natural[one.first] = max(natural[one.first], width(line))
            longest = max(map(_shortest, line.split(" ")))
            least[one.first] = max(least[one.first], longest)
    room = WIDEST - _AROUND * columns - 1
    if sum(natural) <= room:
        return natural
    # What each needs, and then the same share for all of what is left, as far as they need that.
    found = least
    while (left := room - sum(found)) > 0:
        wanting = [n for n in range(columns) if found[n] < natural[n]]
        share = max(left // max(len(wanting), 1), 1)
        for n in wanting[:left]:
            found[n] = min(found[n] + share, natural[n])
    return found


def _shortest(word: str) -> int:
    """Return how narrow a column may be for *word*: a run of wide characters can be broken anywhere."""
    return min(width(word), _NARROWEST) if width(word) > len(word) else width(word)


def _lines(cells: Sequence[_Placed], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a row."""
    rooms = [
        sum(widths[one.first : one.end]) + _AROUND * (one.end - one.first - 1) for one in cells
    ]
    wrapped = [
        [part for line in one.lines for part in _wrapped(line, room)]
        for one, room in zip(cells, rooms, strict=True)
    ]
    for number in range(max(map(len, [*wrapped, [""]]))):
        parts = (
            lines[number] + " " * (room - width(lines[number]))
            if number < len(lines)
            else " " * room
            for lines, room in zip(wrapped, rooms, strict=True)
        )
        yield f"| {' | '.join(parts)} |"


def _wrapped(line: str, room: int) -> Iterator[str]:
    """Yield *line* in lines that are no wider than *room*, broken at spaces, and in a word that is wider than that."""
    found = ""
    for word in line.split(" "):
        if found and width(found) + 1 + width(word) <= room:
            found = f"{found} {word}"
            continue
        if found:
            yield found
        found = ""
        for char in word:
            if width(found + char) > room:
                yield found
                found = ""
            found += char
    yield found


def _rule(widths: Sequence[int], open_: Sequence[_Placed], char: str) -> str:
    """Return the line between two rows."""
    inside = {n for one in open_ for n in range(one.first, one.end)}
    parts = ((" " if n in inside else char) * (size + 2) for n, size in enumerate(widths))
    return f"+{'+'.join(parts)}+"


def width(text: str) -> int:
    """Return how many columns *text* takes where all characters are of one width or two."""
    return sum(map(width_of, text))


def width_of(char: str) -> int:
    """Return how many columns *char* takes."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1

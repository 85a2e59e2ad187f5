"""Changing single lines of a text in its Markdown: all others stay byte for byte.

Nothing is taken on trust: :meth:`SourceEdit.expected` is what the changed source has to say when it is read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.authoring.changed_units import (
    Operation,
    changed_heading,
    changed_paragraph,
    changed_row,
)
from policysite.authoring.line_spacing import close_gap, spaced
from policysite.authoring.source_units import (
    FENCE,
    OMITTED,
    UnitSort,
    behind_summary,
    fence_end,
    folded_cell,
    units_of,
    with_given,
)
from policysite.authoring.source_words import folded
from policysite.authoring.written_lines import (
    CannotEditError,
    Placed,
    WrittenLine,
    written_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.authoring.source_units import SourceUnit
    from policysite.editions.edited_lines import EditedLine
    from policysite.text.outline import Document

_SEPARATOR = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?")


@dataclass
class SourceEdit:
    """The *text* of a source, which was read as *document* in *language*, and what is to become of it."""

    text: str
    document: Document
    language: str
    units: list[SourceUnit] = field(init=False)

    def __post_init__(self) -> None:
        self._end = "\r\n" if self.text.count("\r\n") == self.text.count("\n") else "\n"
        self.lines = self.text.split(self._end)
        self.units = units_of(self.document, self.lines)
        self._place = {id(unit): place for place, unit in enumerate(self.units)}
        self._operations: list[Operation] = []
        self._now: dict[int, tuple[str, ...] | None] = {}
        self._behind: dict[int, list[WrittenLine]] = {}

    def amend(self, unit: SourceUnit, line: EditedLine) -> None:
        """Have *unit* say what *line* says.

        :raises CannotEditError: if it cannot; nothing is changed then.
        """
        if unit.sort is UnitSort.ROW:
            operations = changed_row(self.lines, unit, line)
            self._now[id(unit)] = tuple(map(folded_cell, line.cells))
        elif unit.sort is UnitSort.HEADING:
            operations = [changed_heading(self.lines, unit, line)]
            self._now[id(unit)] = (folded(line.text),)
        elif unit.sort is UnitSort.PARAGRAPH:
            placed = Placed.of(line, unit, self.language)
            if not unit.prefix and bool(placed.mark) != bool(unit.mark):
                self._instead(unit, line)
                return
            operations = [changed_paragraph(self.lines, unit, placed)]
            self._now[id(unit)] = (placed.printed,)
        else:
            raise CannotEditError("its words are made by the site")
        self._operations += operations

    def _instead(self, unit: SourceUnit, line: EditedLine) -> None:
        """Put another kind of paragraph in the place of *unit*."""
        place = self._place[id(unit)]
        before = self.units[place - 1]
        written = written_line(line, self.units[:place], self.lines, self.language)
        self.delete(unit)
        self._behind.setdefault(id(before), []).append(written)

    def delete(self, unit: SourceUnit) -> None:
        """Take *unit* away, and the summary in plain words of an article.

        :raises CannotEditError: if it has no lines of its own, or is what every text has.
        """
        if unit.sort in {UnitSort.PATTERN, UnitSort.OMITTED}:
            raise CannotEditError("its words are made by the site")
        if unit.depth == 1:
            raise CannotEditError("it is the title, and a text has one")
        others = (one for one in self.units if one is not unit and one.start == unit.start)
        if unit.prefix.startswith("[") or next(others, None):
            raise CannotEditError("it shares its line with others")
        start, end = with_given(self.lines, unit.start), unit.end
        if unit.sort is UnitSort.HEADING:
            end = behind_summary(self.lines, end)
        self._operations.append(Operation(start, end, deletes=True))
        self._now[id(unit)] = None

    def delete_rows(self, rows: Sequence[SourceUnit]) -> None:
        """Take *rows* of one table away, and the table if these are all of it.

        :raises CannotEditError: if only its head would go.
        """
        whole = [u for u in self.units if u.table == rows[0].table and u.sort is UnitSort.ROW]
        if len(rows) < len(whole):
            if whole[0] in rows:
                raise CannotEditError("it is the head of a table that stays")
            self._operations += (Operation(row.start, row.end) for row in rows)
        else:
            start = rows[0].table
            end = max(rows[-1].end, fence_end(self.lines, start))
            self._operations.append(Operation(start, end, deletes=True))
        self._now |= {id(row): None for row in rows}

    def insert(self, behind: SourceUnit, line: EditedLine, *, begins_table: bool = False) -> None:
        """Put *line* behind *unit* and what was put there before; *begins_table*: it is the first row of a new table.

        :raises CannotEditError: if it cannot be written.
        """
        if behind.prefix.startswith("["):
            raise CannotEditError("it comes behind a footnote")
        place = self._place[id(behind)] + 1
        come = self._behind.get(id(behind), [])
        is_new = behind.sort is not UnitSort.ROW or any(one.is_head for one in come)
        goes_on = come[-1] if come and come[-1].is_row and is_new and not begins_table else None
        written = written_line(
            line,
            self.units[:place],
            self.lines,
            self.language,
            goes_on=goes_on,
            is_new_table=begins_table,
        )
        self._behind[id(behind)] = [*come, written]

    def expected(self) -> list[tuple[str, ...]]:
        """Return what the changed source has to say, as :func:`said_by` has it."""
        found: list[tuple[int, tuple[str, ...]]] = []
        for unit in sorted(self.units, key=lambda unit: unit.start):
            cells = self._now.get(id(unit), _said(unit))
            found += [(_line_of(unit), cells)] if cells is not None else []
            found += ((-1, line.cells) for line in self._behind.get(id(unit), ()))
        return _joined(found)

    def said_by(self, text: str, document: Document) -> list[tuple[str, ...]]:
        """Return what *text*, a changed source that was read as *document*, says, line by line, in the order in which it is typed."""
        units = sorted(units_of(document, text.split(self._end)), key=lambda unit: unit.start)
        return _joined([(_line_of(unit), _said(unit)) for unit in units])

    def written(self) -> str:
        """Return the changed source."""
        lines = list(self.lines)
        operations = [*self._operations, *self._insertions()]
        # From the end on, so that lines keep their places; what comes behind a line is put there before that goes.
        for one in sorted(operations, key=lambda o: (o.start, o.end), reverse=True):
            lines[one.start : one.end] = one.lines
            if one.deletes:
                close_gap(lines, one.start)
        return self._end.join(lines)

    def _insertions(self) -> Iterator[Operation]:
        for unit in self.units:
            come = self._behind.get(id(unit), [])
            if not come:
                continue
            place = unit.end
            if unit.sort is UnitSort.HEADING:
                place = behind_summary(self.lines, place)
            if unit.sort is UnitSort.ROW and place < len(self.lines):
                place += bool(_SEPARATOR.fullmatch(self.lines[place]))
                if not come[0].is_row and FENCE.match(self.lines[unit.table]):
                    place += 1
            yield Operation(
                place,
                place,
                tuple(spaced(self.lines, place, come, in_table=unit.sort is UnitSort.ROW)),
            )


def _said(unit: SourceUnit) -> tuple[str, ...]:
    """Return what *unit* says, with white space as pages have it."""
    return unit.cells if unit.cells == (OMITTED,) else tuple(map(folded_cell, unit.cells))


def _line_of(unit: SourceUnit) -> int:
    return -1 if unit.sort is UnitSort.ROW else unit.start


def _joined(said: Sequence[tuple[int, tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Return what was *said*; marks behind each other on one line are one with its words, as that is how they are typed."""
    found: list[tuple[str, ...]] = []
    last = -1
    for line, cells in said:
        if line >= 0 and line == last:
            found[-1] = (folded(f"{found[-1][0]} {cells[0]}"),)
        else:
            found.append(cells)
        last = line
    return found

"""Changing single lines of a text in its Markdown: all others stay byte for byte.

Nothing is taken on trust: :meth:`SourceEdit.expected` is what the changed source has to say when it is read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policysite.authoring.line_spacing import close_gap, spaced
from policysite.authoring.source_units import (
    LIST_MARK,
    OMITTED,
    UnitSort,
    behind_summary,
    cell_paragraphs,
    folded_cell,
    units_of,
    with_given,
)
from policysite.authoring.source_words import amended, folded
from policysite.authoring.written_lines import (
    CannotEditError,
    Placed,
    WrittenLine,
    heading_depth,
    heading_words,
    pipe_row,
    written_line,
)
from policysite.importing import inline
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.authoring.source_units import SourceUnit
    from policysite.editions.edited_lines import EditedLine
    from policysite.importing.pieces import Span
    from policysite.text.blocks import Block
    from policysite.text.outline import Document

_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?")


class _Operation(NamedTuple):
    """Lines from ``start`` on, up to ``end``, have ``lines`` in their place."""

    start: int
    end: int
    lines: tuple[str, ...] = ()
    deletes: bool = False


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
        self._operations: list[_Operation] = []
        self._now: dict[int, tuple[str, ...] | None] = {}
        self._behind: dict[int, list[WrittenLine]] = {}

    def amend(self, unit: SourceUnit, line: EditedLine) -> None:
        """Have *unit* say what *line* says.

        :raises CannotEditError: if it cannot; nothing is changed then.
        """
        if unit.sort is UnitSort.ROW:
            operations = self._cells(unit, line)
            self._now[id(unit)] = tuple(map(folded_cell, line.cells))
        elif unit.sort is UnitSort.HEADING:
            operations = [self._heading(unit, line)]
            self._now[id(unit)] = (folded(line.text),)
        elif unit.sort is UnitSort.PARAGRAPH:
            placed = Placed.of(line, unit, self.language)
            if not unit.prefix and bool(placed.mark) != bool(unit.mark):
                self._instead(unit, line)
                return
            operations = [self._paragraph(unit, placed)]
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
        self._operations.append(_Operation(start, end, deletes=True))
        self._now[id(unit)] = None

    def delete_rows(self, rows: Sequence[SourceUnit]) -> None:
        """Take *rows* of one table away, and the table if these are all of it.

        :raises CannotEditError: if only its head would go.
        """
        whole = [u for u in self.units if u.table == rows[0].table and u.sort is UnitSort.ROW]
        if len(rows) < len(whole):
            if whole[0] in rows:
                raise CannotEditError("it is the head of a table that stays")
            self._operations += (_Operation(row.start, row.end) for row in rows)
        else:
            start, end = rows[0].table, rows[-1].end
            if "{" in self.lines[start]:
                fence = self.lines[start].split("{")[0].strip()
                end = (
                    next(n for n in range(end, len(self.lines)) if self.lines[n].strip() == fence)
                    + 1
                )
            self._operations.append(_Operation(start, end, deletes=True))
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

    def _heading(self, unit: SourceUnit, line: EditedLine) -> _Operation:
        depth = heading_depth(line.style)
        if not depth:
            raise CannotEditError("it is no heading any more")
        words = heading_words(line)
        raw = amended(
            unit.block.raw, unit.words, words, lambda spans: inline.heading(tuple(spans), "#")[2:]
        )
        if raw is None or not self.lines[unit.start].lstrip().startswith("#"):
            raise CannotEditError("its markup cannot be kept")
        return _Operation(unit.start, unit.end, (f"{'#' * depth} {raw}",))

    def _paragraph(self, unit: SourceUnit, placed: Placed) -> _Operation:
        first, *others = self.lines[unit.start : unit.end]
        if placed.mark != unit.mark:
            first = _with_mark(first, unit.mark, placed.mark)
        lines = self._words(unit.block, [first, *others], placed.words, marked=bool(unit.mark))
        return _Operation(unit.start, unit.end, tuple(lines))

    def _words(self, block: Block, lines: Sequence[str], words: str, *, marked: bool) -> list[str]:
        """Return the *lines* of a paragraph with other words."""

        def write(spans: Sequence[Span]) -> str:
            return inline.paragraph(tuple(spans), marked=marked)[0]

        old = block.raw.split("\n")
        before = [_without(line, end) for line, end in zip(lines, old, strict=True)]
        raw = amended(block.raw, folded(block.text), words, write, is_block=True)
        if raw is None or None in before:
            raise CannotEditError("its markup cannot be kept")
        new = raw.split("\n")
        margins = [margin for margin in before if margin is not None]
        return [
            f"{margins[n] if n < len(margins) else ' ' * len(margins[0])}{one}"
            for n, one in enumerate(new)
        ]

    def _cells(self, unit: SourceUnit, line: EditedLine) -> list[_Operation]:
        if len(line.cells) != len(unit.cells):
            raise CannotEditError("the table has other columns")
        if unit.end == unit.start + 1 and not self.lines[unit.start].lstrip().startswith("*"):
            return [self._piped(unit, line)]
        found = []
        for cell, old, new in zip(unit.block.children, unit.cells, line.cells, strict=True):
            blocks = list(cell_paragraphs(cell))
            lines = [folded(one) for one in new.split(LINE)]
            if LINE.join(lines) == old:
                continue
            kept = all(
                line.startswith(sign) for (sign, _), line in zip(blocks, lines, strict=False)
            )
            if len(blocks) != len(lines) or not kept or not all(b.raw for _, b in blocks):
                raise CannotEditError("a cell has other paragraphs")
            for (sign, block), line_now in zip(blocks, lines, strict=True):
                words = line_now.removeprefix(sign)
                if words != folded(block.text):
                    start, end = block.line - 1, block.line + block.raw.count("\n")
                    now = self._words(block, self.lines[start:end], folded(words), marked=True)
                    found.append(_Operation(start, end, tuple(now)))
        return found

    def _piped(self, unit: SourceUnit, line: EditedLine) -> _Operation:
        source = self.lines[unit.start]
        parts = _BETWEEN_CELLS.split(source)
        first = 1 if source.lstrip().startswith("|") else 0
        for place, (cell, old, new) in enumerate(
            zip(unit.block.children, unit.cells, line.cells, strict=True), start=first
        ):
            words = folded(new)
            if words == old:
                continue
            if LINE in new:
                raise CannotEditError("a cell has other paragraphs")
            raw = cell.children[0].raw if cell.children else ""
            written = (
                amended(
                    raw, old, words, lambda spans: inline.cell(tuple(spans))[0].replace(r"\|", "|")
                )
                if old
                else pipe_row([words])[2:-2].replace(r"\|", "|")
            )
            if written is None:
                raise CannotEditError("its markup cannot be kept")
            typed = parts[place]
            escaped = written.replace("|", r"\|")
            parts[place] = (
                typed.replace(typed.strip(), escaped, 1) if typed.strip() else f" {escaped} "
            )
        return _Operation(unit.start, unit.end, ("|".join(parts),))

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

    def _insertions(self) -> Iterator[_Operation]:
        for unit in self.units:
            come = self._behind.get(id(unit), [])
            if not come:
                continue
            place = unit.end
            if unit.sort is UnitSort.HEADING:
                place = behind_summary(self.lines, place)
            if unit.sort is UnitSort.ROW and place < len(self.lines):
                place += bool(_SEPARATOR.fullmatch(self.lines[place]))
                if not come[0].is_row and "{" in self.lines[unit.table]:
                    place += 1
            yield _Operation(
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


def _without(line: str, end: str) -> str | None:
    """Return *line* without the words *end* at its end, which white space may follow; None if it ends otherwise."""
    bare, words = line.rstrip(), end.strip()
    return bare[: len(bare) - len(words)] if words and bare.endswith(words) else None


def _with_mark(line: str, old: str, new: str) -> str:
    counted, wanted = LIST_MARK.match(line), LIST_MARK.match(new)
    if counted and wanted and counted["end"] == wanted["end"]:
        return f"{counted['indent']}{wanted['number']}{line[counted.end('number') :]}"
    if counted or wanted:
        raise CannotEditError(f"its mark becomes {new!r}, which is one of another kind of list")
    typed = re.compile("".join(rf"\\?{re.escape(sign)}" for sign in old))
    match = typed.search(line)
    if match is None:
        raise CannotEditError(f"its mark {old!r} is not typed as it is printed")
    return f"{line[: match.start()]}{new}{line[match.end() :]}"

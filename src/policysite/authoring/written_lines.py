"""A new line of a text as Markdown, in the place where it comes: a heading, a paragraph with its mark, an item of a list, a row of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policysite.authoring.source_units import LIST_MARK, OWN_LIST, UnitSort, folded_cell
from policysite.authoring.source_words import folded
from policysite.editions.edition_lines import Style
from policysite.editions.tracked_changes import TAB
from policysite.importing import inline
from policysite.importing.pieces import Span
from policysite.languages.marks import LONGEST, marks_of
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.authoring.source_units import SourceUnit
    from policysite.editions.edited_lines import EditedLine

_HEADING = re.compile(r"Heading([1-9])")
_DASH = "- "
_BROKEN = "it has a tab or a line break among its words"


class CannotEditError(ValueError):
    """A change that cannot be made in the source; the message says why."""


class WrittenLine(NamedTuple):
    """The ``lines`` of Markdown that say ``cells``; an item of a list and a row of a table, but for its head, stand right below another one."""

    lines: tuple[str, ...]
    cells: tuple[str, ...]
    is_item: bool = False
    is_row: bool = False
    is_head: bool = False


class Placed(NamedTuple):
    """The mark and the words of a paragraph; its ``prefix`` is a dash or the sign of a footnote."""

    mark: str
    words: str
    prefix: str = ""

    @property
    def printed(self) -> str:
        """All that readers see."""
        return folded(f"{self.mark} {self.words}" if self.mark else f"{self.prefix}{self.words}")

    @classmethod
    def of(cls, line: EditedLine, unit: SourceUnit | None, language: str) -> Placed:
        """Return what *line* says in the place of *unit*, None for one that is new.

        :raises CannotEditError: if it has a tab or a line break among its words.
        """
        text = line.text
        prefix = unit.prefix if unit else ""
        if prefix:
            if not text.startswith(prefix):
                raise CannotEditError(f"it has lost its sign {prefix.strip()!r}")
            found = cls("", text.removeprefix(prefix), prefix)
        else:
            found = _with_mark(text, unit, language)
        if TAB in found.words or LINE in found.words:
            raise CannotEditError(_BROKEN)
        return found._replace(words=folded(found.words))


def _with_mark(text: str, unit: SourceUnit | None, language: str) -> Placed:
    known = unit.mark if unit else ""
    head, tab, rest = text.partition(TAB)
    if tab and (head == known or _is_mark(head, language)):
        return Placed(head.strip(), rest)
    if known and text.startswith(f"{known} "):
        return Placed(known, text.removeprefix(known))
    readings = marks_of(text[:LONGEST], language)
    was_words = (
        unit is not None and not unit.mark and bool(marks_of(unit.words[:LONGEST], language))
    )
    if readings and not was_words:
        return Placed(readings[0].text, text[readings[0].width :])
    return Placed("", text)


def _is_mark(text: str, language: str) -> bool:
    return any(mark.text == text.strip() for mark in marks_of(f"{text.strip()} ", language))


def heading_depth(style: str) -> int:
    """Return how many signs a heading of *style* begins with; 0 if it is none."""
    match = _HEADING.fullmatch(style)
    return 1 if style == Style.TITLE else int(match[1]) + 1 if match else 0


def heading_words(line: EditedLine) -> str:
    """Return the words of a heading.

    :raises CannotEditError: if it has a tab or a line break among them.
    """
    if TAB in line.text or LINE in line.text:
        raise CannotEditError(_BROKEN)
    return folded(line.text)


def written_line(
    line: EditedLine,
    before: Sequence[SourceUnit],
    lines: Sequence[str],
    language: str,
    *,
    goes_on: WrittenLine | None = None,
    is_new_table: bool = False,
) -> WrittenLine:
    """Return *line* as it is written behind the units *before* it, which are typed on *lines*.

    A row goes into the table before it, or begins a new one; *goes_on* is the row before it in that.

    :raises CannotEditError: if it cannot be written.
    """
    try:
        if line.is_row:
            if is_new_table or goes_on:
                return _row_of_new(line, _content(before[-1], lines), goes_on)
            return _row(line, before[-1], lines)
        if line.style == Style.TITLE:
            raise CannotEditError("it has the style of the title, and a text has one")
        if heading_depth(line.style):
            words = heading_words(line)
            written = inline.heading((Span(words),), "#" * heading_depth(line.style))
            return WrittenLine((written,), (words,))
        return _paragraph(line, before, lines, language)
    except inline.CannotWriteError as error:
        raise CannotEditError("Markdown has no form for its words") from error


def _paragraph(
    line: EditedLine, before: Sequence[SourceUnit], lines: Sequence[str], language: str
) -> WrittenLine:
    anchor = before[-1]
    if anchor.prefix == _DASH and line.text.startswith(_DASH):
        words = folded(line.text.removeprefix(_DASH))
        margin = _indent(lines[anchor.start])
        text = inline.paragraph((Span(words),))[0]
        return WrittenLine((f"{margin}{_DASH}{text}",), (f"{_DASH}{words}",), is_item=True)
    placed = Placed.of(line, None, language)
    if not placed.words:
        raise CannotEditError("it has no words")
    text = inline.paragraph((Span(placed.words),), marked=bool(placed.mark))[0]
    counted = OWN_LIST.fullmatch(placed.mark)
    if counted:
        margin = _margin_of_list(counted[1], counted[2], before, lines)
    elif placed.mark:
        margin = _margin_of_mark(placed.mark, before, lines, language)
    else:
        margin = "" if line.style == Style.TEXT else _content(anchor, lines)
    mark = f"{placed.mark} " if placed.mark else ""
    return WrittenLine((f"{margin}{mark}{text}",), (placed.printed,), is_item=bool(counted))


def _margin_of_list(
    number: str, end: str, before: Sequence[SourceUnit], lines: Sequence[str]
) -> str:
    """Return the margin of an item: that of the one before it with the same sign, rather of the number before."""
    found: list[str] = []
    for unit in reversed(before):
        if unit.sort is UnitSort.HEADING:
            break
        match = LIST_MARK.match(lines[unit.start]) if unit.mark else None
        if match and match["end"] == end:
            if int(match["number"]) in {int(number) - 1, int(number)}:
                return match["indent"]
            found.append(match["indent"])
    if found and number != "1":
        return found[0]
    return _content(before[-1], lines)


def _margin_of_mark(
    mark: str, before: Sequence[SourceUnit], lines: Sequence[str], language: str
) -> str:
    """Return the margin of a mark that is typed among the words: that of the one before it of its kind."""
    kinds = {reading.kind for reading in marks_of(f"{mark} ", language)}
    for unit in reversed(before):
        if unit.sort is UnitSort.HEADING:
            break
        if unit.mark and kinds & {r.kind for r in marks_of(f"{unit.mark} ", language)}:
            return _indent(lines[unit.start])
    return _content(before[-1], lines)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _content(unit: SourceUnit, lines: Sequence[str]) -> str:
    """Return the margin of what is inside of *unit*."""
    match = LIST_MARK.match(lines[unit.start]) if unit.mark else None
    if unit.sort is UnitSort.HEADING:
        return ""
    return " " * len(match[0]) if match else _indent(lines[unit.start])


def _row(line: EditedLine, anchor: SourceUnit, lines: Sequence[str]) -> WrittenLine:
    cells = tuple(map(folded_cell, line.cells))
    if anchor.sort is not UnitSort.ROW:
        raise CannotEditError("it is a table of its own")
    if not line.is_plain or len(cells) != len(anchor.cells):
        raise CannotEditError("the table has other columns, or merged cells")
    typed = lines[anchor.start]
    margin = _indent(typed)
    if not typed.lstrip().startswith("* -"):
        if any(LINE in cell for cell in line.cells):
            raise CannotEditError("a cell has several paragraphs")
        return WrittenLine((f"{margin}{pipe_row(cells)}",), cells, is_row=True)
    written: list[str] = []
    for place, cell in enumerate(line.cells):
        texts = [
            inline.paragraph((Span(folded(t)),), marked=True)[0] if t else ""
            for t in cell.split(LINE)
        ]
        written.append(f"{margin}{'  ' if place else '* '}- {texts[0]}".rstrip())
        for text in texts[1:]:
            written += ["", f"{margin}    {text}"]
    return WrittenLine(tuple(written), cells, is_row=True)


def _row_of_new(line: EditedLine, margin: str, goes_on: WrittenLine | None) -> WrittenLine:
    """Return a row of a table that is new; the first one is its head."""
    cells = tuple(map(folded_cell, line.cells))
    if not line.is_plain or any(LINE in cell for cell in line.cells):
        raise CannotEditError("it is in a new table with merged cells or paragraphs in them")
    if goes_on and len(goes_on.cells) != len(cells):
        raise CannotEditError("the rows of the new table have different columns")
    row = f"{margin}{pipe_row(cells)}"
    head = () if goes_on else (f"{margin}|{'---|' * len(cells)}",)
    return WrittenLine((row, *head), cells, is_row=True, is_head=not goes_on)


def pipe_row(cells: Sequence[str]) -> str:
    """Return a row of a table with *cells*, which are words."""
    return f"| {' | '.join(inline.cell((Span(c),))[0] if c else '' for c in cells)} |"

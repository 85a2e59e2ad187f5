"""Pieces from plain text, in which lines are all the form there is."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from policysite.importing.pieces import Note, Piece, Span, Table, clean, tidy
from policysite.importing.printed_marks import beginning_of, heading_of
from policysite.languages.language_files import scripts
from policysite.languages.spaceless_scripts import SPACELESS

_WIDEST_WRAPPED = 100
_NARROWEST_WRAPPED = 40
_MOSTLY = 0.6
_SHOWN = 10


class WrappedError(ValueError):
    """Lines end where a word may go on: whether a space belongs there cannot be known.

    ``places`` are the lines, from 1, with what is at their end and at the beginning of the next.
    """

    def __init__(self, places: list[tuple[int, str, str]]) -> None:
        super().__init__(f"lines {', '.join(str(line) for line, _, _ in places)}")
        self.places = places


def pieces_of(text: str, language: str = "") -> list[Piece]:
    """Return the pieces of *text* in *language*: a line is a paragraph, unless the text was wrapped at a width.

    :raises WrappedError: if it was wrapped where a word may go on.
    """
    lines = text.split("\n")
    width = max((_width(line) for line in lines), default=0)
    wrapped = width <= _WIDEST_WRAPPED and _looks_wrapped(lines, width, language)
    found: list[Piece] = []
    rows: list[tuple[int, str]] = []
    broken: list[tuple[int, str, str]] = []
    previous = ""
    for number, line in enumerate(lines, start=1):
        if "\t" in line.strip():
            rows.append((number, line.strip(" ")))
            previous = ""
            continue
        found += _rows(rows)
        rows = []
        if not line.strip():
            previous = ""
        elif wrapped and previous and _goes_on(previous, line, width, language):
            if _may_be_one_word(previous, line):
                broken.append((number - 1, previous[-_SHOWN:].strip(), line[:_SHOWN].strip()))
            found[-1] = _joined(found[-1], line, number)
            previous = line
        else:
            found.append(_piece(line, number))
            previous = line
    if broken:
        raise WrappedError(broken)
    return [*found, *_rows(rows)]


def _may_be_one_word(line: str, after: str) -> bool:
    """Whether a word may go on from *line* to *after*: in some scripts programs break it anywhere, and no space tells."""
    return bool(_wrapping().match(line[-1:]) and _wrapping().match(after[:1]))


@cache
def _wrapping() -> re.Pattern[str]:
    ranges = (script["ranges"] for script in scripts().values() if script.get("wraps"))
    return re.compile(f"[{''.join(ranges)}{SPACELESS}]")


def _width(line: str) -> int:
    """Return how many columns *line* takes; a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip())


def _looks_wrapped(lines: list[str], width: int, language: str) -> bool:
    """Whether most lines that another one follows are broken where the next word had no room."""
    pairs = [
        (line, after)
        for line, after in pairwise(lines)
        if line.strip() and after.strip() and not beginning_of(after.strip(), language)
    ]
    broken = sum(_goes_on(line, after, width, language) for line, after in pairs)
    return width > _NARROWEST_WRAPPED and broken >= 2 and broken >= _MOSTLY * len(pairs)


def _goes_on(line: str, after: str, width: int, language: str) -> bool:
    """Whether *after* is the rest of *line*: its first word would not have fitted on that."""
    heading = heading_of(line.strip(), language)
    is_heading = bool(heading and (heading.sure or heading.is_bare))
    needed = _width(line) + 1 + _width(after.split(maxsplit=1)[0])
    return needed > width and not beginning_of(after.strip(), language) and not is_heading


def _piece(line: str, number: int) -> Piece:
    words, changed = clean(line)
    notes = (Note(changed, number),) if changed else ()
    return Piece(tidy([Span(words)]), number, notes=notes)


def _joined(piece: Piece, line: str, number: int) -> Piece:
    more = _piece(line, number)
    notes = [n for n in (*piece.notes, *more.notes) if not n.message.startswith(_JOINED)]
    lines = f"{piece.line} to {number}"
    note = Note(
        f"{_JOINED} {lines} of the source were joined with spaces to one paragraph.", piece.line
    )
    spans = [*piece.spans, Span(" "), *more.spans]
    return Piece(tidy(spans), piece.line, notes=(*notes, note))


_JOINED = "Lines"


def _rows(rows: list[tuple[int, str]]) -> list[Piece]:
    """Return lines with tabs as a table, if they are one."""
    cells = [line.split("\t") for _, line in rows]
    if len(rows) < 2 or len({len(row) for row in cells}) != 1:
        return [_piece(line, number) for number, line in rows]
    table = Table(tuple(tuple(tidy([Span(clean(cell)[0])]) for cell in row) for row in cells), 1)
    first = rows[0][0]
    note = Note("Lines with tabs became a table; the first of them became its head.", first)
    return [Piece((), first, table=table, notes=(note,))]

"""Lines that are paragraphs of their own inside one paragraph, and marks that stand on a line without their words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policysite.importing.pieces import (
    BOLD_LINE,
    BROKEN_LINE,
    SOFT_LINE,
    Note,
    Piece,
    Span,
    Spans,
    all_bold,
    text_of,
    tidy,
)
from policysite.importing.printed_marks import BULLETS, DASH, beginning_of, heading_of, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policysite.languages.marks import Mark

_LONGEST_BOLD = 80
_ENDS = tuple(".,;:。、")


@dataclass
class Line:
    """A line: its ``number`` in the source, and whether it ``is_soft``: shown behind the one before it, with a space."""

    spans: list[Span] = field(default_factory=list)
    number: int = 0
    is_soft: bool = False
    notes: list[Note] = field(default_factory=list)

    @property
    def words(self) -> Spans:
        """The words, with white space folded."""
        return tidy(self.spans)


def parted(lines: Iterable[Line], language: str = "") -> list[Line]:
    """Return the paragraphs that *lines* are: a line is one if a break is before it, a mark begins it, or the one before is bold."""
    found: list[Line] = []
    marks: list[Mark] = []
    for line in lines:
        words = line.words
        if not words:
            continue
        why = _why_new(line, words, found, marks, language)
        if found and not why:
            found[-1].spans += [Span(" "), *line.spans]
            continue
        if found:
            line.notes.append(Note(why, line.number))
        if mark := mark_of(text_of(words), language):
            marks += mark.readings
        found.append(line)
    return found


def _why_new(line: Line, words: Spans, before: list[Line], marks: list[Mark], language: str) -> str:
    if not line.is_soft or not before:
        return BROKEN_LINE
    if len(before) == 1 and _is_bold_heading(before[0].words, language):
        return BOLD_LINE
    text = text_of(words)
    mark = mark_of(text, language)
    if mark is None:
        return SOFT_LINE if beginning_of(text, language) else ""
    # A dash may be one between words, and a number one of a date, where the line just ends.
    if mark.printed in BULLETS or any(_goes_on(one, marks) for one in mark.readings):
        return SOFT_LINE
    before[-1].notes.append(
        Note(
            f"{mark.printed!r} begins a line inside a paragraph, and follows no mark of its kind; if it is one, put an empty "
            "line before it.",
            line.number,
        )
    )
    return ""


def _goes_on(mark: Mark, marks: list[Mark]) -> bool:
    """Whether *mark* is a first one, or comes after one of *marks*."""
    return mark.begins or any(one.kind == mark.kind and mark.follows(one) for one in marks)


def _is_bold_heading(words: Spans, language: str) -> bool:
    text = text_of(words)
    return (
        all_bold(words)
        and len(text) <= _LONGEST_BOLD
        and (bool(heading_of(text, language)) or not text.endswith(_ENDS))
    )


def with_their_words(pieces: Sequence[Piece], language: str = "") -> list[Piece]:
    """Return *pieces* with marks that stand alone on a line before the words that come after them."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before and _is_lone_mark(before) and _is_bare(piece, language):
            note = Note(
                f"The mark {before.text!r} was on a line of its own; it begins the paragraph after it now.",
                before.line,
            )
            found[-1] = replace(
                before,
                spans=tidy([*before.spans, Span(" "), *piece.spans]),
                notes=(*before.notes, *piece.notes, note),
                targets=(*before.targets, *piece.targets),
            )
        else:
            found.append(piece)
    return found


def _is_lone_mark(piece: Piece) -> bool:
    text = piece.text
    mark = None if piece.table or piece.heading or piece.counter else mark_of(f"{text} x")
    return mark is not None and mark.kind != DASH and mark.width == len(text) + 1


def _is_bare(piece: Piece, language: str) -> bool:
    return bool(piece.spans) and not (
        piece.heading or piece.counter or beginning_of(piece.text, language)
    )

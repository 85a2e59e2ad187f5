"""The mark that begins a piece, printed or drawn, and what is said of one that may be another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.importing.pieces import BROKEN_LINE, SOFT_LINE, Piece, Span, without
from policysite.importing.printed_marks import PrintedMark, mark_of
from policysite.languages.marks import CIRCLED

if TYPE_CHECKING:
    from collections.abc import Iterator

_INNER_MARK = re.compile(rf"\s[{CIRCLED}](?=\s*\w)")
OWN_LINES = {BROKEN_LINE, SOFT_LINE}
"""What need not be said of a line that has a mark or comes after a heading."""


def hints(text: str) -> Iterator[str]:
    """Yield what in a paragraph may be more than words."""
    if inner := _INNER_MARK.search(text):
        yield f"{inner[0].strip()!r} is inside a paragraph; if it begins one, put an empty line before it."


def with_counter(piece: Piece) -> Piece:
    """Return *piece* with what its list draws as its first word."""
    spans = (Span(f"{piece.counter} "), *piece.spans)
    return replace(piece, spans=spans, counter="")


def marked(piece: Piece, language: str = "") -> tuple[PrintedMark | None, Piece]:
    """Return the mark of *piece*, printed or drawn by its list, and the piece without it."""
    mark = mark_of(piece.text, language)
    if piece.counter and not (mark and mark.takes_the_place_of(piece.counter)):
        if drawn := mark_of(f"{piece.counter} x", language):
            return drawn, replace(piece, counter="")
        return None, with_counter(piece)
    if mark is None:
        return None, piece
    # A mark begins a paragraph in any case.
    notes = tuple(note for note in piece.notes if note.message not in OWN_LINES)
    found = replace(piece, spans=without(piece.spans, mark.width), counter="", notes=notes)
    if piece.counter and piece.counter != mark.printed:
        found = found.noted(
            f"The list drew {piece.counter!r} before the printed {mark.printed!r}; it was left out."
        )
    elif mark.printed != mark.text:
        found = found.noted(
            f"The mark {mark.printed!r} is written {mark.text!r}, which the site knows."
        )
    return mark, found

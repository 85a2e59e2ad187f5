"""What stands before the first article: the title, and links that only lead around the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.importing.marks import LONGEST_HEADING, heading_of
from policysite.importing.pieces import Piece, Span, Spans, tidy

if TYPE_CHECKING:
    from collections.abc import Callable

_MANY = 3


def spans_of(text: str) -> Spans:
    """Return plain words as spans."""
    return (Span(text),)


def is_navigation(piece: Piece) -> bool:
    """Whether all words of *piece* are links inside the page."""
    words = [span for span in piece.spans if span.text.strip()]
    return bool(words) and all(span.link.startswith("#") for span in words)


def without_anchors(piece: Piece) -> Piece:
    """Return *piece* without links inside the page, if it has words besides them."""
    if is_navigation(piece) or not any(span.link.startswith("#") for span in piece.spans):
        return piece
    spans = (
        span._replace(link="" if span.link.startswith("#") else span.link) for span in piece.spans
    )
    return replace(piece, spans=tidy(spans)).noted(
        "A link inside the page was left out; its words stay."
    )


def _is_article(piece: Piece) -> bool:
    heading = heading_of(piece.text)
    return bool(heading and (heading.sure or heading.runs_on or piece.heading or piece.is_bold))


def title_of(pieces: list[Piece]) -> int | None:
    """Return the place of the title among *pieces*: the highest heading before the first article, or the first line."""
    first = next((n for n, piece in enumerate(pieces) if _is_article(piece)), len(pieces))
    head = [(n, piece) for n, piece in enumerate(pieces[:first]) if not piece.table]
    headings = [(piece.heading, n) for n, piece in head if piece.heading]
    if headings:
        return min(headings)[1]
    bold = next((n for n, piece in head if piece.is_bold), None)
    if bold is not None and len(pieces[bold].text) <= LONGEST_HEADING:
        return bold
    return (
        next((n for n, piece in head if len(piece.text) <= LONGEST_HEADING), None) if head else None
    )


def without_contents(pieces: list[Piece], drop: Callable[[Piece, str], None]) -> list[Piece]:
    """Return *pieces* without a table of contents: articles one after the other, all of which come again later."""
    start = next((n for n, piece in enumerate(pieces) if _is_article(piece)), len(pieces))
    end = start
    while end < len(pieces) and _is_article(pieces[end]) and not pieces[end].heading:
        end += 1
    later = {piece.text for piece in pieces[end:]}
    listed = pieces[start:end]
    # The first article of the text itself may stand right after the list.
    while listed and listed[-1].text not in later:
        listed.pop()
    if len(listed) < _MANY or not all(piece.text in later for piece in listed):
        return pieces
    for piece in listed:
        drop(piece, "a table of contents")
    return [*pieces[:start], *pieces[start + len(listed) :]]

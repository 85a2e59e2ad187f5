"""What is before the first article: the title, and links that only lead around the page."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from policysite.importing.pieces import Piece, text_of
from policysite.importing.printed_marks import (
    LONGEST_HEADING,
    Heading,
    heading_of,
    may_be_title,
)
from policysite.languages.labels import printed_label

if TYPE_CHECKING:
    from collections.abc import Callable

_MANY = 3


def heading_in(piece: Piece, language: str = "") -> Heading | None:
    """Return what *piece* in *language* is as a heading, or what the bold words at its beginning are."""
    found = heading_of(piece.text, language)
    if piece.is_bold or piece.heading or not (piece.spans and piece.spans[0].strong):
        return found
    lead = text_of(takewhile(lambda span: span.strong, piece.spans))
    bold, rest = heading_of(lead.rstrip(), language), piece.text[len(lead) :]
    # "Article 1 of the Act" is a sentence, whatever is bold in it.
    ends = (lead[-1:].isspace() or rest[:1].isspace()) and not rest.strip()[:1].islower()
    return replace(bold, width=len(lead), runs_on=True) if bold and ends else found


def _is_article(piece: Piece, language: str) -> bool:
    heading = heading_in(piece, language)
    if heading and (heading.is_likely or piece.heading or piece.is_bold):
        return True
    # A number that a list draws is one of a heading too, and a title has none.
    is_counted = piece.counter not in {"", "-"}
    return bool(
        (piece.heading and printed_label(piece.text, language))
        or ((piece.heading or piece.is_bold) and is_counted and may_be_title(piece.text))
    )


def title_of(pieces: list[Piece], language: str = "") -> int | None:
    """Return the place of the title among *pieces*: the first that stands out before the first article.

    Where nothing does, it is the first line, if that is short; None if there is no title.
    """
    first = next((n for n, piece in enumerate(pieces) if _is_article(piece, language)), len(pieces))
    head = [(n, piece) for n, piece in enumerate(pieces[:first]) if not piece.table]
    for stands_out in (
        lambda piece: piece.heading == 1,
        lambda piece: bool(piece.heading or (piece.is_bold and len(piece.text) <= LONGEST_HEADING)),
    ):
        place = next((n for n, piece in head if stands_out(piece)), None)
        if place is not None:
            return place
    is_short = head and head[0][0] == 0 and len(pieces[0].text) <= LONGEST_HEADING
    return 0 if is_short else None


def without_contents(
    pieces: list[Piece], drop: Callable[[Piece, str], None], language: str = ""
) -> list[Piece]:
    """Return *pieces* without a table of contents: headings one after the other, all of which come again later."""
    headings = {piece.text for piece in pieces if piece.heading}

    def is_listed(piece: Piece) -> bool:
        return not piece.heading and (_is_article(piece, language) or piece.text in headings)

    start = next(
        (n for n, p in enumerate(pieces) if is_listed(p) or _is_article(p, language)), len(pieces)
    )
    end = start
    while end < len(pieces) and is_listed(pieces[end]):
        end += 1
    listed = pieces[start:end]
    # The first article of the text itself may be right after the list.
    while not {p.text for p in listed} <= {p.text for p in pieces[start + len(listed) :]}:
        listed.pop()
    if len(listed) < _MANY:
        return pieces
    for piece in listed:
        drop(piece, "a table of contents")
    return [*pieces[:start], *pieces[start + len(listed) :]]

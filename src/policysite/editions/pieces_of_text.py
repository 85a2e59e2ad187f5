"""The words of a paragraph or a cell with their links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.editions.edition import Link


class Piece(NamedTuple):
    """Words, and where they lead; empty for no link."""

    text: str
    link: str = ""


Pieces = tuple[Piece, ...]


def pieces_of(text: str, links: Sequence[Link], cell: int) -> Pieces:
    """Return the *text* of a cell with its links; a paragraph is one."""
    found: list[Piece] = []
    end = 0
    for _, words, before, address in (link for link in links if link.cell == cell and link.words):
        start = -1
        for _time in range(before + 1):
            start = text.find(words, start + 1)
        if start < end:
            # Words that a reference brought have moved it: the next ones of these are the best guess.
            start = text.find(words, end)
        if start >= 0:
            found += [Piece(text[end:start]), Piece(words, address)]
            end = start + len(words)
    return tuple(piece for piece in (*found, Piece(text[end:])) if piece.text)

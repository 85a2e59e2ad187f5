"""The proof that a text was not altered: what it says, character by character, without white space."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.importing.inline import runs_of
from policysite.importing.pieces import clean, text_of
from policysite.importing.printed_marks import DASH, mark_of
from policysite.importing.recognised_text import PieceKind
from policysite.markdown import list_tables
from policysite.markdown.parser import parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

    from policysite.importing.pieces import Piece
    from policysite.importing.recognised_text import Entry, Structure

_SPACES = re.compile(r"\s+")
_LONGEST = 60
_ENOUGH = 20
_LEVELS = 4
"""Of a list of rows and the lists of their cells."""


def said_by(entries: Iterable[Entry]) -> str:
    """Return what *entries* say, with their marks."""
    return "".join(_of_entry(entry) for entry in entries)


def _of_entry(entry: Entry) -> str:
    if entry.kind is PieceKind.TABLE and entry.piece.table:
        return _bare(entry.piece.table.text)
    return _bare(f"{entry.mark}{entry.piece.text}")


def said_by_pieces(pieces: Iterable[Piece], language: str = "") -> str:
    """Return what *pieces* say, with the marks that are printed and those that a list draws."""
    return "".join(_of_piece(piece, language) for piece in pieces)


def _of_piece(piece: Piece, language: str) -> str:
    if piece.table:
        return _bare(f"{piece.counter}{piece.table.text}")
    mark = mark_of(piece.text, language)
    # A printed mark takes the place of one that is drawn.
    is_drawn = piece.counter and not (mark and mark.takes_the_place_of(piece.counter))
    if mark and mark.kind == DASH and not is_drawn:
        return _bare(f"{mark.text}{piece.text[mark.width :]}")
    return _bare(f"{piece.counter if is_drawn else ''}{piece.text}")


def said_by_markdown(text: str) -> str:
    """Return what Markdown reads in *text*, with the marks of its lists."""
    return "".join(_of_tokens(parser().parse(text)))


def _of_tokens(tokens: list[Token], marked_from: int = 0) -> Iterator[str]:
    """Yield what *tokens* say; lists above the level *marked_from* are those of a table, whose marks nobody sees."""
    for token in tokens:
        if token.type == "fence":
            content = list_tables.options_of(token.content)[1]
            yield from _of_tokens(parser().parse(content), _LEVELS)
        elif token.type == "list_item_open" and token.level < marked_from:
            continue
        elif token.type == "list_item_open":
            yield f"{token.info}{token.markup}" if token.info else "-"
        elif token.type == "inline":
            if marked_from:
                words = list_tables.without_facts(token.content)
                token = parser().parseInline(words)[0]  # noqa: PLW2901 - the same words, but for what they say of the cell
            runs = runs_of(token)
            yield _bare(text_of(runs)) if runs is not None else "\ufffd"


def _bare(text: str) -> str:
    return _SPACES.sub("", text)


def kept(pieces: Iterable[Piece], structure: Structure) -> list[Piece]:
    """Return *pieces* without what *structure* left out of them on purpose, which its notes name."""
    found = []
    for piece in pieces:
        if any(piece is other for other in structure.dropped):
            continue
        is_bare = any(piece is other for other in structure.uncounted)
        found.append(replace(piece, counter="") if is_bare else piece)
    return found


def said_is_kept(
    pieces: Iterable[Piece], structure: Structure, text: str, language: str = ""
) -> bool:
    """Whether *text*, the Markdown of *structure*, says what *pieces* say."""
    entries = structure.entries[1:] if structure.has_given_title else structure.entries
    said = said_by_pieces(kept(pieces, structure), language) == said_by(entries)
    return said and said_by(structure.entries) == said_by_markdown(text)


def first_difference(source: str, pieces: Iterable[Piece]) -> tuple[str, str]:
    """Return the beginning of what *source* says and *pieces* do not, or of what only these say; both empty if they say the same.

    *source* is what readers saw of a file, found by something else than what the pieces are from; numbers that are drawn are not
    in it.
    """
    wanted = _letters(source)
    found = _letters("".join(_without_counter(piece) for piece in pieces))
    here = next(
        (n for n, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other),
        min(len(wanted), len(found)),
    )
    missing, surplus = wanted[here:], found[here:]
    if surplus and (place := surplus.find(missing[:_ENOUGH])) >= 0 and len(surplus) > len(missing):
        return "", surplus[: min(place or _LONGEST, _LONGEST)]
    return missing[:_LONGEST], ""


def _without_counter(piece: Piece) -> str:
    table = piece.table and replace(
        piece.table,
        cells=tuple(
            replace(cell, pieces=tuple(replace(line, counter="") for line in cell.pieces))
            for cell in piece.table.cells
        ),
    )
    return said_by_pieces([replace(piece, counter="", table=table)])


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", clean(text)[0]))

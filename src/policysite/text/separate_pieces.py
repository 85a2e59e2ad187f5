"""A text in pieces that are rendered one by one: what Markdown reads by itself, and the numbering leaves by itself."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from policysite.markdown.text_chunks import chunks_of
from policysite.text.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.text.blocks import Block
    from policysite.text.outline import Document


class Piece(NamedTuple):
    """A piece of a text; ``line`` is how many lines are before it.

    ``places`` are those of its blocks among all that were read, ``ids`` those of the provisions in it, ``numbered`` is what the numbering made of it: pieces with
    the same text of which this is the same say the same.
    """

    line: int
    text: str
    places: range
    ids: tuple[str, ...]
    numbered: tuple[tuple[str | int, ...], ...]


def pieces_of(text: str, document: Document) -> tuple[Piece, ...]:
    """Return the pieces of *text*, the whole of a policy version, which was read as *document*.

    The first has the front matter, the title and what is before the first heading below it. A heading that the numbering puts into one before it is in a
    piece with that.
    """
    lines = text.splitlines(keepends=True)
    blocks = document.top.children if document.top else []
    starts = [(0, 0), *_starts(lines, blocks), (len(lines), len(document.kinds))]
    found = []
    for (line, place), (end, after) in pairwise(starts):
        places = range(place, after)
        own = [b for block in blocks if block.origin in places for b in block.walk()]
        ids = tuple(block.id for block in own if block.id)
        numbered = tuple(map(_numbered, own))
        found.append(Piece(line, "".join(lines[line:end]), places, ids, numbered))
    return tuple(found)


def _starts(lines: list[str], blocks: list[Block]) -> Iterator[tuple[int, int]]:
    """Yield the line and the place of the first block of each piece but the first; *blocks* are those right below the title."""
    headings = {
        block.line - 1: block
        for block in blocks
        if block.kind is BlockKind.SECTION and not block.parent
    }
    for chunk in chunks_of("".join(lines))[1:]:
        # An id may stand on the line before the heading.
        size = next(n for n, line in enumerate(chunk.text.splitlines()) if line.startswith("##"))
        if heading := headings.get(chunk.line + size):
            yield chunk.line, heading.origin


def _numbered(block: Block) -> tuple[str | int, ...]:
    return (
        *(block.kind.value, block.id, block.level, block.mark, block.parent),
        *(block.stripped, block.restored, block.paragraph),
    )

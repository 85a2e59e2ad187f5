"""The messages of a document, as gettext finds them, and what their places are called: what its catalogs translate."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from policysite.text.blocks import BlockKind
from policysite.text.message_templates import Message
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.text.blocks import Block


class PlaceClass(StrEnum):
    """Classes of places, by the names that a ``msgctxt`` has for them."""

    TITLE = "title"
    HEADING = "heading"
    TABLE_HEAD = "table-head"
    TABLE_CELL = "table-cell"


_CELLS = {BlockKind.HEAD_CELL: PlaceClass.TABLE_HEAD, BlockKind.CELL: PlaceClass.TABLE_CELL}


def messages_of(document: Block) -> Iterator[Message]:
    """Yield the messages of *document* in its order; of a version, after its provisions were numbered."""
    for place in placed_blocks(document):
        if (message := message_of(*place)).msgid:
            yield message


def message_of(block: Block, contexts: tuple[str, ...]) -> Message:
    """Return the message of *block* in its place; its msgid is empty if it has none."""
    return Message(block.raw.replace("\n", " ").strip(), block.line, contexts)


def placed_blocks(document: Block) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Yield each block of *document*, in its order, with the contexts of its message, the most specific first.

    These are the ids of the provisions that it stands in, from the innermost one outwards, and then the class of its place, if
    it is of one.
    """
    yield from _placed(document, (), None)


def _placed(
    block: Block, ids: tuple[str, ...], cell: PlaceClass | None
) -> Iterator[tuple[Block, tuple[str, ...]]]:
    if block.id and block.id != TOP:
        ids = (block.id, *ids)
    cell = _CELLS.get(block.kind, cell)
    place = cell
    if block.kind is BlockKind.SECTION:
        place = PlaceClass.TITLE if block.id == TOP else PlaceClass.HEADING
    yield block, (*ids, place.value) if place else ids
    for child in block.children:
        yield from _placed(child, ids, cell)

"""Footnotes are put at the end of the provision that names them first, as a part of its text, each behind its sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.text.blocks import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping


def take_notes(block: Block) -> dict[str, Block]:
    """Take the footnotes out of the text in *block*, wherever they stand, and return them by their signs."""
    notes = {child.mark: child for child in block.children if child.kind is BlockKind.NOTE}
    block.children = [child for child in block.children if child.kind is not BlockKind.NOTE]
    for child in block.children:
        notes = take_notes(child) | notes
    return notes


def place_notes(top: Block, notes: Mapping[str, Block]) -> None:
    """Put each of *notes* at the end of the provision in *top* that names it first; before the headings in it.

    A note has no id, as a dash has none: its words are those of the provision.
    """
    left = dict(notes)
    for owner, named in _named(top, top):
        found = [left.pop(sign) for sign in named if sign in left]
        for note in found:
            note_list = _list_of(owner, note)
            note_list.children.append(
                Block(BlockKind.PROVISION, note.line, mark=note.mark, children=note.children)
            )


def _named(block: Block, owner: Block) -> list[tuple[Block, tuple[str, ...]]]:
    """Return the signs that the blocks in *block* name, in the order of the text, each with the provision it is in."""
    owner = block if block.id else owner
    found = [(owner, tuple(dict.fromkeys(block.notes)))] if block.notes else []
    for child in block.children:
        found += _named(child, owner)
    return found


def _list_of(owner: Block, note: Block) -> Block:
    """Return the list of notes of *owner*, which *note* begins if it has none."""
    place = next(
        (n for n, b in enumerate(owner.children) if b.kind is BlockKind.SECTION),
        len(owner.children),
    )
    before = owner.children[place - 1] if place else None
    if before is not None and before.kind is BlockKind.PROVISIONS and before.notes:
        return before
    made = Block(BlockKind.PROVISIONS, note.line, origin=note.origin, notes=(note.mark,))
    owner.children.insert(place, made)
    return made

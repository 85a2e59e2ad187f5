"""A provision as it was read from a document, before what it refers to is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx.addnodes import pending_xref

if TYPE_CHECKING:
    from policysite.text.table_shapes import CellShape

Pieces = tuple[str | pending_xref, ...]
"""Words, and references whose words are known later."""
_WHITE_SPACE = " \t\n\r"
"""What HTML takes for white space; other spaces are the author's."""


class FoundRow(NamedTuple):
    """What a row of a table is besides its words, if cells may be merged: its cells, each as if in the first row, and whether it is in the head or the first row of a table."""

    cells: tuple[CellShape, ...]
    is_head: bool
    is_first: bool


class FoundBlock(NamedTuple):
    """A block as it was read: the cells of a table row; a paragraph is one.

    ``is_pattern``: it is printed once for every earlier version. ``source`` are its words before translation.
    """

    words: tuple[Pieces, ...]
    source: tuple[Pieces, ...]
    foreign: bool
    is_pattern: bool = False
    row: FoundRow | None = None

    @property
    def is_printed(self) -> bool:
        """Whether it is a block of the text: a row of a table with a shape, or what has words. Of a mark in front of another mark nothing is left."""
        if self.row is not None:
            return True
        pieces = (piece for cell in self.words for piece in cell)
        return any(not isinstance(piece, str) or piece.strip(_WHITE_SPACE) for piece in pieces)


class FoundProvision(NamedTuple):
    """A provision as it was read; ``heading`` is None except for the title and headings; ``parent`` is the id of the provision that it is in."""

    id: str
    heading: FoundBlock | None
    text: tuple[FoundBlock, ...]
    after: tuple[FoundBlock, ...]
    omitted: int
    links: tuple[str, ...]
    parent: str = ""

    @property
    def blocks(self) -> tuple[FoundBlock, ...]:
        """All blocks in order, the heading among them."""
        heading = (self.heading,) if self.heading else ()
        return (*heading, *self.text, *self.after)

    @property
    def has_references(self) -> bool:
        """Whether the words of something else are in it, which are known later."""
        cells = (cell for block in self.blocks for cell in (*block.words, *block.source))
        return any(not isinstance(piece, str) for cell in cells for piece in cell)

    @property
    def has_patterns(self) -> bool:
        """Whether something in it is printed for every earlier version."""
        return any(block.is_pattern for block in self.blocks)

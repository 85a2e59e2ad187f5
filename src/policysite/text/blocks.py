"""A document as a tree of blocks, whichever parser has read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class BlockKind(StrEnum):
    """What a block is. ``PROVISION`` and ``PROVISIONS`` are made by the numbering, the rest is read."""

    DOCUMENT = "document"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    TERM = "term that is defined"
    NUMBERED = "numbered list"
    BULLETS = "list with dashes"
    ITEM = "item of a list"
    ROW = "row of a table"
    CELL = "cell of a table"
    HEAD_CELL = "cell of a table's head"
    OMITTED = "lost table"
    PATTERN = "sentence for every earlier version"
    SUMMARY = "summary in plain words, which is no part of the text"
    NOTE = "footnote"
    OTHER = "something else"
    PROVISION = "provision"
    PROVISIONS = "list of provisions"


@dataclass(eq=False)
class Block:
    """One block of a document.

    ``line`` counts from 1. ``text`` is what a reader sees of a heading or a paragraph, ``raw`` what the author typed,
    ``unlinked`` all words that are in no link, ``notes`` the signs of the footnotes that it names. ``start`` is a list's first number, ``mark`` the sign behind its numbers, the
    dash of a list with dashes, the sign of a footnote, or the printed mark of a provision. ``explicit`` are ids that the author gave, each as it was
    written and as it would be used. ``origin`` is the place of the block among all that were read.

    The numbering sets ``id``, the ``level`` of a provision, its ``parent`` (the id of the provision that it is in), and ``stripped``: the number of characters
    of a mark that were taken from the beginning of a paragraph; ``joint`` are the dashes between the mark of a provision and one directly behind it, its only words before that; ``paragraph`` is below which of the unmarked paragraphs of a heading a mark is, if there are several.
    """

    kind: BlockKind
    line: int
    text: str = ""
    raw: str = ""
    unlinked: str = ""
    notes: tuple[str, ...] = ()
    start: int = 1
    mark: str = ""
    explicit: tuple[tuple[str, str], ...] = ()
    origin: int = 0
    children: list[Block] = field(default_factory=list)
    id: str = ""
    level: str = ""
    parent: str = ""
    stripped: int = 0
    restored: str = ""
    joint: str = ""
    paragraph: int = 0

    def walk(self) -> Iterator[Block]:
        """Yield the block and all blocks inside it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def strip(self, width: int) -> None:
        """Take signs away from the beginning of a paragraph that stand there as they are typed."""
        self.text, self.raw = self.text[width:], self.raw[width:]
        self.stripped += width

    def restore(self, words: str) -> None:
        """Put words back at the beginning of a paragraph, which Markdown has taken for the numbers of lists."""
        self.text, self.raw, self.restored = words + self.text, words + self.raw, words

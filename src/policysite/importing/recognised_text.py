"""What was recognised in the pieces of a text: its title, headings and provisions, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policysite.importing.pieces import Piece


class PieceKind(StrEnum):
    """What an entry is in the Markdown."""

    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True)
class Entry:
    """A block of the Markdown. ``indent`` counts columns; ``mark`` is printed before the words, with ``gap`` behind it.

    ``level`` is that of a heading. ``escaped``: Markdown must make no list of its mark. ``parent`` is the place of the entry that it is in, -1 for none.
    ``id`` is the provision's; ``explicit``: it has to be written down, as it does not follow from the words. ``says_where``: that it has no mark, and where
    it was written, is to be noted.
    """

    kind: PieceKind
    piece: Piece
    indent: int = 0
    mark: str = ""
    gap: str = " "
    level: int = 0
    escaped: bool = False
    parent: int = -1
    id: str = ""
    explicit: bool = False
    says_where: bool = False


@dataclass
class Structure:
    """The entries of a text, and what was left out of it, which ``fidelity`` must know."""

    entries: list[Entry] = field(default_factory=list)
    dropped: list[Piece] = field(default_factory=list)
    uncounted: list[Piece] = field(default_factory=list)
    """Headings that a list drew a number before."""
    has_given_title: bool = False
    ids: list[str] = field(default_factory=list)
    """The ids of the provisions, in the order of the text."""


class NoArticlesError(ValueError):
    """No heading was recognised; the message names what the text begins with instead."""


class NoTitleError(ValueError):
    """The text has no title."""

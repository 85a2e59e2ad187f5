"""What was recognised in the pieces of a text: its title, articles and provisions, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policysite.importing.pieces import Piece


class PieceKind(StrEnum):
    """What an entry is in the Markdown."""

    TITLE = "title"
    ARTICLE = "article"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True)
class Entry:
    """A block of the Markdown. ``indent`` counts columns, ``mark`` is printed before the words, ``id`` is the provision's.

    ``explicit``: the id has to be written down, as it does not follow from the words.
    """

    kind: PieceKind
    piece: Piece
    indent: int = 0
    mark: str = ""
    id: str = ""
    explicit: bool = False


@dataclass
class Structure:
    """The entries of a text, and what was left out of it, which ``fidelity`` must know."""

    entries: list[Entry] = field(default_factory=list)
    dropped: list[Piece] = field(default_factory=list)
    uncounted: list[Piece] = field(default_factory=list)
    """Headings that a list drew a number before."""
    has_given_title: bool = False

    @property
    def ids(self) -> list[str]:
        """The ids of the provisions, in the order of the text."""
        return [entry.id for entry in self.entries if entry.id]


class NoArticlesError(ValueError):
    """No article was recognised; the message names what the text begins with instead."""


class NoTitleError(ValueError):
    """The text has no title."""

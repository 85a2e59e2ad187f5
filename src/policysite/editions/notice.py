"""The notice of a version in a language: what must be sent and posted before it takes effect, for any kind of file.

The words are those of a template; its lines are read here, once, so that mail, Word and text say the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.pieces_of_text import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.editions.edition import Edition
    from policysite.editions.facing_table import FacingLine
    from policysite.editions.pieces_of_text import Pieces

TABLE_MARK = "\ue000table\ue000"
"""What stands in a rendered template for the table. No text has these characters: a front matter refuses them."""
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]+)\]\((?P<address>https?://[^\s()]+)\)|(?P<bare>https?://[^\s<>()]*[^\s<>().,;:!?])"
)


class PartKind(Enum):
    """What a part of a notice is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    TABLE = "table"


class Part(NamedTuple):
    """A part of a notice, with its words and links; the table has none."""

    kind: PartKind
    pieces: Pieces = ()

    @property
    def text(self) -> str:
        """Its words, with the addresses of its links."""
        return "".join(
            f"{words}: {link}" if link and link != words else words for words, link in self.pieces
        )


class FacingTable(NamedTuple):
    """The table of old and new, with what its columns are called."""

    heads: tuple[str, str]
    lines: tuple[FacingLine, ...]


@dataclass(frozen=True)
class Notice:
    """A notice. ``edition`` is of the version, ``subject`` its first line.

    ``table`` is the table of old and new, None where there is nothing to compare. ``instead`` is what a mail says in its place if it is too
    large for one. ``sender`` is an e-mail address, empty if none is known. ``facts`` are what programs get, as data.
    """

    edition: Edition
    subject: str
    parts: tuple[Part, ...]
    table: FacingTable | None = None
    instead: Part | None = None
    sender: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """What names it: ``privacy/1.6/ko/notice``."""
        return f"{self.edition.identifier}/notice"

    def without_table(self) -> Notice:
        """Return the same without the table of old and new, and the heading right above it."""
        parts = [
            part
            for part, following in zip_longest(self.parts, self.parts[1:])
            if part.kind is not PartKind.TABLE
            and not (
                part.kind is PartKind.HEADING and following and following.kind is PartKind.TABLE
            )
        ]
        return replace(self, parts=tuple(parts), table=None)


def read_parts(text: str) -> tuple[str, tuple[Part, ...]]:
    """Return the subject and the parts of a notice from a rendered template.

    Its first line is the subject. Lines that follow each other are one paragraph; an item begins with ``- ``, a heading with ``## ``, and each
    of these is a line of its own.
    """
    lines = [line.strip() for line in text.strip().splitlines()] or [""]
    parts: list[Part] = []
    paragraph: list[str] = []
    for line in [*lines[1:], ""]:
        kind, words = _kind(line)
        if kind is PartKind.PARAGRAPH and words:
            paragraph.append(words)
            continue
        if paragraph:
            parts.append(Part(PartKind.PARAGRAPH, tuple(_pieces(" ".join(paragraph)))))
            paragraph = []
        if kind is PartKind.TABLE or words:
            parts.append(Part(kind, tuple(_pieces(words))))
    return lines[0], tuple(parts)


def _kind(line: str) -> tuple[PartKind, str]:
    if line == TABLE_MARK:
        return PartKind.TABLE, ""
    for start, kind in (("- ", PartKind.ITEM), ("## ", PartKind.HEADING)):
        if line.startswith(start):
            return kind, line.removeprefix(start).strip()
    return PartKind.PARAGRAPH, line


def _pieces(text: str) -> Iterator[Piece]:
    end = 0
    for match in _LINK.finditer(text):
        if match.start() > end:
            yield Piece(text[end : match.start()])
        bare = match["bare"]
        yield Piece(bare, bare) if bare else Piece(match["words"], match["address"])
        end = match.end()
    if end < len(text):
        yield Piece(text[end:])

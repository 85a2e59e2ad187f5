"""The messages of the texts as they are now: what gettext's templates (``.pot``) list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Message:
    """A message of a document, and the line of the source on which it is (0: not known).

    ``contexts`` are what a catalog may call its place, the most specific first; see :func:`policysite.text.messages.placed_blocks`.
    """

    msgid: str
    line: int
    contexts: tuple[str, ...] = ()


def read_templates(folder: Path) -> dict[str, tuple[Message, ...]]:
    """Return the messages by domain, in the order of the text."""
    return {
        path.relative_to(folder).with_suffix("").as_posix(): _messages(path)
        for path in sorted(folder.rglob("*.pot"))
    }


def _messages(path: Path) -> tuple[Message, ...]:
    found = polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
    return tuple(
        Message(entry.msgid, next((int(line) for _, line in entry.occurrences if line), 0))
        for entry in found
    )

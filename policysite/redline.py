"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# Numbers whole, words whole, everything else by the character.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\s+|.", re.DOTALL)


class Op(StrEnum):
    """What became of a stretch of text."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


class Change(NamedTuple):
    """A stretch of text, and what became of it."""

    op: Op
    text: str


def word_changes(old: str, new: str) -> list[Change]:
    """Return the stretches of *old* and *new*, in order: all but the inserted make up *old*, all but the deleted *new*."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    changes: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            changes.append(Change(Op.EQUAL, "".join(before[start:end])))
            continue
        if start < end:
            changes.append(Change(Op.DELETED, "".join(before[start:end])))
        if new_start < new_end:
            changes.append(Change(Op.INSERTED, "".join(after[new_start:new_end])))
    return changes

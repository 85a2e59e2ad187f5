"""The labels at the head of a policy: what it says of a matter in one line, and which provision says it.

Which there are follows the display that Korea's regulator recommends (개인정보 처리 표시). They are no part of the policy.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

LONGEST_LINE = 90
"""Characters of the line of a label: a tile is no wider on a phone."""
_ENTRY = re.compile(r"(?P<id>[^\s|]+)\s*\|\s*(?P<line>\S.*)")


class LabelName(StrEnum):
    """What labels there are, in the order in which they are shown."""

    ITEMS = "items"
    PURPOSES = "purposes"
    PERIOD = "period"
    THIRD_PARTIES = "third-parties"
    PROCESSORS = "processors"
    TRANSFER_ABROAD = "transfer-abroad"
    CONTACT = "contact"


class PolicyLabel(NamedTuple):
    """A label: its name, the provision that it leads to, and its line, in the source language."""

    name: LabelName
    provision: str
    line: str


def label_of(name: str, entry: str) -> PolicyLabel:
    """Return the label *name* whose *entry* in the front matter is ``art-2 | One line``.

    :raises ValueError: if it is none; it says what was found and expected.
    """
    if name not in set(LabelName):
        known = ", ".join(map(repr, map(str, LabelName)))
        raise ValueError(f"Found the unknown label {name[:40]!r}; known are {known}.")
    match = _ENTRY.fullmatch(entry.strip())
    if match is None:
        shown = entry.strip()[:100] or "(nothing)"
        raise ValueError(f"Found {name}: {shown}; expected a provision id, '|', and one line.")
    line = match["line"]
    if len(line) > LONGEST_LINE:
        found = (
            f"Found {name} with a line of {len(line)} characters; expected at most {LONGEST_LINE}."
        )
        raise ValueError(found)
    return PolicyLabel(LabelName(name), match["id"], line)


def in_order(labels: list[PolicyLabel]) -> tuple[PolicyLabel, ...]:
    """Return *labels* in the order in which they are shown."""
    order = list(LabelName)
    return tuple(sorted(labels, key=lambda label: order.index(label.name)))

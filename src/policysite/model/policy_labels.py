"""The labels at the head of a policy: what it says of a matter in one line, and which provision says it.

Which there are follows the display that Korea's regulator recommends (개인정보 처리 표시). They are no part of the policy.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.problems import Code, quoted
from policysite.markdown.message_markup import plain_text
from policysite.model.front_matter import NOTHING, Field, entry_key
from policysite.model.provision_ids import is_provision_id

if TYPE_CHECKING:
    from policysite.model.front_matter import FrontMatter

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
        raise ValueError(f"Found the unknown label {name[:40]!r}; known are {quoted(LabelName)}.")
    match = _ENTRY.fullmatch(entry.strip())
    if match is None:
        shown = entry.strip()[:100] or NOTHING
        raise ValueError(f"Found {name}: {shown}; expected a provision id, '|', and one line.")
    line = match["line"]
    if not is_provision_id(match["id"]):
        raise ValueError(f"Found {match['id']!r}, which is not a provision id.")
    if plain_text(line) != line:
        raise ValueError(f"Found {name} with markup; expected plain words.")
    if len(line) > LONGEST_LINE:
        found = (
            f"Found {name} with a line of {len(line)} characters; expected at most {LONGEST_LINE}."
        )
        raise ValueError(found)
    return PolicyLabel(LabelName(name), match["id"], line)


def read_labels(matter: FrontMatter) -> tuple[PolicyLabel, ...]:
    """Return the labels in *matter* in the order in which they are shown; note a problem of each entry that is none."""
    found = []
    for name, entry in matter.labels.items():
        try:
            found.append(label_of(name, entry))
        except ValueError as error:
            line = matter.lines[entry_key(Field.LABELS, name)]
            remedy = "Write it like 'period: art-4 | As long as you have an account', or remove it."
            matter.report(line, Code.REGISTER_FIELD, f"{error}", remedy)
    order = list(LabelName)
    return tuple(sorted(found, key=lambda label: order.index(label.name)))

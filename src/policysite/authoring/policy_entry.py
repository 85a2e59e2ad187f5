"""The settings of a new policy, as they are in ``conf.py``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def policy_entry(policy: str, contact: Mapping[str, Any]) -> str:
    """Return the entry of *policy* in ``policysite_policies``, without a comma; *contact* has what is known of it."""
    lines = [f"{literal(policy)}: {{", '    "contact": {']
    lines += [f"        {literal(name)}: {literal(value)}," for name, value in contact.items()]
    return "\n".join([*lines, "    },", "}"])


def literal(value: Any) -> str:
    """Return *value*, made of texts, lists and mappings, as Python has it, on one line."""
    # The two languages agree on these, and JSON has double quotation marks throughout.
    return json.dumps(value, ensure_ascii=False)

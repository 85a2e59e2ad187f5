"""The name of a policy version: what may be one, and the order that names of one scheme state.

Most are numbers, like 1.6, whose form :mod:`policysite.model.version_numbers` has. Others are a day (2024-03-01), a number
behind letters (v3) or words (spring-2024). The name is that of the version's file and of its page, for ever: so it is in
ASCII, and none that is an address already, or that some system cannot have as a file.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policysite.base.days import is_day
from policysite.model.version_numbers import is_version_number, version_key

RESERVED = frozenset(
    {
        "index",
        "history",
        "compare",
        "parallel",
        "on",
        "requirements",
        "current",
        "latest",
        "search",
        "feed",
    }
    | {"translations", "ledger", "versions", "con", "prn", "aux", "nul"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)}
)
"""What no version is called, in small letters or capitals: pages and folders of a site, and devices of a system."""

EXPECTED = "numbers with dots, like 1.6, or a name like 2024-03-01, v3 or spring-2024"
"""What messages say of a name."""

PATTERN = r"[A-Za-z0-9]+(?:(?:-|(?<=[0-9])\.(?=[0-9]))[A-Za-z0-9]+)*"
"""The form as a regular expression without groups, to be part of another; not all that has it is a name."""

_NAME = re.compile(PATTERN)
_LONGEST = 40
_NUMBERED = re.compile(r"([A-Za-z]+)([0-9.]+)")


def is_version_name(text: str) -> bool:
    """Whether a version may have the name *text*."""
    if is_version_number(text):
        return True
    is_word = any(letter.isalpha() or letter == "-" for letter in text)
    return (
        is_word
        and len(text) <= _LONGEST
        and _NAME.fullmatch(text) is not None
        and text.lower() not in RESERVED
    )


def version_of_file(path: str, suffix: str) -> str:
    """Return the name of the version whose file *path* with this *suffix* is; empty if it is that of none."""
    name = path.rpartition("/")[2].removesuffix(suffix)
    return name if path.endswith(suffix) and is_version_name(name) else ""


@lru_cache(maxsize=4096)
def scheme_of(name: str) -> tuple[str, tuple[int, ...]]:
    """Return by which scheme a version is named, and its place in it: of two of one scheme the higher one is later.

    The scheme is empty for words, of which none is higher than another.
    """
    if is_version_number(name):
        return "number", version_key(name)
    if is_day(name):
        return "day", tuple(map(int, name.split("-")))
    match = _NUMBERED.fullmatch(name)
    if match and is_version_number(match[2]):
        return f"{match[1].lower()} and a number", version_key(match[2])
    return "", ()

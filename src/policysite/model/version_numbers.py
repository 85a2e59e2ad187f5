"""The number of a policy version, like 1.6: its form, and the order of two of them.

The number is the name of the version's file and of its page, so there is one way only to write it: in ASCII digits,
without zeros before them. At most ten parts of fifteen digits are accepted, which a browser reads as numbers too.
"""

from __future__ import annotations

import re

_PART = r"(?:0|[1-9][0-9]{0,14})"
PATTERN = rf"{_PART}(?:\.{_PART}){{0,9}}"
"""The form as a regular expression without groups, to be part of another."""

_NUMBER = re.compile(PATTERN)


def is_version_number(text: str) -> bool:
    """Whether *text* is the number of a version."""
    return _NUMBER.fullmatch(text) is not None


def version_key(number: str) -> tuple[int, ...]:
    """Return *number* for comparing: 1.10 comes after 1.9.

    :raises ValueError: if it is not the number of a version.
    """
    if not is_version_number(number):
        raise ValueError(number)
    return tuple(map(int, number.split(".")))

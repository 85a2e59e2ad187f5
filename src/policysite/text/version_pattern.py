"""The sentence that ``version-links`` prints once for every earlier version.

``View policy v.{version} ({YYYY}.{MM}.{DD}).`` becomes ``View policy v.1.1 (2022.07.01).`` It is policy text and a
translatable message, so it is expanded by name only: nothing in it can run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, quoted

if TYPE_CHECKING:
    import datetime as dt

NUMBER = "version"
DATE_PLACEHOLDERS = ("YYYY", "MM", "DD", "M", "D")
"""Year, month and day of the effective date; ``M`` and ``D`` are not padded with a zero."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}(?!`)")


def placeholders(text: str) -> list[str]:
    """Return the names in braces in *text*, in order; a MyST role (``{name}`…```) is not one."""
    return _PLACEHOLDER.findall(text)


def without_placeholders(text: str) -> str:
    """Return *text* without the names in braces."""
    return _PLACEHOLDER.sub(" ", text)


def unknown_placeholders(pattern: str) -> set[str]:
    """Return the names in *pattern* that :func:`expand` does not know."""
    return set(placeholders(pattern)) - {NUMBER, *DATE_PLACEHOLDERS}


def expand(pattern: str, number: str, effective: dt.date) -> str:
    """Return *pattern* with the number and effective date of one policy version.

    :raises KeyError: for an unknown placeholder.
    """
    values = {
        NUMBER: number,
        "YYYY": f"{effective.year:04}",
        "MM": f"{effective.month:02}",
        "DD": f"{effective.day:02}",
        "M": str(effective.month),
        "D": str(effective.day),
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], pattern)


def pattern_problem(text: str, blocks: int, path: str, line: int) -> Problem | None:
    """Return what is wrong with the sentence *text* on *line* of the file *path*; it must be one block."""
    if blocks == 1 and f"{{{NUMBER}}}" in text and not unknown_placeholders(text):
        return None
    return Problem(
        path,
        line,
        Code.VERSION_PATTERN,
        f"Found {text!r}; expected one sentence with {{version}}, and no other placeholders "
        f"than {quoted(DATE_PLACEHOLDERS)}.",
        "Write it like 'View v.{version} ({YYYY}.{MM}.{DD}).'",
    )

"""The sentence that a published text prints once for every earlier version, as the pattern that prints it.

Nothing is taken for a placeholder that is not the same one in every line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.text.version_pattern import DATE_PLACEHOLDERS, NUMBER, expand, placeholders

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    Versions = Mapping[str, dt.date]
    """The days on which earlier versions took effect, by number."""

_DIGITS = re.compile(r"([0-9]+)")


def pattern_of(lines: Sequence[str], versions: Versions, msgid: str) -> str:
    """Return the pattern that gives each of *lines* for one of *versions*; empty if there is none, or if it is not sure.

    *msgid* is the pattern of the source: where two placeholders say the same for every version, the one that it has is meant.
    """
    named = [next((n for n in versions if _number(n).search(line)), "") for line in lines]
    if not lines or not all(named) or len(set(named)) < len(named):
        return ""
    first = _parted(lines[0], named[0])
    choices: list[set[str]] = []
    for line, number in zip(lines, named, strict=True):
        words = _parted(line, number)
        if len(words) != len(first):
            return ""
        found = [_meant(word, versions[number]) for word in words]
        choices = [a & b for a, b in zip(choices, found, strict=True)] if choices else found
    pattern = "".join(_chosen(choice, placeholders(msgid)) for choice in choices)
    is_sure = all(
        expand(pattern, number, versions[number]) == line
        for line, number in zip(lines, named, strict=True)
    )
    return pattern if is_sure else ""


def _number(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9])(?<![0-9]\.){re.escape(number)}(?![0-9]|\.[0-9])")


def _parted(line: str, number: str) -> list[str]:
    """Return *line* in parts that are digits or none, its version's number as its placeholder."""
    before, after = _number(number).split(line, maxsplit=1)
    return [*_DIGITS.split(before), f"{{{NUMBER}}}", *_DIGITS.split(after)]


def _meant(word: str, day: dt.date) -> set[str]:
    """Return what *word* may be in a pattern: itself, or a placeholder that gives it."""
    dates = {f"{{{name}}}" for name in DATE_PLACEHOLDERS}
    return {word} | {name for name in dates if word.isdigit() and expand(name, "", day) == word}


def _chosen(choice: set[str], asked: Sequence[str]) -> str:
    """Return the one that is meant; an empty string, which gives no line, where that is not sure."""
    if len(choice) <= 1:
        return next(iter(choice), "")
    dates = {name for name in choice if name.startswith("{")}
    known = [name for name in dates if name[1:-1] in asked]
    return known[0] if len(known) == 1 else next(iter(dates)) if len(dates) == 1 else ""

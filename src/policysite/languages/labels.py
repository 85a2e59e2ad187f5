"""The labels that headings begin with: "Article 9", 제9조, "§ 7", 第七条, "المادة الأولى"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from policysite.languages.language_files import expanded, known_languages, table
from policysite.languages.numerals import number_of, number_pattern

# A number of a supplementary provision or an annex is short; what looks like a date is not one.
_SHORT = r"(?P<n>[0-9]{1,3})(?![0-9.-])"
_EVERYWHERE = "everywhere"
# What comes after a label; it may be that the heading ends, or that a title follows.
_END = r"(?=$|[\s.:：)(（\-–—|,،、\]။។])"
# A label of a language that is not known: a few words, a sign, a number.
_ANY = re.compile(r"(?:[^\W\d_]+\.?\s+){0,3}§?\s*(?P<n>\d{1,4})(?:[-‐](?P<b>\d{1,2}))?(?!\d)")


class Label(NamedTuple):
    """A label as it is printed (``text``), its language and level, and its number; ``branch`` is that of an inserted one (의2, bis)."""

    language: str
    level: str
    text: str
    number: int
    branch: str


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the patterns of *language* by level, with the language itself; for "" those that hold in all languages."""
    names = [language] if language else known_languages()
    known = [(name, table(name, "headings")) for name in names]
    return tuple(
        (level, _compiled(pattern, name), name)
        for name, headings in known
        if language or headings.get(_EVERYWHERE)
        for level, patterns in headings.items()
        if level != _EVERYWHERE
        for pattern in patterns
    )


def _compiled(pattern: str, language: str) -> re.Pattern[str]:
    parts = {"SHORT": _SHORT, "N": f"(?P<n>{number_pattern(language)})"}
    end = _END if "{N}" in pattern else ""
    return re.compile(expanded(pattern, parts.__getitem__) + end, re.IGNORECASE)


def label_of_heading(heading: str, language: str = "") -> Label | None:
    """Return the label that begins *heading* in *language*, or in a language that is understood everywhere."""
    heading = heading.strip()
    for name in (language, "") if language else ("",):
        for level, pattern, own in _patterns(name):
            if match := pattern.match(heading):
                groups = match.groupdict()
                number = number_of(groups["n"], own) if groups.get("n") else 1
                return Label(own, level, match[0].strip(), number, groups.get("b") or "")
    return None


def is_understood_everywhere(language: str) -> bool:
    """Whether labels of *language* are understood in a text of any language."""
    return bool(table(language, "headings").get(_EVERYWHERE))


def number_at_beginning(heading: str, number: int) -> str:
    """Return what begins *heading* up to *number*, if it can be nothing but a label; else an empty string."""
    match = _ANY.match(heading.strip())
    return match[0].strip() if match and number_of(match["n"], "") == number else ""

"""The labels that headings begin with: "Article 9", 제9조, "§ 7", 第七条, "المادة الأولى", "IV.", "7.1"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from policysite.languages.language_files import (
    default_table,
    expanded,
    known_languages,
    locale_of,
    table,
)
from policysite.languages.marks import Mark, branch_pieces, marks_of
from policysite.languages.numerals import number_of, number_pattern
from policysite.languages.provision_number import Number

# A number of a supplementary provision or an annex is short; what looks like a date is not one.
_SHORT = r"(?P<n>[0-9]{1,3})(?![0-9.-])"
_EVERYWHERE = "everywhere"
# What comes after a label; it may be that the heading ends, or that a title follows.
_END = r"(?=$|[\s.:：)(（\-–—|,،、\]<〈။។])"
# What comes after the word of one that has no number: no words, or what is about it.
_ALONE = r"(?=\s*(?:$|[:：)(（\-–—|\]<〈]))"
_LETTER = r"(?-i:[IVXLCDM]{1,7}|[A-Z])(?![^\W_])"
# A label of a language that is not known: a few words, a sign, a number.
_ANY = re.compile(r"(?:[^\W\d_]+\.?\s+){0,3}§?\s*(?P<n>\d{1,4})(?:[-‐](?P<b>\d{1,2}))?(?!\d)")


class Label(NamedTuple):
    """A label as it is printed (``text``), its language and level, and its number; ``branch`` is that of an inserted one (의2, bis).

    ``pieces`` are those of its number as ids have it. ``counted``: the number is printed.
    """

    language: str
    level: str
    text: str
    number: int
    branch: str
    pieces: tuple[str, ...] = ("1",)
    counted: bool = True


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
    numbers = {
        "SHORT": _SHORT,
        "N": f"(?P<n>{number_pattern(language)})",
        "L": f"(?P<n>{number_pattern(language)}|{_LETTER})",
        "ALONE": _ALONE,
    }
    end = _END if "{N}" in pattern or "{L}" in pattern else ""
    return re.compile(expanded(pattern, numbers.__getitem__) + end, re.IGNORECASE)


@lru_cache(maxsize=20_000)
def label_of_heading(heading: str, language: str = "") -> Label | None:
    """Return the label with a word that begins *heading* in *language*, or in a language that is understood everywhere."""
    heading = heading.strip()
    for name in (language, "") if language else ("",):
        for level, pattern, own in _patterns(name):
            if match := pattern.match(heading):
                return _label(match, level, own)
    return None


def _label(match: re.Match[str], level: str, language: str) -> Label:
    groups = match.groupdict()
    written, branch = groups.get("n") or "", groups.get("b") or ""
    text = match[0].strip()
    if not written:
        return Label(language, level, text, 1, "", counted=False)
    if re.fullmatch("[A-Z]+", written):
        number = Number(written.lower())
        return Label(
            language, level, text, number.main, branch, (*number.pieces, *branch_pieces(branch))
        )
    value = number_of(written, language)
    return Label(language, level, text, value, branch, (str(value), *branch_pieces(branch)))


def bare_labels(heading: str, language: str = "") -> tuple[Mark, ...]:
    """Return the readings of a number that begins *heading* without a word: ``7.``, ``7.1``, ``A.``, ``IV.``, ``一、``, ``Q2.``."""
    heading = heading.strip()
    for kind, pattern in _numbered():
        if match := pattern.match(heading):
            number = Number(match["n"].lower() if match["n"].isalpha() else int(match["n"]))
            return (Mark(kind, number, match[0].strip(), "sec", match.end()),)
    return marks_of(heading[:60], language)


@cache
def _numbered() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = default_table("numbered_headings")
    return tuple((kind, re.compile(p)) for kind, patterns in known.items() for p in patterns)


def printed_label(heading: str, language: str = "") -> str:
    """Return the label that *heading* prints, with a word or without; empty if it has none."""
    if label := label_of_heading(heading, language):
        return label.text
    marks = bare_labels(heading, language)
    return marks[0].text if marks else ""


def is_understood_everywhere(language: str) -> bool:
    """Whether labels of *language* are understood in a text of any language."""
    return bool(table(language, "headings").get(_EVERYWHERE))


def number_at_beginning(heading: str, number: int) -> str:
    """Return what begins *heading* up to *number*, if it can be nothing but a label; else an empty string."""
    match = _ANY.match(heading.strip())
    return match[0].strip() if match and number_of(match["n"], "") == number else ""


def is_of(label: Label, language: str) -> bool:
    """Whether *label* is one of *language*, in whatever country."""
    return locale_of(label.language).language == locale_of(language).language

"""Provision ids: a public contract, kept pure.

An id is Akoma Ntoso's eId (https://docs.oasis-open.org/legaldocml/akn-nc/v1.0/, section 5), written so
that docutils leaves it alone::

    id    = root *( "-" level )
    root  = ("art" | "add" | "ann") "-" N        제N조 Article · 부칙 supplementary provision · 별표 annex
    level = ("para" | "point" | "indent") "-" N  ① 항 paragraph · 1. 호 point · 1) or 가. 목 indent
    N     = 1*digit [ "-" 1*digit ]              the second number is 의N: 제9조의2 = art-9-2

An id comes from the printed number in the source text, never from a translation and never from a
title. Whatever this module returned for a heading or a mark it returns for ever: the cases in
``tests/data/provision-ids.tsv`` may be added to, not changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policysite.languages.language_data import TEMPLATE_LANGUAGE
from policysite.languages.language_files import expanded, known_languages, table

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOTS = ("art", "add", "ann")
LEVELS = ("para", "point", "indent")

CIRCLED = {
    mark: number
    for number, mark in enumerate(
        [
            *map(chr, range(0x2460, 0x2474)),  # ① to ⑳
            *map(chr, range(0x3251, 0x3260)),  # ㉑ to ㉟
            *map(chr, range(0x32B1, 0x32C0)),  # ㊱ to ㊿
        ],
        start=1,
    )
}
HANGUL_ORDER = "가나다라마바사아자차카타파하"

# A number of a supplementary provision or an annex is short; what looks like a date is not one.
_SHORT = r"(?P<n>[0-9]{1,3})(?![0-9.-])"
_N = r"[1-9][0-9]*(?:-[1-9][0-9]*)?"
_ID = re.compile(rf"(?:{'|'.join(ROOTS)})-{_N}(?:-(?:{'|'.join(LEVELS)})-{_N})*")
_PART = re.compile(
    rf"({'|'.join(ROOTS + LEVELS)})-([1-9][0-9]*)(?:-([1-9][0-9]*))?(?=-[a-z]|$)",
)
_CIRCLED_MARK = re.compile(rf"([{''.join(CIRCLED)}])\s*")
_HANGUL_MARK = re.compile(rf"([{HANGUL_ORDER}])\.\s+")


@dataclass(frozen=True, order=True)
class Number:
    """A provision's number: ``Number(9)`` is 제9조, ``Number(9, 2)`` is 제9조의2."""

    main: int
    branch: int = 0

    def __str__(self) -> str:
        """Return the number as it is in an id."""
        return f"{self.main}-{self.branch}" if self.branch else str(self.main)

    def follows(self, before: Number | None) -> bool:
        """Whether this number may come right after *before* (None: nothing came before).

        Numbers rise by one. A branch (의2) comes after its main number and starts at 2, as
        the first one is the main number itself.
        """
        if before is None:
            return self == Number(1)
        if self.branch:
            return self.main == before.main and self.branch == max(before.branch, 1) + 1
        return self.main == before.main + 1


@dataclass(frozen=True)
class Mark:
    """A printed mark at the start of a block: ``①`` is ``Mark("①", Number(1), 2)``.

    ``width`` is the number of characters it takes in the source, the white space after it
    included.
    """

    text: str
    number: Number
    width: int


@dataclass(frozen=True)
class Part:
    """One step of an id: ``art-9-2`` is ``Part("art", Number(9, 2))``."""

    level: str
    number: Number

    def __str__(self) -> str:
        """Return the part as it is in an id."""
        return f"{self.level}-{self.number}"


@cache
def _root_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns for headings that name a provision, by its level, in every language that has any."""
    found = []
    for language in known_languages():
        headings = table(language, "headings")
        for level in ROOTS:
            for pattern in headings.get(level, ()):
                full = expanded(pattern, lambda _: _SHORT)
                found.append((level, re.compile(full, re.IGNORECASE)))
    return tuple(found)


def root_of_heading(heading: str) -> Part | None:
    """Return the root that *heading* names, in a language that has data, or None.

    ``Article 9 (Cookies)`` and ``제9조(쿠키)`` are ``art-9``. A supplementary provision or an annex
    without a number is the first one.
    """
    for level, pattern in _root_patterns():
        if match := pattern.match(heading.strip()):
            groups = match.groupdict()
            number = Number(int(groups["n"] or 1), int(groups.get("b") or 0))
            return Part(level, number) if number.main else None
    return None


def title_of_heading(heading: str) -> str:
    """Return what *heading* says besides its number: ``Article 9 (Cookies)`` is about ``(Cookies)``."""
    for _level, pattern in _root_patterns():
        if match := pattern.match(heading.strip()):
            return heading.strip()[match.end() :].strip() or heading
    return heading


def circled_mark(text: str) -> Mark | None:
    """Return the mark of a paragraph (항) that begins *text*: ``①`` to ``㊿``."""
    match = _CIRCLED_MARK.match(text)
    return match and Mark(match[1], Number(CIRCLED[match[1]]), match.end())


def hangul_mark(text: str) -> Mark | None:
    """Return the mark of an indent (목) that begins *text*: ``가.`` to ``하.``."""
    match = _HANGUL_MARK.match(text)
    return match and Mark(f"{match[1]}.", Number(HANGUL_ORDER.index(match[1]) + 1), match.end())


@lru_cache(maxsize=20_000)
def is_provision_id(text: str) -> bool:
    """Whether *text* has the form of a provision id."""
    return _ID.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def parts(provision_id: str) -> tuple[Part, ...]:
    """Return the parts of *provision_id*, root first.

    :raises ValueError: if it does not have the form of a provision id.
    """
    if not is_provision_id(provision_id):
        raise ValueError(f"not a provision id: {provision_id!r}")
    return tuple(
        Part(level, Number(int(main), int(branch or 0)))
        for level, main, branch in _PART.findall(provision_id)
    )


def join(*steps: Part) -> str:
    """Return the id made of *steps*."""
    return "-".join(map(str, steps))


@lru_cache(maxsize=20_000)
def ancestors(provision_id: str) -> tuple[str, ...]:
    """Return the provisions that contain *provision_id*, the nearest first."""
    steps = parts(provision_id)
    return tuple(join(*steps[:end]) for end in range(len(steps) - 1, 0, -1))


def is_within(provision_id: str, container: str) -> bool:
    """Whether *provision_id* is *container* or a provision inside it."""
    return provision_id == container or container in ancestors(provision_id)


def citation(provision_id: str, marks: Mapping[str, str], language: str) -> str:
    """Return how a reader of *language* cites *provision_id*.

    *marks* maps ids to printed marks. ``art-9-para-2-point-3`` is ``Article 9 ② 3.`` in English and
    ``제9조 제2항 제3호`` in Korean.
    """
    cited = table(language, "citation")
    if "art" not in cited:
        cited = table(TEMPLATE_LANGUAGE, "citation")
    steps = parts(provision_id)
    words = []
    for end, step in enumerate(steps, start=1):
        number = step.number
        words.append(
            cited.get(step.level, "{mark}").format(
                n=number.main,
                branch=cited["branch"].format(n=number.branch) if number.branch else "",
                mark=marks.get(join(*steps[:end]), str(number)),
            )
        )
    return " ".join(words)

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
from functools import lru_cache

from policysite.languages.labels import label_of_heading
from policysite.languages.numerals import number_of

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


def root_of_heading(heading: str, language: str = "") -> Part | None:
    """Return the root that *heading* names in English or Korean, or in *language*; None if it names none.

    ``Article 9 (Cookies)`` and ``제9조(쿠키)`` are ``art-9``. A supplementary provision or an annex
    without a number is the first one.
    """
    label = label_of_heading(heading, language)
    if label is None or label.level not in ROOTS or not label.number:
        return None
    branch = number_of(label.branch, language) if label.branch and language else label.branch
    return Part(label.level, Number(label.number, int(branch) if str(branch).isdecimal() else 0))


def title_of_heading(heading: str, language: str = "") -> str:
    """Return what *heading* says besides its number: ``Article 9 (Cookies)`` is about ``(Cookies)``."""
    label = label_of_heading(heading, language)
    if label is None:
        return heading
    return heading.strip()[len(label.text) :].strip() or heading


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

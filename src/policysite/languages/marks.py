"""The marks that count paragraphs and items: ①, (1), 1., 1.1, (a), (i), 가., 一、, each in all the ways it can be read."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from babel.dates import get_month_names

from policysite.languages.language_files import default_table, expanded, locale_of, ranges
from policysite.languages.numerals import number_of_run
from policysite.languages.provision_number import Number, is_roman

DECIMAL = "dec"
"""What the kind of a mark like 1.1 begins with; how many numbers it has comes behind."""
NAMED = "named"
"""The kind of a paragraph without a mark that its author named: it takes a place among marks."""
_D = r"(?:(?!0)\d{1,3})"
_DECIMAL = re.compile(rf"(?P<n>{_D}(?:\.{_D}){{1,4}})(?P<end>\.?)(?=[\s(（]|$)")
_DATE = re.compile(r"(?:1[89]|2[01])\d\d\s?\.\s?\d{1,2}\s?\.|\d{4,}\s?\.")
_DAY = re.compile(r"\d{1,2}\.\s+(?P<month>[^\W\d_]+)\.?\s+\d{4}")
CIRCLED = "\u2460-\u2473\u3251-\u325f\u32b1-\u32bf"
"""Numbers in circles, ① to ㊿, as in a pattern."""
_SPACES = {
    "": r"\s*",
    "space": r"(?:\s+|$)",
    "bracket": r"(?:\s+|$|(?=[(（]))",
    "wide": r"(?:\u3000\s*|$)",
}
_SYSTEMS = {"small": "letters", "capital": "letters", "small_roman": "roman", "roman": "roman"}
_ENDED = {"hangul", "jamo"}
LONGEST = 40
"""Characters of a text among which its mark is."""


class Mark(NamedTuple):
    """One reading of a mark: its ``kind``, its number, how it is printed, its usual level, the characters that it takes with the space behind it, and the system of its letters."""

    kind: str
    number: Number
    text: str
    level: str
    width: int
    system: str = ""

    @property
    def begins(self) -> bool:
        """Whether a list may begin with it."""
        return self.number.begins(self.system)

    def follows(self, before: Mark) -> bool:
        """Whether it may come right after *before*, one of its kind."""
        return self.number.follows(before.number, self.system)


@lru_cache(maxsize=20_000)
def marks_of(beginning: str, language: str = "") -> tuple[Mark, ...]:
    """Return the readings of the mark that begins a text with *beginning*; most have none, few more than one.

    A date in figures, or with a month of *language*, begins with none.
    """
    if not beginning or is_date(beginning, language):
        return ()
    if match := _DECIMAL.match(beginning):
        depth = match["n"].count(".") + 1
        pieces = [_plain(piece) for piece in match["n"].split(".")]
        width = len(match[0]) + len(re.match(r"\s*", beginning[match.end() :])[0])  # type: ignore[index] # it matches nothing at least
        return (Mark(f"{DECIMAL}{depth}", Number(*pieces), match[0], "", width),)
    found = []
    for kind, pattern, numerals, level in _kinds():
        if match := pattern.match(beginning):
            number = _number(match["n"], match.groupdict().get("b") or "", numerals)
            if number is not None:
                found.append(
                    Mark(
                        kind, number, match["mark"], level, match.end(), _SYSTEMS.get(numerals, "")
                    )
                )
    return tuple(found)


def named_mark(word: str) -> Mark:
    """Return what stands for the mark of a paragraph that its author named with *word*: nothing is printed."""
    return Mark(NAMED, Number(word), "", "", 0)


def letter_mark(beginning: str) -> str:
    """Return the mark of letters in an order of their own that begins a text, as it is printed: ``가.``, ``가)``; else an empty string."""
    own = {kind for kind, v in default_table("marks").items() if v["numerals"] in _ENDED}
    return next((mark.text for mark in marks_of(beginning[:LONGEST]) if mark.kind in own), "")


def lacks_space(beginning: str) -> bool:
    """Whether *beginning* would be a mark of letters in an order of their own, but for the space that it needs: "나.대금"."""
    return _glued().match(beginning) is not None


@cache
def _glued() -> re.Pattern[str]:
    needing = {v["numerals"] for v in default_table("marks").values() if v["space"] == "space"}
    letters = "".join(str(default_table("numerals").get(name, "")) for name in sorted(needing))
    return re.compile(rf"[{letters}][.)](?=[^\W\d_])")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], str, str], ...]:
    return tuple(
        (
            kind,
            re.compile(f"(?P<mark>{_form(values)}){_space(values['space'])}"),
            values["numerals"],
            values["level"],
        )
        for kind, values in default_table("marks").items()
    )


def _form(values: dict[str, str]) -> str:
    one, branches = _pattern(values["numerals"])
    inserted = f"(?P<b>{'|'.join(branches)})?" if branches else ""
    return values["form"].replace("{N}", f"(?P<n>{one}){inserted}")


def _space(kind: str) -> str:
    if kind == "spaceless":
        return rf"(?:\s+|$|(?=[—–]?[(（]|[{ranges()}]))"
    return _SPACES[kind]


@cache
def _pattern(numerals: str) -> tuple[str, tuple[str, ...]]:
    """Return the pattern of numerals, and those of what is written behind an inserted one."""
    known = default_table("numerals")
    branches = tuple(expanded(b, {"D": _D, "HAN": _han()}.__getitem__) for b in known["branches"])
    latin = {
        "small": "[a-z]{1,2}",
        "capital": "[A-Z]{1,2}",
        "small_roman": "[ivxlcdm]{1,7}",
        "roman": "[IVXLCDM]{1,7}",
    }
    if numerals in latin:
        return latin[numerals], ()
    if numerals == "digits":
        return _D, branches
    if numerals == "wide":
        return "[\uff11-\uff19][\uff10-\uff19]{0,2}", ()
    if numerals == "circled":
        return f"[{CIRCLED}]", ()
    # Letters do not say what is inserted behind them, except with a word.
    return (_han() if numerals == "han" else f"[{known[numerals]}]"), branches[:3]


@cache
def _han() -> str:
    known = default_table("numerals")
    return f"[{known['han']}{known['tens']}{known['hundreds']}]{{1,7}}"


def _number(written: str, branch: str, numerals: str) -> Number | None:
    if numerals in {"digits", "wide"}:
        main: int | str = _plain(written)
    elif numerals == "circled":
        main = int(unicodedata.numeric(written))
    elif numerals in {"small", "capital"}:
        small = written.lower()
        if len(set(small)) == 1:
            return Number(small)
        return None if is_roman(small) else Number(*small)
    elif numerals in {"small_roman", "roman"}:
        return Number(written.lower()) if is_roman(written.lower()) else None
    elif numerals == "han":
        main = _han_number(written)
    else:
        main = str(default_table("numerals")[numerals]).index(written) + 1
    return Number(main, *branch_pieces(branch)) if main else None


def branch_pieces(branch: str) -> tuple[str, ...]:
    """Return the pieces of a number that say that it was inserted: 의2, bis, a."""
    core = re.sub(r"[^\w]", "", branch).lower()
    if digits := re.search(r"\d+$", core):
        return (_plain(digits[0]),)
    if core and core.isascii():
        return (core,)
    han = re.search(f"{_han()}$", core)
    return (str(_han_number(han[0])),) if han else ()


def _han_number(written: str) -> int:
    """Return the number below 1000 that *written* is in numerals of Han."""
    known = default_table("numerals")
    ones = {letter: value for value, letter in enumerate(known["han"], start=1)}
    scales = dict.fromkeys(known["tens"], 10) | dict.fromkeys(known["hundreds"], 100)
    return number_of_run(written, ones, scales)


def _plain(digits: str) -> str:
    """Return digits of any script in ASCII."""
    return str(int("".join(str(unicodedata.decimal(digit)) for digit in digits)))


def is_date(beginning: str, language: str) -> bool:
    """Whether *beginning* is a date that looks like a mark: in figures, or with a month of *language*."""
    if _DATE.match(beginning):
        return True
    match = _DAY.match(beginning)
    return match is not None and match["month"].lower() in _months(language)


@cache
def _months(language: str) -> frozenset[str]:
    if not language:
        return frozenset()
    locale = locale_of(language)
    forms = [("wide", "format"), ("wide", "stand-alone"), ("abbreviated", "format")]
    names = (n for form in forms for n in get_month_names(*form, locale).values())  # type: ignore[arg-type] # of literals
    return frozenset(name.lower().rstrip(".") for name in names)

"""Makes the patterns of a language of its words: whoever adds a language writes words, and seldom a pattern.

A file may have whole patterns instead, which go before those that are made here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.text.facts.language_facts import YEAR, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.text.facts.language_facts import Own

# A number before a sign or a word that counts is none of an article: "Art. 6 et 30 jours".
_NEVER = "(?!)"
_DIGITS = "[0-9]{1,4}"
# Brackets with a number behind an article are a paragraph of it.
_BRACKETS = r"(?:\s?\([0-9]{1,2}\)){0,2}"


class PatternBuilder:
    """The patterns of one language; ``spaced`` says that spaces divide its words."""

    def __init__(self, own: Own, *, spaced: bool) -> None:
        self.own = own
        self.spaced = spaced
        self._to = own.pattern("to") or r"\s?[-~]\s?"
        self._after_word = r"(?![^\W_])" if spaced else ""
        self._before_word = rf"(?<![^\W_])(?:{own.pattern('prefixes')})?" if spaced else ""
        self._word = self._number_word()
        self._ordinal = any_of(own.ordinals) or _NEVER

    def _number_word(self) -> str:
        """Return a pattern for a number that is written in words."""
        atom = any_of([*self.own.numerals, *self.own.scales])
        if not atom:
            return _NEVER
        joiner = self.own.pattern("joiner") or r"[\s-]"
        return f"(?:{atom})(?:(?:{joiner})(?:{atom})){{0,7}}"

    def unit(self) -> str:
        """Return a pattern for the unit of a period; the group that matches is the name of the unit."""
        names = sorted(self.own.units, key=lambda unit: unit != "business")
        either = "|".join(
            f"(?P<{unit}>{'|'.join(sorted(self.own.units[unit], key=lambda w: -len(w)))})"
            for unit in names
        )
        age = self.own.pattern("age") or _NEVER
        between = self.own.pattern("between")
        return (
            f"(?:{between})?" if between else ""
        ) + f"(?:{either}){self._after_word}(?P<age>{age})?"

    def periods(self, number: str) -> Iterator[str]:
        """Yield patterns for a number of years, months, weeks, days, hours; *number* is one in digits."""
        if not self.own.units:
            return
        unit = self.unit()
        digits = (
            rf"(?<![0-9])(?<![0-9][.,])(?:(?P<first>[0-9]{{1,3}}){self._to})?(?P<count>{number})"
            rf"(?:\s?\((?:{self._word}|(?P<paren>[0-9]{{1,4}}))\))?[-\s]{{0,2}}{unit}"
        )
        yield digits
        # Numerals of Han became digits before.
        if self.own.numerals and not self.own.data.get("han"):
            yield (
                rf"{self._before_word}(?:(?P<first>{self._word}){self._to})??(?:(?:{self._word})\s?\((?P<paren>[0-9]{{1,4}})\)|(?P<word>{self._word}))"
                rf"[-\s]{{0,2}}{unit}"
            )
        if self.own.fixed:
            fixed = any_of(self.own.fixed)
            yield rf"{self._before_word}(?P<fixed>{fixed}){self._after_word}(?P<unit>)"

    def provisions(self) -> Iterator[tuple[str, str]]:
        """Yield the level and a pattern for each way to name a provision by its number."""
        named = self.own.data.get("provisions", {})
        if not isinstance(named, dict):
            return
        suffix = self.own.pattern("number_suffix") or _NEVER
        guard = rf"(?![0-9]|\s?[%‰]|[\s-]{{0,2}}{self._bare_unit()})"
        words = f"(?:{self._ordinal}|{self._word})(?![^\\W_])" if self.spaced else _NEVER
        dotted = r"(?:\.[0-9]{1,2})?" if self.own.data.get("dotted") else ""
        item = rf"(?:{_DIGITS}(?:{suffix})?(?:-[0-9]{{1,2}}(?![0-9]))?{dotted}(?![0-9]){_BRACKETS}|\([0-9]{{1,2}}\))"
        # Read once: what follows a list never makes it shorter.
        several = rf"(?:(?>{item}(?:(?:,\s?|{self._to}){item}{guard}){{0,20}})|{words})"
        ordinal = rf"(?:{_DIGITS}(?:{suffix})|{self._ordinal})"
        for level, templates in named.items():
            for template in templates:
                start = self._before_word if re.match(r"[^\W_]|\(\?:|\[", template) else ""
                pattern = template.replace("{N}", f"(?P<items>{several})")
                yield level, self.own.full(start + pattern.replace("{O}", f"(?P<items>{ordinal})"))

    def _bare_unit(self) -> str:
        words = [word for unit in self.own.units.values() for word in unit]
        return f"(?:{'|'.join(words)})" if words else _NEVER

    def dates(self) -> Iterator[str]:
        """Yield patterns for dates with the name of a month, and for spans of them."""
        if self.own.data.get("date_words"):
            yield from self.own.patterns("dates")
            return
        of = self.own.pattern("date_of") or r"[\s,]{1,2}"
        suffix = self.own.pattern("day_suffix")
        first = any_of(self.own.data.get("first_days", ()))
        number = rf"[0-9]{{1,2}}(?:{suffix})?" if suffix else "[0-9]{1,2}"
        day = f"(?:(?P<d>[0-9]{{1,2}})(?:{suffix})?" + (
            f"|(?P<first_day>{first}))" if first else ")"
        )
        until = self.own.pattern("date_to") or self._to
        year = rf"(?P<y>{YEAR})"
        yield from self.own.patterns("dates")
        yield rf"(?P<more>(?:{number},\s){{0,9}}{number}(?:{until})){day}{of}NAMES(?:{of}{year})?(?![0-9])"
        yield rf"{day}{of}NAMES(?:{of}{year})?(?![0-9])"
        yield rf"SINCE(?:{until})NAMES{of}{year}(?![0-9])"
        yield rf"NAMES{of}{year}(?![0-9])"
        yield rf"(?P<d>[0-9]{{1,2}})(?P<s>[./-])\s?(?P<m>[0-9]{{1,2}})(?P=s)\s?{year}"
        yield rf"NAMES\s(?P<d>[0-9]{{1,2}})(?:,?\s|{of}){year}(?![0-9])"

    def words(self) -> str:
        """Return a pattern for number words that stand alone; which one of a row is not counted."""
        if not self.own.numerals or not self.spaced:
            return self.own.pattern("words")
        doubtful = any_of(self.own.data.get("doubtful", ())) or _NEVER
        return rf"{self._before_word}(?:(?P<ordinal>{self._ordinal}|(?:{doubtful})(?![^\W_]))|(?P<word>{self._word}))(?![^\W_])"


def atoms(own: Own, *, spaced: bool) -> re.Pattern[str]:
    """Return a pattern for the single words of a number: "quatre-vingt" and "dix" of ninety."""
    either = any_of([*own.numerals, *own.scales, *own.ordinals]) or _NEVER
    if not spaced or own.data.get("glued"):
        return re.compile(either)
    return re.compile(rf"(?<![^\W_])(?:{own.pattern('prefixes')})?(?P<n>{either})(?![^\W_])")

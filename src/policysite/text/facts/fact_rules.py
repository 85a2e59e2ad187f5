"""What the values of one language are found with, compiled, and what the numbers so found are worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from policysite.text.facts.language_facts import any_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policysite.text.facts.language_facts import Own


@dataclass(frozen=True)
class Rules:
    """What a language's values are found with, compiled.

    ``provisions`` has the groups ``art`` or ``para`` (the word before or after), ``items`` (the numbers)
    and perhaps ``branch``; ``labels`` are pairs of a level and a pattern with ``items``. ``dates`` have ``y``, ``m`` and ``d``, or two of them. ``periods`` have
    ``count`` (or ``word``, ``fixed``), ``unit`` (or a group with the name of the unit), and perhaps ``first`` (of a range) and ``age``.
    ``times`` find times of day, ``fractions`` a part of a whole. ``multiplied`` finds digits with what multiplies them.
    ``numbers`` have ``n`` and what belongs to it. ``words`` finds number words, ``month_names`` months that stand alone.
    ``own``: there is data for the language, so that what is not found is not there; ``strict``: nothing of a number is left
    to be guessed.
    """

    own: Own | None
    strict: bool
    groups: tuple[str, ...]
    decimal: str
    grouped: re.Pattern[str]
    provisions: re.Pattern[str] | None
    labels: tuple[tuple[str, re.Pattern[str]], ...]
    dates: tuple[re.Pattern[str], ...]
    periods: tuple[re.Pattern[str], ...]
    times: tuple[re.Pattern[str], ...]
    fractions: re.Pattern[str] | None
    multiplied: re.Pattern[str] | None
    numbers: re.Pattern[str]
    words: re.Pattern[str] | None
    month_names: re.Pattern[str] | None
    head: re.Pattern[str]
    minus: re.Pattern[str]
    ordinals_after: re.Pattern[str] | None
    words_with_number: re.Pattern[str] | None
    atoms: re.Pattern[str]
    months: Mapping[str, int]
    numerals: Mapping[str, int]
    scales: Mapping[str, int]
    multipliers: Mapping[str, int]
    measures: Mapping[str, str]
    units: Mapping[str, tuple[str, int]]
    fixed: Mapping[str, tuple[tuple[int, ...], str]]
    moments: Mapping[str, str]
    later: frozenset[str]
    night: frozenset[str]
    midday: frozenset[str]
    vague: frozenset[str]
    zeros: str

    @property
    def complete(self) -> bool:
        """Whether provisions and periods of the language are known."""
        return self.own is not None and self.own.complete

    def canonical(self, written: str) -> str:
        """Return a number without the marks that group its digits, and with a point before its decimals."""
        if match := self.grouped.fullmatch(written):
            written = written.replace(match["group"], "")
        return written.replace(self.decimal, ".")

    def spelled(self, words: str) -> str:
        """Return the number that *words* say: "two hundred and fifty", 다섯, "quatre-vingt-dix"."""
        total = section = part = 0
        for match in self.atoms.finditer(words):
            word = match[match.lastgroup or 0]
            scale = self.scales.get(word, 1)
            if scale >= 1000:
                total, section, part = total + max(section + part, 1) * scale, 0, 0
            elif scale > 1:
                section, part = section + max(part, 1) * scale, 0
            else:
                part += self.numerals.get(word, 0)
        return str(total + section + part)

    def scaled(self, written: str) -> str:
        """Return the number that "1억 5천만" and "30 만" are: what is before 만 or 억 is counted with it as a whole."""
        total = section = Decimal(0)
        for digits, scale in re.findall(rf"([0-9.,]*)\s?({any_of(self.multipliers)})?", written):
            number = Decimal(digits.replace(",", "")) if digits else Decimal(0)
            factor = self.multipliers.get(scale, 1)
            if factor < 10**4:
                section += number * factor
            else:
                total += (section + number) * factor
                section = Decimal(0)
        return tidy(total + section)

    def hours(self, written: list[int], parts: list[str]) -> list[int]:
        """Return the hours of a day, of 24, that *written* are; *parts* are the halves of the day, or empty.

        The half of one end of a span is that of the other, if the hours are in order so.
        """
        result: list[int | None] = []
        for hour, part in zip(written, parts, strict=True):
            at_night, at_midday = part in self.night, part in self.midday
            early = (hour % 12 < 6) if at_night else (at_midday and 6 < hour < 12)
            later = part in self.later and not early
            result.append((hour % 12 + 12 * later if hour <= 12 else hour) if part else None)
        if len(result) == 2 and None in result and result != [None, None] and min(written) <= 12:
            at = result.index(None)
            hour, known = written[at] % 12, result[1 - at] or 0
            if written[at] <= 12:
                ahead = hour + 12 <= known if at == 0 else hour < known
                result[at] = hour + 12 * ahead
        return [
            hour if known is None else known for hour, known in zip(written, result, strict=True)
        ]


def times(number: str, factor: int) -> str:
    """Return *number* times *factor*; what is too long to be a count, or a version, stays as it is."""
    if factor == 1 or len(number) > 15 or number.count(".") > 1:
        return number
    return tidy(Decimal(number) * factor)


def tidy(number: Decimal) -> str:
    """Return *number* without exponent and without zeros at the end of its decimals."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written

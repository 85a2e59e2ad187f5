"""What the values of a language are found with: data of its own if there is any, and what the CLDR knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.dates import get_date_format, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol
from babel.units import format_unit

from policysite.text.facts.letters import JOINING, LOOKALIKES, NO_DIGIT
from policysite.text.facts.number_words import CJK_SCALES, DAY, MEASURES, OWN, YEAR, any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_UNITS = {
    "year": ("month", 12),
    "month": ("month", 1),
    "week": ("day", 7),
    "day": ("day", 1),
    "hour": ("hour", 1),
    "minute": ("minute", 1),
    "second": ("second", 1),
    "business": ("business day", 1),
}
_LATER = {"p", "noon", "in the afternoon", "in the evening", "at night", "오후", "낮", "저녁", "밤"}
# No space and no ending tells where a word of these languages ends.
_UNSPACED = {"ja", "zh", "yue", "th", "lo", "km", "my", "ko"}
_CLDR = re.compile(r"'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+")
# "2024.12.27", "2024. 12. 27."; "2024.12.27.1" is the number of something.
_ISO = rf"(?P<y>{YEAR})(?P<s>-|/|\.\s?)(?P<m>[0-9]{{1,2}})(?P=s){DAY}"

# One of these after a number is a number of its own: 30½. Any other letter is part of it: 30⁰, 30O, 5GB.
FRACTIONS = "¼-¾⅐-⅟↉"
_TAIL = (
    rf"(?!(?:st|nd|rd|th|s|won|krw|usd|eur|jpy)(?![a-z]))(?:[^\W\d_{JOINING}{FRACTIONS}]"
    rf"|[{LOOKALIKES}\u0300-\u036f\u20d0-\u20ff\u3371-\u33df]|[영공](?![업역상장구단항화휴개급간]))+"
)
_AFTER = rf"\s?(?P<mille>[‰‱]|per\s?mille|퍼밀)|[-\s]?(?P<measure>{any_of(MEASURES)})(?![a-z])|(?P<tail>{_TAIL})"
HEAD = re.compile(rf"(?<![^\W{JOINING}])[lioоοі]{{1,3}}$")
_CLOCK = r"(?<![0-9a-z.:,/])(?P<time>[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?)(?![0-9a-z:])"


@dataclass(frozen=True)
class Rules:
    """What a language's values are found with, compiled.

    ``provisions`` has the groups ``art`` or ``para`` (the word before or after), ``items`` (the numbers)
    and perhaps ``branch``. ``dates`` have ``y``, ``m`` and ``d``, or two of them. ``periods`` have
    ``count`` (or ``word``, ``fixed``), ``unit``, and perhaps ``first`` (of a range) and ``age``.
    ``times`` find times of day, ``fractions`` a part of a whole. ``numbers`` have ``n`` and what belongs to
    it. ``words`` finds number words, ``month_names`` months that stand alone. ``own``: there is data for the
    language, so that what is not found is not there.
    """

    own: bool
    group: str
    decimal: str
    grouped: re.Pattern[str]
    provisions: re.Pattern[str] | None
    dates: tuple[re.Pattern[str], ...]
    periods: tuple[re.Pattern[str], ...]
    times: tuple[re.Pattern[str], ...]
    fractions: re.Pattern[str] | None
    numbers: re.Pattern[str]
    words: re.Pattern[str] | None
    month_names: re.Pattern[str] | None
    months: Mapping[str, int]
    numerals: Mapping[str, int]
    scales: Mapping[str, int]
    units: Mapping[str, tuple[str, int]]
    fixed: Mapping[str, tuple[int, str]]

    def canonical(self, written: str) -> str:
        """Return a number without the marks that group its digits, and with a point before its decimals."""
        if self.grouped.fullmatch(written):
            written = written.replace(self.group, "")
        return written.replace(self.decimal, ".")

    def spelled(self, words: str) -> str:
        """Return the number that *words* say: "two hundred and fifty", 다섯."""
        total = part = 0
        for word in re.split(r"[-\s]", words):
            scale = self.scales.get(word, 1)
            if scale > 100:
                total, part = total + max(part, 1) * scale, 0
            elif scale > 1:
                part = max(part, 1) * scale
            else:
                part += self.numerals.get(word, 0)
        return str(total + part)


def times(number: str, factor: int) -> str:
    """Return *number* times *factor*; what is too long to be a count, or a version, stays as it is."""
    if factor == 1 or len(number) > 15 or number.count(".") > 1:
        return number
    return tidy(Decimal(number) * factor)


def scaled(written: str) -> str:
    """Return the number that "1억 5천만" and "30 만" are: what is before 만 or 억 is counted with it as a whole."""
    total = section = Decimal(0)
    for digits, scale in re.findall(rf"([0-9.,]*)\s?({any_of(CJK_SCALES)})?", written):
        number = Decimal(digits.replace(",", "")) if digits else Decimal(0)
        factor = CJK_SCALES.get(scale, 1)
        if factor < 10**4:
            section += number * factor
        else:
            total += (section + number) * factor
            section = Decimal(0)
    return tidy(total + section)


def hours(written: list[int], parts: list[str]) -> list[int]:
    """Return the hours of a day, of 24, that *written* are; *parts* are the halves of the day, or empty.

    The half of one end of a span is that of the other, if the hours are in order so.
    """
    result: list[int | None] = []
    for hour, part in zip(written, parts, strict=True):
        early = (hour % 12 < 6) if part in {"밤", "at night"} else (part == "낮" and 6 < hour < 12)
        later = part in _LATER and not early
        result.append((hour % 12 + 12 * later if hour <= 12 else hour) if part else None)
    if len(result) == 2 and None in result and result != [None, None] and min(written) <= 12:
        at = result.index(None)
        hour, known = written[at] % 12, result[1 - at] or 0
        if written[at] <= 12:
            ahead = hour + 12 <= known if at == 0 else hour < known
            result[at] = hour + 12 * ahead
    return [hour if known is None else known for hour, known in zip(written, result, strict=True)]


def tidy(number: Decimal) -> str:
    """Return *number* without exponent and without zeros at the end of its decimals."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@cache
def rules(language: str) -> Rules:
    """Return the rules of *language*, a code that the CLDR knows."""
    locale = Locale.parse(language.replace("-", "_"))
    own = OWN.get(locale.language)
    spaced = locale.language not in _UNSPACED
    months = _months(locale, "wide", "abbreviated")
    names = rf"(?P<m>(?:{any_of(months)}))\.?" + (r"(?!\w)" if spaced else "")
    alone = [name for name in _months(locale, "wide") if not re.search("[0-9]", name)]
    group, decimal = _plain(get_group_symbol(locale)), get_decimal_symbol(locale)
    grouped = rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}}){{1,6}}(?![0-9])(?:{re.escape(decimal)}[0-9]+)?"
    number = f"{grouped}|{_number(decimal)}"
    units = own.units if own else _units(locale)
    # Own patterns are for dates in words; how a language writes dates in digits is the CLDR's to say.
    cldr = [date for date in _dates(locale) if not own or not re.search("NAMES|년", date)]
    scaled = f"{own.scaled}|" if own and own.scaled else ""
    dates = (_ISO, *(own.dates if own else ()), *cldr)
    return Rules(
        own=own is not None,
        group=group,
        decimal=decimal,
        grouped=re.compile(grouped),
        provisions=re.compile(own.provisions) if own else None,
        dates=tuple(_date(pattern, names) for pattern in dict.fromkeys(dates)),
        periods=tuple(
            map(re.compile, own.periods if own else _periods(units, number, spaced=spaced))
        ),
        times=tuple(map(re.compile, (*(own.times if own else ()), _CLOCK))),
        fractions=re.compile(own.fractions) if own else None,
        numbers=re.compile(rf"(?<![0-9])(?P<n>{number})(?:{scaled}{_AFTER})?"),
        words=re.compile(own.words) if own else None,
        month_names=re.compile(rf"(?<!\w)(?:{any_of(alone)})(?!\w)") if alone else None,
        months=months,
        numerals=own.numerals if own else {},
        scales=own.scales if own else {},
        units={word: _UNITS[unit] for word, unit in units.items()},
        fixed=own.fixed if own else {},
    )


def _plain(symbol: str) -> str:
    return " " if symbol.isspace() else symbol.replace("’", "'")


def _number(decimal: str) -> str:
    """Return a pattern for a number without groups; a version such as 1.6.2 is one number too."""
    fraction = r"[0-9]+,[0-9]+(?![0-9,])|" if decimal == "," else ""
    return fraction + r"[0-9]+(?:\.[0-9]+)*"


def _months(locale: Locale, *widths: Literal["wide", "abbreviated"]) -> dict[str, int]:
    """Return the names of the months, as the CLDR writes them and with capital letters."""
    months: dict[str, int] = {}
    for width in widths:
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context, locale).items():
                bare = name.rstrip(".")
                months |= dict.fromkeys((bare, bare.capitalize(), bare.upper()), number)
    if locale.language == "en" and "abbreviated" in widths:
        months["Sept"] = 9
    return months


def _dates(locale: Locale) -> Iterator[str]:
    """Yield the date patterns of the CLDR, those with the most fields first."""
    skeletons = locale.datetime_skeletons
    for width in ("full", "long", "medium", "short"):
        yield _from_cldr(get_date_format(width, locale).pattern)
    for name in ("yMMMMd", "yMMMd", "yMMMM", "yMMM", "MMMMd", "MMMd"):
        if name in skeletons:
            yield _from_cldr(skeletons[name].pattern)


def _from_cldr(pattern: str) -> str:
    """Return a date pattern of the CLDR as a regular expression, without the day of the week."""
    numeric = not re.search("MMM|LLL", pattern)
    parts: list[str] = []
    for match in _CLDR.finditer(pattern.replace("\u200f", "")):
        field, letter = match[0], match[2]
        if letter in {"E", "c", "G"}:
            continue
        if letter is None:
            literal = match[1] or field
            parts.append(re.sub(r"\\?[\s,،]+", r"[\\s,،]{0,2}", re.escape(_plain(literal))))
        elif letter in {"y", "Y"}:
            # Two digits for a year, but not in what may be a version such as 24.1.2.
            short = "|[0-9]{2}" if field == "yy" and "/" in pattern else ""
            parts.append(rf"(?P<y>{YEAR}{short})")
        elif letter == "d":
            parts.append(DAY if numeric else rf"{DAY}(?:er|\.|º|ª)?")
        else:
            parts.append("NAMES" if len(field) > 2 else "(?P<m>[0-9]{1,2})")
    while parts and not re.search(r"\?P<|NAMES", parts[0]):
        del parts[0]
    if not re.search(r"\?P<|NAMES", parts[-1]):
        parts[-1] = f"(?:{parts[-1]})?"
    return "".join(parts)


def _date(pattern: str, names: str) -> re.Pattern[str]:
    in_words = pattern.startswith(("NAMES", "SINCE"))
    first = r"(?<!\w)" if in_words else "(?<![0-9])(?<![0-9][.,/])"
    pattern = pattern.replace("SINCE", names.replace("<m>", "<since>")).replace("NAMES", names)
    return re.compile(f"{first}{pattern}(?![./]?[0-9]){NO_DIGIT}")


def _units(locale: Locale) -> dict[str, str]:
    """Return the words with which the CLDR counts each unit: ``3 mois``, ``1 mois``."""
    words: dict[str, str] = {}
    for unit in ("year", "month", "week", "day", "hour", "minute", "second"):
        for count in (1, 2, 3, 5, 11, 100):
            for width in ("long", "short"):
                written = format_unit(count, f"duration-{unit}", width, locale=locale)
                word = written.replace(str(count), "").strip().rstrip(".").lower()
                # One letter may be short for anything; "duration-year" is what Babel does not know.
                known = str(count) in written and not word.startswith("duration-")
                if known and (len(word) > 1 or word > "\u2e80"):
                    words.setdefault(word, unit)
    return words


def _periods(units: Iterable[str], number: str, *, spaced: bool) -> Iterator[str]:
    # An ending as in "30 Tagen" keeps the unit what it is.
    long = any_of(unit for unit in units if len(unit) > 2)
    ending = (
        rf"(?:(?P<unit>{any_of(units)})(?!\w)|(?P<stem>{long})\w{{1,2}}(?!\w))" if spaced else ""
    )
    unit = ending or f"(?P<unit>{any_of(units)})"
    yield rf"(?<![0-9])(?<![0-9][.,])(?P<count>{number})[-\s]?{unit}"

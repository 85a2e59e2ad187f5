"""What the values of a language are found with: data of its own if there is any, and what the CLDR knows."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from babel.numbers import get_decimal_symbol, get_group_symbol

from policysite.languages.language_files import known_languages, locale_of, ranges, script_of
from policysite.text.facts import cldr_patterns
from policysite.text.facts.fact_rules import Rules
from policysite.text.facts.language_facts import DAY, YEAR, any_of, folded, own_facts
from policysite.text.facts.letters import LOOKALIKES, NO_DIGIT, plain
from policysite.text.facts.pattern_building import PatternBuilder, atoms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from babel import Locale

    from policysite.text.facts.language_facts import Own

UNITS = {
    "year": ("month", 12),
    "month": ("month", 1),
    "week": ("day", 7),
    "day": ("day", 1),
    "hour": ("hour", 1),
    "minute": ("minute", 1),
    "second": ("second", 1),
    "business": ("business day", 1),
}
# "2024.12.27", "2024. 12. 27."; "2024.12.27.1" is the number of something.
_ISO = rf"(?P<y>{YEAR})(?P<s>-|/|\.\s?)(?P<m>[0-9]{{1,2}})(?P=s){DAY}"

# One of these after a number is a number of its own: 30½. Any other letter is part of it: 30⁰, 30O, 5GB.
FRACTIONS = "¼-¾⅐-⅟↉"
_CLOCK = r"(?<![0-9a-z.:,/])(?P<time>[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?)(?![0-9a-z:])"


@cache
def rules(language: str) -> Rules:
    """Return the rules of *language*, a code that the CLDR knows."""
    locale = locale_of(language)
    own = own_facts(language)
    spaced = not script_of(language).get("unspaced")
    builder = PatternBuilder(own, spaced=spaced) if own else None
    months = _months(locale, own, "wide", "abbreviated")
    names = rf"(?P<m>(?:{any_of(months)}))\.?" + (r"(?!\w)" if spaced else "")
    alone = [name for name in _months(locale, own, "wide") if not re.search("[0-9]", name)]
    groups, decimal = _groups(locale, own), plain(get_decimal_symbol(locale))
    decimal = own.data.get("decimal", decimal) if own else decimal
    either = "|".join(map(re.escape, groups))
    grouped = rf"[0-9]{{1,3}}(?:(?P<group>{either})[0-9]{{3}})(?:(?P=group)[0-9]{{3}}){{0,5}}(?![0-9])(?:{re.escape(decimal)}[0-9]+)?"
    number = f"{grouped.replace('?P<group>', '?:').replace('(?P=group)', f'(?:{either})')}|{_number(decimal)}"
    units = cldr_patterns.units(locale) if own is None or not own.units else {}
    measures = _measures(own)
    return Rules(
        own=own,
        strict=own.strict if own else False,
        groups=groups,
        decimal=decimal,
        grouped=re.compile(grouped),
        provisions=_compiled(own.pattern("provisions") if own and own.strict else ""),
        labels=tuple((level, re.compile(p)) for level, p in builder.provisions())
        if builder
        else (),
        dates=tuple(_date(pattern, names) for pattern in _all_dates(locale, own, builder)),
        periods=tuple(map(re.compile, _all_periods(own, builder, units, number, spaced=spaced))),
        times=tuple(map(re.compile, (*(own.patterns("times") if own else ()), _CLOCK))),
        fractions=_compiled(own.pattern("fractions") if own else ""),
        multiplied=_compiled(own.pattern("multiplied") if own else ""),
        numbers=re.compile(
            rf"(?<![0-9])(?P<n>{number})(?:{_scaled(own, spaced=spaced)}{_after(own, measures)})?"
        ),
        words=_compiled(_words(own, builder)),
        month_names=re.compile(rf"(?<!\w)(?:{any_of(alone)})(?!\w)") if alone else None,
        head=re.compile(rf"(?<![^\W{ranges()}])[lioоοі]{{1,3}}$"),
        minus=_minus(),
        ordinals_after=_compiled(_ordinals_after()),
        words_with_number=_compiled(own.pattern("words_with_number") if own else ""),
        atoms=atoms(own, spaced=spaced) if own else re.compile("(?!)"),
        months=months,
        numerals={**own.ordinals, **own.numerals} if own else {},
        scales=own.scales if own else {},
        multipliers=own.data.get("multipliers", {}) if own else {},
        measures=measures,
        units=_units_by_word(own, units),
        fixed=own.fixed if own else {},
        moments=_moments(own),
        later=_frozen(own, "later"),
        night=_frozen(own, "night"),
        midday=_frozen(own, "midday"),
        vague=_frozen(own, "vague"),
        zeros=own.data.get("zeros", "") if own else "",
    )


def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _frozen(own: Own | None, name: str) -> frozenset[str]:
    return frozenset(own.words(name)) if own else frozenset()


def _groups(locale: Locale, own: Own | None) -> tuple[str, ...]:
    """Return the marks that group digits; the CLDR knows one, a space is understood everywhere but in strict data."""
    group = cldr_patterns.sign(get_group_symbol(locale))
    more = own.words("groups") if own else ()
    return tuple(dict.fromkeys((group, *more)))


def _all_dates(locale: Locale, own: Own | None, builder: PatternBuilder | None) -> tuple[str, ...]:
    """Return the patterns for dates. Own ones are for dates in words; how a language writes dates in digits is the CLDR's to say."""
    words = (own and own.data.get("date_words")) or ""
    if own and builder:
        skipped = re.compile("NAMES" + (f"|{words}" if words else ""))
        cldr = [
            date
            for date in cldr_patterns.dates(locale)
            if not own.strict or not skipped.search(date)
        ]
        return tuple(
            dict.fromkeys(
                (_ISO, *(own.patterns("dates") if own.strict else builder.dates()), *cldr)
            )
        )
    return tuple(dict.fromkeys((_ISO, *cldr_patterns.dates(locale))))


def _all_periods(
    own: Own | None,
    builder: PatternBuilder | None,
    units: Mapping[str, str],
    number: str,
    *,
    spaced: bool,
) -> Iterator[str]:
    if own:
        yield from own.patterns("periods")
    if builder and own and not own.strict:
        yield from builder.periods(number)
    if units:
        yield from _periods(units, number, spaced=spaced)


def _words(own: Own | None, builder: PatternBuilder | None) -> str:
    if own is None or builder is None:
        return ""
    return own.pattern("words") if own.strict else builder.words()


def _units_by_word(own: Own | None, units: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return what each unit is, by its words and by its name."""
    words = {word: unit for unit, found in (own.units if own else {}).items() for word in found}
    return {word: UNITS[unit] for word, unit in {**units, **words}.items()} | UNITS


def _scaled(own: Own | None, *, spaced: bool) -> str:
    scaled = own.pattern("scaled") if own else ""
    large = [word for word, scale in own.scales.items() if scale >= 1000] if own and spaced else []
    if large and not scaled:
        scaled = rf"\s(?P<scale>{any_of(large)})(?![^\W_])"
    return f"{scaled}|" if scaled else ""


def _after(own: Own | None, measures: Mapping[str, str]) -> str:
    """Return a pattern for what belongs to a number that it follows."""
    zeros = own.pattern("zero_words") if own else ""
    tail = (
        rf"(?!(?:st|nd|rd|th|s|won|krw|usd|eur|jpy)(?![a-z]))(?:[^\W\d_{ranges()}{FRACTIONS}]"
        rf"|[{LOOKALIKES}\u0300-\u036f\u20d0-\u20ff\u3371-\u33df]{f'|{zeros}' if zeros else ''})+"
    )
    mille = "|".join(("[‰‱]", *dict.fromkeys(_everywhere("per_mille"))))
    return rf"\s?(?P<mille>{mille})|[-\s]?(?P<measure>{any_of(measures)})(?![a-z])|(?P<tail>{tail})"


def _everywhere(name: str) -> Iterator[str]:
    """Yield the pattern *name* of every language that is strict: its words are found in texts of other languages too."""
    for language in known_languages():
        own = own_facts(language)
        if own and own.strict and name in own.data:
            yield own.pattern(name)


def _measures(own: Own | None) -> dict[str, str]:
    """Return the measures that are known, by their signs and words; those of one language are understood in all."""
    found = {sign: sign for sign in ("kb", "mb", "gb", "tb", "km", "cm", "mm", "kg")}
    for language in known_languages():
        other = own_facts(language)
        if other and (other.strict or other is own):
            for sign, words in other.data.get("measures", {}).items():
                found |= dict.fromkeys(words, sign)
    return found


def _minus() -> re.Pattern[str]:
    """Return a pattern for a minus, or a point, before the first digit of a word: 3-5 is a range, AES-256 a name."""
    before = r"(?<![^\s(\[{<=:/,\"'“‘「『~$€£¥₩])(?<![0-9]\s)"
    signs = r"(?:[-\u2010-\u2013\u2212\ufe63\uff0d\u207b△▲]{1,3}[$€£¥₩]?\.?|\.)(?=\d)"
    words = "|".join(_everywhere("minus"))
    return re.compile(rf"{before}{signs}|(?:{words})(?=\d)")


def _ordinals_after() -> str:
    return "|".join(_everywhere("ordinals_after"))


def _moments(own: Own | None) -> dict[str, str]:
    """Return the words for noon and midnight, with their hours."""
    if own is None:
        return {}
    noon, midnight = (
        dict.fromkeys(own.words("noon"), "12:00"),
        dict.fromkeys(own.words("midnight"), "0:00"),
    )
    return {**noon, **midnight}


def _number(decimal: str) -> str:
    """Return a pattern for a number without groups; a version such as 1.6.2 is one number too."""
    fraction = r"[0-9]+,[0-9]+(?![0-9,])|" if decimal == "," else ""
    return fraction + r"[0-9]+(?:\.[0-9]+)*"


def _months(
    locale: Locale, own: Own | None, *widths: Literal["wide", "abbreviated"]
) -> dict[str, int]:
    """Return the names of the months, those that the language's own data has among them."""
    found = cldr_patterns.months(locale, *widths)
    if own and "abbreviated" in widths:
        found |= own.data.get("months", {})
    letters = own.data.get("letters", {}) if own else {}
    return {folded(name, letters): number for name, number in found.items()}


def _date(pattern: str, names: str) -> re.Pattern[str]:
    in_words = pattern.startswith(("NAMES", "SINCE"))
    first = r"(?<!\w)" if in_words else "(?<![0-9])(?<![0-9][.,/])"
    pattern = pattern.replace("SINCE", names.replace("<m>", "<since>")).replace("NAMES", names)
    return re.compile(f"{first}{pattern}(?![./]?[0-9]){NO_DIGIT}")


def _periods(units: Iterable[str], number: str, *, spaced: bool) -> Iterator[str]:
    # An ending as in "30 Tagen" keeps the unit what it is.
    long = any_of(unit for unit in units if len(unit) > 2)
    ending = (
        rf"(?:(?P<unit>{any_of(units)})(?!\w)|(?P<stem>{long})\w{{1,2}}(?!\w))" if spaced else ""
    )
    unit = ending or f"(?P<unit>{any_of(units)})"
    yield rf"(?<![0-9])(?<![0-9][.,])(?P<count>{number})[-\s]?{unit}"

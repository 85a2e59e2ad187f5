"""What a sentence states as facts, and whether its translation states the same.

Facts are the numbers of provisions, dates, periods, phone numbers, addresses and all other numbers. A
number word ("once", "a month", 두 가지) may stand for a fact of the other side, but need not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from policysite.languages.language_data import particles
from policysite.text.facts.fact import Fact, ValueKind
from policysite.text.facts.fact_patterns import rules
from policysite.text.facts.fact_reading import facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from policysite.text.facts.fact_rules import Rules

__all__ = ["Difference", "Value", "ValueKind", "differences", "values"]


_NO_YEAR = len("05-01")


@cache
def _plain_address() -> re.Pattern[str]:
    """Return a pattern for what is an address without doubt: letters, a dot or an at sign, letters; a particle may follow."""
    letters = "".join(particles())
    return re.compile(
        rf"(?<![^\W{letters}])(?<![@.:+%-])(?<!//)(?<![A-Za-z]/)[A-Za-z0-9][A-Za-z0-9_-]*+(?:[@.][A-Za-z0-9_-]++)*[@.][A-Za-z]{{2,}}+"
        rf"(?:/[A-Za-z0-9_-]++)*+(?![^\W{letters}])(?![@.:/?#%&=+~-]\w)"
    )


@dataclass(frozen=True, order=True)
class Value:
    """One fact. ``value`` is the same in all languages: ``art-9``, ``2024-12-27``, ``3 months``.

    ``text`` is what is in the sentence; ``optional``: it is a mere word, which may not be a fact.
    """

    kind: ValueKind
    value: str
    text: str = field(compare=False)
    optional: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Difference:
    """The facts of one kind that the translation lacks (``missing``) and that only it has (``added``)."""

    kind: ValueKind
    missing: tuple[Value, ...]
    added: tuple[Value, ...]


def values(text: str, language: str) -> list[Value]:
    """Return what *text* states, in the order of the text. Markup must have been removed."""
    return [_value(fact, text) for fact in facts_of(text, language)]


def differences(
    source: str, source_language: str, translation: str, translation_language: str
) -> list[Difference]:
    """Return what one of the two texts states and the other does not, ordered by kind."""
    here, there = rules(source_language), rules(translation_language)
    left, right = _without_same_addresses(source, translation)
    missing, added = _unmatched(
        _comparable(facts_of(left, source_language), here, there),
        _comparable(facts_of(right, translation_language), there, here),
        is_strict=here.strict and there.strict,
    )
    found = []
    for kind in ValueKind if missing or added else ():
        lacking = tuple(_value(fact, source) for fact in missing if fact.kind is kind)
        extra = tuple(_value(fact, translation) for fact in added if fact.kind is kind)
        if lacking or extra:
            found.append(Difference(kind, lacking, extra))
    return found


def _without_same_addresses(source: str, translation: str) -> tuple[str, str]:
    """Return both texts without the addresses that are in both, letter for letter.

    That is nearly all there are, and the patterns that know every form of address take long to compile.
    """
    pattern = _plain_address()
    both = set(pattern.findall(source)) & set(pattern.findall(translation))
    if not both:
        return source, translation

    def blank(match: re.Match[str]) -> str:
        return "\0" * len(match[0]) if match[0] in both else match[0]

    return pattern.sub(blank, source), pattern.sub(blank, translation)


def _value(fact: Fact, text: str) -> Value:
    return Value(fact.kind, fact.value, text[fact.start : fact.end], fact.optional)


def _comparable(facts: list[Fact], here: Rules, there: Rules) -> list[Fact]:
    """Return *facts* without the distinctions for which one of the two languages has no rules."""
    if here.complete and there.complete:
        return facts
    result: list[Fact] = []
    for fact in facts:
        optional = fact.optional or (fact.spelled and not there.complete)
        if fact.kind is ValueKind.PROVISION:
            result += (
                fact._replace(
                    kind=ValueKind.NUMBER, value=number, number=number, loose=not here.complete
                )
                for number in re.findall("[0-9]+", fact.value)
            )
        elif fact.parts:
            result += (
                fact._replace(value=part, number=part, optional=part == "00", parts=())
                for part in fact.parts
            )
        elif fact.kind is ValueKind.PERIOD:
            days = fact.value.replace("business ", "")
            result.append(fact._replace(value=days, optional=optional))
        else:
            loose = fact.loose or (fact.kind is ValueKind.NUMBER and not here.complete)
            result.append(fact._replace(optional=optional, loose=loose))
    return result


def _unmatched(
    stated: list[Fact], translated: list[Fact], *, is_strict: bool
) -> tuple[list[Fact], list[Fact]]:
    """Return what is left of both sides when everything that agrees is taken away.

    Exact agreement goes first, so that a vague word is left for what has nothing better.
    """
    left, right = ([f for f in side if not f.optional] for side in (stated, translated))
    left_words, right_words = ([f for f in side if f.optional] for side in (stated, translated))
    _cancel(left, right, _key, _key)
    if not is_strict:
        # "The 1st of each month" is 毎月1日: the day goes first, or "each" would take its place.
        _cancel(left, right, _loose_number, _any_number)
        _cancel(left, right, _any_number, _loose_number)
    for wanted, words in ((left, right_words), (right, left_words)):
        _cancel(wanted, words, _key, _key)
        _cancel(wanted, words, _any_number, _plain_number)
        _cancel(wanted, words, _loose_number, _any_number)
    _cancel(left, right, _loose_number, _any_number)
    _cancel(left, right, _any_number, _loose_number)
    _cancel_alternatives(left, right)
    _cancel_alternatives(right, left)
    if not is_strict:
        _cancel_years(left, right)
        _cancel_years(right, left)
        # A letter behind a number is read in some languages only: "4K", "4 k".
        _cancel(left, right, _bare_number, _plain_number)
        _cancel(left, right, _plain_number, _bare_number)
        _cancel_labels(left, right)
    _share_year(left, right, stated, translated)
    _cancel(left_words, right_words, _any_number, _any_number)
    # "Two witnesses" are not 세 명, though "two" alone may be 쌍방.
    here, there = ([f for f in words if f.counts] for words in (left_words, right_words))
    if len(here) == len(there):
        left += here
        right += there
    left, right = _not_repeated(left, translated), _not_repeated(right, stated)
    if not is_strict:
        # 제3자 is a word: in most languages that for a third party says no number that is read.
        left, right = ([f for f in side if not _is_word(f)] for side in (left, right))
    return left, right


def _key(fact: Fact) -> Hashable:
    return fact.kind, fact.value


def _any_number(fact: Fact) -> Hashable:
    return fact.number or None


def _plain_number(fact: Fact) -> Hashable:
    return (fact.number or None) if fact.kind is ValueKind.NUMBER else None


def _bare_number(fact: Fact) -> Hashable:
    return (
        (fact.number or None)
        if fact.kind is ValueKind.NUMBER and fact.value == fact.number
        else None
    )


def _is_word(fact: Fact) -> bool:
    return fact.repeats and fact.kind is ValueKind.NUMBER


def _loose_number(fact: Fact) -> Hashable:
    return fact.number if fact.loose else None


def _cancel(
    left: list[Fact],
    right: list[Fact],
    left_key: Callable[[Fact], Hashable],
    right_key: Callable[[Fact], Hashable],
) -> None:
    """Take pairs with the same key away from both lists; what has the key None is in no pair."""
    if not left or not right:
        return
    waiting: dict[Hashable, list[Fact]] = {}
    for fact in reversed(right):
        waiting.setdefault(right_key(fact), []).append(fact)
    waiting.pop(None, None)
    kept, gone = [], set()
    for fact in left:
        if partners := waiting.get(left_key(fact)):
            gone.add(id(partners.pop()))
        else:
            kept.append(fact)
    left[:] = kept
    right[:] = [fact for fact in right if id(fact) not in gone]


def _cancel_alternatives(left: list[Fact], right: list[Fact]) -> None:
    """Take pairs away of which one may be the other as well: "quinze jours" are two weeks."""
    known = set(map(_key, right))

    def also(fact: Fact) -> Hashable:
        return next((key for key in fact.also if key in known), None)

    if any(fact.also for fact in left):
        _cancel(left, right, also, _key)


def _cancel_years(left: list[Fact], right: list[Fact]) -> None:
    """Take pairs away of an age, which is a mere number in one language, and years in the other: "under 14", "14 ans"."""
    _cancel(left, right, lambda fact: fact.number if fact.aged else None, _plain_number)


def _cancel_labels(left: list[Fact], right: list[Fact]) -> None:
    """Take pairs away of which one has a label that is not known in the other language: "paragraph 2", "Ziffer 2"."""
    named, others = (sum(f.kind is ValueKind.PROVISION for f in side) for side in (left, right))
    # Where labels were known on both sides, their numbers are to be the same.
    if named > others:
        _cancel(left, right, _labelled_number, _plain_number)
    elif others > named:
        _cancel(left, right, _plain_number, _labelled_number)


def _labelled_number(fact: Fact) -> Hashable:
    return fact.number or None if fact.kind is ValueKind.PROVISION else None


def _share_year(
    left: list[Fact], right: list[Fact], stated: list[Fact], translated: list[Fact]
) -> None:
    """Take away days that share a year: "1 May to 2 June 2024" is 2024년 5월 1일부터 6월 2일.

    The year of a day without one is that of another day on its side.
    """
    for short, full, others in ((left, right, stated), (right, left, translated)):
        years = {f.value[:4] for f in others if f.kind is ValueKind.DATE and f.value[:4].isdigit()}
        if years:
            _cancel(short, full, _day_alone, partial(_day_of, years=years))


def _day_alone(fact: Fact) -> Hashable:
    return fact.value if fact.kind is ValueKind.DATE and len(fact.value) == _NO_YEAR else None


def _day_of(fact: Fact, years: set[str]) -> Hashable:
    year, _, day = fact.value.partition("-")
    return day if fact.kind is ValueKind.DATE and len(day) == _NO_YEAR and year in years else None


def _not_repeated(facts: list[Fact], other: list[Fact]) -> list[Fact]:
    """Return *facts* without those that may be repeated, if *other* has them at all."""
    if not any(fact.repeats for fact in facts):
        return facts
    keys, numbers = set(map(_key, other)), set(map(_any_number, other)) - {None}
    return [f for f in facts if not (f.repeats and (_key(f) in keys or f.number in numbers))]

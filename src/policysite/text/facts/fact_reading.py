"""Reading facts from a sentence: numbers of provisions, dates, periods, addresses and all other numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from policysite.text.facts.contacts import (
    PHONE,
    address,
    address_pattern,
    email,
    email_pattern,
    phone,
)
from policysite.text.facts.fact import Fact, ValueKind
from policysite.text.facts.fact_patterns import FRACTIONS, rules
from policysite.text.facts.fact_rules import times
from policysite.text.facts.letters import LOOKALIKES, lower, plain
from policysite.text.facts.rewriting import rewritten
from policysite.text.facts.time_reading import read_date, read_month, read_periods, read_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policysite.text.facts.fact_rules import Rules


class _Reader(NamedTuple):
    """A pattern, and what reads the facts from its matches, in texts that have what it needs at all."""

    pattern: re.Pattern[str] | str
    read: Callable[[re.Match[str], Rules], Iterator[Fact]]
    needs: re.Pattern[str] | None = None
    lowered: bool = False


_DIGIT, _DIGITS, _AT, _DOT = map(re.compile, ("[0-9]", "[0-9]+", "@", r"\.[^\W\d]|:/"))
_JOINED = re.compile(r"[0-9][-. )]|\+[0-9]")
_CIRCLED = re.compile("[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]")
# Numerals that are not digits: ², ₂, ½, Ⅻ, ⑴, ⓪, ❷, 〇, ㈠.
_NUMERAL = re.compile(
    "[²³¹¼-¾⁰⁴-⁹₀-₉⅐-\u2188↉\u2474-\u249b\u24ea-\u24ff\u2776-\u2793〇\u3220-\u3229\u3280-\u3289\U0001f100-\U0001f10c]"
)
_RAISED = "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_FRACTION = re.compile(f"[{FRACTIONS}]")
_ITEM = re.compile(r"(\(?)([0-9]+)(?:-([0-9]+))?")
_NUMBERED = re.compile(r"(\(?)([0-9]+)(?:-([0-9]+))?(?:\.([0-9]{1,2})(?![0-9]))?")


def facts_of(text: str, language: str) -> list[Fact]:
    """Return the facts of *text* in its order; what one reader finds, no later one sees."""
    own = rules(language)
    rest, places = rewritten(plain(text), language)
    found: list[Fact] = []
    for reader in _readers(language):
        if reader.needs is None or reader.needs.search(rest):
            seen = lower(rest) if reader.lowered else rest
            matches = re.compile(reader.pattern).finditer(seen)
            facts = [fact for match in matches for fact in reader.read(match, own)]
            if facts:
                rest = _without(rest, facts)
                found += facts
    if places:
        found = [places.original(fact) for fact in found]
    if signs := {match.end(): match[0] for match in own.minus.finditer(text)}:
        found = [_signed(fact, signs.get(fact.start, "")) for fact in found]
    return sorted(found, key=lambda fact: fact.start)


@cache
def _readers(language: str) -> tuple[_Reader, ...]:
    own = rules(language)
    return (
        _Reader(email_pattern(), email, needs=_AT),
        _Reader(address_pattern(), address, needs=_DOT),
        *([_Reader(own.provisions, _provisions, lowered=True)] if own.provisions else ()),
        *(_Reader(pattern, _labelled(level), lowered=True) for level, pattern in own.labels),
        _Reader(_CIRCLED, _circled, needs=_CIRCLED),
        *(_Reader(pattern, read_date, needs=_DIGIT) for pattern in own.dates),
        *(_Reader(pattern, read_time, lowered=True) for pattern in own.times),
        *([_Reader(own.fractions, _fraction, lowered=True)] if own.fractions else ()),
        *(
            _Reader(pattern, read_periods, None if own.own is not None else _DIGIT, lowered=True)
            for pattern in own.periods
        ),
        _Reader(PHONE, phone, needs=_JOINED),
        *([_Reader(own.multiplied, _multiplied, needs=_DIGIT)] if own.multiplied else ()),
        _Reader(own.numbers, _number, needs=_DIGIT, lowered=True),
        _Reader(_NUMERAL, _numeral, needs=_NUMERAL),
        *([_Reader(own.words, _word, lowered=True)] if own.words else ()),
        *([_Reader(own.month_names, read_month)] if own.month_names else ()),
    )


def _without(text: str, facts: list[Fact]) -> str:
    """Return *text* with a character that means nothing in the place of *facts*."""
    parts: list[str] = []
    end = 0
    for fact in facts:
        if fact.start >= end:
            parts += (text[end : fact.start], "\0" * (fact.end - fact.start))
            end = fact.end
    return "".join((*parts, text[end:]))


def _signed(fact: Fact, sign: str) -> Fact:
    """Return *fact* with the minus, or the point, that is before its number."""
    if not sign or fact.parts or fact.kind not in {ValueKind.NUMBER, ValueKind.PERIOD}:
        return fact
    before = ("" if sign == "." else "-") + ("0." if sign.endswith(".") else "")
    return fact._replace(value=before + fact.value, number=before + fact.number)


def _provisions(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    groups = match.groupdict()
    word = groups["art"] or groups["para"]
    if bare := groups.get("bare"):
        fact = _provision(match, "art" if groups["art"] else "para", bare, groups["branch"] or "")
        # 30조 may be thirty trillion, too.
        yield fact._replace(number=times(bare, 10**12), loose=True) if groups["art"] else fact
        return
    items = _ITEM.findall(groups["items"])
    # "Article 9-2" is one that was inserted after Article 9, "Articles 9-12" are several.
    if (
        len(items) == 1
        and items[0][2]
        and not re.fullmatch("article|paragraph|arts?.|paras?.|§", word)
    ):
        items = [("", items[0][1], ""), ("", items[0][2], "")]
    for place, (bracket, number, second) in enumerate(items, start=1):
        branch = second or (groups.get("branch") if place == len(items) else "")
        level = "para" if groups["para"] or bracket else "art"
        fact = _provision(match, level, number, branch or "")
        # Whoever does not write 제147조 for "§ 147" leaves the sign, and thus a plain number.
        yield fact._replace(loose=True) if word.startswith("§") else fact


def _labelled(level: str) -> Callable[[re.Match[str], Rules], Iterator[Fact]]:
    """Return what reads the numbers of provisions of *level*; a number in brackets is a paragraph."""

    def read(match: re.Match[str], own: Rules) -> Iterator[Fact]:
        items = match["items"]
        if not _DIGIT.search(items):
            yield _provision(match, level, own.spelled(items))
            return
        bracketed = level if items.startswith("(") else "para"
        for bracket, number, branch, dotted in _NUMBERED.findall(items):
            inserted = branch or match.groupdict().get("branch") or ""
            yield _provision(match, bracketed if bracket else level, number, inserted)
            if dotted:
                yield _provision(match, "para", dotted)

    return read


def _provision(match: re.Match[str], level: str, number: str, branch: str = "") -> Fact:
    bare = number.lstrip("0") or "0"
    value = f"{level}-{bare}-{branch}" if branch else f"{level}-{bare}"
    return Fact(ValueKind.PROVISION, value, *match.span(), number="" if branch else bare)


def _circled(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    yield _provision(match, "para", str(int(unicodedata.numeric(match[0]))))


def _fraction(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    groups = match.groupdict()
    under = groups["joined"] or groups.get("several") or groups["whole"]
    for word in (groups["over"], under):
        number = own.spelled(word)
        optional = groups["over"] in {"a", "an", "one"} or not word.isascii()
        yield Fact(ValueKind.NUMBER, number, *match.span(), number, optional, spelled=True)


def _multiplied(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    value = own.scaled(match[0])
    yield Fact(ValueKind.NUMBER, value, *match.span(), value)


def _number(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    """Read a number with the letters that are joined to it: 30O is not 30, nor is 5MB 5GB."""
    groups, (start, end) = match.groupdict(), match.span()
    number = own.canonical(groups["n"])
    if scale := groups.get("scale"):
        number = times(number, own.scales[scale])
    tail, head = groups["tail"] or "", own.head.search(match.string, max(start - 3, 0), start)
    seeming = all(letter in f"{LOOKALIKES}{own.zeros}" or not letter.isalpha() for letter in tail)
    if not (seeming or own.strict):
        tail, end = "", match.end("n")
    value = number + ("‰" if groups["mille"] else own.measures.get(groups["measure"] or "", tail))
    if head:
        value, start = head[0] + value, head.start()
    ordinal = own.ordinals_after.match(match.string, end) if own.ordinals_after else None
    third = own.words_with_number and own.words_with_number.match(match.string, start)
    yield Fact(
        ValueKind.NUMBER,
        value,
        start,
        ordinal.end() if ordinal else end,
        value if seeming and (tail or head or groups["mille"]) else number,
        loose=bool(ordinal),
        repeats=bool(third),
    )


def _numeral(match: re.Match[str], _: Rules) -> Iterator[Fact]:
    """Read a numeral that is not a digit; beside a number it is part of it, alone it may be a mere mark."""
    text, (start, end) = match.string, match.span()
    if _FRACTION.match(match[0]):
        for number in _DIGITS.findall(unicodedata.normalize("NFKC", match[0])):
            yield Fact(ValueKind.NUMBER, number, start, end, number)
        return
    number = str(int(unicodedata.numeric(match[0], 0)))
    before, after = text[start - 1 : start], text[end : end + 1]
    joined = "\0" in {before, after} or (match[0] in _RAISED and not before.isalpha())
    value = match[0] if joined else number
    yield Fact(ValueKind.NUMBER, value, start, end, value, optional=not joined)


def _word(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    groups = match.groupdict()
    word = groups.get("word")
    number = own.spelled(word or groups.get("ordinal") or match[0])
    counts = bool(word) and number != "1" and not groups.get("ordinal")
    yield Fact(
        ValueKind.NUMBER, number, *match.span(), number, optional=True, spelled=True, counts=counts
    )

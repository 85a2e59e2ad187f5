"""What is written in a way of its own becomes what all patterns know: years of an era, numerals of Han, marks over letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from policysite.languages.language_files import script_of
from policysite.languages.unseen_characters import allowed_characters
from policysite.text.facts.fact import ValueKind
from policysite.text.facts.language_facts import any_of, own_facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from policysite.text.facts.fact import Fact
    from policysite.text.facts.language_facts import Own


@dataclass(frozen=True)
class Places:
    """Where each character of a rewritten text comes from, and where its last one ends."""

    starts: tuple[int, ...]
    end: int
    spelled: frozenset[int]

    def original(self, fact: Fact) -> Fact:
        """Return *fact* with its place in the text as it was written; one that was "one" in words may be a mere word."""
        start = self.starts[fact.start] if fact.start < len(self.starts) else self.end
        end = self.starts[fact.end] if fact.end < len(self.starts) else self.end
        spelled = not self.spelled.isdisjoint(range(fact.start, fact.end))
        return fact._replace(
            start=start,
            end=end,
            spelled=fact.spelled or spelled,
            optional=fact.optional
            or (spelled and (fact.number == "1" or fact.kind is ValueKind.NUMBER)),
        )


@dataclass(frozen=True)
class _Rule:
    """A pattern, what its matches become, and whether they were numbers in words."""

    pattern: re.Pattern[str]
    becomes: Callable[[re.Match[str]], str]
    spelled: bool = False


def rewritten(text: str, language: str) -> tuple[str, Places | None]:
    """Return *text* as patterns expect it, and the places of its characters; None if nothing was changed."""
    if text.isascii():
        return text, None
    written = _Written(text, list(range(len(text))), [False] * len(text))
    for rule in _rules(language):
        written = _applied(rule, written)
    if written.text == text:
        return text, None
    numbers = frozenset(place for place, is_number in enumerate(written.spelled) if is_number)
    return written.text, Places(tuple(written.starts), len(text), numbers)


class _Written(NamedTuple):
    """A text, where each of its characters comes from, and whether it stands for a number in words."""

    text: str
    starts: list[int]
    spelled: list[bool]


def _applied(rule: _Rule, written: _Written) -> _Written:
    """Return *written* with the matches of *rule* in their new form."""
    parts: list[str] = []
    starts: list[int] = []
    spelled: list[bool] = []
    end = 0
    for match in rule.pattern.finditer(written.text):
        start, new = match.start(), rule.becomes(match)
        parts += (written.text[end:start], new)
        starts += (*written.starts[end:start], *([written.starts[start]] * len(new)))
        spelled += (*written.spelled[end:start], *([rule.spelled] * len(new)))
        end = match.end()
    if not parts:
        return written
    return _Written(
        "".join((*parts, written.text[end:])),
        starts + written.starts[end:],
        spelled + written.spelled[end:],
    )


@cache
def _rules(language: str) -> tuple[_Rule, ...]:
    own, found = own_facts(language), []
    dropped = allowed_characters(language).replace("\n", "").replace("\t", "")
    dropped += script_of(language).get("points", "")
    if dropped:
        found.append(_Rule(re.compile(f"[{dropped}]+"), _constant("")))
    if own is None:
        return tuple(found)
    for written, plainly in own.data.get("letters", {}).items():
        found.append(_Rule(re.compile(f"[{written}]"), _constant(plainly)))
    if own.data.get("han"):
        found += _numerals(own)
    if eras := own.data.get("eras"):
        found.append(_era(eras, own.pattern("era_number") or "[0-9]{1,4}", own))
    return tuple(found)


def _constant(new: str) -> Callable[[re.Match[str]], str]:
    return lambda _: new


def _numerals(own: Own) -> list[_Rule]:
    """Return the rules for numerals that are written like words: in labels, before units, as parts of a hundred."""
    numeral = f"(?:{any_of([*own.numerals, *own.scales])})"
    run = f"{numeral}{{1,12}}"

    def digits(match: re.Match[str]) -> str:
        return match[0].replace(match["n"], str(value(match["n"], own)))

    rules = [
        _Rule(re.compile(place.replace("RUN", f"(?P<n>{run})")), digits, spelled=True)
        for place in own.patterns("han")
    ]
    percent = own.pattern("percent_before")
    if percent:
        rules.insert(
            0,
            _Rule(
                re.compile(f"{percent}(?P<n>{run}|[0-9]+(?:\\.[0-9]+)?)"),
                lambda match: (
                    f"{match['n'] if match['n'][0].isascii() else value(match['n'], own)}%"
                ),
                spelled=True,
            ),
        )
    return rules


def value(written: str, own: Own) -> int:
    """Return the number that a run of numerals is: 二〇三五 by its places, 二十五 by its scales."""
    numerals = re.findall(any_of([*own.numerals, *own.scales]), written)
    if len(numerals) > 1 and not any(numeral in own.scales for numeral in numerals):
        return int("".join(str(own.numerals[numeral]) for numeral in numerals))
    total = section = part = 0
    for numeral in numerals:
        scale = own.scales.get(numeral, 1)
        if scale >= 10_000:
            total, section, part = total + max(section + part, 1) * scale, 0, 0
        elif scale > 1:
            section, part = section + max(part, 1) * scale, 0
        else:
            part = part * 10 + own.numerals[numeral]
    return total + section + part


def _era(eras: dict[str, int], number: str, own: Own) -> _Rule:
    """Return the rule for years of an era: what is before its first year is added."""
    first = own.data.get("era_first", "")

    def year(match: re.Match[str]) -> str:
        counted = 1 if match["n"] == first else int(match["n"])
        return str(counted + eras[match["era"]])

    either = f"{number}|{first}" if first else number
    return _Rule(re.compile(rf"(?P<era>{any_of(eras)})\s?(?P<n>{either})(?![0-9])"), year)

"""What the file of a language says of numbers, dates, periods and provisions, as patterns for a text made plain.

A file has whole patterns (``provisions``, ``dates``, ``periods``, ``times``, ``words``), or only words, of which
``pattern_building`` makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from policysite.languages.language_files import expanded, has_file, table
from policysite.text.facts.letters import NO_DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

YEAR = "(?:1[89]|2[01])[0-9]{2}"
DAY = "(?P<d>[0-9]{1,2})"
_BASE = {"YEAR": YEAR, "DAY": DAY, "NO_DIGIT": NO_DIGIT}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of *words*, the longest that fits."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


@dataclass(frozen=True)
class Own:
    """The table ``facts`` of a language's file.

    ``numerals`` are its number words, ``ordinals`` those that say which one, ``scales`` those that multiply; ``units`` are the words, or
    patterns, of each unit, ``fixed`` whole periods with their length and unit.
    """

    data: Mapping[str, Any]
    numerals: Mapping[str, int]
    ordinals: Mapping[str, int]
    scales: Mapping[str, int]
    units: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, tuple[tuple[int, ...], str]]

    @property
    def complete(self) -> bool:
        """Whether periods and provisions are known, so that what is not found is not there."""
        return bool(self.units and self.data.get("provisions"))

    @property
    def strict(self) -> bool:
        """Whether its patterns find every number with all that belongs to it, so that nothing has to be guessed."""
        return bool(self.data.get("strict"))

    def pattern(self, name: str) -> str:
        """Return the pattern *name* of the file, in full; empty if it has none."""
        return self.full(self.data.get(name, ""))

    def patterns(self, name: str) -> tuple[str, ...]:
        """Return the patterns of the list *name*, in full."""
        return tuple(map(self.full, self.data.get(name, ())))

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of the list *name*."""
        return tuple(self.data.get(name, ()))

    def full(self, pattern: str) -> str:
        """Return *pattern* with what the names in braces stand for: parts of the file, or all words of a group."""
        return expanded(pattern, self._part)

    def _part(self, name: str) -> str:
        if name in _BASE:
            return _BASE[name]
        for key in (name, name.lower()):
            if isinstance(found := self.data.get(key), str):
                return found
        group = {
            "SCALES": self.scales,
            "FIXED": self.fixed,
            "UNITS": [word for words in self.units.values() for word in words],
            **{key.upper(): words for key, words in self.data.get("numerals", {}).items()},
        }
        return any_of(group[name])


@cache
def own_facts(language: str) -> Own | None:
    """Return what the file of *language* says of facts; None without one, or if it says nothing."""
    data = table(language, "facts") if has_file(language) else {}
    if not data:
        return None
    letters = data.get("letters", {})
    known = {
        key: found if key == "letters" else folded(found, letters) for key, found in data.items()
    }
    return Own(
        known,
        _numbers(known.get("numerals", {})),
        _numbers(known.get("ordinals", {})),
        known.get("scales", {}),
        {unit: tuple(words) for unit, words in known.get("units", {}).items()},
        {words: _length(length) for words, length in known.get("fixed", {}).items()},
    )


def folded(value: Any, letters: Mapping[str, str]) -> Any:
    """Return *value*, words or tables of them, with the letters that all texts are read with."""
    if isinstance(value, str):
        for written, plainly in letters.items():
            if len(plainly) == 1 and plainly.isalpha():
                value = value.translate(dict.fromkeys(map(ord, written), plainly))
        return value
    if isinstance(value, list):
        return list(dict.fromkeys(folded(inner, letters) for inner in value))
    if isinstance(value, dict):
        return {folded(key, letters): folded(inner, letters) for key, inner in value.items()}
    return value


def _length(written: str) -> tuple[tuple[int, ...], str]:
    """Return the lengths and the unit that "15 day or 14" names."""
    length, unit = written.split(" ", 1)
    unit, _, other = unit.partition(" or ")
    return (int(length), *([int(other)] if other else [])), unit


def _numbers(data: Mapping[str, Any]) -> dict[str, int]:
    """Return number words: they stand in groups, each with its number, or as lists by number."""
    numbers: dict[str, int] = {}
    for key, value in data.items():
        if isinstance(value, list):
            numbers |= dict.fromkeys(value, int(key))
        elif isinstance(value, int):
            numbers[key] = value
        else:
            numbers |= value
    return numbers

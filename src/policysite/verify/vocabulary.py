"""Whether words around a text are those of this software: its messages, with numbers, days, names and labels in their places.

Without a catalog for the language of a page, words can only be compared with each other: those in one place must be the
same on every page. That proves little, and the report says so.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.model import version_numbers
from policysite.verify.edition_checks import kinds_in_words
from policysite.verify.template_words import beginning_of, pattern_of, words_for, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMBER = version_numbers.PATTERN
_BETWEEN = " ·–—:,;.()✕⇄→…|"
"""What may be between messages and values."""
_LONGEST = 2000
_SHORTEST_MASKED = 3
_MASK = "□"
_NEVER = r"(?!)"


@dataclass(frozen=True)
class Values:
    """What may be in the places of messages on a page.

    ``days`` are days in words, ``labels`` what provisions are called, ``names`` those of the site, its publisher, its policies
    and languages, ``versions`` those of versions that are no numbers.
    """

    days: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()


class Vocabulary:
    """The words of the pages in one *language* (a tag), with *values*.

    *has_own*: the site says some of them otherwise than this software, so they are not known.
    """

    def __init__(self, language: str, values: Values, *, has_own: bool = False) -> None:
        self.language = language
        self.values = values
        self.is_known = words_in(language) is not None and not has_own
        number = rf"(?:{_one_of(values.versions)}|{_NUMBER})" if values.versions else _NUMBER
        places = {
            "number": number,
            "count": r"\d{1,9}",
            "day": _one_of(values.days),
            "label": _one_of(values.labels),
            "kind": _one_of(kinds_in_words(language)),
            "name": _one_of(values.names),
        }
        self._places = places
        self._messages: dict[tuple[str, ...], dict[str, list[tuple[str, str]]]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._values = [
            _compiled(pattern)
            for pattern in (rf"v?{number}", places["day"], places["label"], places["name"])
        ]
        # A mark like 1. would mask a part of a number.
        labels = _one_of(label for label in values.labels if len(label) >= _SHORTEST_MASKED)
        self._masks = re.compile(
            "|".join((places["day"], rf"(?<![\w.]){number}(?![\d.]*\d)", labels, places["name"]))
        )

    def says(self, words: str, *templates: str) -> bool:
        """Whether *words* are nothing but messages of the templates, or of those with these names, and values."""
        return self._says(" ".join(words.split()), templates)

    def _patterns(
        self, templates: tuple[str, ...], words: str, place: int
    ) -> Iterator[re.Pattern[str]]:
        """Yield the patterns of the messages that begin as *words* do at *place*, up to the first value."""
        if templates not in self._messages:
            by_first = self._messages[templates] = defaultdict(list)
            for message in words_for(self.language, *templates):
                beginning = beginning_of(message)
                by_first[beginning[:1]].append((beginning, message))
        known = self._messages[templates]
        for beginning, message in (*known.get(words[place], ()), *known.get("", ())):
            if not words.startswith(beginning, place):
                continue
            if message not in self._compiled:
                self._compiled[message] = _compiled(pattern_of(message, self._places))
            yield self._compiled[message]

    @functools.lru_cache(4096)  # noqa: B019 - it lives as long as the check of one language
    def _says(self, words: str, templates: tuple[str, ...]) -> bool:
        if len(words) > _LONGEST:
            return False
        open_places, seen = [0], set()
        while open_places:
            place = open_places.pop()
            if place == len(words):
                return True
            if place in seen:
                continue
            seen.add(place)
            if words[place] in _BETWEEN:
                open_places.append(place + 1)
            for pattern in (*self._patterns(templates, words, place), *self._values):
                match = pattern.match(words, place)
                if match and match.end() > place and not _is_inside_word(words, match.end()):
                    open_places.append(match.end())
        return False

    def masked(self, words: str) -> str:
        """Return *words* with a mark in the place of every value."""
        return self._masks.sub(_MASK, " ".join(words.split()))


def _is_inside_word(words: str, place: int) -> bool:
    return place < len(words) and words[place - 1].isalnum() and words[place].isalnum()


# A vocabulary is made anew with every name that shows, and most of its patterns stay the same.
@functools.lru_cache(4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _one_of(values: Iterable[str]) -> str:
    """Return the pattern for one of *values*, the longest that fits."""
    ordered = sorted(filter(None, values), key=lambda value: (-len(value), value))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else _NEVER


@dataclass
class SeenWords:
    """Which words were in which place on which pages, where the right ones are unknown."""

    _seen: dict[tuple[str, str], dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    _strict: set[str] = field(default_factory=set)

    def note(self, language: str, place: str, words: str, path: str, *, is_one: bool) -> None:
        """Remember that *words*, without values, were in *place* on the page *path*.

        *is_one*: the words of that place are the same on all pages. Else they are if they have no values.
        """
        self._seen[language, place][words].append(path)
        if is_one:
            self._strict.add(place)

    def languages(self) -> list[str]:
        """Return the languages of which anything was remembered."""
        return sorted({language for language, _ in self._seen})

    def differing(self) -> Iterator[tuple[str, str, str]]:
        """Yield page, words and other words of the same place: those that are rarer, or both if they are not."""
        for (_, place), words in self._seen.items():
            if len(words) == 1 or (
                place not in self._strict and any(_MASK in one for one in words)
            ):
                continue
            most = max(map(len, words.values()))
            common = [one for one, paths in words.items() if len(paths) == most]
            for one, paths in words.items():
                if one not in common or len(common) > 1:
                    other = next(another for another in words if another != one)
                    for path in dict.fromkeys(paths):
                        yield path, one, other

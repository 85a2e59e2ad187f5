"""Rules for what a sentence says, other than by its numbers: limits, duties, parties, order, negation, sentences, names.

Each finds only what leaves no doubt in both languages, which their files say in words; a language without them is not checked.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from policysite.base.problems import quoted
from policysite.languages.language_files import locale_of, script, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What excludes each other: one in the place of another is another meaning.
_EXCLUSIVE = (
    ("under", "over", "at_most", "at_least"),
    ("may", "must"),
    ("before", "after"),
    ("all", "some"),
    ("provider_acts", "user_acts"),
    ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly", "every_several_years"),
)
# What a translation may neither add nor lose: it is hardly said in other words.
_EXACT = ("half",)
_SHOWN = {
    "under": "less than",
    "over": "more than",
    "provider_acts": "the company acts",
    "user_acts": "the user acts",
    "half_yearly": "twice a year",
}
_POSSIBLE_ENDS = re.compile(
    r"[.!?؟:][”\"’)»]*(?=\s|$)|[。！？;；؛：]|(?<![.!?؟:。！？;；؛：”\"’)»])$"
)
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9_@./-])[A-Z][A-Za-z]{2,}(?![A-Za-z0-9_@/-]|\.[a-z])")
_REGION = re.compile("[A-Z]{2}")


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    patterns = table(language, "meaning").items()
    return {name: re.compile(pattern) for name, pattern in patterns if isinstance(pattern, str)}


def changed_words(
    source: str, translation: str, languages: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield what the source says, and what the translation says in its place: limit, duty, order, party, frequency, share.

    One of the two is empty where a share is on one side only.
    """
    changed = []
    for left, right in _aligned(source, translation, languages):
        for group in _EXCLUSIVE:
            said, found = _said(group, left, right, languages)
            if said and found and not said & found:
                changed.append((said, found))
    said, found = _said(_EXACT, source, translation, languages)
    if said != found:
        changed.append((said - found, found - said))
    yield from dict.fromkeys((_shown(lost), _shown(added)) for lost, added in changed)


def _said(
    group: tuple[str, ...], source: str, translation: str, languages: tuple[str, str]
) -> tuple[set[str], set[str]]:
    """Return what of *group* the source says, and what the translation, as far as both languages know it."""
    here, there = map(_patterns, languages)
    left, right = source.lower(), translation.lower()
    names = [name for name in group if name in here and name in there]
    return (
        {name for name in names if here[name].search(left)},
        {name for name in names if there[name].search(right)},
    )


def _shown(names: set[str]) -> str:
    name = min(names, default="")
    return _SHOWN.get(name, name.replace("_", " "))


def _aligned(source: str, translation: str, languages: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the sentences that belong together, if there are as many on both sides; else the texts as they are."""
    here, there = (
        sentences(text, lang) for text, lang in zip((source, translation), languages, strict=True)
    )
    return (
        list(zip(here, there, strict=True)) if len(here) == len(there) else [(source, translation)]
    )


def changed_negation(source: str, translation: str, languages: tuple[str, str]) -> str:
    """Return "lost" or "added" where one side negates more often than the other may, else an empty string."""
    here, there = map(_patterns, languages)
    if "negation" not in here or "negation" not in there:
        return ""
    left, right = source.lower(), translation.lower()
    if _count(here["negation"], left) > _count(there["negative"], right):
        return "lost"
    return "added" if _count(there["negation"], right) > _count(here["negative"], left) else ""


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def sentences(text: str, language: str) -> list[str]:
    """Return the sentences of *text*, as far as their ends are sure; one if nothing is known of the language."""
    pattern = _patterns(language).get("sentence")
    if pattern is None:
        return [text]
    ends = [0, *(match.end() for match in pattern.finditer(text)), len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(ends)]
    return [part for part in parts if part]


def changed_sentences(source: str, translation: str, languages: tuple[str, str]) -> str:
    """Return what happened to the sentences: "repeated", "dropped" or "added"; else an empty string."""
    if any("sentence" not in _patterns(language) for language in languages):
        return ""
    here, there = (
        sentences(text, lang) for text, lang in zip((source, translation), languages, strict=True)
    )
    if len(set(there)) < len(there) and len(set(here)) == len(here):
        return "repeated"
    # After a number it is not sure that a full stop ends a sentence, nor is it of a colon or a semicolon.
    if max(_possible(translation, languages[1]), len(there)) < len(here):
        return "dropped"
    return "added" if max(_possible(source, languages[0]), len(here)) < len(there) else ""


def _possible(text: str, language: str) -> int:
    """Return how many sentences *text* may be said in, where a pause of *language* may stand for an end."""
    pause = _patterns(language).get("pause")
    return _count(_POSSIBLE_ENDS, text.strip()) + (_count(pause, text) if pause else 0)


def added_names(source: str, translation: str, language: str) -> list[str]:
    """Return words in Latin letters that only the translation has, in a language of another script."""
    if script(language) == "Latn":
        return []
    known = source.casefold()
    names = dict.fromkeys(_LATIN_NAME.findall(translation))
    return [name for name in names if name.casefold() not in known]


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = locale_of(language).territories
    found = [(str(name), code) for code, name in names.items() if _REGION.fullmatch(code)]
    found += table(language, "meaning").get("countries", {}).items()
    return tuple(sorted(found, key=lambda country: -len(country[0])))


def changed_countries(
    source: str, translation: str, languages: tuple[str, str]
) -> tuple[list[str], list[str]]:
    """Return the countries that only the source names, and those that only the translation does; both, or none."""
    sides = [
        _named(text, lang) for text, lang in zip((source, translation), languages, strict=True)
    ]
    lost, added = sides[0] - sides[1], sides[1] - sides[0]
    return (sorted(lost), sorted(added)) if lost and added else ([], [])


def _named(text: str, language: str) -> set[str]:
    found = set()
    for name, code in _countries(language):
        if name in text:
            found.add(code)
            text = text.replace(name, " ")
    return found


def shown(codes: list[str], language: str) -> str:
    """Return the names of countries in *language*."""
    return quoted(str(locale_of(language).territories[code]) for code in codes)

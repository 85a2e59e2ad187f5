"""Sets of requirements: what a law asks a policy to say, with its source and the day on which the set was written.

Those of the package are in ``sets/``; a site brings its own beside the policy, as ``docs/<policy>/requirements-<name>.toml``.
They are lists to go by, and no legal advice.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import TEMPLATE_LANGUAGE, is_known
from policysite.languages.unseen_characters import hidden_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = Path(__file__).parent / "sets"
_FIELDS = {"language": str, "source": str, "day": dt.date, "title": dict, "requirements": dict}


class SetError(ValueError):
    """A set that has another form than expected; ``faults`` are lines, 0 where none can be named, with what is wrong there."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("; ".join(words for _, words in self.faults))


@dataclass(frozen=True)
class Requirement:
    """One thing that a policy is asked to say: ``citation`` as the law is cited, ``names`` of it by language."""

    id: str
    citation: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class RequirementSet:
    """What one law asks: ``titles`` by language; ``language`` is that of the citations and of ``source``, the law as it was on ``day``."""

    name: str
    language: str
    titles: Mapping[str, str]
    source: str
    day: dt.date
    requirements: Mapping[str, Requirement]


def in_language(words: Mapping[str, str], language: str) -> tuple[str, str]:
    """Return *words* in *language*, else in the first one that they are stated in; and in which language these are."""
    found = language if language in words else next(iter(words))
    return words[found], found


@cache
def packaged_sets() -> Mapping[str, RequirementSet]:
    """Return the sets of the package by name."""
    files = sorted(FOLDER.glob("*.toml"))
    return {file.stem: read_set(file.stem, file.read_text(encoding="utf-8")) for file in files}


def read_set(name: str, text: str) -> RequirementSet:
    """Return the set that *text* states in TOML.

    :raises SetError: with all that is wrong: if it is not TOML, a field is missing or has another form, or words cannot be printed.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", f"{error}")
        raise SetError([(int(line[1]) if line else 0, f"The file is not TOML: {error}")]) from error
    lines = text.splitlines()
    faults = [(_line(lines, key), words) for key, words in _faults(found)]
    if faults:
        raise SetError(faults)
    requirements = {
        key: Requirement(key, entry["citation"], _names(entry))
        for key, entry in found["requirements"].items()
    }
    language, source, day = found["language"], found["source"], found["day"]
    return RequirementSet(name, language, found["title"], source, day, requirements)


def _names(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {language: words for language, words in entry.items() if language != "citation"}


def _line(lines: Sequence[str], key: str) -> int:
    """Return the first of *lines* on which *key* is given a value, or names a table; 0 if none does."""
    name = re.escape(key)
    given = re.compile(rf"""\s*(["']?{name}["']?\s*=|\[(.*\.\s*)?["']?{name}["']?\s*\])""")
    return next((n for n, line in enumerate(lines, start=1) if given.match(line)), 0)


def _faults(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a set, each with the key where it is."""
    for name, kind in _FIELDS.items():
        if not isinstance(found.get(name), kind) or not found[name]:
            words = {str: "words", dict: "a table", dt.date: "a day such as 2026-12-01"}[kind]
            yield name, f"Found {found.get(name, 'nothing')!r:.80} as {name!r}; expected {words}"
    for name in sorted(set(found) - set(_FIELDS)):
        yield name, f"Found the field {name!r}; expected {', '.join(_FIELDS)}"
    language = found.get("language")
    if not isinstance(language, str):
        return
    if not is_known(language):
        yield "language", f"Found the language {language!r:.80}; expected a code like 'en' or 'ko'"
        language = TEMPLATE_LANGUAGE
    yield from _hidden("source", found.get("source"), language)
    if isinstance(title := found.get("title"), dict):
        yield from _word_faults("title", title)
    if isinstance(requirements := found.get("requirements"), dict):
        for key, entry in requirements.items():
            yield from _requirement_faults(key, entry, language)


def _requirement_faults(key: str, entry: object, language: str) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict) or not isinstance(entry.get("citation"), str):
        yield (
            key,
            f"The requirement {key!r} has no 'citation'; expected how the law is cited",
        )
        return
    yield from _hidden(key, entry["citation"], language)
    yield from _word_faults(key, _names(entry))


def _word_faults(key: str, words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not words or not all(isinstance(value, str) and value for value in words.values()):
        yield key, f"{key!r} has no name; expected its words by language: en = '…'"
    for language, value in words.items():
        if is_known(language):
            yield from _hidden(key, value, language)
        else:
            yield key, f"{key!r} has words in {language!r}; expected a code like 'en' or 'ko'"


def _hidden(key: str, value: object, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and (found := hidden_characters(value, language)):
        yield key, f"{key!r} has {found[0]!r}, an invisible or bidirectional-control character"

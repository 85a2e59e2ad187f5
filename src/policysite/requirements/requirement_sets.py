"""Sets of requirements: what a law asks a policy to say, with its source and the day on which the set was written.

Those of the package are in ``sets/``; a site brings its own beside the policy, as ``docs/<policy>/requirements-<name>.toml``.
They are lists to go by, and no legal advice.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "sets"
_FIELDS = {"language": str, "source": str, "day": dt.date, "title": dict, "requirements": dict}


class SetError(ValueError):
    """A set that has another form than expected; it says why."""


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

    :raises SetError: if it is not TOML, or a field is missing or has another form.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"The file is not TOML: {error}"
        raise SetError(message) from error
    _check_form(found)
    requirements = {
        key: Requirement(key, entry["citation"], _words(entry, key, leave_out="citation"))
        for key, entry in found["requirements"].items()
    }
    titles = _words(found["title"], "title")
    return RequirementSet(
        name, found["language"], titles, found["source"], found["day"], requirements
    )


def _check_form(found: Mapping[str, Any]) -> None:
    for name, kind in _FIELDS.items():
        if not isinstance(found.get(name), kind) or not found[name]:
            words = {str: "words", dict: "a table", dt.date: "a day such as 2026-12-01"}[kind]
            message = f"Found {found.get(name, 'nothing')!r} as {name!r}; expected {words}"
            raise SetError(message)
    if unknown := sorted(set(found) - set(_FIELDS)):
        message = f"Found the field {unknown[0]!r}; expected {', '.join(_FIELDS)}"
        raise SetError(message)
    for key, entry in found["requirements"].items():
        if not isinstance(entry, dict) or not isinstance(entry.get("citation"), str):
            message = f"The requirement {key!r} has no 'citation'; expected how the law is cited"
            raise SetError(message)


def _words(entry: Mapping[str, Any], key: str, leave_out: str = "") -> dict[str, str]:
    words = {name: value for name, value in entry.items() if name != leave_out}
    if words and all(isinstance(value, str) and value for value in words.values()):
        return words
    message = f"{key!r} has no name; expected its words by language: en = '…'"
    raise SetError(message)

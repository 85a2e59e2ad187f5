"""The words that this software prints around a text, by language: those of its own templates, and its translations of them.

A site may have other words, in a catalog of its own; those are not known here, and its list of versions says in which languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.languages.language_data import is_known
from policysite.locale import interface_words

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERS = {"number", "other", "old", "new", "versions"}
_COUNTS = {"count", "percent", "size"}
_KINDS = {"kind"}
_DAYS = {"before", "day", "start", "last"}
_LABELS = {"article", "place", "provision"}


def messages(*templates: str) -> tuple[str, ...]:
    """Return the messages of all templates, or of those with these names, in the language of the templates."""
    found = (form for one in interface_words.messages_of(*templates) for form in one.forms)
    return tuple(dict.fromkeys(found))


def words_in(language: str, *templates: str) -> tuple[str, ...] | None:
    """Return what these messages are in *language*, in all of their forms; None if this software does not speak it."""
    if not is_known(language) or not interface_words.speaks(language):
        return None
    said = interface_words.shipped(language)
    found = (form for one in interface_words.messages_of(*templates) for form in said[one])
    return tuple(dict.fromkeys(found))


def words_for(language: str, *templates: str) -> tuple[str, ...]:
    """Return what these messages are on pages in *language*: what this software does not say in it, it says as the templates do."""
    return words_in(language, *templates) or messages(*templates)


def pattern_of(words: str, values: Mapping[str, str]) -> str:
    """Return the regular expression for *words*, whose places may hold what *values* has a pattern for.

    *values* has ``number``, ``count``, ``day``, ``label``, ``kind`` and ``name``. A place may stay open too, as ``{day}``: a script fills it.
    """
    parts, end = [], 0
    for match in interface_words.PLACE.finditer(words):
        parts.append(_literal(words[end : match.start()]))
        parts.append(f"(?:{values[_kind(match[1] or match[2])]}|\\{{\\w+\\}})")
        end = match.end()
    return "".join([*parts, _literal(words[end:])])


def beginning_of(words: str) -> str:
    """Return what *words* begin with on a page, up to the first place, with single spaces."""
    place = interface_words.PLACE.search(words)
    return re.sub(r"\s+", " ", words[: place.start() if place else None].replace("%%", "%"))


def _kind(place: str) -> str:
    for kind, places in (
        ("number", _NUMBERS),
        ("count", _COUNTS),
        ("day", _DAYS),
        ("label", _LABELS),
        ("kind", _KINDS),
    ):
        if place in places:
            return kind
    return "name"


def _literal(text: str) -> str:
    """Return the pattern of *text*, in which any white space is one space."""
    return r"\s+".join(map(re.escape, re.split(r"\s+", text.replace("%%", "%"))))

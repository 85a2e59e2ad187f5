"""Words of the interface in the language of the templates, on a page whose language says them otherwise.

What a language says as the templates do (a "Version 3.0" in German) is no sign of anything: what is printed is known by its
message, and is looked for only where the catalogs have another text for that.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from policysite.locale.interface_words import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policysite.locale.interface_words import Words

_PLACE = re.compile(r"%\((\w+)\)s")
_SENTENCES = re.compile(r"(?<=[.]) ")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBERS = {"count", "new", "number", "old", "other", "percent", "versions"}
# A script fills in what is in braces.
_NUMBER, _NAME = r"(?:[0-9][0-9., ]*|\{\w+\})", ".{1,120}?"


class UntranslatedWords:
    """Looks for messages of the templates that *words* say otherwise."""

    def __init__(self, words: Words) -> None:
        said = words.said
        foreign = {
            sentence
            for message in messages()
            if message in said
            for form in message.forms
            if form not in said[message]
            for sentence in _sentences(form)
        }
        own = {s for forms in said.values() for form in forms for s in _sentences(form)}
        self._foreign, self._own = _one_of(foreign), _one_of(own)
        self.has = lru_cache(100_000)(self._has)

    def _has(self, words: str) -> bool:
        """Whether one of the sentences in *words*, with white space folded, is one of a message of the templates."""
        return any(
            self._foreign.fullmatch(sentence) and not self._own.fullmatch(sentence)
            for sentence in _SENTENCES.split(words)
        )


def _one_of(sentences: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, sorted(sentences))) or "(?!)")


def _sentences(form: str) -> Iterator[str]:
    """Yield the sentences of a message that have words of their own."""
    for sentence in _SENTENCES.split(" ".join(form.split()).replace("%%", "%")):
        if _WORD.search(_PLACE.sub("", sentence)):
            yield sentence


def _pattern(sentence: str) -> str:
    parts, end = [], 0
    for place in _PLACE.finditer(sentence):
        parts += [re.escape(sentence[end : place.start()])]
        parts += [_NUMBER if place[1] in _NUMBERS else _NAME]
        end = place.end()
    return "".join([*parts, re.escape(sentence[end:])])

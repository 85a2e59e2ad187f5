"""The letters of a translation: invisible characters, what was left untranslated, marks that it begins with."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import get_month_names

from policysite.languages.language_data import TEMPLATE_LANGUAGE
from policysite.languages.language_files import locale_of, script, scripts
from policysite.languages.marks import letter_mark
from policysite.languages.unseen_characters import (
    allowed_characters,
    has_marks,
    is_hidden,
    without_joined_pictures,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEADING_MARK = re.compile(
    r"\s*([0-9]{1,3}[.)](?=\s)|\([0-9]{1,3}\)|[a-zA-Z][.)](?=\s)"
    r"|[Ⅰ-ⅿ]+[.)]?(?=\s)|[-–•●○■□▪◦](?=\s)|§(?!§?\s?[0-9])"
    # Numbers and letters in circles and brackets.
    r"|[\u2460-\u24ff\u2776-\u2793\u3200-\u32ff])"
)
_WIDE_SPACES = re.compile("[\u1680\u2000-\u200a\u205f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_WORDS = re.compile(
    r"\{\w+\}|%\(\w+\)s|(?<!\S)[^\s@]+@\S+|https?://\S+|(?<![\w.-])(?:[\w-]+\.)+[a-zA-Z]{2,}(?:/\S*)?",
    re.ASCII,
)
_RUN = 4
"""So many words of the source in a row are no longer a name."""


def unseen_characters(text: str, language: str) -> list[str]:
    """Return the characters of *text* that a reader does not see as what they are, as ``U+202E``.

    That is: invisible ones, those that turn the direction of the text, marks that strike letters out, spaces of other
    widths, and letters of scripts of which some are taken for Latin ones. What the language needs it may have.
    """
    if text.isascii() and text.isprintable():
        return []
    allowed = _allowed(language)
    return [
        f"U+{ord(character):04X}"
        for character in without_joined_pictures(text)
        if not (character.isascii() and character.isprintable())
        if character not in allowed.characters and _is_unseen(character, allowed)
    ]


class _Allowed(NamedTuple):
    """What a language may have: characters, marks over letters, and the script it is written in."""

    characters: str
    marks: bool
    script: str


@cache
def _allowed(language: str) -> _Allowed:
    return _Allowed(allowed_characters(language), has_marks(language), script(language))


@cache
def _look_alike() -> dict[str, str]:
    """Return the scripts whose letters can be taken for Latin ones, by the names of their letters."""
    found = {
        name: code
        for code, values in scripts().items()
        if values.get("lookalike")
        for name in values["letters"]
    }
    # Bold or cursive letters for formulas belong to no language.
    return {**found, "MATHEMATICAL": ""}


@lru_cache(maxsize=10_000)
def _is_unseen(character: str, allowed: _Allowed) -> bool:
    category = unicodedata.category(character)
    if category == "Cn" or is_hidden(character):
        return True
    if category in {"Mn", "Me"}:
        return not allowed.marks
    if category.startswith("L"):
        name = unicodedata.name(character, "").partition(" ")[0]
        return name in _look_alike() and _look_alike()[name] != allowed.script
    return bool(_WIDE_SPACES.match(character))


def is_normal(text: str) -> bool:
    """Whether the letters of *text* are put together (Unicode's normal form C)."""
    return unicodedata.is_normalized("NFC", text)


def leading_mark(text: str) -> str:
    """Return the printed mark (``①``, ``1.``, ``1)``, ``가.``) that *text* begins with, or an empty string."""
    match = _LEADING_MARK.match(text)
    return match[1] if match else letter_mark(text.lstrip())


def without_mark(text: str) -> str:
    """Return *text* without the printed mark that it begins with."""
    mark = leading_mark(text)
    return text.lstrip().removeprefix(mark) if mark else text


def has_words(text: str) -> bool:
    """Whether *text* has a letter or a digit."""
    return any(map(str.isalnum, text))


def left_untranslated(
    source: str, translation: str, language: str, names: Iterable[str] = ()
) -> str:
    """Return words of *source* that are untranslated in *translation*, or an empty string.

    These are a message that is the source as it is (one word may be the same in two languages of one script, "Version",
    and so may months: "Version 1.1, 1. April 2020"), four words of the source in a row, and, if a *language* is named
    that is written in another script than Latin, every word in small letters. *names* are terms that are the same in both languages; words
    without small letters (``AWS``) count as names too.
    """
    for name in names:
        source, translation = source.replace(name, " "), translation.replace(name, " ")
    words, left = _words(source), _words(translation)
    is_latin = bool(language) and script(language) == script(TEMPLATE_LANGUAGE)
    is_shared = is_latin and (len(words) == 1 or _is_dated(source, translation, words, language))
    if words == left and not is_shared and any(any(map(str.islower, word)) for word in words):
        return " ".join(words)
    position: dict[tuple[str, ...], int] = {}
    for index in range(len(left) - _RUN + 1):
        position.setdefault(tuple(left[index : index + _RUN]), index)
    for index in range(len(words) - _RUN + 1):
        run = tuple(words[index : index + _RUN])
        # Names are written with capitals: two words without one make it a text.
        if run in position and sum(word[0].islower() for word in run) >= 2:
            return " ".join(run)
    if language and not is_latin:
        small = {word for word in words if word.isascii() and word.islower() and len(word) > 2}
        return next((word for word in left if word in small), "")
    return ""


def _is_dated(source: str, translation: str, words: list[str], language: str) -> bool:
    """Whether all *words* but one are months of *language*, and the date was written in another way."""
    return source != translation and len(set(words) - _months(language)) <= 1


@cache
def _months(language: str) -> frozenset[str]:
    return frozenset(get_month_names("wide", "format", locale_of(language)).values())


def _words(text: str) -> list[str]:
    """Return the words of *text* that could be translated: no addresses, placeholders or numbers."""
    return [word for word in _WORD.findall(_NO_WORDS.sub(" ", text)) if len(word) > 1]

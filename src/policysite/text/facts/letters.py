"""The letters of a text: what may stand for what, in any language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from policysite.languages.language_data import particles
from policysite.languages.language_files import ranges

# Letters that look like digits, in lower case.
LOOKALIKES = "lioоοіıӏ○◯ㅇᄋㅣᅵ"
# What no number ends before: it would read as one more digit.
NO_DIGIT = f"(?![{LOOKALIKES}LIOОΟІ])"

_SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
    **dict.fromkeys("–—―〜∼～", "~"),
    "’": "'",
    "٫": ".",
    "٬": ",",
}


_GROUP = 3
_HAN_COMMA = re.compile("(?P<before>[0-9.]+)，(?=(?P<after>[0-9]+))")


@cache
def _unusual() -> re.Pattern[str]:
    return re.compile(f"[^\x00-\x7f{ranges('own_forms')}]")


@cache
def _stop() -> re.Pattern[str]:
    """Return a pattern for a full stop of Han between letters that have another one."""
    letters = "A-Za-z" + "".join(particles())
    return re.compile(f"(?<=[0-9{letters}])。(?=[{letters}])")


def plain(text: str) -> str:
    """Return *text* with letters, digits, spaces and dashes as English writes them, each at its place."""
    if text.isascii():
        return text.replace("\n", " ")
    if "，" in text:
        text = _HAN_COMMA.sub(_between_digits, text)
    text = _unusual().sub(lambda match: _plain(match[0]), text).replace("\n", " ")
    return _stop().sub(".", text) if "。" in text else text


def _between_digits(match: re.Match[str]) -> str:
    """Return digits with the comma of Han behind them: it groups digits (1，000元), or ends a clause (1.0，2019年)."""
    before = match["before"]
    groups = before.isdecimal() and len(before) <= _GROUP == len(match["after"])
    return f"{before}{'，' if groups else '、'}"


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """Return what *character* is a form of; ² and ⑩ are not digits, as they would join those before."""
    if character in _SIGNS or unicodedata.category(character) in {"Nl", "No"}:
        return _SIGNS.get(character, character)
    digit = unicodedata.decimal(character, None)
    form = unicodedata.normalize("NFKC", character) if digit is None else str(digit)
    return _SIGNS.get(form, form) if len(form) == 1 and character not in "ªº" else character


def lower(text: str) -> str:
    """Return *text* in lower case, every letter at its place: a few would become two."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)

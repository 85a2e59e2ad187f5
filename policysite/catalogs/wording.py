"""The letters of a translation: what no reader sees, what was left in the source language, marks that it begins with."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEADING_MARK = re.compile(
    r"\s*([①-⑳]|[0-9]{1,3}[.)](?=\s)|\([0-9]{1,3}\)|[가나다라마바사아자차카타파하][.)](?=\s)|[-–•●○■□▪◦](?=\s))"
)
# Letters by their category, that are blank all the same: fillers of Hangul, the blank of Braille.
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
_MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
_JOINED = {
    "ar",
    "as",
    "bn",
    "fa",
    "gu",
    "hi",
    "kn",
    "ml",
    "mr",
    "ne",
    "or",
    "pa",
    "ps",
    "sd",
    "si",
    "ta",
    "te",
    "ug",
    "ur",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_WORDS = re.compile(
    r"\{\w+\}|%\(\w+\)s|\S+@\S+|https?://\S+|\b(?:[\w-]+\.)+[a-zA-Z]{2,}(?:/\S*)?", re.ASCII
)
_RUN = 4
"""So many words of the source in a row are no name any more."""


def unseen_characters(text: str, language: str) -> list[str]:
    """Return the characters of *text* that no reader sees or that turn its direction, as ``U+202E``.

    Some scripts need marks of direction, or joiners between letters; they may have them.
    """
    base = language.replace("-", "_").partition("_")[0]
    allowed = "\n\t"
    allowed += _MARKS_OF_DIRECTION if base in _RIGHT_TO_LEFT else ""
    allowed += _JOINERS if base in _JOINED else ""
    return [
        f"U+{ord(character):04X}"
        for character in text
        if not character.isascii() or not character.isprintable()
        if character not in allowed
        if character in _BLANK_LETTERS
        or character == "\ufffd"
        or unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    ]


def is_normal(text: str) -> bool:
    """Whether the letters of *text* are put together (Unicode's normal form C)."""
    return unicodedata.is_normalized("NFC", text)


def leading_mark(text: str) -> str:
    """Return the printed mark (``①``, ``1.``, ``1)``, ``가.``) that *text* begins with, or an empty string."""
    match = _LEADING_MARK.match(text)
    return match[1] if match else ""


def without_mark(text: str) -> str:
    """Return *text* without the printed mark that it begins with."""
    return _LEADING_MARK.sub("", text, count=1) if leading_mark(text) else text


def left_untranslated(source: str, translation: str, names: Iterable[str] = ()) -> str:
    """Return words of *source* that stand untranslated in *translation*, or an empty string.

    These are a message that is the source as it stands, and four words of the source in a row. *names* are
    terms that are the same in both languages. Words without small letters (``AWS``) count as names too.
    """
    for name in names:
        source, translation = source.replace(name, " "), translation.replace(name, " ")
    words, left = _words(source), _words(translation)
    if words == left and any(any(map(str.islower, word)) for word in words):
        return " ".join(words)
    position: dict[tuple[str, ...], int] = {}
    for index in range(len(left) - _RUN + 1):
        position.setdefault(tuple(left[index : index + _RUN]), index)
    for index in range(len(words) - _RUN + 1):
        run = tuple(words[index : index + _RUN])
        # Names are written with capitals: two words without one make it a text.
        if run in position and sum(word[0].islower() for word in run) >= 2:
            return " ".join(run)
    return ""


def _words(text: str) -> list[str]:
    """Return the words of *text* that could be translated: no addresses, placeholders or numbers."""
    return [word for word in _WORD.findall(_NO_WORDS.sub(" ", text)) if len(word) > 1]

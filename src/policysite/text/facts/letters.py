"""The letters of a text: what may stand for what, in any language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that look like digits, in lower case.
LOOKALIKES = "lioоοіıӏ○◯ㅇᄋㅣᅵ"
# Scripts in which a word may follow another, or an address, without a space.
JOINING = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
)
# What no number ends before: it would read as one more digit.
NO_DIGIT = f"(?![{LOOKALIKES}LIOОΟІ])"

_SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
    **dict.fromkeys("–—―〜∼～", "~"),
    "’": "'",
}
_UNUSUAL = re.compile("[^\x00-\x7f\u3041-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3]")
_STOP = re.compile("(?<=[A-Za-z0-9가-힣])。(?=[A-Za-z가-힣])")


def plain(text: str) -> str:
    """Return *text* with letters, digits, spaces and dashes as English writes them, each at its place."""
    if text.isascii():
        return text.replace("\n", " ")
    text = _UNUSUAL.sub(lambda match: _plain(match[0]), text).replace("\n", " ")
    return _STOP.sub(".", text) if "。" in text else text


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

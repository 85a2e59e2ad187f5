"""Characters that a reader does not see: invisible ones, and those that turn the direction of the text around them.

What a language is written with it may have: joiners in Persian, marks of direction in Hebrew, breaks between the words of Thai.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from policysite.languages.language_data import direction
from policysite.languages.language_files import script_of, table

# Letters by their category, that are blank nevertheless: fillers of Hangul, the blank of Braille.
BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
# Marks by their category that no font shows (Unicode: Default_Ignorable_Code_Point).
IGNORED = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff]")
_MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_BREAK = "\u200b"
_HIDING = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
# What makes one picture of several, or a picture of a sign; tags after a flag are not among it.
_PICTURE = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_OF_PICTURES = re.compile(
    f"(?<={_PICTURE})\ufe0f|(?<=[\ufe0f\U0001f000-\U0001faff])\u200d(?={_PICTURE})|(?<=[0-9#*])\ufe0f(?=\u20e3)"
)


def hidden_characters(text: str, language: str) -> list[str]:
    """Return the characters of *text* that no reader of *language* sees, or that turn the direction, as ``U+202E``.

    Marks that strike letters out are among them.
    """
    if text.isascii() and text.isprintable():
        return []
    allowed = allowed_characters(language)
    return [
        f"U+{ord(character):04X}"
        for character in without_joined_pictures(text)
        if not (character.isascii() and character.isprintable())
        if character not in allowed and is_hidden(character)
    ]


def without_joined_pictures(text: str) -> str:
    """Return *text* without the joiners of emoji, which are part of a picture."""
    return _OF_PICTURES.sub("", text) if "\u200d" in text or "\ufe0f" in text else text


@cache
def allowed_characters(language: str) -> str:
    """Return the characters that nobody sees and *language* is written with; line breaks are among them."""
    script = script_of(language)
    characters = "\n\t"
    characters += _MARKS_OF_DIRECTION if is_right_to_left(language) else ""
    characters += _JOINERS if script.get("joiners") else ""
    return characters + (_BREAK if script.get("breaks") else "")


def is_right_to_left(language: str) -> bool:
    """Whether *language* is written from right to left."""
    return direction(language) == "rtl"


def has_marks(language: str) -> bool:
    """Whether letters of *language* carry marks of their own, which no other letters are made of."""
    of_script = bool(script_of(language).get("marks"))
    return of_script or is_right_to_left(language) or bool(table(language, "writing").get("marks"))


@lru_cache(maxsize=10_000)
def is_hidden(character: str) -> bool:
    """Whether nobody sees *character*, in whatever language that does not need it."""
    return (
        unicodedata.category(character) in _HIDING
        or character in BLANK_LETTERS
        or character == "\ufffd"
        or IGNORED.match(character) is not None
        # Laid over the letter before: a stroke, a bar.
        or unicodedata.combining(character) == 1
    )

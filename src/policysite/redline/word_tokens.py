"""The words, numbers and marks of a text, as a redline tells them apart."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from policysite.languages.language_data import particles
from policysite.languages.spaceless_scripts import (
    FLAG_LETTERS,
    HAN,
    HAN_NUMERALS,
    HIRAGANA,
    KATAKANA,
    PICTURES,
    SPACELESS,
    SYLLABIC,
    WIDE_DIGITS,
    marks,
    syllables,
)

SPACE = r" \t\n\r\u00a0\u2000-\u200a\u202f\u3000"
"""White space between words, as in a pattern."""

_WORD = re.compile(r"[^\W_]")
_BARE = re.compile(rf"(?![{HAN_NUMERALS}])[{HAN}{HIRAGANA}{SYLLABIC}]")


def tokens(text: str) -> list[str]:
    """Return the words, numbers and marks of *text*, each with the white space before it."""
    return _token().findall(text)


def is_word(token: str) -> bool:
    """Whether a token is more than a mark of punctuation."""
    return _WORD.search(token) is not None


def words(text: str) -> list[str]:
    """Return what *text* can be recognised by: its words, or each two characters where words have no spaces between them."""
    found: list[str] = []
    run: list[str] = []
    for token in [*tokens(text), ""]:
        # A space is before the token, and ends what came before it.
        if run and not _BARE.match(token):
            pairs = [one + other for one, other in pairwise(run)]
            found += pairs or run
            run = []
        word = token.strip()
        if _BARE.match(word):
            run.append(word)
        elif is_word(word):
            found.append(word)
    return found


@cache
def _token() -> re.Pattern[str]:
    """Return the pattern of a token: numbers whole, words whole except for their particle, all else by the character.

    Where words have no spaces between them, a token is a character or a syllable; but katakana, which is mostly a word
    of another language, and numbers written in Han characters are whole. No token ends before a combining mark. The
    white space before it belongs to it.
    """
    mark = f"[{marks()}]"
    letter = rf"(?![{''.join(particles())}{SPACELESS}])[^\W\d_]"
    forms = [
        rf"\d+(?:(?:[.,\u066b\u066c]|(?<=[{WIDE_DIGITS}])[．，](?=[{WIDE_DIGITS}]))\d+)*{mark}*",
        *(
            rf"[{letters}]{{2,}}?(?=(?:{'|'.join(known)})(?![{letters}]))|[{letters}]+"
            for letters, known in particles().items()
        ),
        rf"[{HAN_NUMERALS}]+{mark}*",
        rf"(?:[{KATAKANA}]{mark}*)+",
        rf"(?:{letter}{mark}*)+",
        syllables(),
        rf"[{FLAG_LETTERS}]{{2}}",
        rf"(?s:.){mark}*(?:(?<=\u200d)[{PICTURES}]{mark}*)*",
    ]
    return re.compile(rf"[{SPACE}]*(?:{'|'.join(forms)})|[{SPACE}]+")

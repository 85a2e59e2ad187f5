"""How large a text and its parts may be.

What reads a text looks at a paragraph again and again, so that a paragraph without end would keep a machine busy for hours, and
one nested without end would be cut off. No policy comes near to these bounds; what is beyond is refused before it is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

MOST_LINES = 20_000
LONGEST = 20_000
"""Characters of a line, of a paragraph, of a cell, and of a message."""
_MOST_SIGNS = 50_000
"""Signs that may be markup. A long policy has some thousand."""
_MOST_FOOTNOTES = 300
_DEEPEST = 15
"""Lists, quotations and tables in each other, two for a list; from 20 on Markdown leaves out what is inside."""
_DEEPEST_WORDS = 10
"""Emphasis and links in each other."""
_MOST_DIGITS = 1_000

_SIGNS = re.compile(r"[*_`\[\]{}<>&!|\\~$]")
_NUMBER = re.compile(r"\d(?:[,.'’ \u00a0_]?\d){999,}")


class TooLargeError(ValueError):
    """A text that is larger than any; it says what is, ``line`` where, from 1."""

    def __init__(self, line: int, what: str) -> None:
        self.line = line
        super().__init__(what)


def too_large(error: TooLargeError, path: str) -> Problem:
    """Return *error* as a problem of the text *path*."""
    remedy = "Write it in shorter parts; no policy has any that large."
    return Problem(path, error.line, Code.TOO_LARGE, f"Found {error}.", remedy)


def check_size(text: str, *, most_signs: int = _MOST_SIGNS) -> None:
    """Look at a text, or a message with fewer signs that may be markup, before it is parsed.

    :raises TooLargeError: if it has more, or longer lines than any text.
    """
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise TooLargeError(
            MOST_LINES + 1, f"{len(lines):,} lines; expected at most {MOST_LINES:,}"
        )
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST:
            raise TooLargeError(
                number, f"a line of {len(line):,} characters; expected at most {LONGEST:,}"
            )
    check_digits(text)
    if (signs := len(_SIGNS.findall(text))) > most_signs:
        raise TooLargeError(
            0, f"{signs:,} signs that may be markup; expected at most {most_signs:,}"
        )
    if (footnotes := text.count("[^")) > _MOST_FOOTNOTES:
        raise TooLargeError(
            0, f"{footnotes:,} beginnings of footnotes; expected at most {_MOST_FOOTNOTES}"
        )


def check_digits(text: str) -> None:
    """Look for numbers that no computer counts with.

    :raises TooLargeError: if there is one.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _MOST_DIGITS and (match := _NUMBER.search(line)):
            digits = sum(map(str.isdigit, match[0]))
            raise TooLargeError(
                number, f"a number of {digits:,} digits; expected at most {_MOST_DIGITS:,}"
            )


def check_blocks(tokens: Iterable[Token]) -> None:
    """Look at the blocks of a text before their words are parsed.

    :raises TooLargeError: if one is longer, or nested deeper, than that of any text.
    """
    for token in tokens:
        line = token.map[0] + 1 if token.map else 0
        if token.level > _DEEPEST:
            raise TooLargeError(line, "lists and quotations that are nested deeper than any")
        if token.type == "inline" and len(token.content) > LONGEST:
            found = f"a paragraph of {len(token.content):,} characters"
            raise TooLargeError(line, f"{found}; expected at most {LONGEST:,}")


def check_words(tokens: Iterable[Token]) -> None:
    """Look at the words of a text after they were parsed.

    :raises TooLargeError: if they are nested deeper than those of any text.
    """
    for token in tokens:
        if any(child.level > _DEEPEST_WORDS for child in token.children or ()):
            line = token.map[0] + 1 if token.map else 0
            raise TooLargeError(line, "emphasis and links that are nested deeper than any")

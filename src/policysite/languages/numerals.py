"""Numbers as a language writes them in labels: digits of any script, words, ordinals, numerals of Han, Roman ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from policysite.languages.language_files import script_of, table
from policysite.languages.provision_number import ROMAN_DIGITS, roman_value

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS = r"\d{1,4}(?:\.?[ºª°]|er\b|ère\b|ro\b)?"


@cache
def number_pattern(language: str) -> str:
    """Return a pattern for a number in a label of *language*."""
    facts = table(language, "facts")
    words = [*_words(facts, "ordinals"), *_words(facts, "numerals"), *facts.get("scales", {})]
    either = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    if script_of(language).get("unspaced"):
        run = f"(?:{either}){{1,8}}" if either else "(?!)"
        return rf"\d{{1,4}}|{run}"
    roman = r"[IVXLCDM]{1,7}(?![^\W_])"
    return rf"{_DIGITS}|(?-i:{roman})" + (rf"|(?:{either})(?![^\W_])" if either else "")


def number_of(written: str, language: str) -> int:
    """Return the number that *written* is, 0 if it is none."""
    if digits := re.match(r"\d+", written):
        return int("".join(str(unicodedata.decimal(digit)) for digit in digits[0]))
    facts, small = table(language, "facts"), written.lower()
    known = {**_words(facts, "ordinals"), **_words(facts, "numerals")}
    if small in known or written in known:
        return known.get(small, known.get(written, 0))
    if set(small) <= set(ROMAN_DIGITS):
        return roman_value(small)
    return number_of_run(written, known, facts.get("scales", {}))


def in_numerals(number: int, language: str) -> str:
    """Return *number* in the numerals of Han that *language* writes in labels; in digits if it has none, or a large number."""
    facts = table(language, "facts")
    if "han" not in facts or not 0 < number < 100:
        return str(number)
    ones = {value: word for word, value in reversed(_words(facts, "numerals").items())}
    ten = next(word for word, value in facts["scales"].items() if value == 10)
    tens, rest = divmod(number, 10)
    before = f"{ones[tens] if tens > 1 else ''}{ten}" if tens else ""
    return before + (ones[rest] if rest else "")


def _words(facts: Mapping[str, Mapping[str, list[str]]], name: str) -> dict[str, int]:
    """Return the words of a table that lists them by number."""
    found = facts.get(name, {})
    return {w: int(n) for n, words in found.items() if isinstance(words, list) for w in words}


def number_of_run(written: str, known: Mapping[str, int], scales: Mapping[str, int]) -> int:
    """Return the number that words or signs without a space between them are: those *known* count, *scales* multiply; 0 if it is none."""
    words = sorted([*known, *scales], key=len, reverse=True)
    total = part = place = 0
    while place < len(written):
        word = next((w for w in words if written.startswith(w, place)), "")
        if not word:
            return 0
        if word in scales:
            total, part = total + max(part, 1) * scales[word], 0
        else:
            part = part * 10 + known[word]
        place += len(word)
    return total + part

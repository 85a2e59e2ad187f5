"""How a text refers to provisions, its own and those of other texts: the table ``references`` of a language's file, compiled.

A file has words with a number in braces; which of them belong together, ``text/cited_provisions.py`` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from policysite.languages.language_files import expanded, script_of, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NEVER = "(?!)"
# "Section 3.2", but not the year of a date or an amount.
_DIGITS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}(?![0-9])(?!\.[0-9])"
# "art. L. 121-1" is one of a code.
_ROMAN = r"(?-i:[IVXLC]{1,6})(?!\.\s?[0-9])"
# A mark: a number, or one or two letters, of which more may be a Roman numeral.
_MARK = r"[0-9]{1,2}(?![0-9])|[a-z]{1,2}(?![^\W_])|[ivx]{2,4}(?![^\W_])"

Level = tuple[str, re.Pattern[str]]
"""The level of a provision, and a pattern with the groups ``n`` (its number) and perhaps ``b`` (that of an inserted one)."""


@dataclass(frozen=True)
class ReferenceGrammar:
    """How references are written in one language, for a text made plain.

    ``headings`` find the beginning of a reference anywhere, ``marks`` what may follow it; ``inner`` is what stands before a heading
    with the word that joins them ("paragraph 2 of"), ``joined`` that word, which ``joined_before`` finds at the end. ``bare`` are marks without a word: (2), ②. After ``listed`` and ``ranged`` another
    one may follow, after a word in the ``plural`` a mere ``number``. ``own_after`` and ``own_before`` leave no doubt that this text is meant,
    ``other_after`` and ``other_before`` that it is not; ``other`` names another text, ``own`` is what a text calls itself.
    """

    headings: tuple[Level, ...]
    marks: tuple[Level, ...]
    inner: tuple[Level, ...]
    bare: tuple[Level, ...]
    joined: re.Pattern[str]
    joined_before: re.Pattern[str]
    number: re.Pattern[str]
    listed: re.Pattern[str]
    ranged: re.Pattern[str]
    plural: re.Pattern[str]
    own: re.Pattern[str]
    own_after: re.Pattern[str]
    own_before: re.Pattern[str]
    other: re.Pattern[str]
    other_after: re.Pattern[str]
    other_before: re.Pattern[str]


@cache
def grammar(language: str) -> ReferenceGrammar | None:
    """Return how references are written in *language*, None if its file does not say it."""
    data = table(language, "references")
    if "headings" not in data:
        return None
    spaced = not (
        script_of(language).get("unspaced") or table(language, "writing").get("particles")
    )
    begin, end = (r"(?<![^\W_])", r"(?![^\W_])") if spaced else ("", "")
    parts = _parts(language, data, spaced=spaced)
    headings, marks = (list(_levels(data.get(name, {}), parts)) for name in ("headings", "marks"))

    def words(name: str, end: str = "") -> re.Pattern[str]:
        return _pattern(f"(?:{expanded(data.get(name, _NEVER), parts.__getitem__)}){end}")

    between, of = (expanded(data.get(name, ""), parts.__getitem__) for name in ("between", "of"))
    return ReferenceGrammar(
        _compiled((level, f"{begin}(?:{pattern}){end}") for level, pattern in headings),
        _compiled((level, f"(?:{between})(?:{pattern}){end}") for level, pattern in marks),
        _compiled((level, f"{begin}(?:{p})(?:{of})$") for level, p in marks if of),
        _compiled(("", pattern) for pattern in data["bare"]),
        words("of"),
        words("of", "$"),
        _pattern(rf"(?P<n>{_DIGITS})(?![^\W_])(?!\s?[%‰])"),
        words("listed"),
        words("ranged"),
        words("plural"),
        words("own"),
        words("own_after"),
        words("own_before", "$"),
        words("other"),
        words("other_after"),
        words("other_before", "$"),
    )


def _parts(language: str, data: Mapping[str, Any], *, spaced: bool) -> Mapping[str, str]:
    """Return what names in braces stand for: numbers, patterns of the table, and how a policy speaks of itself."""
    own, facts = table(language, "self"), table(language, "facts")
    number = f"{_DIGITS}|{_ROMAN}" if spaced else _DIGITS
    if "han" in facts:
        words = (word for words in facts["numerals"].values() for word in words)
        number = f"{number}|[{''.join((*words, *facts['scales']))}]{{1,6}}"
    parts = {name.upper(): pattern for name, pattern in (*own.items(), *data.items())}
    letter = "(?-i:[A-Z])(?![.]?[^\\W_])" if spaced else _NEVER
    parts["L"] = f"(?P<n>{number}|{letter})"
    return {**parts, "N": f"(?P<n>{number})", "X": f"(?P<n>{_MARK})", "PRINTED": "[0-9.]+"}


def _levels(
    levels: Mapping[str, Iterable[str]], parts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for level, patterns in levels.items():
        for pattern in patterns:
            yield level, expanded(pattern, parts.__getitem__)


def _compiled(levels: Iterable[tuple[str, str]]) -> tuple[Level, ...]:
    return tuple((level, _pattern(pattern)) for level, pattern in levels)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)

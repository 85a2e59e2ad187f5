"""What the checks of translations know of each language: no correct sentence is refused, every wrong one is caught."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from policysite.catalogs.glossary import Glossary
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_text
from policysite.text.facts import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "cases" / "languages"
LANGUAGES = ("en", "ko", "ja", "zh_CN", "zh_TW", "de", "fr", "es", "pt_BR", "it", "vi", "id", "ar", "he")  # fmt: skip


class Sentence(NamedTuple):
    """A row of a table; the source of an English translation is Korean, of all others English."""

    language: str
    source: str
    translation: str

    def problems(self) -> list[str]:
        source_language = "ko" if self.language == "en" else "en"
        pair = Pair(self.source, self.translation, source_language, self.language)
        return [f"{fault.code}: {fault.message}" for fault in check_text(pair, Glossary())]


def sentences(name: str) -> dict[str, list[Sentence]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()[1:]
    found = defaultdict(list)
    for line in lines:
        row = Sentence(*line.split("\t"))
        found[row.language].append(row)
    return found


CORRECT, WRONG = sentences("correct.tsv"), sentences("wrong.tsv")


@pytest.mark.parametrize("language", sorted(CORRECT))
def test_no_correct_sentence_is_refused(language: str) -> None:
    refused = {row: found for row in CORRECT[language] if (found := row.problems())}
    assert refused == {}, f"{len(refused)} of {len(CORRECT[language])} are refused"


@pytest.mark.parametrize("language", sorted(WRONG))
def test_every_wrong_sentence_is_caught(language: str) -> None:
    passed = [row for row in WRONG[language] if not row.problems()]
    assert passed == [], f"{len(passed)} of {len(WRONG[language])} pass"


@pytest.mark.parametrize("language", sorted(CORRECT))
def test_a_changed_digit_of_a_correct_sentence_is_caught(language: str) -> None:
    source_language = "ko" if language == "en" else "en"
    passed = [
        other
        for row in CORRECT[language]
        for other in _with_other_digits(row.translation)
        if not differences(row.source, source_language, other, language)
    ]
    assert passed == []


def _with_other_digits(text: str) -> Iterator[str]:
    for place, letter in enumerate(text):
        if letter.isdecimal():
            digit = unicodedata.decimal(letter)
            other = chr(ord(letter) - digit + (digit + 5) % 10)
            yield text[:place] + other + text[place + 1 :]


def test_the_tables_are_large_enough() -> None:
    rows = [row for table in (CORRECT, WRONG) for found in table.values() for row in found]
    assert all(count == 1 for count in Counter(rows).values())
    assert {language: len(CORRECT[language]) >= 40 for language in LANGUAGES} == dict.fromkeys(LANGUAGES, True)  # fmt: skip
    assert {language: len(WRONG[language]) >= 25 for language in LANGUAGES} == dict.fromkeys(LANGUAGES, True)  # fmt: skip

"""What a sentence says, in each language: changes that are caught, and how often a correct translation is refused.

``meaning.tsv`` has correct translations, each with a wrong one. Correct are also those of ``correct.tsv``, of the policies,
and of the interface, which was translated more freely than a policy; the Korean ones are read into English too.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polib
import pytest

from policysite.base.problems import Code
from policysite.catalogs.glossary import Glossary
from policysite.catalogs.meaning_rules import changed_negation, changed_sentences, changed_words
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_text
from policysite.languages.language_files import table
from policysite.locale.interface_words import FOLDER
from policysite.markdown.message_markup import visible_text

TESTS = Path(__file__).parents[1]
CASES = TESTS / "cases" / "languages"
CATALOGS = (
    TESTS / "roots/sample-translations",
    TESTS / "roots/test-sample/locales",
    TESTS.parent / "locales",
    FOLDER,
)
LANGUAGES = ("en", "ko", "ja", "zh_CN", "zh_TW", "de", "fr", "es", "pt_BR", "it", "vi", "id", "ar", "he")  # fmt: skip
EVERYWHERE = {"limit", "duty", "order", "negation"}
ENGLISH_AND_KOREAN = {"party", "scope", "frequency", "share"}
MOST = 0.02
PLACEHOLDER = re.compile(r"%\(\w+\)s")


class Row(NamedTuple):
    """A row of ``meaning.tsv``."""

    language: str
    kind: str
    source: str
    right: str
    wrong: str


def rows(name: str) -> list[list[str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


ROWS = [Row(*row) for row in rows("meaning.tsv")]


def source_language(language: str) -> str:
    return "ko" if language == "en" else "en"


def codes(source: str, translation: str, language: str) -> set[Code]:
    pair = Pair(source, translation, source_language(language), language)
    return {fault.code for fault in check_text(pair, Glossary())}


def joined(language: str, *sentences: str) -> str:
    return ("" if language in {"ja", "zh_CN", "zh_TW"} else " ").join(sentences)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.language}-{row.kind}")
def test_a_wrong_sentence_is_caught_and_the_right_one_is_not(row: Row) -> None:
    assert codes(row.source, row.right, row.language) == set()
    assert Code.CATALOG_MEANING in codes(row.source, row.wrong, row.language)


def test_there_are_five_wrong_sentences_of_each_kind() -> None:
    found = Counter((row.language, row.kind) for row in ROWS)
    kinds = {language: set(EVERYWHERE) for language in LANGUAGES}
    for language in ("en", "ko"):
        kinds[language] |= ENGLISH_AND_KOREAN
    expected = {(language, kind) for language, names in kinds.items() for kind in names}
    assert set(found) == expected
    assert min(found.values()) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_is_lost_added_or_repeated_is_caught(language: str) -> None:
    """Of two correct translations, each a sentence: one too few, one too many, one twice."""
    caught = 0
    of_language = [row for row in ROWS if row.language == language][:11]
    for first, second in itertools.pairwise(of_language):
        both = f"{first.source} {second.source}"
        right = joined(language, first.right, second.right)
        assert Code.CATALOG_SENTENCE not in codes(both, right, language)
        assert Code.CATALOG_SENTENCE in codes(first.source, right, language)
        twice = joined(language, first.right, first.right)
        assert Code.CATALOG_SENTENCE in codes(first.source, twice, language)
        caught += Code.CATALOG_SENTENCE in codes(both, first.right, language)
    # Where a comma may join two sentences, one that has a comma may be two.
    assert caught >= (9 if "pause" in table(language, "meaning") else 10)


@cache
def correct() -> dict[str, list[tuple[str, str]]]:
    """Return all correct translations by language, each with its source."""
    found: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for language, source, translation in rows("correct.tsv"):
        found[language][source, translation] = None
    for row in ROWS:
        found[row.language][row.source, row.right] = None
    for folder in CATALOGS:
        for file in sorted(folder.glob("*/LC_MESSAGES/**/*.po")):
            language = file.relative_to(folder).parts[0]
            for entry in polib.pofile(str(file)):
                if language != "en" and entry.msgstr and not entry.fuzzy and not entry.obsolete:
                    # The names of placeholders are words, and no reader sees them.
                    source, translation = (
                        PLACEHOLDER.sub("X", text) for text in (entry.msgid, entry.msgstr)
                    )
                    found[language][source, translation] = None
    found["en"] |= {(korean, english): None for english, korean in found["ko"]}
    return {language: list(pairs) for language, pairs in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_refuses_less_than_two_in_a_hundred_correct_translations(language: str) -> None:
    pairs, languages = correct()[language], (source_language(language), language)
    assert len(pairs) > 100
    refused: Counter[str] = Counter()
    for source, translation in pairs:
        texts = visible_text(source), visible_text(translation)
        refused["words"] += bool(list(changed_words(*texts, languages)))
        refused["negation"] += bool(changed_negation(*texts, languages))
        refused["sentences"] += bool(changed_sentences(*texts, languages))
    too_many = {rule: count for rule, count in refused.items() if count / len(pairs) >= MOST}
    assert too_many == {}, f"of {len(pairs)}"


def test_a_share_on_one_side_only_is_named() -> None:
    pair = Pair("Half of the fee is refunded.", "요금을 환불합니다.", "en", "ko")
    (fault,) = check_text(pair, Glossary())
    assert fault.message == "The translation says nothing where the msgid says 'half'."


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Notes are kept for 3 months.", "메모는 3개월간 보관합니다."),
        ("The fee is 5,000 won per month.", "요금은 월 5,000원입니다."),
        ("A report is sent at the end of the month.", "보고서는 월말에 보냅니다."),
        ("In the first half of 2034 the service was new.", "2034년 상반기에는 서비스가 새로웠습니다."),
        ("Twice a year the list is checked.", "목록은 반기마다 점검합니다."),
        ("The list is checked every two years.", "목록은 2년마다 점검합니다."),
        ("Every two months the list is checked.", "두 달마다 목록을 점검합니다."),
        ("Users of the age of majority may register.", "성년인 이용자는 가입할 수 있습니다."),
        ("Minors are users under the age of majority.", "미성년자는 성년이 아닌 이용자입니다."),
    ],
)  # fmt: skip
def test_what_sounds_like_a_frequency_or_a_share_is_none(source: str, translation: str) -> None:
    assert codes(source, translation, "ko") == set()


def test_sentences_are_compared_one_by_one_where_there_are_as_many() -> None:
    source = "The company may refuse. Users must pay."
    assert codes(source, "회사는 거절할 수 있습니다. 이용자는 지급하여야 합니다.", "ko") == set()
    exchanged = "회사는 거절하여야 합니다. 이용자는 지급할 수 있습니다."
    assert codes(source, exchanged, "ko") == {Code.CATALOG_MEANING}


def test_a_language_of_which_nothing_is_known_is_not_checked() -> None:
    pair = Pair("Users must not pay.", "Felhasználók fizethetnek. Igen.", "en", "hu")
    assert list(check_text(pair, Glossary())) == []

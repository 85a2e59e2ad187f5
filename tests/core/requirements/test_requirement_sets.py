"""Sets of requirements: those of the package are whole, and what a publisher brings is read exactly or refused."""

from __future__ import annotations

import pytest

from policysite.requirements.requirement_sets import (
    SetError,
    in_language,
    packaged_sets,
    read_set,
)

SET = """\
language = "en"
source = "House rules of 2026"
day = 2026-11-30
[title]
en = "House rules"
[requirements.rule-1]
citation = "Rule 1"
en = "Who we are"
"""


def test_the_package_has_the_laws_of_korea_and_the_union() -> None:
    found = packaged_sets()
    assert {name: len(one.requirements) for name, one in found.items()} == {
        "eu-gdpr-13": 12,
        "eu-gdpr-14": 13,
        "kr-pipa": 14,
    }
    for one in found.values():
        assert one.source
        assert {"en", "ko"} <= set(one.titles)
        for requirement in one.requirements.values():
            assert {"en", "ko"} <= set(requirement.names), requirement.id
            assert requirement.citation
        citations = [requirement.citation for requirement in one.requirements.values()]
        assert len(set(citations)) == len(citations)


def test_a_set_of_ones_own() -> None:
    found = read_set("house", SET)
    assert found.requirements["rule-1"].names == {"en": "Who we are"}
    assert f"{found.day}" == "2026-11-30"


def test_words_in_another_language_are_said_to_be_so() -> None:
    assert in_language({"en": "Law", "ko": "법"}, "ko") == ("법", "ko")
    assert in_language({"en": "Law", "ko": "법"}, "de") == ("Law", "en")
    assert in_language({"ko": "법", "en": "Law"}, "de") == ("법", "ko")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("[title]", "[title", "The file is not TOML"),
        ("day = 2026-11-30\n", "", "'day'; expected a day such as 2026-12-01"),
        ('source = "House rules of 2026"', "source = 7", "Found 7 as 'source'; expected words"),
        ('citation = "Rule 1"\n', "", "'rule-1' has no 'citation'"),
        ('en = "Who we are"\n', "", "'rule-1' has no name"),
        ("[title]", 'country = "KR"\n[title]', "Found the field 'country'"),
        (
            'language = "en"',
            'language = "xx-evil"',
            "Found the language 'xx-evil'; expected a code",
        ),
        ("Who we are", "Who\\u202e", "'rule-1' has 'U+202E', an invisible"),
        ('en = "House rules"', 'klingon = "x"', "'title' has words in 'klingon'"),
    ],
)
def test_another_form_is_refused(before: str, after: str, words: str) -> None:
    assert before in SET
    with pytest.raises(SetError) as caught:
        read_set("house", SET.replace(before, after))
    assert words in str(caught.value)


def test_all_that_is_wrong_is_said_at_once_with_its_line() -> None:
    text = (
        SET.replace("2026-11-30", "7")
        .replace('"House rules"', "5")
        .replace("[title]", "x = 1\n[title]")
    )
    with pytest.raises(SetError) as caught:
        read_set("house", text.replace("Rule 1", "\\u202e"))
    assert caught.value.faults == (
        (3, "Found 7 as 'day'; expected a day such as 2026-12-01"),
        (4, "Found the field 'x'; expected language, source, day, title, requirements"),
        (5, "'title' has no name; expected its words by language: en = '…'"),
        (7, "'rule-1' has 'U+202E', an invisible or bidirectional-control character"),
    )

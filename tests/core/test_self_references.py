"""What a text says of itself: found where it is clear, and nothing else taken for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from policysite.checks.self_references import own_problems
from policysite.locale.interface_words import catalog_languages
from policysite.model.register import Policy, PolicyVersion
from policysite.text.outline import read_document

EARLIER = (
    PolicyVersion("terms", "1.5", dt.date(2024, 1, 18)),
    PolicyVersion("terms", "1.6", dt.date(2024, 12, 27)),
)
VERSION = PolicyVersion(
    "terms", "1.7", dt.date(2027, 1, 1), dt.date(2026, 12, 1), path="docs/terms/1.7.md"
)
WAIVE = '; where the text must stay as it is, say why in the front matter: waive: {%s: "…"}.'
ARTICLE = "# Terms\n\n## Article 1 (Scope)\n\n"
KOREAN = "# 약관\n\n## 제1조(목적)\n\n"
END = "\n\n## Article 1 (Scope)\n\nOne.\n"


def found(text: str, language: str = "en", version: PolicyVersion = VERSION) -> list[str]:
    """Return what is wrong in *text*, without file and remedy: ``5 text-date …``."""
    document = read_document(text, version.path, held=True)
    assert document.top is not None
    policy = Policy("terms", (*EARLIER, version))
    problems = own_problems(policy, version, document.top, language)
    return [f"{p.line} {p.code} {p.message}" for p in problems]


def takes_effect(line: int, day: str) -> str:
    return (
        f"{line} text-date The text says that it takes effect on '{day}'; the front matter has effective: "
        "2027-01-01."
    )


def calls_itself(line: int, number: str = "1.6") -> str:
    return f"{line} text-number The text calls itself version '{number}'; the front matter has version: 1.7."


def test_messages_say_what_to_do() -> None:
    text = f"{ARTICLE}This policy v.1.6 takes effect on 2024.12.27, as Article 9 of this policy says.\n"
    document = read_document(text, VERSION.path, held=True)
    assert document.top is not None
    found = [str(p) for p in own_problems(Policy("terms", (VERSION,)), VERSION, document.top, "en")]
    place = "docs/terms/1.7.md:5:"
    assert found == [
        f"{place} [text-number] The text calls itself version '1.6'; the front matter has version: 1.7. "
        f"Correct the text or the front matter{WAIVE % 'text-number'}",
        f"{place} [text-date] The text says that it takes effect on '2024.12.27'; the front matter has effective: "
        f"2027-01-01. Correct the text or the front matter{WAIVE % 'text-date'}",
        f"{place} [text-reference] Found 'Article 9' of this policy, which has no such provision; it has Article 1. "
        f"Correct the number; where another text is meant, name it beside the number{WAIVE % 'text-reference'}",
    ]


DATED = (
    "3 text-date The text is dated 'Dec 27, 2024'; the front matter has effective: 2027-01-01 and announced: "
    "2026-12-01."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Lines of nothing but dates and numbers, and the title
        (f"# Terms\n\nDec 27, 2024{END}", [DATED]),
        (f"# Terms v.1.6\n\nJanuary 1, 2027{END}", [calls_itself(1)]),
        (f"# Terms\n\nVersion 1.6, January 1, 2027{END}", [calls_itself(3)]),
        (f"# Terms\n\nEffective: Dec 27, 2024 (last updated Dec 20, 2024){END}", [takes_effect(3, "Dec 27, 2024")]),
        (f"# Terms\n\nVersion: 1.6{END}", [calls_itself(3)]),
        # Labels
        (f"{ARTICLE}Effective date: Dec 27, 2024", [takes_effect(5, "Dec 27, 2024")]),
        (f"{ARTICLE}| Effective date | Dec 27, 2024 |\n|---|---|\n| a | b |", [takes_effect(5, "Dec 27, 2024")]),
        (
            f"{ARTICLE}Announcement date: Dec 20, 2024",
            [
                "5 text-date The text says that it was announced on 'Dec 20, 2024'; the front matter has announced: "
                "2026-12-01."
            ],
        ),
        # Sentences
        (
            f"{ARTICLE}This Privacy Policy v.1.6 takes effect from 2024.12.27.",
            [calls_itself(5), takes_effect(5, "2024.12.27")],
        ),
        (
            f"{ARTICLE}v.1.6 is effective from Dec 27, 2024",
            [calls_itself(5), takes_effect(5, "Dec 27, 2024")],
        ),
        (
            f"{ARTICLE}This policy was last amended on 2024.12.20 and takes effect on 2024.12.27.",
            [takes_effect(5, "2024.12.27")],
        ),
        (f"{ARTICLE}The policy takes effect on Dec 27, 2024.", [takes_effect(5, "Dec 27, 2024")]),
        (f"{ARTICLE}This policy shall be enforced from Dec 27, 2024.", [takes_effect(5, "Dec 27, 2024")]),
        (
            f"{ARTICLE}Before January 1, 2020 there was none. This policy applies from January 1, 2026.",
            [takes_effect(5, "January 1, 2026")],
        ),
    ],
)  # fmt: skip
def test_what_was_left_from_the_version_before_is_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{KOREAN}이 개인정보처리방침은 2024년 12월 27일부터 시행합니다.", [takes_effect(5, "2024년 12월 27일")]),
        (f"{KOREAN}본 방침의 효력은 2024년 12월 27일부터 발생합니다.", [takes_effect(5, "2024년 12월 27일")]),
        ("# 방침\n\n버전 번호: 1.6\n\n## 제1조(목적)\n\n하나", [calls_itself(3)]),
        (f"{KOREAN}본 방침은 2024. 12. 27.부터 시행됩니다.", [takes_effect(5, "2024. 12. 27")]),
        (f"{KOREAN}공고일자: 2026.12.01 / 시행일자: 2024.12.27", [takes_effect(5, "2024.12.27")]),
        (
            f"{KOREAN}## 부칙\n\n이 방침은 2024년 12월 27일부터 시행한다. 다만, 제7조는 2028년 1월 1일부터 시행한다.",
            [takes_effect(7, "2024년 12월 27일")],
        ),
        (
            f"{KOREAN}개인정보처리방침 버전 1.6은 2024년 12월 27일부터 시행됩니다.",
            [calls_itself(5), takes_effect(5, "2024년 12월 27일")],
        ),
        ("# 방침 v1.6\n\n시행일 2024년 12월 27일\n\n## 제1조(목적)\n\n하나", [calls_itself(1), takes_effect(3, "2024년 12월 27일")]),
        (f"{KOREAN}본 방침 제30조에 따라 「개인정보 보호법」 제31조", ["5 text-reference Found '제30조' of this policy, which has no such provision; it has 제1조."]),
    ],
)  # fmt: skip
def test_korean_texts_are_read_too(text: str, expected: list[str]) -> None:
    assert found(text, "ko") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "This policy takes effect on January 1, 2027.",
        "This policy replaces version 1.5, which took effect on 2024.12.27.",
        "This policy is effective until Dec 27, 2024.",
        "The privacy policy of another takes effect on Dec 27, 2024.",
        "Article 1 of this policy takes effect on Dec 27, 2024.",
        "The retention policy takes effect on Dec 27, 2024.",
        "The Act takes effect on Dec 27, 2024, and version 1.2 of the app is needed.",
        "Contracts and payments are kept for 5 years from Dec 27, 2024.",
        "[v.1.6 is effective from Dec 27, 2024](1.6.md)",
        "If this policy changes before Dec 27, 2024, the change takes effect at once.",
        "This policy takes effect on January 1, 2027.\n\nv.1.6 is effective from Dec 27, 2024",
        "This policy takes effect on January 1, 2027.\n\nv.1.5: effective date: Jan 18, 2024",
        "```{version-links}\nThis policy v.{version} takes effect on {YYYY}.{MM}.{DD}.\n```",
        "As Article 30 of the Personal Information Protection Act and Article 1 of this policy say.",
        "Article 30 says so.",
    ],
)
def test_what_is_about_something_else_is_left_alone(sentence: str) -> None:
    assert found(f"{ARTICLE}{sentence}\n") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "이 방침은 2027년 1월 1일부터 시행합니다.",
        "이전 방침은 2024년 1월 18일부터 적용됩니다.",
        "이 방침 제1조는 2035년 1월 1일부터 시행한다.",
        "이 법은 2020년 1월 1일부터 시행한다.",
        "2024년 12월 27일까지 적용됩니다.",
        "「개인정보 보호법」 제30조",
    ],
)
def test_korean_sentences_about_something_else_are_left_alone(sentence: str) -> None:
    assert found(f"{KOREAN}{sentence}\n", "ko") == []


def test_supplementary_provisions_of_earlier_versions_stay() -> None:
    earlier = "## 부칙 제1호\n\n이 방침은 2024년 12월 27일부터 시행한다.\n\n"
    latest = "## 부칙 제2호\n\n이 방침은 2027년 1월 1일부터 시행한다.\n"
    assert found(f"{KOREAN}하나\n\n{earlier}{latest}", "ko") == []
    assert found(f"{KOREAN}하나\n\n{latest.replace('2호', '1호')}", "ko") == []
    assert found(f"{KOREAN}하나\n\n{earlier}", "ko") == [takes_effect(9, "2024년 12월 27일")]


def test_the_date_below_the_title_may_be_that_of_the_announcement() -> None:
    assert found(f"# Terms\n\nDecember 1, 2026{END}") == []


def test_a_policy_in_another_language_is_read_as_far_as_its_dates_go() -> None:
    assert found(f"# Conditions\n\n27 décembre 2024{END}", "fr") == [
        DATED.replace("Dec 27, 2024", "27 décembre 2024")
    ]


TAKES_EFFECT = {
    "en": "This policy takes effect on 27 December 2024.",
    "ko": "이 방침은 2024년 12월 27일부터 시행합니다.",
    "ja": "本方針は、2024年12月27日から施行します。",
    "zh_CN": "本政策自2024年12月27日起施行。",
    "zh_TW": "本政策自2024年12月27日起施行。",
    "de": "Diese Richtlinie tritt am 27. Dezember 2024 in Kraft.",
    "fr": "La présente politique entre en vigueur le 27 décembre 2024.",
    "es": "La presente política entrará en vigor el 27 de diciembre de 2024.",
    "it": "La presente informativa entra in vigore il 27 dicembre 2024.",
    "pt_BR": "Esta política entra em vigor em 27 de dezembro de 2024.",
    "vi": "Chính sách này có hiệu lực từ ngày 27 tháng 12 năm 2024.",
    "id": "Kebijakan ini berlaku sejak tanggal 27 Desember 2024.",
    "ar": "تسري هذه السياسة اعتبارًا من 27 ديسمبر 2024.",
    "he": "מדיניות זו תיכנס לתוקף ביום 27 בדצמבר 2024.",
}
"""In all languages of the interface."""


def test_every_language_of_the_interface_has_a_sentence() -> None:
    assert set(TAKES_EFFECT) == {"en", *catalog_languages()}


@pytest.mark.parametrize("language", TAKES_EFFECT)
def test_a_policy_says_when_it_takes_effect(language: str) -> None:
    sentence = TAKES_EFFECT[language]
    assert len(found(f"# X\n\n## Article 1 (X)\n\n{sentence}\n", language)) == 1
    right = replace(VERSION, effective=dt.date(2024, 12, 27))
    assert found(f"# X\n\n## Article 1 (X)\n\n{sentence}\n", language, right) == []


def test_several_articles_and_their_paragraphs_are_looked_up() -> None:
    text = f"{ARTICLE}Articles 1 and 5 of this policy, and Article 6, paragraph 2 of these terms.\n"
    assert [line.partition("Found ")[2].partition(" of")[0] for line in found(text)] == [
        "'Articles 1 and 5'",
        "'Article 6, paragraph 2'",
    ]

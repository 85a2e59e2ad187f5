"""A translation beside its source: what goes by number and place, and what is named because nothing is guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from policysite.importing.repeated_sentence import pattern_of
from policysite.importing.translated_markup import with_links_of
from policysite.importing.translation_alignment import Alignment, aligned
from policysite.text.outline import read_document

SOURCE = """\
# Terms

Words before.

## Article 1 (Purpose)

First. Second.

Third.

## Article 2 (Data)

1. One
2. Two

   a) Left

   b) Right

| What | Why |
|---|---|
| Name | Account |
| Phone | Calls |

Behind.
"""
KOREAN = """\
# 약관

앞의 말.

## 제1조(목적)

하나. 둘.

셋.

## 제2조(정보)

1. 일
2. 이

   a) 왼쪽

   b) 오른쪽

| 무엇 | 왜 |
|---|---|
| 이름 | 계정 |
| 전화 | 통화 |

뒤.
"""
VERSIONS = {"1.1": dt.date(2022, 7, 1), "1.2": dt.date(2022, 12, 25)}


def laid(
    translated: str, source: str = SOURCE, versions: dict[str, dt.date] | None = None
) -> Alignment:
    one = read_document(source, "", held=True, language="en")
    other = read_document(translated, "", held=True, language="ko")
    return aligned(one.blocks, other.blocks, versions or {})


def said(alignment: Alignment) -> dict[str, str]:
    return {fit.message.msgid: fit.words for fit in alignment.fits}


WHOLE = {
    "Terms": "약관", "Words before.": "앞의 말.", "Article 1 (Purpose)": "제1조(목적)", "First. Second.": "하나. 둘.", "Third.": "셋.",
    "Article 2 (Data)": "제2조(정보)", "One": "일", "Two": "이", "Left": "왼쪽", "Right": "오른쪽", "What": "무엇", "Why": "왜",
    "Name": "이름", "Account": "계정", "Phone": "전화", "Calls": "통화", "Behind.": "뒤.",
}  # fmt: skip


def test_what_stands_in_the_same_place_is_the_translation() -> None:
    alignment = laid(KOREAN)
    assert said(alignment) == WHOLE
    assert not alignment.misfits
    assert not alignment.remarks


# What is changed in the translation, what is left without words, the line named, and what is said.
CASES = {
    "paragraph missing": ("셋.\n\n", "", ["First. Second.", "Third."], 7, "Found 1 paragraph in '제1조"),
    "paragraph split": ("하나. 둘.", "하나.\n\n둘.", ["First. Second.", "Third."], 7, "Found 3 paragraphs"),
    "two paragraphs joined": ("하나. 둘.\n\n셋.", "하나. 둘. 셋.", ["First. Second.", "Third."], 7, "Found 1 paragraph"),
    "article missing": ("## 제1조(목적)\n\n하나. 둘.\n\n셋.\n\n", "", ["Article 1 (Purpose)", "First. Second.", "Third."], 1, "Found no provision 'Article 1 (Purpose)' (art-1) behind"),
    "article added": ("## 제2조", "## 제1조의2(추가)\n\n더.\n\n## 제2조", [], 11, "Found the provision '제1조의2(추가)' (art-1-2)"),
    "point missing": ("2. 이\n\n   a) 왼쪽\n\n   b) 오른쪽\n", "", ["Two", "Left", "Right"], 13, "Found no provision '2.'"),
    "point added": ("   b) 오른쪽\n", "   b) 오른쪽\n\n   c) 위\n", [], 20, "Found the provision 'c)'"),
    "row missing": ("| 전화 | 통화 |\n", "", ["Name", "Account", "Phone", "Calls"], 20, "Found a table of 2 rows"),
    "row added": ("| 전화 | 통화 |\n", "| 전화 | 통화 |\n| 주소 | 배송 |\n", ["Name", "Account", "Phone", "Calls"], 20, "Found a table of 4 rows"),
    "column added": ("| 무엇 | 왜 |\n|---|---|\n", "| 무엇 | 왜 | 언제 |\n|---|---|---|\n", ["What", "Why", "Name", "Account", "Phone", "Calls"], 20, "rows of 3 cells"),
    "cell empty": ("| 이름 | 계정 |", "| 이름 | |", ["Account"], 20, "Found nothing in a cell"),
    "table missing": ("| 무엇 | 왜 |\n|---|---|\n| 이름 | 계정 |\n| 전화 | 통화 |\n", "", ["What", "Why", "Name", "Account", "Phone", "Calls"], 18, "Found nothing"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_structured_otherwise_is_named_and_the_rest_is_taken(case: str) -> None:
    before, after, left, line, found = CASES[case]
    assert KOREAN.count(before) == 1
    alignment = laid(KOREAN.replace(before, after))
    assert said(alignment) == {msgid: words for msgid, words in WHOLE.items() if msgid not in left}
    (misfit,) = alignment.misfits
    assert found in misfit.found
    assert misfit.line == line
    assert [message.msgid for message in misfit.messages] == left
    # Where the source has it, and how it begins.
    for message in misfit.messages[:4]:
        assert f"line {message.line} “{message.msgid}”" in misfit.expected


def test_articles_that_are_swapped_go_by_their_numbers_and_that_is_said() -> None:
    top, first, second = KOREAN.partition("## 제1조")[0], *KOREAN.split("## ")[1:]
    alignment = laid(f"{top}## {second}\n## {first}")
    assert said(alignment) == WHOLE
    assert any("'제2조(정보)' comes at another place" in what or "'제1조(목적)' comes at another" in what for _, what in alignment.remarks)  # fmt: skip


def test_marks_of_each_language_go_by_what_they_count() -> None:
    alignment = laid(KOREAN.replace("a) 왼쪽", "가. 왼쪽").replace("b) 오른쪽", "나. 오른쪽"))
    assert said(alignment) == WHOLE
    assert not alignment.misfits


def test_marks_that_leave_one_out_are_not_counted() -> None:
    alignment = laid(KOREAN.replace("a) 왼쪽", "가. 왼쪽").replace("b) 오른쪽", "다. 오른쪽"))
    assert not {"Left", "Right"} & said(alignment).keys()
    assert len(alignment.misfits) == 4


def test_a_heading_beside_a_mark_of_the_same_number_is_named() -> None:
    source = "# A\n\n## Article 1 (B)\n\n### 1.1 C\n\nD.\n"
    alignment = laid("# 가\n\n## 제1조(나)\n\n1.1 다\n\n라.\n", source)
    assert said(alignment) == {"A": "가", "Article 1 (B)": "제1조(나)"}
    assert {m.msgid for misfit in alignment.misfits for m in misfit.messages} == {"1.1 C", "D."}


def test_headings_without_number_go_by_their_order_between_the_numbers() -> None:
    source = "# A\n\n{#scope}\n## Scope\n\nOne.\n\n{#use}\n## Use\n\nTwo.\n"
    korean = "# 가나\n\n{#beomwi}\n## 범위\n\n일.\n\n{#iyong}\n## 이용\n\n이.\n"
    assert said(laid(korean, source)) == {
        "A": "가나", "Scope": "범위", "One.": "일.", "Use": "이용", "Two.": "이."
    }  # fmt: skip
    more = f"{korean}\n{{#deo}}\n## 더\n\n더.\n"
    alignment = laid(more, source)
    assert said(alignment) == {"A": "가나"}
    assert len(alignment.misfits) == 5


def test_a_table_whose_place_is_omitted_in_the_source_waits_for_it() -> None:
    source = SOURCE.replace(SOURCE[SOURCE.index("| What") : SOURCE.index("\nBehind")], "```{omitted}\n```\n")  # fmt: skip
    (misfit,) = laid(KOREAN, source).misfits
    assert "{omitted}" in misfit.expected
    assert "--omitted-tables" in misfit.remedy
    without = KOREAN.replace(KOREAN[KOREAN.index("| 무엇") : KOREAN.index("뒤.")], "")
    alignment = laid(without, source)
    assert not alignment.misfits
    assert said(alignment)["Behind."] == "뒤."


def test_a_table_may_be_written_outside_of_the_point_in_which_it_is_omitted() -> None:
    source = "# A\n\n## Article 1 (B)\n\n1. C\n\n   ```{omitted}\n   ```\n"
    korean = "# 가\n\n## 제1조(나)\n\n1. 다\n\n| 라 |\n|---|\n| 마 |\n"
    (misfit,) = laid(korean, source).misfits
    assert "{omitted}" in misfit.expected


def test_the_lines_on_earlier_versions_are_the_sentence_that_makes_them() -> None:
    source = f"{SOURCE}\n```{{version-links}}\nSee v.{{version}} ({{YYYY}}.{{MM}}.{{DD}}).\n```\n"
    lines = "v.1.1(2022년 7월 1일) 보기\n\nv.1.2(2022년 12월 25일) 보기\n"
    alignment = laid(f"{KOREAN}\n{lines}", source, VERSIONS)
    assert said(alignment)["See v.{version} ({YYYY}.{MM}.{DD})."] == "v.{version}({YYYY}년 {M}월 {D}일) 보기"  # fmt: skip
    assert not alignment.misfits
    wrong = laid(f"{KOREAN}\n{lines.replace('12월', '11월')}", source, VERSIONS)
    assert len(wrong.misfits) == 1


PATTERNS = [
    (["v1.1 of 2022.07.01", "v1.2 of 2022.12.25"], "v{version} of {YYYY}.{MM}.{DD}"),
    (["v1.1 of 1/7/2022", "v1.2 of 25/12/2022"], "v{version} of {D}/{M}/{YYYY}"),
    (["v1.1 of 2022.07.02", "v1.2 of 2022.12.25"], ""),
    (["v1.1 here", "v1.1 here"], ""),
    (["v1.1 here", "v1.2 there"], ""),
    (["v1.3 here", "v1.2 here"], ""),
    # As month or as day, with a zero or without: for this one day all say the same.
    (["v1.2 of 12/25"], "v{version} of {MM}/{DD}"),
]


@pytest.mark.parametrize(("lines", "pattern"), PATTERNS)
def test_a_pattern_gives_each_line_or_is_none(lines: list[str], pattern: str) -> None:
    assert pattern_of(lines, VERSIONS, "See {version} ({YYYY}.{MM}.{DD})") == pattern


LINKS = [
    ("See Article 8.", "[제8조](#art-8)를 보십시오.", "제8조를 보십시오."),
    ("See [it](#art-8).", "[제8조](#art-8)를 보십시오.", "[제8조](#art-8)를 보십시오."),
    ("See {policy:provision}`art-8`.", "[제8조](#art-8)를 보십시오.", "{policy:provision}`art-8`를 보십시오."),
    ("See {policy:provision}`it <art-8>`.", "[제8조](#art-8)를 보십시오.", "{policy:provision}`제8조 <art-8>`를 보십시오."),
    ("See [it](https://a.example/).", "[그것](https://a.example/)과 [제8조](#art-8).", "[그것](https://a.example/)과 제8조."),
    ("**A** 2\\. b", "**가** 2\\. 나", "**가** 2\\. 나"),
]  # fmt: skip


@pytest.mark.parametrize(("msgid", "words", "fitted"), LINKS)
def test_links_to_provisions_are_those_of_the_message(msgid: str, words: str, fitted: str) -> None:
    assert with_links_of(msgid, words) == fitted

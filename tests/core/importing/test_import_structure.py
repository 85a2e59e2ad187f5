"""What is recognised in pieces, and what is said of what was not sure."""

from __future__ import annotations

import datetime as dt

import pytest

from policysite.importing.composing import LanguageError, Text, compose
from policysite.importing.observations import dates_in, is_in
from policysite.importing.pieces import Note, Piece, Span
from policysite.importing.plain_text import pieces_of
from policysite.importing.recognised_text import NoArticlesError
from policysite.text.outline import Outline, read_document

DAY = dt.date(2024, 1, 18)


def composed(*lines: str, language: str = "en") -> Text:
    """Return what plain lines replace_process."""
    return compose(pieces_of("\n".join(lines), language), [], language, DAY)


def bold(text: str, heading: int = 0) -> Piece:
    return Piece((Span(text, strong=True),), heading=heading)


@pytest.mark.parametrize(
    ("line", "heading", "found"),
    [
        ("Article 1 (Purpose)", "## Article 1 (Purpose)", "art-1"),
        ("Article 1. Purpose", "## Article 1. Purpose", "art-1"),
        ("ARTICLE 1 - PURPOSE", "## ARTICLE 1 - PURPOSE", "art-1"),
        ("제1조(목적)", "## 제1조(목적)", "art-1"),
        ("제 1 조 (목적)", "## 제 1 조 (목적)", "art-1"),
        ("제1조 【목적】", "## 제1조 【목적】", "art-1"),
    ],
)
def test_articles(line: str, heading: str, found: str) -> None:
    words = ("Title", line, "Words.") if line.isascii() else ("약관", line, "내용입니다.")
    text = composed(*words, language="en" if line.isascii() else "ko")
    assert text.lines[2] == heading
    assert text.structure.ids == [found]


@pytest.mark.parametrize(
    "line",
    [
        "Article 1 applies to everybody who uses the service.",
        "제1조(목적)에 따라 처리합니다.",
        "제1조에 따른 사항은 다음과 같습니다.",
        "별표 1과 같습니다.",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    text = composed("Title", "Article 1 (A)", line)
    assert text.lines[4] == line
    assert text.structure.ids == ["art-1"]


@pytest.mark.parametrize(
    ("language", "first", "second", "sentence"),
    [
        ("de", "§ 1 Zweck", "§ 2 Begriffe", "§ 1 gilt entsprechend."),
        ("de", "Artikel 1 (Zweck)", "Artikel 2 (Begriffe)", "Artikel 1 Absatz 2 bleibt unberührt"),
        ("fr", "Article premier – Objet", "Article 2 – Définitions", "Article 1 du règlement"),
        ("es", "Artículo 1.º Objeto", "Artículo 2.º Definiciones", "Artículo 1.º de la ley"),
        ("it", "Art. 1 (Oggetto)", "Art. 2 (Definizioni)", "Art. 1 del codice."),
        ("ja", "第1条（目的）", "第2条（定義）", "第1条の規定による。"),
        ("ja", "第一条 目的", "第二条 定義", "第一条の規定による。"),
        ("zh_CN", "第一条 目的", "第二条 定义", "第一条所称数据。"),
        ("zh_TW", "第一條（目的）", "第二條（定義）", "第一條所稱資料。"),
        ("ar", "المادة الأولى (الغرض)", "المادة الثانية (التعريفات)", "المادة الأولى من القانون."),
        ("he", "סעיף 1 (מטרה)", "סעיף 2 (הגדרות)", "סעיף 1 לחוק."),
        ("vi", "Điều 1. Mục đích", "Điều 2. Giải thích", "Điều 1 của luật này."),
        ("fa", "ماده ۱ (هدف)", "ماده ۲ (تعاریف)", "ماده ۱ قانون."),
        ("km", "មាត្រា ១ គោលបំណង", "មាត្រា ២ និយមន័យ", "មាត្រា ១ នៃច្បាប់។"),
        ("th", "ข้อ ๑ วัตถุประสงค์", "ข้อ ๒ คำนิยาม", "ข้อ ๑ ของกฎหมาย."),
    ],
)
def test_headings_in_the_form_of_the_language(
    language: str, first: str, second: str, sentence: str
) -> None:
    text = composed("Title", first, sentence, second, sentence, language=language)
    assert [line for line in text.lines if line.startswith("#")] == [
        "# Title",
        f"## {first}",
        f"## {second}",
    ]
    assert text.structure.ids == ["art-1", "art-2"]


def test_a_heading_with_nothing_but_a_space_is_one_where_its_number_is_the_next() -> None:
    text = composed("Titel", "§ 1 Zweck", "§ 3 Nummer 4", "§ 2 Begriffe", language="de")
    assert text.structure.ids == ["art-1", "art-2"]
    assert "§ 3 Nummer 4" in text.lines
    assert composed("Title", "Article 1 (A)", "Article 2 of the Act").structure.ids == ["art-1"]


def test_provisions_nest_as_their_marks_do() -> None:
    text = composed(
        "이용약관", "제1조(목적)", "① 하나", "1. 가", "가. 나", "1) 다", "2) 라", "나. 마", "2. 바", "② 둘", "1. 사",
        "제1조의2(추가)", "1. 아", "부칙", "① 시행", "별표 1", language="ko",
    )  # fmt: skip
    one = "art-1-para-1"
    assert text.structure.ids == [
        "art-1", one, f"{one}-point-1", f"{one}-point-1-indent-1", f"{one}-point-1-indent-1-indent-1",
        f"{one}-point-1-indent-1-indent-2", f"{one}-point-1-indent-2", f"{one}-point-2", "art-1-para-2", "art-1-para-2-point-1",
        "art-1-2", "art-1-2-point-1", "add-1", "add-1-para-1", "ann-1",
    ]  # fmt: skip
    assert "   1) 다" in text.lines
    assert text.notes == ()


@pytest.mark.parametrize(
    ("lines", "written", "note"),
    [
        (["1. One", "3. Three"], r"3\. Three", "“3.” comes after a gap; it was published so, as 'as-printed' in the front matter says: art-1-point-3."),
        (["1. One", "2. Two", "2. Too"], r"2\. Too", "“2.” is numbered twice; it was published so, as 'as-printed' in the front matter says: art-1-point-2-x2."),
        (["1.1 One", "1.3 Far"], r"1\.3 Far", "'1.3' does not follow (1.1 is before it); it stays text, without an id"),
        (["1. One", "1. Again"], r"1&#46; Again", "'1.' does not follow (1 is before it)"),
        (["2. Two"], r"2&#46; Two", "'2.' does not follow (no number is before it)"),
        (["(2) Two"], r"\(2) Two", "'(2)' does not follow (no number is before it); it stays text, without an id"),
        (["b. Two"], r"b\. Two", "'b.' does not follow (no number is before it); it stays text, without an id"),
        (["나. 둘"], "나&#46; 둘", "'나.' does not follow (no number is before it); it stays text, without an id"),
        (["나) 둘"], r"나\) 둘", "'나)' does not follow (no number is before it); it stays text, without an id"),
        (["(h) Eight", "(g) Seven"], r"\(g) Seven", "'(g)' does not follow (h is before it); it stays text"),
        (["• One"], "- One", "The mark '•' is written '-'"),
        (["② Two"], "&#9313; Two", "'②' does not follow (no number is before it); it stays text, without an id"),
        (["One ② two"], "One ② two", "'②' is inside a paragraph"),
        (["1. One", "Words"], "Words", "A paragraph without a mark after a numbered one; it was written into art-1"),
        (["Article 1 (Again)"], "## Article 1 (Again)", "is numbered twice; it was published so, as 'as-printed' in the front matter says: art-1-x2."),
        (["Article 3 (Far)"], "## Article 3 (Far)", "comes after a gap; it was published so, as 'as-printed' in the front matter says: art-3."),
        (["Article 3 (Far) Data are deleted."], "Article 3 (Far) Data are deleted.", "begins like the heading of number 3, which does not follow 1"),
        (["Article 2 Deletion. Data are deleted."], "Article 2 Deletion. Data are deleted.", "begins like article 2, which has not come yet"),
        (["Annex 1. Fees"], "Annex 1. Fees", "This may be a heading"),
        (["Effective January 19, 2024."], "Effective January 19, 2024.", "Found the day 2024-01-19"),
        (["2024.1.19"], "2024.1.19", "Found the day 2024-01-19"),
    ],
)  # fmt: skip
def test_what_was_not_sure_is_said_at_its_line(lines: list[str], written: str, note: str) -> None:
    text = composed("Title", "Article 1 (A)", *lines)
    place = text.lines.index(written) + 1
    found = [message for line, message in text.notes if line == place]
    assert any(note in message for message in found), text.notes
    assert all("(line " in message or "Found the day" in message for message in found)


def test_a_paragraph_stays_in_its_point_while_the_list_goes_on() -> None:
    text = composed("Title", "Article 1 (A)", "1. One", "More of it", "2. Two", "Behind")
    assert text.lines[4:] == ("1. One", "", "   More of it", "", "2. Two", "", "Behind")


def test_a_korean_heading_that_was_skipped_is_noted() -> None:
    text = composed(
        "약관",
        "제1조(목적) 내용입니다.",
        "제4조(건너뜀) 내용입니다.",
        "제5조(다음) 내용",
        language="ko",
    )
    assert text.structure.ids == ["art-1"]
    said = [line for line, message in text.notes if "begins like the heading of number" in message]
    assert [text.lines[line - 1] for line in said] == [
        "제4조(건너뜀) 내용입니다.",
        "제5조(다음) 내용",
    ]


def test_a_heading_in_a_numbered_list_is_noted_if_it_was_not_taken() -> None:
    words = (Span("Article 3 (Far) Data are deleted."),)
    read = [Piece((Span("Terms"),), heading=1), bold("Article 1 (A)")]
    text = compose([*read, Piece(words, depth=1, counter="1.")], [], "en", DAY)
    assert any("begins like the heading of number 3" in message for _, message in text.notes)


def test_headings_of_documents_and_bold_paragraphs_are_headings() -> None:
    read = [
        bold("The Title"),
        bold("Overview", heading=2),
        Piece((Span("Article 1 Purpose"),), heading=3),
        bold("Article 2 What follows"),
        bold("1. Bold"),
        bold("Annex 1. Fees"),
    ]
    text = compose(read, [], "en", DAY)
    assert [line for line in text.lines if line] == [
        "# The Title", "{#overview}", "## Overview", "### Article 1 Purpose", "### Article 2 What follows", "1. **Bold**",
        "## Annex 1. Fees",
    ]  # fmt: skip
    assert text.lines[-1] == "## Annex 1. Fees"
    assert text.structure.ids == ["overview", "art-1", "art-2", "art-2-point-1", "ann-1"]
    assert (4, "No id follows from this heading; it got {#overview}.") in text.notes


def test_bold_words_at_the_beginning_of_a_paragraph_are_its_heading() -> None:
    lead = Span("Article 1. Purpose ", strong=True)
    read = [
        bold("Terms"),
        Piece((lead, Span("The terms say what applies, and to whom, and from when."))),
        bold("Article 2. Users"),
    ]
    text = compose(read, [], "en", DAY)
    assert text.lines[2::2] == (
        "## Article 1. Purpose",
        "The terms say what applies, and to whom, and from when.",
        "## Article 2. Users",
    )
    read[1] = Piece(
        (
            Span("Article 1", strong=True),
            Span(" of the Act does not apply to the service of the company."),
        )
    )
    text = compose(read, [], "en", DAY)
    assert text.structure.ids == ["art-2"]


def test_an_article_of_a_supplementary_provision_is_no_second_article() -> None:
    text = composed(
        "약관", "제1조(목적)", "부칙", "제1조(시행일)", "부칙", "제1조(시행일) 오늘부터 시행한다.", language="ko"
    )  # fmt: skip
    assert text.structure.ids == ["art-1", "add-1", "add-1-art-1", "add-2", "add-2-art-1"]
    assert [line for line in text.lines if line.startswith("#")] == [
        "# 약관", "## 제1조(목적)", "## 부칙", "### 제1조(시행일)", "## 부칙", "### 제1조(시행일)",
    ]  # fmt: skip


SHAPES = {
    "run in, Chinese": ("zh", ["第一章 总则", "第一条 灯用油。", "第二条 下列情形不用油：", "（一）白昼；", "（二）大风。"], "chp-1 art-1 art-2 art-2-item-1 art-2-item-2"),
    "run in, Japanese": ("ja", ["第一条　灯は油を用いる。", "２　油は別に払う。", "第二条　灯は夜に用いる。", "イ　昼", "ロ　風"], "art-1 art-1-para-2 art-2 art-2-item-1 art-2-item-2"),
    "chapters as lines": ("ko", ["제1장 총칙", "제1조 (목적)", "가나다.", "제2장 이용", "제2조 (신청) 다음과 같다.", "(1) 하나", "㉠ 바람"], "chp-1 art-1 chp-2 art-2 art-2-para-1 art-2-para-1-indent-1"),
    "articles that begin again": ("ko", ["제1장 총칙", "제1조 (목적)", "가나다.", "제2장 이용", "제1조 (신청)", "라마바."], "chp-1 chp-1-art-1 chp-2 chp-2-art-1"),
    "two supplements": ("ko", ["제1조 (목적)", "부칙 <제1호, 2023. 3. 1.>", "제1조 (시행일) 오늘.", "제2조 (경과) ① 옛", "② 새", "부칙 <제2호, 2024. 3. 1.>", "제1조 (시행일)"],
        "art-1 add-1 add-1-art-1 add-1-art-2 add-1-art-2-para-1 add-1-art-2-para-2 add-2 add-2-art-1"),
    "letters and Roman numerals": ("en", ["Article 1 (A)", "(a) One", "(i) inner", "(ii) inner", "(b) Two", "(1) deep"], "art-1 art-1-item-a art-1-item-a-subitem-i art-1-item-a-subitem-ii art-1-item-b art-1-item-b-indent-1"),
    "a decimal behind what ended its list": ("en", ["Article 1 (A)", "1. One", "Words.", "1.1 Deep", "More."], "art-1 art-1-point-1 art-1-point-1-subsec-1"),
    "before the first heading": ("en", ["Whereas:", "(1) light is good;", "(2) dark is not.", "Article 1 (A)", "Words."], "intro-para-1 intro-para-2 art-1"),
}  # fmt: skip


@pytest.mark.parametrize("case", SHAPES)
def test_headings_and_marks_of_every_shape(case: str) -> None:
    language, lines, ids = SHAPES[case]
    text = composed("Title" if language == "en" else "約款", *lines, language=language)
    assert " ".join(text.structure.ids) == ids
    assert not [note for _, note in text.notes if "refuses" in note]


def test_where_articles_begin_again_is_said_once() -> None:
    text = composed("약관", "제1장 총칙", "제1조 (가)", "제2장 이용", "제1조 (나)", language="ko")
    assert text.rules.restart == {"art": "chp"}
    assert text.rules.as_printed == {}
    (said,) = [note for _, note in text.notes if "restart" in note]
    assert "“제1조” comes again; 'restart: {art: chp}' in the front matter says so." in said


def test_the_reading_of_a_letter_is_said_and_written() -> None:
    letters = [f"({letter}) w" for letter in "abcdefghi"]
    text = composed("Title", "Article 1 (A)", *letters)
    assert text.lines[-2:] == ("{#art-1-item-i}", "(i) w")
    assert text.structure.ids[-1] == "art-1-item-i"
    (said,) = [note for line, note in text.notes if line == len(text.lines)]
    assert (
        "can be read in two ways; it was read as art-1-item-i, and not as art-1-item-h-subitem-i"
        in said
    )


def headed(text: str, level: int = 2, counter: str = "") -> Piece:
    return Piece((Span(text),), heading=level, depth=bool(counter), counter=counter)


def words(*lines: str) -> list[Piece]:
    return [Piece((Span(line),)) for line in lines]


def test_bold_lines_are_headings_where_a_text_has_no_others() -> None:
    read = [headed("Terms", 1), bold("What we keep"), *words("Data."), bold("1. Uses"), *words("(a) one", "(b) two")]  # fmt: skip
    text = compose(read, [], "en", DAY)
    assert text.structure.ids == ["what-we-keep", "sec-1", "sec-1-item-a", "sec-1-item-b"]
    read.append(headed("Contact"))
    assert "**What we keep**" in compose(read, [], "en", DAY).lines


def test_a_number_that_is_drawn_before_a_heading_is_its_number() -> None:
    read = [headed("Terms", 1), headed("Who", 2, "1."), *words("Us."), headed("What", 2, "2."), headed("2.1 Data", 3, "-")]  # fmt: skip
    text = compose(read, [], "en", DAY)
    assert text.lines[2::2] == ("## 1. Who", "Us.", "## 2. What", "### 2.1 Data")
    assert text.structure.ids == ["sec-1", "sec-2", "sec-2-subsec-1"]


def test_a_heading_keeps_its_word_in_a_later_version() -> None:
    def version(*pieces: Piece, before: Outline | None = None) -> Text:
        return compose([headed("Terms", 1), *pieces], [], "en", DAY, before=before)

    lamp, oil = words("A lamp gives light at night."), words("Oil is bought in the shop.")
    first = version(headed("Lamps"), *lamp, headed("Basis", 3), *words("Consent."), headed("Oil"), *oil, headed("Basis", 3), *words("Contract."))  # fmt: skip
    assert first.structure.ids == ["lamps", "basis", "oil", "basis-b"]
    outline = read_document("\n".join(first.lines), "", held=True, language="en").outline
    later = version(
        headed("Wicks"), headed("Basis", 3), headed("Our lamps"), *lamp, headed("Basis", 3), headed("Oil"), *words("None."), headed("Basis", 3),
        before=outline,
    )  # fmt: skip
    assert later.structure.ids == ["wicks", "basis-c", "lamps", "basis", "oil", "basis-b"]
    assert [note for _, note in later.notes if "another version" in note] == [
        "It has the words of “Lamps” in another version; it got {#lamps}."
    ]


def test_contents_and_what_stands_before_the_title_are_left_out_and_named() -> None:
    listed = [
        Piece((Span(f"Article {n} (A{n})"),), line=n, depth=1, counter="-") for n in (1, 2, 3)
    ]
    read = [Piece((Span("Home > Legal"),), line=1), Piece((Span("Terms"),), heading=1), *listed]
    for number in (1, 2, 3):
        read += [bold(f"Article {number} (A{number})"), Piece((Span("Words."),))]
    text = compose(read, [Note("Left out, a menu.", 2)], "en", DAY)
    assert text.structure.ids == ["art-1", "art-2", "art-3"]
    said = " ".join(message for _, message in text.notes)
    assert "Left out, before the title: “Home > Legal”. (line 1 of the source)" in said
    assert said.count("a table of contents") == 3
    assert "Left out, a menu. (line 2 of the source)" in said


def test_a_text_without_articles_is_refused() -> None:
    with pytest.raises(NoArticlesError):
        composed("Title", "1. Purpose", "We process data.")


def test_a_text_in_another_script_is_refused() -> None:
    with pytest.raises(LanguageError):
        composed("이용약관", "제1조(목적)", "회사는 이용자의 정보를 처리합니다.", language="en")
    assert is_in("ko", "회사는 Google Analytics를 사용합니다")
    assert not is_in("ko", "The company uses 쿠키")
    assert is_in("de", "Artikel")


def test_lines_that_were_wrapped_are_joined_and_named() -> None:
    wide = "The company keeps the information of its users for as long as the law says"
    text = composed(
        "Title",
        "Article 1 (A)",
        wide,
        "and for the term that the contract states, which may be longer than what",
        "everybody expected",
        "1. One",
    )
    assert text.lines[4].endswith("what everybody expected")
    assert any("Lines 3 to 5 of the source were joined" in message for _, message in text.notes)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "2024.12.27", ["2024-12-27"]),
        ("ko", "2024년 1월 18일부터", ["2024-01-18"]),
        ("en", "Dec 27, 2024 and 3 May 2023", ["2024-12-27", "2023-05-03"]),
        ("de", "27. Dezember 2024", ["2024-12-27"]),
        ("ja", "令和6年12月27日", ["2024-12-27"]),
        ("ar", "27 ديسمبر 2024", ["2024-12-27"]),
        ("en", "Notice No. 2020-7", []),
        ("en", "In December 2024", []),
    ],
)
def test_days_are_found(language: str, text: str, days: list[str]) -> None:
    assert dates_in(text, language) == days


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("en", "Article 1 (Effect)", "This policy takes effect on 27 December 2024."),
        ("de", "§ 1 Inkrafttreten", "Diese Richtlinie tritt am 27. Dezember 2024 in Kraft."),
        ("ja", "第1条（施行）", "本方針は、2024年12月27日から施行します。"),
        ("ar", "المادة 1 (السريان)", "تسري هذه السياسة اعتبارًا من 27 ديسمبر 2024."),
    ],
)
def test_another_day_of_effect_is_noted(language: str, heading: str, sentence: str) -> None:
    text = composed("Title", heading, sentence, language=language)
    assert [message.partition(",")[0] for _, message in text.notes] == ["Found the day 2024-12-27"]

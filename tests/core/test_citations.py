"""A provision is cited by what its heading and marks print in that language, and by no label of ours."""

from __future__ import annotations

import pytest

from policysite.languages.labels import label_of_heading
from policysite.languages.language_files import known_languages, table
from policysite.languages.numerals import in_numerals, number_of
from policysite.languages.provision_number import Number
from policysite.model.citations import citation
from policysite.model.cited_headings import named
from policysite.model.printed_texts import printed_texts
from policysite.model.provision_ids import Part, step_of_heading

MARKS = {"art-7-para-2": "②", "art-7-para-2-point-3": "3.", "art-7-para-2-point-3-indent-1": "가."}
POINT = "art-7-para-2-point-3"

CITED = [
    # language, heading, the article, its paragraph 2, point 3 in that
    ("en", "Article 7 (Cookies)", "Article 7", "Article 7 ②", "Article 7 ② 3."),
    ("ko", "제7조(쿠키)", "제7조", "제7조 제2항", "제7조 제2항 제3호"),
    ("ja", "第7条（クッキー）", "第7条", "第7条第2項", "第7条第2項第3号"),
    ("ja", "第七条（クッキー）", "第七条", "第七条第二項", "第七条第二項第三号"),
    ("zh_CN", "第七条 Cookie", "第七条", "第七条第二款", "第七条第二款第三项"),
    ("zh_TW", "第七條（Cookie）", "第七條", "第七條第二項", "第七條第二項第三款"),
    ("de", "§ 7 Cookies", "§ 7", "§ 7 Abs. 2", "§ 7 Abs. 2 Nr. 3"),
    ("de", "Artikel 7 (Cookies)", "Artikel 7", "Artikel 7 Abs. 2", "Artikel 7 Abs. 2 Nr. 3"),
    ("de", "Übergangsbestimmung", "Übergangsbestimmung", "Übergangsbestimmung Abs. 2", "Übergangsbestimmung Abs. 2 Nr. 3"),
    ("fr", "Dispositions transitoires", "Dispositions transitoires", "Dispositions transitoires, ②", "Dispositions transitoires, ②, 3."),
    ("it", "Disposizione transitoria", "Disposizione transitoria", "Disposizione transitoria, ②", "Disposizione transitoria, ②, 3."),
    ("ar", "أحكام انتقالية", "أحكام انتقالية", "أحكام انتقالية، الفقرة 2", "أحكام انتقالية، الفقرة 2، البند 3"),
    ("fr", "Article 7 (Cookies)", "Article 7", "Article 7, ②", "Article 7, ②, 3."),
    ("es", "Artículo 7.º Cookies", "Artículo 7.º", "Artículo 7.º ②", "Artículo 7.º ② 3."),
    ("it", "Art. 7 (Cookie)", "Art. 7", "Art. 7, ②", "Art. 7, ②, 3."),
    ("pt_BR", "Art. 7º (Cookies)", "Art. 7º", "Art. 7º ②", "Art. 7º ② 3."),
    ("vi", "Điều 7. Cookie", "Điều 7", "khoản 2 Điều 7", "điểm 3 khoản 2 Điều 7"),
    ("id", "Pasal 7 (Kuki)", "Pasal 7", "Pasal 7 ayat (2)", "Pasal 7 ayat (2) angka 3"),
    ("ar", "المادة 7 (ملفات الارتباط)", "المادة 7", "المادة 7، الفقرة 2", "المادة 7، الفقرة 2، البند 3"),
    ("he", "סעיף 7 (עוגיות)", "סעיף 7", "סעיף 7, סעיף קטן 2", "סעיף 7, סעיף קטן 2, 3."),
    ("fa", "ماده ۷ (کوکی‌ها)", "ماده ۷", "ماده ۷، ②", "ماده ۷، ②، 3."),
    ("lo", "ມາດຕາ 7 (ຄຸກກີ້)", "ມາດຕາ 7", "ມາດຕາ 7 ②", "ມາດຕາ 7 ② 3."),
    ("km", "មាត្រា ៧ (ខូគី)", "មាត្រា ៧", "មាត្រា ៧ ②", "មាត្រា ៧ ② 3."),
    ("my", "ပုဒ်မ ၇။ ကွတ်ကီး", "ပုဒ်မ ၇", "ပုဒ်မ ၇ ②", "ပုဒ်မ ၇ ② 3."),
    # No file has the label, or there is none: what is printed.
    ("ru", "Статья 7. Файлы", "Статья 7", "Статья 7 ②", "Статья 7 ② 3."),
    ("pl", "Artykuł 7 (Pliki)", "Artykuł 7", "Artykuł 7 ②", "Artykuł 7 ② 3."),
    ("nl", "Cookies:", "“Cookies”", "“Cookies” ②", "“Cookies” ② 3."),
    # Not translated: as the source cites itself.
    ("ja", "Article 7 (Cookies)", "Article 7", "Article 7 ②", "Article 7 ② 3."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "heading", "article", "paragraph", "point"), CITED)
def test_a_provision_is_cited_by_what_is_printed(
    language: str, heading: str, article: str, paragraph: str, point: str
) -> None:
    printed = {"art-7": heading, **MARKS}
    assert citation("art-7", printed, language) == article
    assert citation("art-7-para-2", printed, language) == paragraph
    assert citation(POINT, printed, language) == point


@pytest.mark.parametrize(
    ("language", "cited"),
    [
        ("en", "“Cookies”"), ("ko", "“Cookies”"), ("zh_CN", "“Cookies”"), ("pt_BR", "“Cookies”"), ("vi", "“Cookies”"),
        ("de", "„Cookies“"), ("fr", "«\u00a0Cookies\u00a0»"), ("es", "«Cookies»"), ("it", "«Cookies»"), ("ru", "«Cookies»"),
        ("ja", "「Cookies」"), ("zh_TW", "「Cookies」"), ("ar", "«Cookies»"), ("he", "”Cookies”"),
    ],
)  # fmt: skip
def test_words_are_quoted_as_the_language_does(language: str, cited: str) -> None:
    printed = {"art-7": "Cookies:"}
    assert citation("art-7", printed, language) == cited
    assert citation("art-7-point-1", printed, language).startswith(cited)


@pytest.mark.parametrize(
    ("language", "heading", "number"),
    [
        ("fr", "Article premier (Objet)", 1),
        ("fr", "Article 1er (Objet)", 1),
        ("fr", "Article 12 (Objet)", 12),
        ("ja", "第十一条（目的）", 11),
        ("zh_CN", "第二十三条 目的", 23),
        ("ar", "المادة الأولى (الغرض)", 1),
        ("ar", "المادة الحادية عشرة (الغرض)", 11),
        ("ar", "المادة ٧ (الغرض)", 7),
        ("es", "Artículo primero (Objeto)", 1),
        ("de", "§ 15 Tätigkeitsbericht", 15),
        ("pt_BR", "Art. 1º (Finalidade)", 1),
        ("th", "ข้อ ๑ (วัตถุประสงค์)", 1),
        ("fa", "ماده اول (هدف)", 1),
        ("lo", "ມາດຕາ ໑ (ຈຸດປະສົງ)", 1),
        ("km", "មាត្រា ១២ (គោលបំណង)", 12),
        ("my", "ပုဒ်မ ၁၂ (ရည်ရွယ်ချက်)", 12),
    ],
)
def test_the_number_of_an_article_in_the_numerals_of_its_language(
    language: str, heading: str, number: int
) -> None:
    found = label_of_heading(heading, language)
    assert found is not None
    assert (found.level, found.number) == ("art", number)
    assert heading.startswith(found.text)
    assert str(step_of_heading(heading, language)) == f"art-{number}"


@pytest.mark.parametrize("language", known_languages())
def test_an_article_is_named_as_a_heading_of_the_language_says_it(language: str) -> None:
    if "art" in table(language, "headings"):
        words = named(Part("art", Number(7)), language)
        assert step_of_heading(words, language) == Part("art", Number(7))


@pytest.mark.parametrize(
    ("language", "heading"),
    [("de", "§§ Recht"), ("de", "Artikeln"), ("fr", "Articles divers"), ("en", "Articled clerks"), ("ja", "第三者提供"), ("zh_CN", "第三方"), ("es", "Artículos varios")],
)  # fmt: skip
def test_words_are_no_label(language: str, heading: str) -> None:
    assert label_of_heading(heading, language) is None


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_of_han_are_read_as_they_are_written(number: int) -> None:
    for language in ("ja", "zh_CN", "zh_TW"):
        assert number_of(in_numerals(number, language), language) == number


def test_a_mark_that_was_printed_twice_is_cited_as_it_is_printed() -> None:
    printed = {"art-5": "§ 5 Laufzeit", "art-5-para-2": "(2)", "art-5-para-2-x2": "(2)"}
    assert citation("art-5-para-2-x2", printed, "de") == "§ 5 Abs. 2"


def test_a_mark_in_a_german_annex_is_cited_as_it_is_printed() -> None:
    printed = {"ann-1": "Anlage 1: Leistung", "ann-1-point-2": "2."}
    assert citation("ann-1-point-2", printed, "de") == "Anlage 1 2."


def test_what_two_versions_print_is_cited_for_each_in_each_language() -> None:
    one, same, other = (
        printed_texts((("art-5", heading), ("art-5-para-2", "②")), (), (), ())
        for heading in ("Article 5 (Fees)", "Article 5 (Fees)", "Section 5 Fees")
    )
    assert one is same
    cited = [citation("art-5-para-2", texts, "en") for texts in (one, other, one)]
    assert cited == ["Article 5 ②", "Section 5 ②", "Article 5 ②"]
    assert citation("art-5-para-2", one, "fr") == "Article 5, ②"

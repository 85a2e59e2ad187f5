"""The sample in two languages more, one of them from right to left: built completely, and cited as it is printed.

``tests/slow/test_translated_sample_everywhere.py`` has all seven languages, every version and the days of a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from printed_labels import labels_of_ours
from sample_comparisons import expected, kinds_in_texts, kinds_on_page
from support import SAMPLE_DAY, build_site, page, text
from translated_sample import (
    broken_links,
    copy_translated_sample,
    foreign_citations,
    left_in_english,
    page_names,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.thorough

LANGUAGES = ("de", "ar")
VERSIONS = ("2.1", "3.0")
PAIR = ("2.1", "3.0")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, between which an article was split: in English, Korean, German and Arabic."""
    folder = tmp_path_factory.mktemp("translated")
    root = copy_translated_sample(folder, LANGUAGES, frozen=False, versions=VERSIONS)
    summary = build_site(root, SAMPLE_DAY)
    assert dict(summary.translated) == dict.fromkeys(("ko", *LANGUAGES), 1)
    return root


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_page_in_its_own_words(root: Path, language: str) -> None:
    site = root / "_build/html"
    assert page_names(site, language) == page_names(site, "ko")
    assert not left_in_english(site, language)
    assert not foreign_citations(site, language)
    assert kinds_in_texts(root, PAIR, language) == expected(PAIR, language)
    compared = page(site / f"{language}/privacy/compare/2.1/3.0.html")
    assert kinds_on_page(compared, language) == expected(PAIR, language)


def test_no_page_has_a_label_of_ours(root: Path) -> None:
    assert labels_of_ours(root / "_build/html") == []


def test_every_link_leads_somewhere(root: Path) -> None:
    assert not broken_links(root / "_build/html")


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("ko", "조별 변경 현황: 삭제 1, 개정 6, 번호 변경 2, 이동 2, 변경 없음 3."),
        (
            "de",
            "Bestimmungen: 1 gestrichen, 6 geändert, 2 umnummeriert, 2 verschoben, 3 unverändert.",
        ),
        ("ar", "الأحكام: المحذوف: 1، المعدَّل: 6، المعاد ترقيمه: 2، المنقول: 2، غير المعدَّل: 3."),
    ],
)
def test_a_list_is_joined_as_the_language_does(root: Path, language: str, counts: str) -> None:
    compared = page(root / f"_build/html/{language}/privacy/compare/2.1/3.0.html")
    (found,) = compared.find_class("counts")
    assert text(found) == counts


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("ko", "제7조(이용자의 권리와 그 행사 방법)"),
        ("de", "§ 7 Rechte der Nutzer und ihre Ausübung"),
        ("ar", "المادة 7 (حقوق المستخدمين وكيفية ممارستها)"),
    ],
)
def test_a_heading_is_compared_as_the_text_prints_it(
    root: Path, language: str, heading: str
) -> None:
    compared = page(root / f"_build/html/{language}/privacy/compare/2.1/3.0.html")
    (found,) = compared.xpath("//section[@id='art-7']/div/h2")
    for gone in found.findall(".//del"):
        gone.drop_tree()
    for hidden in found.find_class("sr-only"):
        hidden.drop_tree()
    assert text(found) == heading


@pytest.mark.thorough
def test_the_month_stays_within_the_drawing_of_the_periods(root: Path) -> None:
    late = build_site(root, {"POLICYSITE_DATE": "2030-03-01"}).output
    for language, month in (("de", "März 2030"), ("ar", "مارس 2030")):
        history = page(late / language / "privacy/history.html")
        (label,) = history.xpath("//*[local-name()='text'][@class='today']")
        assert text(label) == month
        # In a drawing that is mirrored for Arabic, too.
        assert label.get("text-anchor") == "end"

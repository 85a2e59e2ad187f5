"""The language in which policies are written is a setting: the sample turned round says the same as the sample.

``tests/slow/test_source_languages_everywhere.py`` has seven more languages, and the whole work on such a site.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.etree
import lxml.html
import pytest
from support import (
    DAY,
    SAMPLE_DAY,
    THAT_DAY,
    build_site,
    copy_sample,
    page,
    provisions_of,
    swap,
    text,
)
from translated_sample import NAMES
from turned_sample import begin_site, copy_turned_sample, faults_between, plain_lines

from policysite.authoring.init_site import init_site
from policysite.authoring.new_site_request import NewSiteRequest, request_problems
from policysite.authoring.translation_report import translation_status
from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import Code
from policysite.checks.check_project import check_project
from policysite.importing.composing import Text, compose
from policysite.importing.plain_text import pieces_of
from policysite.languages.language_data import date_in_words
from policysite.skeleton.skeleton_files import sample_languages

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.thorough

LANGUAGES = ("en", "ko")
NUMBERS = ("0.9", "1.0", "1.1", "1.2", "2.0", "2.1", "3.0", "3.1", "3.2")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, written in English and translated into Korean, built."""
    root = copy_sample(tmp_path_factory.mktemp("sample"), frozen=False)
    return build_site(root, SAMPLE_DAY).output


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, written in Korean and translated into English, built."""
    return build_site(copy_turned_sample(tmp_path_factory.mktemp("turned")), SAMPLE_DAY).output


def versions(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "versions.json").read_text("utf-8"))[
        "policies"
    ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [number for number in NUMBERS if number != "0.9"])
def test_each_version_has_the_same_provisions_and_words(
    sample: Path, turned: Path, language: str, number: str
) -> None:
    found = provisions_of(turned, language, "privacy", number)
    assert found == provisions_of(sample, language, "privacy", number)
    assert len(found) > 10


def test_both_have_the_same_versions_days_and_pages(sample: Path, turned: Path) -> None:
    assert versions(turned) == [{**policy, "ledger": None} for policy in versions(sample)]
    pages = [
        {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
        for site in (sample, turned)
    ]
    assert pages[0] == pages[1]


def status(document: lxml.html.HtmlElement) -> list[str]:
    return [text(notice) for notice in document.find_class("status-line")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_menus_and_histories_say_the_same(
    sample: Path, turned: Path, language: str
) -> None:
    for name in ("3.0", "1.0", "0.9", "history", "compare/index"):
        there, here = (page(site / language / f"privacy/{name}.html") for site in (sample, turned))
        assert here.get("lang") == language
        assert status(here) == status(there)
        for place in ("version-menu", "sidebar-drawer", "timeline", "history", "page-bar"):
            said = [
                [text(found) for found in document.find_class(place)] for document in (here, there)
            ]
            # Languages are listed in another order.
            assert sorted(" ".join(said[0]).split()) == sorted(" ".join(said[1]).split()), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_say_the_same(sample: Path, turned: Path, language: str) -> None:
    feeds = [
        [
            "".join(element.itertext())
            for element in lxml.etree.parse(site / language / "feed.atom").iter(
                "{*}title", "{*}summary", "{*}updated", "{*}id"
            )
        ]
        for site in (sample, turned)
    ]
    assert feeds[0] == feeds[1]
    assert len(feeds[0]) > 20


def kinds(site: Path, language: str, pair: str) -> list[tuple[str, str]]:
    document = page(site / language / f"privacy/compare/{pair}.html")
    return [
        (section.get("id") or "", " ".join(text(kind) for kind in section.find_class("kind")))
        for section in document.find_class("redline-article")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", ["1.1/1.2", "1.2/2.0", "2.1/3.0"])
def test_comparisons_find_the_same_changes(
    sample: Path, turned: Path, language: str, pair: str
) -> None:
    here = kinds(turned, language, pair)
    # Where one text changed and the other did not, each says which of the two is the source.
    source = {"Only the source text changed", "원문만 변경"}
    there = kinds(sample, language, pair)
    assert [k for k in here if k[1] not in source] == [k for k in there if k[1] not in source]
    assert here


def test_only_the_translation_is_said_to_be_one(turned: Path) -> None:
    korean, english = (page(turned / code / "privacy/3.0.html") for code in ("ko", "en"))
    # A language is called by its own name.
    assert {text(element) for element in korean.xpath("//*[@lang='en']")} == {"English"}
    parallel = page(turned / "en/privacy/parallel/3.0.html")
    assert parallel.xpath("//*[@class='source'][@lang='ko']")
    assert "Version history" in text(english)
    assert "버전 이력" in text(korean)


def test_searching_finds_texts_of_both(turned: Path) -> None:
    for language, words in (("ko", "개인정보"), ("en", "personal information")):
        scripts = list((turned / language / "privacy").glob("*.js")) + list(
            (turned / language).rglob("3.0*.js")
        )
        assert any(words in script.read_text("utf-8") for script in scripts), language


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, between which an article was split, written in Arabic and translated into English, built."""
    folder = tmp_path_factory.mktemp("arabic")
    root = copy_turned_sample(folder, "ar", versions=("2.1", "3.0"))
    assert not check_project(root, SAMPLE_DAY).found.problems
    return build_site(root, SAMPLE_DAY).output


@pytest.mark.thorough
def test_a_text_from_right_to_left_has_the_same_provisions(sample: Path, arabic: Path) -> None:
    for number in ("2.1", "3.0"):
        found = provisions_of(arabic, "ar", "privacy", number)
        assert provisions_of(arabic, "en", "privacy", number) == provisions_of(
            sample, "en", "privacy", number
        )
        assert [p["id"] for p in found] == [
            p["id"] for p in provisions_of(sample, "en", "privacy", number)
        ]
    citations = {p["id"]: p["citation"] for p in found}
    assert citations["art-7-para-2"] == "المادة 7، الفقرة 2"
    assert page(arabic / "ar/privacy/3.0.html").get("dir") == "rtl"
    assert kinds(arabic, "en", "2.1/3.0") == kinds(sample, "en", "2.1/3.0")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("language", sorted({"ko", *NAMES}))
def test_a_published_text_is_imported_in_its_own_language(language: str) -> None:
    english = _imported("en")
    assert len(english.structure.ids) > 30
    found = _imported(language)
    assert found.structure.ids == english.structure.ids


def _imported(language: str) -> Text:
    """Return what becomes of the text of version 3.0 in a *language*, as plain lines."""
    lines = plain_lines("3.0", language)
    return compose(pieces_of(lines, language), [], language, dt.date(2024, 2, 1))


def test_one_wrong_date_does_not_make_headings_unknown(tmp_path: Path) -> None:
    root = copy_turned_sample(tmp_path, "ja", versions=("3.0",))
    swap("docs/privacy/3.0.md", "effective: 2024-02-01", "effective: 2024-02-31")(root)
    codes = {problem.code for problem in check_project(root, SAMPLE_DAY).found.problems}
    assert codes == {Code.REGISTER_DATE}


def test_an_article_that_moved_without_a_record_is_found_by_its_title(tmp_path: Path) -> None:
    root = copy_turned_sample(tmp_path, "zh_CN", versions=("2.1", "3.0"))
    text = (root / "docs/privacy/3.0.md").read_text("utf-8")
    assert "art-9: art-3}" in text
    (root / "docs/privacy/3.0.md").write_text(text.replace(", art-9: art-3}", "}"), "utf-8")
    found = [str(p) for p in check_project(root, SAMPLE_DAY).found.problems]
    assert any("'第九条（个人信息保护负责人）' has the title of art-3" in line for line in found)


@pytest.mark.thorough
def test_a_korean_site_begins_with_korean_texts(tmp_path: Path) -> None:
    request = NewSiteRequest(
        tmp_path / "site",
        publisher="한빛 주식회사",
        policy="한빛 개인정보 처리방침",
        language="ko",
        translate=("en", "nl"),
        titles={"en": "Hanbit Privacy Policy"},
        time_zone="Asia/Seoul",
        email="a@example.org",
        address="privacy",
    ).tidied()
    made = init_site(request, DAY)
    root = request.folder
    assert "# 한빛 개인정보 처리방침" in (root / "docs/privacy/1.0.md").read_text("utf-8")
    assert made.open == {"nl": 25}
    assert not list((root / "locales").rglob("sphinx.po"))
    assert not list((root / "locales").rglob("policysite.po"))
    site = build_site(root, DAY).output
    for language, title, word in (
        ("ko", "한빛 개인정보 처리방침", "시행 중"),
        ("en", "Hanbit Privacy Policy", "In force"),
        ("nl", "한빛 개인정보 처리방침", "In force"),
    ):
        shown = page(site / language / "privacy/1.0.html")
        assert text(shown.xpath("//h1")[0]) == title
        assert text(shown.find_class("status-word")[0]) == word
    before = sorted(path.read_bytes() for path in (root / "locales").rglob("*.po"))
    update_catalogs(root, DAY)
    assert sorted(path.read_bytes() for path in (root / "locales").rglob("*.po")) == before
    assert not check_project(root, DAY).found.problems
    assert "sphinx" not in str(translation_status(root, DAY))


@pytest.mark.thorough
def test_a_french_site_begins_with_french_texts(tmp_path: Path) -> None:
    root = begin_site(tmp_path / "site", "fr", ("en",))
    shown = page(build_site(root, DAY).output / "fr/policy/1.0.html")
    assert text(shown.xpath("//h1")[0]) == "Acme"
    assert date_in_words(THAT_DAY, "fr") in text(shown.find_class("status-line")[0])


@pytest.mark.parametrize("language", [code for code in sample_languages() if code != "en"])
def test_the_sample_texts_say_the_same_as_the_english_ones(language: str) -> None:
    assert not faults_between("en", language)
    assert not faults_between(language, "en")


def test_other_languages_have_no_sample_texts_to_begin_with(tmp_path: Path) -> None:
    request = NewSiteRequest(tmp_path, "Acme", "Acme Policy", "nl", time_zone="UTC", email="a@b.cd")
    (problem,) = request_problems(replace(request.tidied()))
    assert str(problem) == (
        "--language: [site-option] Found 'nl'; a new site begins with sample texts, and there are some in 'ar', 'de', 'en', 'es', "
        "'fr', 'he', 'id', 'it', 'ja', 'ko', 'pt_BR', 'vi', 'zh_CN', 'zh_TW'. "
        "Begin with one of these. Texts in any language can take their place: write them into docs/, and set "
        "policysite_source_language and policysite_languages in conf.py."
    )

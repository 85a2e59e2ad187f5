"""The sample policy: what each version changed is what its author says that it changed, in both languages, on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_changes import ADJACENT, KOREAN_DIFFERS
from sample_comparisons import expected, kinds_in_texts, kinds_on_page
from support import SAMPLE_DAY, build_site, copy_sample, page, text

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("en", "ko")


@pytest.fixture(scope="module")
def with_drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its draft, which is not translated as a whole."""
    root = copy_sample(tmp_path_factory.mktemp("drafts"))
    build_site(root, SAMPLE_DAY | {"POLICYSITE_DRAFTS": "1"})
    return root


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", ADJACENT)
def test_the_texts_differ_as_the_author_says(
    with_drafts: Path, pair: tuple[str, str], language: str
) -> None:
    assert kinds_in_texts(with_drafts, pair, language) == expected(pair, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", ADJACENT)
def test_the_page_of_comparison_shows_exactly_that(
    with_drafts: Path, pair: tuple[str, str], language: str
) -> None:
    old, new = pair
    path = with_drafts / f"_build/html/{language}/privacy/compare/{old}/{new}.html"
    assert kinds_on_page(page(path), language) == expected(pair, language)


@pytest.mark.parametrize("pair", ADJACENT)
def test_the_page_says_where_a_translation_missed_a_change(
    with_drafts: Path, pair: tuple[str, str]
) -> None:
    old, new = pair
    document = page(with_drafts / f"_build/html/ko/privacy/compare/{old}/{new}.html")
    missed = document.xpath("//div[p[@class='differs']]")
    assert [row.get("id") for row in missed if row.get("id")] == list(KOREAN_DIFFERS[pair])


@pytest.mark.parametrize("pair", ADJACENT)
def test_each_article_that_changed_says_so_where_it_stands(
    with_drafts: Path, pair: tuple[str, str]
) -> None:
    new = pair[1]
    # 2.1 was withdrawn before it took effect, so 3.0 took the place of 2.0.
    old = {"3.0": "2.0"}.get(new, pair[0])
    for language in LANGUAGES:
        document = page(with_drafts / f"_build/html/{language}/privacy/{new}.html")
        compared = with_drafts / f"_build/html/{language}/privacy/compare/{old}/{new}.html"
        wanted = kinds_on_page(page(compared), language)
        if old == pair[0]:
            assert wanted == expected(pair, language)
        articles = {"-".join(n.split("-")[:2]) for n in wanted if not n.startswith("was-")}
        told = {
            section.get("id")
            for section in document.xpath("//section[div/details[@class='article-news']]")
        }
        assert told == articles, (language, old, new)


def test_the_redline_in_place_shows_what_changed_and_no_more(with_drafts: Path) -> None:
    document = page(with_drafts / "_build/html/en/privacy/1.1.html")
    (news,) = document.get_element_by_id("art-4").xpath(".//details[@class='article-news']")
    assert text(news.find("summary")) == "History of this article Amended compared with version 1.0"
    assert [text(element) for element in news.xpath(".//del | .//ins")] == [
        "deleted: 30 (end)",
        "inserted: 60 (end)",
    ]
    assert not news.xpath(".//*[@id]")
    assert news.xpath(".//p/a/@href") == ["compare/1.0/1.1.html#art-4"]

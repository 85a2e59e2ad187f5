"""The sample policy: what each version changed is what its author says that it changed, in both languages, on every page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sample_changes import ADJACENT, KOREAN_DIFFERS
from support import SAMPLE_DAY, build_site, copy_sample, page, text

from policysite.model.front_matter import FrontMatter
from policysite.model.provision_ids import is_provision_id
from policysite.model.renumbering import id_before
from policysite.redline import compare
from policysite.text.provision_text import ProvisionText

if TYPE_CHECKING:
    from pathlib import Path

    import lxml.html

LANGUAGES = ("en", "ko")
BADGES = {
    "en": {"Inserted": "inserted", "Deleted": "deleted", "Amended": "amended", "Renumbered": "renumbered", "Moved": "moved"},
    "ko": {"신설": "inserted", "삭제": "deleted", "개정": "amended", "번호 변경": "renumbered", "이동": "moved"},
}  # fmt: skip


@pytest.fixture(scope="module")
def with_drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its draft, which is not translated as a whole."""
    root = copy_sample(tmp_path_factory.mktemp("drafts"))
    build_site(root, SAMPLE_DAY | {"POLICYSITE_DRAFTS": "1"})
    return root


def expected(pair: tuple[str, str], language: str) -> dict[str, tuple[str, ...]]:
    """Return what became of the provisions, except those that did not change in *language*."""
    unchanged = KOREAN_DIFFERS[pair] if language == "ko" else ()
    return {name: kinds for name, kinds in ADJACENT[pair].items() if name not in unchanged}


def provisions(root: Path, language: str, number: str) -> list[ProvisionText]:
    path = root / f"_build/html/{language}/privacy/{number}.json"
    entries = json.loads(path.read_text("utf-8"))["provisions"]
    for entry in entries:
        entry |= {name: tuple(entry[name]) for name in ("links", "foreign") if name in entry}
    return [ProvisionText(**entry) for entry in entries]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", ADJACENT)
def test_the_texts_differ_as_the_author_says(
    with_drafts: Path, pair: tuple[str, str], language: str
) -> None:
    old, new = (provisions(with_drafts, language, number) for number in pair)
    moved = FrontMatter(
        with_drafts / f"docs/privacy/{pair[1]}.md", with_drafts, required=True
    ).moved

    def before(provision_id: str) -> str | None:
        return id_before(provision_id, moved) if is_provision_id(provision_id) else provision_id

    found = {
        change.id: tuple(sorted(change.kinds))
        for change in compare(old, new, before).provisions
        if change.kinds
    }
    assert found == expected(pair, language)


def badges(element: lxml.html.HtmlElement, language: str) -> set[str]:
    found = element.xpath("./p[@class='kinds']/span[starts-with(@class, 'kind ')]")
    # Where only the source changed, this language has nothing of its own to tell.
    return {
        BADGES[language][text(badge)] for badge in found if "kind-source" not in badge.get("class")
    }


def has_changed_words(element: lxml.html.HtmlElement) -> bool:
    return bool(
        element.xpath(
            "./div[@class='new']//ins | ./div[@class='new']//del | ./p[@class='redline-links']//ins"
        )
    )


def kinds_on_page(document: lxml.html.HtmlElement, language: str) -> dict[str, tuple[str, ...]]:
    """Return what the page that compares two versions says of each provision."""
    found: dict[str, tuple[str, ...]] = {}
    for article in document.xpath("//section[starts-with(@class, 'redline-article')]"):
        own = article.xpath("./div[contains(@class, 'depth-0')]")
        kinds = badges(article, language) - {"amended"}
        if article.xpath("./h2/ins | ./h2/del") or any(map(has_changed_words, own)):
            kinds |= {"amended"} if not kinds & {"inserted", "deleted"} else set()
        found[article.get("id")] = tuple(sorted(kinds))
        for row in article.xpath("./div[@id]"):
            kinds = badges(row, language)
            if has_changed_words(row) and not kinds & {"inserted", "deleted"}:
                kinds |= {"amended"}
            found[row.get("id")] = tuple(sorted(kinds))
    return {name: kinds for name, kinds in found.items() if kinds}


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
    assert text(news.find("summary")) == "Amended compared with version 1.0"
    assert [text(element) for element in news.xpath(".//del | .//ins")] == [
        "deleted: 30 (end)",
        "inserted: 60 (end)",
    ]
    assert not news.xpath(".//*[@id]")
    assert news.xpath(".//a/@href") == ["compare/1.0/1.1.html#art-4"]

"""Search: by provision, in Korean and English, from a folder, in what is in force first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from engine_expect import expect
from scripts_table import DIFFERENT, NEAREST, SAME, SEARCHES
from support import build_site, write_files

from policysite.locale.interface_words import Words

pytestmark = pytest.mark.also_in("firefox", "webkit")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

KOREAN = {
    "동의": "privacy/1.6.html#top",
    "파기": "privacy/1.6.html#art-7",
    "방침": "privacy/1.6.html#top",
    "제9조": "privacy/1.6.html#art-9",
    "제9조제2항": "privacy/1.6.html#art-9-para-2",
    "개인정보가": "privacy/1.6.html#art-1",
    "처리방침": "privacy/1.6.html#top",
    "파기에서": "privacy/1.6.html#art-7",
    "개인정보처리방침": "privacy/1.6.html#top",
    "쿠키를": "privacy/1.6.html#art-9-para-1",
    "쿠키에는": "privacy/1.6.html#art-9-para-1",
    "회사로부터": "privacy/1.6.html#art-1",
    "이용자에게는": "privacy/1.6.html#art-9-para-2-point-1",
    "google": "privacy/1.6.html#art-9-para-2-point-4",
    "14세": "privacy/1.6.html#art-2-point-4",
}
ENGLISH = {
    "cookies": "privacy/1.6.html#art-9-para-1",
    "cookie": "privacy/1.6.html#art-9-para-1",
    "retention": "privacy/1.6.html#art-3",
    "outsource": "privacy/1.6.html#art-4",
    "Article 9": "privacy/1.6.html#art-9",
    "article 9 ②": "privacy/1.6.html#art-9-para-2",
    "destroy": "privacy/1.6.html#art-7",
    "users’": "privacy/1.6.html#art-1",
    '"personal data overseas"': "privacy/1.6.html#art-6",
}


@pytest.mark.parametrize(("language", "words"), [("ko", KOREAN), ("en", ENGLISH)])
def test_a_word_is_found(
    site: Path, open_page: OpenPage, language: str, words: dict[str, str]
) -> None:
    page = open_page((site / language / "index.html").as_uri())
    page.locator(".search-form input").fill(next(iter(words)))
    page.keyboard.press("Enter")
    hits = page.locator(".search-version li > a")
    for query, first in words.items():
        page.locator("main .search-form input").fill(query)
        page.keyboard.press("Enter")
        expect(hits.locator(f"xpath=self::*[@href='{first}']")).to_be_visible()
    last = next(reversed(words.values()))
    hits.locator(f"xpath=self::*[@href='{last}']").click()
    expect(page.locator(f"#{last.partition('#')[2]}")).to_be_in_viewport()


def test_what_is_not_there_is_not_found(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "ko/search.html").as_uri())
    for query in ("zzz", "없는말", "Article 1 zzz", "19", "  ", "()"):
        page.goto(f"{(site / 'ko/search.html').as_uri()}?q={quote(query)}")
        if query.strip() and query != "()":
            expect(page.locator("#search-said")).to_have_text("검색 결과가 없습니다.")
        expect(page.locator(".search-version li")).to_have_count(0)


def test_a_hit_says_where_it_stands_and_marks_the_words(site: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(site / 'ko/search.html').as_uri()}?q={quote('개인정보를 파기')}")
    section = page.locator(".search-version")
    expect(section.locator("h2")).to_have_text(
        "SpaceONE 서비스 개인정보 처리방침 · 버전 1.6 시행 중"
    )
    hit = section.locator("li", has=page.locator("a[href$='#art-7-point-2']"))
    expect(hit).to_contain_text("제7조 제2호 · 제7조(개인정보의 파기)")
    expect(hit.locator("mark")).to_have_text(["개인정보", "파기"])
    assert page.locator("#search-said").inner_text().startswith("검색된 조항: ")
    expect(page.locator("body")).to_contain_text("이전 버전의 본문이 없으므로 검색할 수 없습니다")


def test_nothing_is_loaded_before_a_reader_searches(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/search.html").as_uri())
    loaded = "performance.getEntriesByType('resource').map((entry) => entry.name.split('/').pop())"
    assert not [name for name in page.evaluate(loaded) if name.endswith(".text.js")]
    page.keyboard.type("cookies")
    expect(page.locator(".search-version li").first).to_be_visible()
    expect(page).to_have_url(f"{(site / 'en/search.html').as_uri()}?q=cookies")
    page.locator(".language-menu a", has_text="한국어").click()
    expect(page).to_have_url(f"{(site / 'ko/search.html').as_uri()}?q=cookies")


VERSION = """\
---
version: "{number}"
effective: {effective}
---

# Terms

## Article 1 (Fees)

{body}
"""


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A policy with a superseded, a current and an upcoming version."""
    many = "\n\n".join(f"{number}. A fee of kind {number}." for number in range(1, 31))
    root = write_files(
        tmp_path_factory.mktemp("searched"),
        {
            "terms/1.0.md": VERSION.format(number="1.0", effective="2024-01-01", body="A toll."),
            "terms/1.1.md": VERSION.format(number="1.1", effective="2025-01-01", body=many),
            "terms/1.2.md": VERSION.format(number="1.2", effective="2027-01-01", body="A new fee."),
        },
    )
    build_site(root)
    return root / "_build/html/en"


def test_other_versions_are_searched_only_when_asked_for(
    searched: Path, open_page: OpenPage
) -> None:
    page = open_page(f"{(searched / 'search.html').as_uri()}?q=toll")
    expect(page.locator("#search-said")).to_have_text("Nothing was found.")
    page.get_by_label("Search versions that are not in force too").check()
    expect(page.locator(".search-version:visible h2")).to_have_text(
        "Terms · Version 1.0 Superseded"
    )
    page.locator(".search-form input").fill("fee")
    headings = page.locator(".search-version:visible h2")
    expect(headings).to_have_text(
        [
            "Terms · Version 1.1 In force",
            "Terms · Version 1.2 Not yet in force",
            "Terms · Version 1.0 Superseded",
        ]
    )


def test_many_hits_come_in_portions(searched: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(searched / 'search.html').as_uri()}?q=fee")
    expect(page.locator(".search-version li")).to_have_count(20)
    page.get_by_role("button", name="Show 11 more").click()
    expect(page.locator(".search-version li")).to_have_count(31)
    expect(page.locator(".search-version li a").nth(20)).to_be_focused()


FOUND = "Provisions found: %(count)s"
NEAREST_FOUND = "Nothing matches exactly. Nearest provisions: %(count)s"


def said_before_count(language: str, message: str) -> str:
    """Return what pages in *language* say before the count in *message*."""
    said = Words(language).translations().gettext(message)
    return said.partition("%(count)s")[0].rstrip()


@pytest.mark.thorough
@pytest.mark.one_in(8)
@pytest.mark.parametrize("language", SEARCHES)
def test_each_language_is_searched_as_its_readers_write_it(
    languages: Path, open_page: OpenPage, language: str
) -> None:
    page = open_page((languages / language / "search.html").as_uri())
    version = page.locator(".search-version", has=page.locator(".status-in-force"))
    for query, provision in SEARCHES[language].items():
        page.goto(f"{(languages / language / 'search.html').as_uri()}?q={quote(query)}")
        said = page.locator("#search-said")
        expect(said).not_to_be_empty()
        found = version.locator("li > a").evaluate_all("links => links.map((link) => link.hash)")
        if provision:
            expect(said, query).to_contain_text(said_before_count(language, FOUND))
            assert f"#{provision}" in found, query
        else:
            assert found == [], query


@pytest.mark.thorough
@pytest.mark.parametrize("language", NEAREST)
def test_what_is_nowhere_is_answered_with_what_comes_nearest(
    languages: Path, open_page: OpenPage, language: str
) -> None:
    page = open_page((languages / language / "search.html").as_uri())
    for query, provision in NEAREST[language].items():
        page.goto(f"{(languages / language / 'search.html').as_uri()}?q={quote(query)}")
        expect(page.locator("#search-said")).to_contain_text(
            said_before_count(language, NEAREST_FOUND)
        )
        expect(page.locator(f".search-version li > a[href$='#{provision}']")).to_be_visible()


@pytest.mark.thorough
def test_letters_are_folded_as_readers_of_each_script_take_them(
    languages: Path, open_page: OpenPage
) -> None:
    page = open_page((languages / "en/search.html").as_uri())
    fold = "words => words.map((word) => folded(word).words)"
    for one, other in SAME:
        assert len(set(page.evaluate(fold, [one, other]))) == 1, (one, other)
    for one, other in DIFFERENT:
        assert len(set(page.evaluate(fold, [one, other]))) == 2, (one, other)


@pytest.mark.thorough
def test_what_is_marked_is_what_was_found(languages: Path, open_page: OpenPage) -> None:
    page = open_page((languages / "ja/search.html").as_uri())
    for query, marked in (
        ("ipｱﾄﾞﾚｽ", "ＩＰアドレス"),
        ("さーばー", "サーバー"),
        ("年１回", "年1回"),
    ):
        page.goto(f"{(languages / 'ja/search.html').as_uri()}?q={quote(query)}")
        expect(page.locator(".search-version li mark").first).to_have_text(marked)

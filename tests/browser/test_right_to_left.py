"""Languages written from right to left: directions of pages and of what is in other languages, mirrored pages, kept order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import SHOWS_MOST, found_on
from engine_expect import expect
from many_languages import NAMES
from nu_checker import check
from site_server import serve
from support import page as page_of

from policysite.languages.language_data import direction
from policysite.verify.page_shape import unexpected_markup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.thorough, pytest.mark.also_in("firefox", "webkit", weekly=True)]

PAGES = (
    "index.html",
    "search.html",
    "translations.html",
    "terms/1.1.html",
    "terms/history.html",
    "terms/parallel/1.1.html",
    "terms/compare/1.0/1.1.html",
    "terms/compare/index.html?old=1.0&new=1.1",
)
# The direction that an element has, and that which the nearest element with a language should have.
WRONG = """(directions) => [...document.querySelectorAll("[lang]")].filter((element) => {
  const is = getComputedStyle(element).direction;
  return is !== (directions[element.lang] || "ltr");
}).map((element) => element.outerHTML.slice(0, 120))"""
DIRECTIONS = {code.replace("_", "-"): direction(code) for code in NAMES}
RIGHT_TO_LEFT = [code for code in NAMES if direction(code) == "rtl"]
# Where a character is seen, by its place in the text of an element.
PLACES = """(element) => {
  const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
  return [...text.data].map((_, place) => {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    return range.getBoundingClientRect().x;
  });
}"""


def left(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["x"]


@pytest.mark.one_in(4)
@pytest.mark.parametrize("language", ["en", "ja", *RIGHT_TO_LEFT])
def test_everything_has_the_direction_of_its_language(
    languages: Path, open_page: OpenPage, language: str
) -> None:
    page = open_page("about:blank")
    for name in PAGES:
        page.goto(f"{(languages / language).as_uri()}/{name}")
        page.wait_for_function("!document.querySelector('.redline-result[hidden]')")
        assert page.evaluate(WRONG, DIRECTIONS) == [], name
        stated = page.evaluate("document.documentElement.dir")
        assert stated == ("rtl" if direction(language) == "rtl" else ""), name
    page.goto((languages / "index.html").as_uri())
    assert page.evaluate(WRONG, DIRECTIONS) == []


@pytest.mark.one_in(6)
@pytest.mark.parametrize("language", ["en", *RIGHT_TO_LEFT])
@pytest.mark.parametrize("width", [1300, 390])
def test_pages_are_mirrored(
    languages: Path, open_page: OpenPage, language: str, width: int
) -> None:
    """What is on the left of a page in English is on the right of one in Arabic, and the other way round."""
    mirrored = direction(language) == "rtl"
    page = open_page(
        (languages / language / "terms/1.1.html").as_uri(),
        viewport={"width": width, "height": 800},
    )

    def is_before(one: str, other: str) -> bool:
        return (left(page, one) > left(page, other)) is mirrored

    # The mark hangs before the text.
    assert is_before("#art-2-para-1 > p > .printed-mark", "#art-2-para-1 > p")
    assert is_before(".version-menu", ".language-menu")
    page.locator("#art-1 summary").last.click()
    if width == 1300:
        # On a phone they stand below each other, where a typeface is wide.
        assert is_before("#art-1 .life tr:first-of-type", "#art-1 .life tr:last-of-type")
        assert is_before(".toc-tree", "article")
    else:
        page.locator(".drawer-switch:has(#__navigation)").click()
        page.wait_for_timeout(400)
        drawer = page.locator(".sidebar-drawer").bounding_box()
        assert drawer is not None
        assert (drawer["x"] + drawer["width"] == width) is mirrored
        assert (drawer["x"] == 0) is not mirrored
    folder = languages / language / "terms"
    page.goto((folder / "compare/1.0/1.1.html").as_uri())
    page.locator("input[value=columns]").check()
    row = ".redline-row.changed"
    if width == 1300:
        assert is_before(f"{row} > .old", f"{row} > .new")
    page.goto((folder / "history.html").as_uri())
    assert is_before(".timeline g:first-of-type", ".timeline g:last-of-type")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_date_keeps_its_order(languages: Path, open_page: OpenPage, language: str) -> None:
    page = open_page((languages / language / "terms/1.1.html").as_uri())
    day = page.locator(".status-notice time").first
    words = day.inner_text()
    assert words.split()[0] == "1"
    assert words.endswith("2025")
    places = day.evaluate(PLACES)
    # Read from the right: the day, the month, the year; the digits of the year from the left.
    assert places[0] > places[2] > places[-1]
    assert places[-4] < places[-1]
    assert day.evaluate("day => getComputedStyle(day).unicodeBidi") == "isolate"


def test_the_page_of_lost_addresses_turns_with_each_language(languages: Path) -> None:
    sections = page_of(languages / "404.html").xpath("//section[@lang]")
    found = {section.get("lang"): section.get("dir", "ltr") for section in sections}
    assert found == DIRECTIONS


@pytest.mark.parametrize("language", ["en", *RIGHT_TO_LEFT])
def test_verify_takes_no_direction_but_that_of_the_language(languages: Path, language: str) -> None:
    path = languages / language / "terms/1.1.html"
    assert list(unexpected_markup(page_of(path))) == []
    wrong = "ltr" if direction(language) == "rtl" else "rtl"
    for place in ("//html", "//article//p", "//article//h2"):
        turned = page_of(path)
        turned.xpath(place)[0].set("dir", wrong)
        assert list(unexpected_markup(turned)), place


def test_what_is_not_translated_keeps_its_own_direction(
    languages: Path, open_page: OpenPage
) -> None:
    page = open_page((languages / "ar/terms/history.html").as_uri())
    heading = page.locator("article h1")
    expect(heading).to_have_attribute("lang", "en")
    expect(heading).to_have_attribute("dir", "ltr")


@pytest.mark.thorough
def test_mirrored_pages_have_no_barrier(languages: Path, open_page: OpenPage, axe: str) -> None:
    kinds = ("1.1.html", "history.html", "parallel/1.1.html", "compare/1.0/1.1.html")
    with serve(languages) as site:
        pages = [f"ar/terms/{kind}" for kind in kinds]
        found = found_on(pages, site, open_page, axe, SHOWS_MOST, looks={})
    assert not found, "\n".join(found)


@pytest.mark.thorough
def test_mirrored_pages_are_valid(languages: Path, html_checker: list[str]) -> None:
    names = ("index.html", "search.html", "terms/1.1.html", "terms/compare/1.0/1.1.html")
    files = [*(languages / "ar" / name for name in names), languages / "he/terms/parallel/1.1.html"]
    files += languages.glob("ar/_static/policysite.*.css")
    assert check(html_checker, files) == []


def test_tools_open_beside_what_they_are_of(languages: Path, open_page: OpenPage) -> None:
    page = open_page((languages / "ar/terms/1.1.html").as_uri())
    page.locator("#art-3 > h2 > span").click()
    tools = page.locator("#tools")
    expect(tools).to_be_visible()
    box = tools.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    sides = page.locator(".tools-places a").evaluate_all(
        "links => links.map((link) => getComputedStyle(link).textAlign)"
    )
    assert set(sides) == {"right"}

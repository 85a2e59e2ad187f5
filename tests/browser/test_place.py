"""The place is kept for those who scroll: links to the same page elsewhere, and the address, follow the reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from engine_expect import expect
from site_server import serve

pytestmark = [pytest.mark.thorough, pytest.mark.also_in("firefox", "webkit", weekly=True)]

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

TO_TOP = """id => {
  const bar = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
  scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY - bar);
}"""
PHONE = {"width": 360, "height": 740}


def scroll_to(page: Page, provision_id: str) -> None:
    """Scroll as a reader does, until a provision is at the top of the window."""
    page.evaluate(TO_TOP, provision_id)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("fragment", ["", "#art-2"])
@pytest.mark.parametrize("provision", ["art-7", "art-9-para-2-point-3"])
def test_a_reader_who_scrolled_changes_the_language_at_the_same_provision(
    site: Path, open_page: OpenPage, provision: str, fragment: str
) -> None:
    page = open_page(f"{(site / 'en/privacy/1.6.html').as_uri()}{fragment}", viewport=PHONE)
    scroll_to(page, provision)
    expect(page).to_have_url(f"{(site / 'en/privacy/1.6.html').as_uri()}#{provision}")
    page.locator(".language-menu a", has_text="한국어").click()
    expect(page).to_have_url(f"{(site / 'ko/privacy/1.6.html').as_uri()}#{provision}")
    expect(page.locator(f"#{provision}")).to_be_in_viewport()


def test_a_click_right_after_scrolling_is_not_too_early(site: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(site / 'en/privacy/1.6.html').as_uri()}#art-2", viewport=PHONE)
    box = page.locator(".language-menu a", has_text="한국어").bounding_box()
    assert box is not None
    page.evaluate(
        f"async () => {{ ({TO_TOP})('art-7'); await new Promise(requestAnimationFrame); }}"
    )
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(page).to_have_url(f"{(site / 'ko/privacy/1.6.html').as_uri()}#art-7")


def test_what_a_link_named_stays_until_the_reader_scrolls(site: Path, open_page: OpenPage) -> None:
    # The last article cannot come to the top of a tall window.
    address = f"{(site / 'en/privacy/1.6.html').as_uri()}#art-15"
    page = open_page(address, viewport={"width": 1280, "height": 1400})
    page.mouse.wheel(0, -20)
    page.wait_for_timeout(300)
    expect(page).to_have_url(address)
    expect(page.locator(".language-menu a[lang=ko]")).to_have_attribute(
        "href", "../../ko/privacy/1.6.html#art-15"
    )
    page.mouse.wheel(0, -1500)
    expect(page).not_to_have_url(address)


def test_the_address_follows_without_filling_the_history(site: Path, open_page: OpenPage) -> None:
    address = (site / "en/privacy/1.6.html").as_uri()
    page = open_page(address)
    before = page.evaluate("history.length")
    for provision in ("art-3", "art-7", "art-9-para-1"):
        scroll_to(page, provision)
        expect(page).to_have_url(f"{address}#{provision}")
    assert page.evaluate("history.length") == before
    page.evaluate("scrollTo(0, 0)")
    expect(page).to_have_url(address)
    expect(page.locator(".language-menu a[lang=ko]")).to_have_attribute(
        "href", "../../ko/privacy/1.6.html"
    )


def test_versions_comparisons_and_both_languages_open_where_the_reader_is(
    sample_site: Path, open_page: OpenPage
) -> None:
    folder = sample_site / "en/privacy"
    page = open_page((folder / "2.0.html").as_uri())
    scroll_to(page, "art-8")
    # What was Article 8 is Article 7 in the version in force.
    page.locator(".version-menu > summary").click()
    page.locator(".version-menu a", has_text="Compare with version 3.1").click()
    expect(page).to_have_url(f"{(folder / 'compare/2.0/3.1.html').as_uri()}#art-7")
    page.go_back()
    # WebKit brings the page back as it was left, with its menu open.
    page.keyboard.press("Escape")
    # Above the text too, though a reader leaves the place to get there.
    page.locator(".version-links a", has_text="Side by side").click()
    expect(page).to_have_url(f"{(sample_site / 'ko/privacy/parallel/2.0.html').as_uri()}#art-8")
    expect(page.locator("#art-8")).to_be_in_viewport()
    scroll_to(page, "art-5")
    expect(page).to_have_url(re.compile("#art-5$"))
    scroll_to(page, "art-8")
    page.locator(".version-menu > summary").click()
    page.locator(".version-menu a[data-version='3.1']").click()
    expect(page).to_have_url(f"{(sample_site / 'ko/privacy/3.1.html').as_uri()}#art-7")


def test_a_comparison_without_the_provision_opens_at_the_one_around_it(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page(f"{(sample_site / 'en/privacy/compare/2.0/3.0.html').as_uri()}#art-7-point-99")
    expect(page.locator("#art-7")).to_be_in_viewport()


def test_the_contents_mark_what_is_read(site: Path, open_page: OpenPage) -> None:
    page = open_page(
        (site / "en/privacy/1.6.html").as_uri(), viewport={"width": 1440, "height": 900}
    )
    for provision, article in {"art-3": "Article 3 ", "art-9-para-2-point-3": "Article 9 "}.items():
        scroll_to(page, provision)
        expect(page.locator(".toc-tree [aria-current]")).to_have_count(1)
        expect(page.locator(".toc-tree [aria-current]")).to_contain_text(article)


@pytest.mark.parametrize("from_folder", [True, False])
def test_arrival_is_marked_by_a_class(
    site: Path,
    open_page: OpenPage,
    from_folder: bool,  # noqa: FBT001
) -> None:
    with serve(site) as server:
        base = site.as_uri() + "/" if from_folder else server.address
        page = open_page(f"{base}ko/privacy/1.6.html#제9조제2항")
        expect(page.locator("#art-9-para-2")).to_have_class("para provision arrived")
        page.goto(f"{base}ko/privacy/1.6.html#art-7")
        expect(page.locator(".arrived")).to_have_count(1)
        expect(page.locator("#art-7 > h2")).to_have_css("outline-style", "solid")


@pytest.mark.needs("looks that a reader prefers")
def test_arrival_is_outlined_in_forced_colours(site: Path, open_page: OpenPage) -> None:
    address = (site / "ko/privacy/1.6.html").as_uri()
    page = open_page(f"{address}#제9조제2항", forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    expect(page.locator("#art-9-para-2.arrived")).to_have_css("outline-style", "solid")
    expect(page.locator("#art-9-para-1")).to_have_css("outline-style", "none")

"""On paper: the text with its marks, what version it is and where it is, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    OpenPage = Callable[..., Page]

CLOCK = "2026-11-23T08:00:00+09:00"


@pytest.mark.parametrize("name", ["1.6", "index"])
@pytest.mark.parametrize(
    ("language", "status", "printed"),
    [
        ("en", "In force Version 1.6 has applied since 27 December 2024.", "23 November 2026"),
        (
            "ko",
            "시행 중 버전 1.6: 2024년 12월 27일부터 시행되고 있습니다.",
            "2026년 11월 23일",
        ),
    ],
)
def test_a_printed_page_says_what_it_is_and_holds_nothing_to_click(
    site: Path, open_page: OpenPage, language: str, status: str, printed: str, name: str
) -> None:
    folder = site / language / "privacy"
    page = open_page((folder / f"{name}.html").as_uri(), clock=CLOCK)
    page.pdf()  # as a reader's browser does, with its events
    page.emulate_media(media="print")
    words = " ".join(page.locator("body").inner_text().split())
    assert words.startswith(status)
    assert f"{(folder / '1.6.html').as_uri()} " in words
    assert printed in words
    for place in (".page-bar", ".sidebar-drawer", ".toc-drawer", ".skip-to-content", "footer"):
        expect(page.locator(place)).to_be_hidden()
    assert page.locator(".headerlink:visible, .article-links:visible, button:visible").count() == 0
    if language == "ko":
        expect(page.locator(".translation-note p").first).to_be_visible()
    for mark in ("①", "1.", "1)"):
        expect(page.locator(".printed-mark", has_text=mark).first).to_be_visible()


def test_the_whole_text_is_on_the_paper(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "ko/privacy/1.6.html").as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 650, "height": 900})
    lost = page.evaluate(
        """() => [...document.querySelectorAll("article p, article h1, article h2")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.height === 0 || box.left < 0 || box.right > innerWidth;
        }).length"""
    )
    assert lost == 0


def test_dark_colours_do_not_come_on_paper(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.5.html").as_uri(), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "() => [getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('h1')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]

"""By keyboard alone: menus and drawers are one step away, and what is closed is out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_expect import expect
from one_process import sphinx_alone
from support import build_site

pytestmark = [pytest.mark.thorough, pytest.mark.also_in("firefox")]

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1400, "height": 900}
SEEN = """() => {
  const element = document.activeElement;
  const shown = element.closest(".drawer-switch") || element;
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(shown);
  return {
    name: `${element.tagName} ${element.id} ${element.className} ${element.getAttribute("href")}`,
    body: element === document.body,
    visible: box.width > 0 && box.height > 0 && style.visibility === "visible" && style.opacity !== "0"
      && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    outlined: style.outlineStyle !== "none",
  };
}"""


@pytest.mark.needs("looks that a reader prefers")
@pytest.mark.one_in(3)
@pytest.mark.parametrize("size", [PHONE, WIDE])
@pytest.mark.parametrize("name", ["1.6", "1.5", "history"])
def test_whatever_has_the_focus_is_seen(
    site: Path, open_page: OpenPage, name: str, size: dict[str, int]
) -> None:
    page = open_page(
        (site / "ko/privacy" / f"{name}.html").as_uri(), viewport=size, reduced_motion="reduce"
    )
    steps = 0
    for _ in range(200):
        page.keyboard.press("Tab")
        focus = page.evaluate(SEEN)
        if focus["body"]:
            break
        steps += 1
        assert focus["visible"], focus["name"]
        assert focus["outlined"], focus["name"]
    # One for each of its 15 articles, and some for what is around them.
    assert steps > (25 if name == "1.6" else 5)


@pytest.mark.parametrize(
    ("toggle", "drawer"),
    [("__navigation", ".sidebar-drawer"), ("__toc", ".toc-drawer")],
)
def test_a_drawer_opens_and_closes_by_keyboard(
    site: Path, open_page: OpenPage, toggle: str, drawer: str
) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri(), viewport=PHONE)
    box = page.locator(f"#{toggle}")
    expect(page.locator(drawer)).to_be_hidden()
    box.focus()
    page.keyboard.press(" ")
    expect(page.locator(drawer)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(drawer)).to_be_hidden()
    expect(box).to_be_focused()


def test_choosing_an_article_closes_the_contents(site: Path, open_page: OpenPage) -> None:
    address = (site / "en/privacy/1.6.html").as_uri()
    page = open_page(address, viewport=PHONE)
    page.locator(".drawer-switch:has(#__toc)").click()
    page.locator(".toc-tree a", has_text="Article 7").click()
    expect(page).to_have_url(f"{address}#art-7")
    expect(page.locator(".toc-drawer")).to_be_hidden()
    expect(page.locator("#art-7 h2")).to_be_in_viewport()


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.needs("a page without scripts"))]
)
def test_the_drawers_open_without_scripts_too(
    site: Path,
    open_page: OpenPage,
    scripts: bool,  # noqa: FBT001
) -> None:
    page = open_page(
        (site / "en/privacy/1.6.html").as_uri(), viewport=PHONE, java_script_enabled=scripts
    )
    page.locator(".drawer-switch:has(#__navigation)").click()
    page.get_by_role("link", name="Version history").click()
    expect(page).to_have_url((site / "en/privacy/history.html").as_uri())


def test_the_menu_closes_with_escape_and_gives_the_focus_back(
    site: Path, open_page: OpenPage
) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri())
    summary = page.locator(".version-menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".version-menu nav")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".version-menu nav")).to_be_hidden()
    expect(summary).to_be_focused()


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_the_menus_are_in_reach_at_every_place_of_the_text(
    site: Path, open_page: OpenPage, size: dict[str, int]
) -> None:
    page = open_page(f"{(site / 'ko/privacy/1.6.html').as_uri()}#art-12", viewport=size)
    page.locator(".version-menu > summary").click(timeout=2000)
    item = page.locator(".version-menu li", has_text="버전 1.5")
    expect(item).to_be_in_viewport()
    expect(item).to_contain_text("종전 버전")
    expect(item).to_contain_text("2024년 1월 18일 ~ 2024년 12월 26일")
    page.keyboard.press("Escape")
    page.locator(".language-menu a", has_text="English").click(timeout=2000)
    expect(page).to_have_url(f"{(site / 'en/privacy/1.6.html').as_uri()}#art-12")


def test_what_the_focus_has_left_does_not_cover_the_text(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri(), viewport=PHONE)
    page.locator(".version-menu > summary").click()
    page.locator(".language-menu a").last.focus()
    expect(page.locator(".version-menu nav")).to_be_hidden()
    page.locator("#__navigation").focus()
    page.keyboard.press(" ")
    expect(page.locator(".sidebar-menu a").first).to_be_focused()
    page.locator("#art-1 > .headerlink").focus()
    expect(page.locator(".sidebar-drawer")).to_be_hidden()


@pytest.mark.needs("a page without scripts")
def test_without_scripts_a_drawer_can_be_closed(site: Path, open_page: OpenPage) -> None:
    page = open_page(
        (site / "ko/privacy/1.6.html").as_uri(), viewport=PHONE, java_script_enabled=False
    )
    page.locator(".drawer-switch:has(#__toc)").click()
    page.locator(".toc-drawer .drawer-close", has_text="닫기").click()
    expect(page.locator(".toc-drawer")).to_be_hidden()


def test_many_languages_come_in_a_menu(
    write_project: Callable[..., Path], open_page: OpenPage
) -> None:
    languages = {"en": "English", "ko": "한국어", "ja": "日本語", "de": "Deutsch"}
    body = (
        '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (A)\n\nOne.\n'
    )
    root = write_project({"terms/1.0.md": body}, languages=languages)
    assert sphinx_alone(root, "-W", "-c", ".", "-b", "html", "docs", "out") == (0, "")
    size = {"width": 320, "height": 700}
    page = open_page((root / "out/terms/1.0.html").as_uri(), viewport=size)
    menu = page.locator("details.language-menu")
    expect(menu.locator("summary")).to_have_text("English")
    expect(menu.get_by_role("link", name="Deutsch")).to_be_hidden()
    menu.locator("summary").click()
    links = menu.get_by_role("link")
    expect(links).to_have_text(list(languages.values()))
    for link in links.all():
        expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_wide_table_scrolls_inside_itself_by_keyboard_too(
    write_project: Callable[..., Path], open_page: OpenPage
) -> None:
    table = f"| {' | '.join('ABCDE')} |\n|{'---|' * 5}\n| {' | '.join(['Verification-of-identity'] * 5)} |\n"
    body = (
        f'---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (A)\n\n{table}'
    )
    root = write_project({"terms/1.0.md": body})
    build_site(root)
    address = (root / "_build/html/en/terms/1.0.html").as_uri()
    page = open_page(address, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    box = page.get_by_role("group", name="Table")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.table-wrapper').scrollLeft > 0")

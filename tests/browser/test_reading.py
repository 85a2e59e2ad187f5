"""Reading in a browser: changing language and version on a provision, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_expect import expect
from site_server import serve
from support import build_site, write_files

pytestmark = pytest.mark.also_in("firefox", "webkit")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    OpenPage = Callable[..., Page]

CHROME = "art-9-para-2-point-3-indent-1"
TERMS = """\
---
version: "{number}"
effective: {effective}
{more}---

# Terms

{body}
"""
FIRST = "## Article 1 (Scope)\n\nOne.\n\n## Article 2 (Fees)\n\n① Fee.\n\n② Late fee.\n"
SECOND = (
    "## Article 1 (Scope)\n\nOne.\n\n## Article 2 (Account)\n\nTwo.\n\n"
    "## Article 3 (Fees)\n\n① Fee.\n\n② Late fee.\n\n③ Refund.\n"
)


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a small policy in which Article 2 became Article 3."""
    moved = "moved: {art-3: art-2}\n"
    root = write_files(
        tmp_path_factory.mktemp("terms"),
        {
            "terms/1.0.md": TERMS.format(number="1.0", effective="2024-01-01", more="", body=FIRST),
            "terms/1.1.md": TERMS.format(
                number="1.1", effective="2025-01-01", more=moved, body=SECOND
            ),
        },
    )
    build_site(root)
    return (root / "_build/html/en/terms").as_uri()


def choose_version(page: Page, number: str) -> None:
    page.locator(".version-menu > summary").click()
    page.locator(".version-menu a", has_text=f"Version {number}").first.click()


def open_tools(page: Page, provision_id: str) -> Locator:
    """Open the tools of a provision as a reader with a mouse does: at its mark, or the number of its heading."""
    place = page.locator(f"#{provision_id}")
    place.locator("> p:first-child > .printed-mark, > h2 > .heading-number").click()
    tools = page.get_by_role("dialog")
    expect(tools).to_be_visible()
    return tools


def test_changing_the_language_keeps_the_provision(site: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(site / 'en/privacy/1.6.html').as_uri()}#{CHROME}")
    page.locator(".language-menu a", has_text="한국어").click()
    expect(page).to_have_url(f"{(site / 'ko/privacy/1.6.html').as_uri()}#{CHROME}")
    expect(page.locator(f"#{CHROME}")).to_be_in_viewport()
    expect(page.locator(f"#{CHROME}")).to_contain_text("Chrome: 웹 브라우저")


def test_the_other_language_is_fetched_when_a_reader_is_about_to_choose_it(
    site: Path, open_page: OpenPage
) -> None:
    with serve(site) as server:
        page = open_page(f"{server.address}en/privacy/1.6.html")
        page.locator(".language-menu a", has_text="한국어").hover()
        for _ in range(250):
            page.wait_for_timeout(20)
            if "/ko/privacy/1.6.html" in [answer.path for answer in server.answers]:
                break
        else:
            pytest.fail("It is not fetched")


def test_the_fragment_follows_the_reader(site: Path, open_page: OpenPage) -> None:
    page = open_page(
        (site / "en/privacy/index.html").as_uri(), viewport={"width": 1500, "height": 900}
    )
    korean = page.locator(".language-menu a", has_text="한국어")
    expect(korean).to_have_attribute("href", "../../ko/privacy/index.html")
    page.locator(".toc-tree a", has_text="Article 7").click()
    expect(korean).to_have_attribute("href", "../../ko/privacy/index.html#art-7")


def test_changing_the_version_follows_what_moved(terms: str, open_page: OpenPage) -> None:
    page = open_page(f"{terms}/1.1.html#art-3-para-2")
    choose_version(page, "1.0")
    expect(page).to_have_url(f"{terms}/1.0.html#art-2-para-2")
    expect(page.locator("#arrival")).to_be_hidden()


@pytest.mark.parametrize("place", ["notice", "menu"])
def test_every_link_to_another_version_follows_what_moved(
    terms: str, open_page: OpenPage, place: str
) -> None:
    page = open_page(f"{terms}/1.0.html#art-2-para-2")
    if place == "notice":
        page.locator(".status-notice a", has_text="Read version 1.1").click()
    else:
        choose_version(page, "1.1")
    expect(page).to_have_url(f"{terms}/1.1.html#art-3-para-2")


def test_from_a_note_that_an_article_is_missing_no_way_leads_astray(
    terms: str, open_page: OpenPage
) -> None:
    page = open_page(f"{terms}/1.1.html#art-2")
    choose_version(page, "1.0")
    page.locator(".status-notice a", has_text="Read version 1.1").click()
    expect(page).to_have_url(f"{terms}/1.1.html")


def test_an_article_whose_number_another_one_had_is_said_to_be_missing(
    terms: str, open_page: OpenPage
) -> None:
    page = open_page(f"{terms}/1.1.html#art-2")
    choose_version(page, "1.0")
    expect(page).to_have_url(f"{terms}/1.0.html#absent-art-2")
    expect(page.locator("#absent-art-2")).to_be_visible()


def test_the_english_text_opens_at_the_same_provision(site: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(site / 'ko/privacy/1.6.html').as_uri()}#art-7")
    page.locator(".translation-note > summary").click()
    page.locator(".translation-note a").click()
    expect(page).to_have_url(f"{(site / 'en/privacy/1.6.html').as_uri()}#art-7")


@pytest.mark.needs("looks that a reader prefers")
def test_colours_are_chosen_and_remembered(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri(), color_scheme="light")
    button = page.locator(".theme-toggle:visible")
    expect(page.locator("body")).to_have_attribute("data-theme", "auto")
    button.click()
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")


def test_a_provision_that_is_not_there_leads_to_the_nearest_one(
    terms: str, open_page: OpenPage
) -> None:
    page = open_page(f"{terms}/1.1.html#art-3-para-3")
    choose_version(page, "1.0")
    expect(page.locator("#arrival")).to_have_text(
        "The provision that the link names is not in version 1.0. "
        "This is the nearest one that contains it."
    )
    expect(page.locator("#art-2.nearest > #arrival")).to_be_in_viewport()
    choose_version(page, "1.1")
    expect(page).to_have_url(f"{terms}/1.1.html#art-3-para-3")
    expect(page.locator("#arrival")).to_be_hidden()


@pytest.mark.parametrize(
    "scripts", [True, pytest.param(False, marks=pytest.mark.needs("a page without scripts"))]
)
def test_a_new_article_says_where_it_is_missing(
    terms: str,
    open_page: OpenPage,
    scripts: bool,  # noqa: FBT001
) -> None:
    page = open_page(f"{terms}/1.1.html", java_script_enabled=scripts)
    if scripts:
        open_tools(page, "art-2").get_by_role("link", name="Version 1.0").click()
    else:
        page.locator("#art-2 > details > summary").click()
        page.locator("#art-2 > details a").click()
    expect(page.locator("#absent-art-2")).to_be_visible()
    expect(page.locator("#absent-art-2")).to_contain_text(
        "Article 2 of version 1.1 has no counterpart in version 1.0"
    )


def test_a_record_says_that_it_cannot_show_the_provision(site: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(site / 'en/privacy/1.6.html').as_uri()}#art-9-para-2")
    choose_version(page, "1.5")
    expect(page.locator("#arrival")).to_have_text(
        "The provision that the link names cannot be shown: "
        "the text of version 1.5 is not held on this site."
    )
    page.locator(".status-notice a").click()
    expect(page).to_have_url(f"{(site / 'en/privacy/1.6.html').as_uri()}#art-9-para-2")


@pytest.mark.needs("a page without scripts")
def test_without_scripts_every_link_is_a_plain_link(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri(), java_script_enabled=False)
    page.locator("#art-9 > details > summary").click()
    page.locator("#art-9 > details a", has_text="한국어").click()
    expect(page).to_have_url(f"{(site / 'ko/privacy/1.6.html').as_uri()}#art-9")
    page.locator(".language-menu a", has_text="English").click()
    expect(page).to_have_url((site / "en/privacy/1.6.html").as_uri())
    choose_version(page, "1.2")
    expect(page.locator("#text-not-held")).to_be_visible()


@pytest.mark.needs("a window that has the focus")
def test_a_heading_has_one_button_which_shows_on_focus(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri())
    button = page.get_by_role("button", name="Link and citation: Article 7", exact=True)
    expect(button).to_have_css("opacity", "0")
    page.locator("#art-6 > .headerlink").focus()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    expect(button).to_have_css("opacity", "1")
    # What it says of a provision is said by its mark, to those who point at it.
    mark = page.locator("#art-9-para-2-point-3 > p > .printed-mark")
    expect(mark).to_have_attribute("title", "Link and citation: Article 9 ② 3.")
    expect(page.locator(".provision .headerlink").first).to_be_hidden()


@pytest.mark.needs("a page without scripts")
def test_without_scripts_permalinks_show_on_hover(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri(), java_script_enabled=False)
    link = page.locator("#art-7-point-1 > p > .headerlink")
    expect(link).to_have_css("opacity", "0")
    page.locator("#art-7-point-1 > p").hover()
    expect(link).to_have_css("opacity", "1")


@pytest.mark.needs("a reader's language")
@pytest.mark.parametrize(("locale", "expected"), [("ko-KR", "한국어"), ("en-GB", "English")])
def test_the_root_page_marks_the_language_of_the_reader(
    site: Path, open_page: OpenPage, locale: str, expected: str
) -> None:
    page = open_page((site / "index.html").as_uri(), locale=locale)
    expect(page.locator(".languages a.preferred")).to_have_text(expected)
    expect(page).to_have_url((site / "index.html").as_uri())


@pytest.mark.needs("a reader's language")
def test_the_root_page_remembers_a_choice_and_does_not_redirect(
    site: Path, open_page: OpenPage
) -> None:
    root = (site / "index.html").as_uri()
    page = open_page(f"{root}#art-9", locale="en-GB")
    page.locator(".languages a", has_text="한국어").click()
    expect(page).to_have_url((site / "ko/index.html").as_uri())
    for address in (root, f"{root}#art-9"):
        page.goto(address)
        expect(page.locator(".languages a.preferred")).to_have_text("한국어")
        expect(page).to_have_url(address)
    assert page.context.cookies() == []
    page.goto((site / "ko/privacy/1.6.html").as_uri())
    page.locator(".language-menu a", has_text="English").click()
    expect(page).to_have_url((site / "en/privacy/1.6.html").as_uri())
    page.goto(root)
    expect(page.locator(".languages a.preferred")).to_have_text("English")


@pytest.mark.needs("looks that a reader prefers")
@pytest.mark.needs("a reader's language")
@pytest.mark.parametrize(
    ("color_scheme", "brand"), [("light", "rgb(138, 74, 0)"), ("dark", "rgb(255, 181, 102)")]
)
def test_the_root_page_has_the_colours_of_the_publisher(
    tmp_path: Path, open_page: OpenPage, color_scheme: str, brand: str
) -> None:
    one = TERMS.format(number="1.0", effective="2024-01-01", more="", body=FIRST)
    root = write_files(tmp_path, {"terms/1.0.md": one})
    (root / "_static/site.css").write_text(
        "body { --color-brand-primary: #8a4a00; --color-brand-content: #8a4a00; }\n"
        "@media (prefers-color-scheme: dark) {\n"
        '  body:not([data-theme="light"]) { --color-brand-primary: #ffb566; --color-brand-content: #ffb566; }\n'
        "}\n",
        "utf-8",
    )
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('html_static_path = ["_static"]\nhtml_css_files = ["site.css"]\n')
    site = build_site(root).output
    page = open_page((site / "index.html").as_uri(), color_scheme=color_scheme, locale="en-GB")
    chosen = page.locator(".languages a.preferred")
    expect(chosen).to_have_css("background-color", brand)
    expect(chosen).to_have_css("border-top-color", brand)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_page_is_wider_than_its_window(
    site: Path, open_page: OpenPage, language: str, width: int
) -> None:
    names = ("index", "privacy/1.6", "privacy/1.5", "privacy/history", "search?q=e")
    size = {"width": width, "height": 800}
    page = open_page((site / "index.html").as_uri(), viewport=size)
    for name in names:
        path, _, query = name.partition("?")
        page.goto(f"{(site / language / f'{path}.html').as_uri()}?{query}")
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert excess == 0, name

"""The text comes first, tools are quiet, and nothing jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_expect import expect
from layout_shift import shift_of
from site_server import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.thorough, pytest.mark.also_in("firefox", "webkit", weekly=True)]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
MOST_STOPS = 60
MOST_SHIFT = 0.05
MAY_BE_FRAMED = "frame-ancestors 'self'"
# One of each kind of page, and in more states what scripts do most on.
PAGES = (
    "en/index.html",
    "ko/privacy/index.html",
    "ko/privacy/3.1.html",
    "ko/privacy/3.1.html#제4조",
    "en/privacy/2.1.html#art-7",
    "en/privacy/0.9.html",
    "en/privacy/history.html",
    "en/privacy/history.html?on=2023-01-05",
    "en/privacy/compare/index.html",
    "en/privacy/compare/index.html?old=1.0&new=3.1",
    "en/privacy/compare/2.0/3.0.html",
    "ko/privacy/parallel/3.1.html",
    "en/search.html",
    "en/search.html?q=personal",
    "en/translations.html",
)
# Where the first sentence of the policy ends: of the first paragraph that has one.
FIRST_SENTENCE = """() => {
  const paragraphs = [...document.querySelectorAll("article section > p")];
  for (const { firstChild: text } of paragraphs) {
    if (text?.nodeType !== 3) continue;
    const sentence = /^[^]{25,}?[.。](?=\\s|$)/.exec(text.data);
    if (!sentence) continue;
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(text, sentence[0].length);
    const box = range.getBoundingClientRect();
    if (box.height) return [box.top, box.bottom];
  }
}"""
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
REACHED = """() => {
  const active = document.activeElement;
  return active === document.body ? null : active.outerHTML.slice(0, 80);
}"""


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", ["privacy/1.6", "privacy/index"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_text_begins_in_the_first_third_of_a_phone(
    site: Path, open_page: OpenPage, language: str, name: str
) -> None:
    page = open_page((site / language / f"{name}.html").as_uri(), viewport=PHONE)
    top, bottom = page.evaluate(FIRST_SENTENCE)
    assert top <= PHONE["height"] * 0.4
    assert bottom <= PHONE["height"]


@pytest.mark.needs("a clock")
@pytest.mark.one_in(6)
@pytest.mark.parametrize("name", ["1.0", "2.1", "3.0", "3.1", "3.2", "index"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_in_every_status_the_first_sentence_is_above_the_fold(
    sample_site: Path, open_page: OpenPage, language: str, name: str
) -> None:
    address = (sample_site / language / "privacy" / f"{name}.html").as_uri()
    page = open_page(address, viewport=PHONE, clock="2026-11-23T12:00:00+09:00")
    assert page.evaluate(FIRST_SENTENCE)[1] <= PHONE["height"] * 0.8
    bar = page.locator(".page-bar").bounding_box()
    assert bar is not None
    assert bar["height"] < 60


@pytest.mark.needs("a touch screen")
def test_search_is_one_tap_away_on_a_phone(site: Path, open_page: OpenPage) -> None:
    page = open_page(
        (site / "ko/privacy/1.6.html").as_uri(), viewport=PHONE, has_touch=True, is_mobile=True
    )
    page.get_by_role("button", name="검색").tap()
    expect(page.locator("main input[type=search]")).to_be_visible()
    expect(page).to_have_url((site / "ko/search.html").as_uri() + "?q=")


def test_a_page_has_few_stops_for_the_keyboard(sample_site: Path, open_page: OpenPage) -> None:
    page = open_page((sample_site / "en/privacy/3.1.html").as_uri(), viewport=DESK)
    stops: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        # Some browsers go on to their own buttons, others begin again.
        if (reached := page.evaluate(REACHED)) is None or reached in stops[:1]:
            break
        stops.append(reached)
    assert len(stops) < MOST_STOPS, "\n".join(stops)
    # A screen reader meets the text: one button an article, none a paragraph.
    articles = page.locator("article section[id^=art-]").count()
    buttons = page.get_by_role("button", name="Link and citation")
    # One of the title, and one of the supplementary provision.
    assert articles <= buttons.count() <= articles + 2
    assert page.locator(".provision").get_by_role("button").count() == 0


@pytest.mark.one_in(3)
@pytest.mark.parametrize("width", [1100, 1440, 1920])
@pytest.mark.parametrize(
    "name", ["index", "privacy/history", "privacy/1.6", "privacy/1.5", "search"]
)
def test_pages_are_in_the_middle_of_a_desk(
    site: Path, open_page: OpenPage, name: str, width: int
) -> None:
    page = open_page(
        (site / "en" / f"{name}.html").as_uri(), viewport={"width": width, "height": 900}
    )
    places = [page.locator(".content").bounding_box()]
    if page.locator(".toc-drawer").count():
        places.insert(0, page.locator(".toc-drawer").bounding_box())
    first, last = places[0], places[-1]
    assert first is not None
    assert last is not None
    # The scroll bar takes some of the window.
    assert abs(first["x"] - (width - last["x"] - last["width"])) <= 20
    brand = page.locator(".sidebar-brand-text").bounding_box()
    assert brand is not None
    assert brand["height"] < 30, "the name of the site is on one line"


@pytest.mark.needs("a count of what jumps")
@pytest.mark.one_in(8)
@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_jumps(
    sample_site: Path, open_page: OpenPage, address: str, size: dict[str, int]
) -> None:
    with serve(sample_site) as server:
        page = open_page("about:blank", viewport=size)
        # A tab that had another size is given this one before, so that nothing moves because of that.
        page.wait_for_function("width => innerWidth === width", arg=size["width"])
        page.goto(server.address + address)
        assert page.evaluate(SHIFT) < MOST_SHIFT


@pytest.mark.needs("a count of what jumps")
@pytest.mark.one_in(2)
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_jumps_in_a_folder(sample_site: Path, open_page: OpenPage, width: int) -> None:
    for name in (
        "privacy/compare/2.1/3.0.html?view=columns&unchanged=1",
        "privacy/compare/index.html?old=1.0&new=3.0",
        "privacy/history.html?on=2020-05-05",
        "index.html",
    ):
        address = f"{(sample_site / 'en').as_uri()}/{name}"
        page = open_page(address, viewport={"width": width, "height": 740})
        expect(
            page.locator("main :is(.redline, .date-answer a, .policy-card)").first
        ).to_be_visible()
        assert page.evaluate(SHIFT) < MOST_SHIFT, name


@pytest.mark.thorough
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_jumps_in_any_browser(
    sample_site: Path, open_page: OpenPage, size: dict[str, int]
) -> None:
    with serve(sample_site, policy=MAY_BE_FRAMED) as server:
        page = open_page("about:blank", viewport=size)
        found = {name: shift_of(page, server, name) for name in PAGES}
    assert {name: shift for name, shift in found.items() if shift >= MOST_SHIFT} == {}


@pytest.mark.thorough
def test_what_jumps_is_seen_in_every_browser(tmp_path: Path, open_page: OpenPage) -> None:
    (tmp_path / "404.html").write_text("<!doctype html><title>Empty</title><p>Here.", "utf-8")
    (tmp_path / "jump.html").write_text(
        "<!doctype html><title>Jump</title><p>Text.<p>More.<script src=jump.js></script>", "utf-8"
    )
    (tmp_path / "jump.js").write_text(
        "setTimeout(() => document.body.insertAdjacentHTML('afterbegin', '<div style=height:300px>Late'), 200);",
        "utf-8",
    )
    with serve(tmp_path, policy=MAY_BE_FRAMED) as server:
        assert shift_of(open_page("about:blank"), server, "jump.html") > MOST_SHIFT


@pytest.mark.parametrize("width", [360, 650, 800, 1000])
def test_the_bar_names_the_version_and_its_status_in_full(
    sample_site: Path, open_page: OpenPage, width: int
) -> None:
    address = (sample_site / "en/privacy/2.0.html").as_uri()
    page = open_page(address, viewport={"width": width, "height": 740})
    menu = page.locator(".version-menu > summary")
    expect(menu).to_contain_text("2.0 · Superseded")
    assert menu.evaluate("menu => menu.scrollWidth <= menu.clientWidth")
    parts = page.locator(".page-bar > :not(.switchers), .switchers > *").evaluate_all(
        "parts => parts.map((part) => part.getBoundingClientRect()).filter(({ width }) => width)"
        ".map(({ left, right }) => [left, right]).sort(([one], [other]) => one - other)"
    )
    ends = [0, *(right for _left, right in parts)]
    starts = [*(left for left, _right in parts), width]
    assert all(end <= start for end, start in zip(ends, starts, strict=True)), parts

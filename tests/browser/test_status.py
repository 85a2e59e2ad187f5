"""What a page says of versions stays true on a site that was not rebuilt: the reader's clock decides."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from engine_expect import expect
from support import COPIED, build_site, write_files
from support import page as page_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.also_in("firefox", "webkit")

VERSION = """\
---
version: "{number}"
effective: {effective}
{more}---

# Terms

## Article 1 (Fees)

① Fee.
"""
# How far the background is from grey, the width of the border, and how the word stands out from what follows it.
LOOK = """(notice) => {
  const word = notice.querySelector(".status-word");
  const [red, green, blue] = getComputedStyle(notice).backgroundColor.match(/\\d+/g).map(Number);
  return {
    colour: Math.max(red, green, blue) - Math.min(red, green, blue),
    edge: parseFloat(getComputedStyle(notice).borderInlineStartWidth),
    weight: Number(getComputedStyle(word).fontWeight),
    frame: getComputedStyle(word).borderTopStyle,
  };
}"""
BEFORE = "2026-12-31T23:59:00+09:00"
AFTER = "2027-01-01T00:01:00+09:00"


def version(number: str, effective: str, more: str = "") -> str:
    return VERSION.format(number=number, effective=effective, more=more)


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 1.1 is in force; 1.2 takes effect on 1 January 2027 in Seoul and is withdrawn in March."""
    root = write_files(
        tmp_path_factory.mktemp("terms"),
        {
            "terms/1.0.md": version("1.0", "2024-01-01"),
            "terms/1.1.md": version("1.1", "2025-01-01"),
            "terms/1.2.md": version("1.2", "2027-01-01", "withdrawn: 2027-03-01\n"),
        },
    )
    conf = root / "conf.py"
    conf.write_text(conf.read_text("utf-8") + '\npolicysite_time_zone = "Asia/Seoul"\n', "utf-8")
    build_site(root)
    return root / "_build/html"


def answer_from(site: Path, versions: object, route: Route) -> None:
    """Serve *site*, except its ``versions.json``, which is *versions*."""
    path = route.request.url.removeprefix("http://policies.test/").partition("?")[0]
    if path == "versions.json":
        route.fulfill(json=versions)
    else:
        route.fulfill(path=site / path)


def notice_of(page: Page) -> str:
    return " ".join(page.locator("main .status-notice").inner_text().split())


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/Los_Angeles"])
@pytest.mark.needs("a clock", "a time zone")
def test_the_day_is_that_of_the_policy_wherever_the_reader_is(
    terms: Path, open_page: OpenPage, zone: str
) -> None:
    address = (terms / "en/terms/1.1.html").as_uri()
    page = open_page(address, clock=BEFORE, timezone_id=zone)
    assert notice_of(page) == (
        "In force Version 1.1 applies from 1 January 2025 to 31 December 2026. "
        "Version 1.2 takes effect on 1 January 2027."
    )
    page = open_page(address, clock=AFTER, timezone_id=zone)
    assert notice_of(page) == (
        "Superseded Version 1.1 applied from 1 January 2025 to 31 December 2026. It no longer applies. "
        "Read version 1.2, in force since 1 January 2027 "
        "This was corrected by the date of your device, 1 January 2027."
    )


@pytest.mark.needs("a clock")
def test_a_version_takes_effect(terms: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(terms / 'en/terms/1.2.html').as_uri()}#art-1-para-1", clock=AFTER)
    assert notice_of(page) == (
        "In force Version 1.2 applies from 1 January 2027 to 28 February 2027. "
        "It is withdrawn from 1 March 2027. "
        "This was corrected by the date of your device, 1 January 2027."
    )
    expect(page).to_have_title("Terms v1.2 (In force) – Test policies")
    expect(page.locator(".version-menu > summary")).to_have_text("Version 1.2 · In force")
    statuses = page.locator(".version-menu li .status-word")
    assert statuses.all_text_contents() == ["In force", "Superseded", "Superseded"]


@pytest.mark.needs("a clock")
def test_the_link_to_what_is_in_force_keeps_the_provision(terms: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(terms / 'en/terms/index.html').as_uri()}#art-1-para-1", clock=AFTER)
    expect(page.locator(".status-notice .permanent a")).to_have_attribute(
        "href", "1.1.html#art-1-para-1"
    )
    page.locator(".status-notice a", has_text="Read version 1.2").click()
    expect(page).to_have_url(f"{(terms / 'en/terms/1.2.html').as_uri()}#art-1-para-1")


@pytest.mark.needs("a clock")
def test_nothing_is_in_force_after_the_withdrawal(terms: Path, open_page: OpenPage) -> None:
    day = "2027-03-01T12:00:00+09:00"
    page = open_page((terms / "en/terms/1.2.html").as_uri(), clock=day)
    assert notice_of(page) == (
        "Withdrawn Version 1.2 was withdrawn on 1 March 2027. "
        "No version of this policy is in force today. "
        "This was corrected by the date of your device, 1 March 2027."
    )
    page = open_page((terms / "en/index.html").as_uri(), clock=day)
    expect(page.locator(".policy-card .status-line")).to_have_text(
        "No version of this policy is in force today."
    )


@pytest.mark.needs("a clock")
def test_home_and_history_are_corrected_too(terms: Path, open_page: OpenPage) -> None:
    page = open_page((terms / "en/index.html").as_uri(), clock=AFTER)
    card = page.locator(".policy-card")
    expect(card.locator(".status-line")).to_have_text(
        "In force Version 1.2 applies from 1 January 2027 to 28 February 2027."
    )
    expect(card).not_to_contain_text("takes effect")
    page = open_page((terms / "en/terms/history.html").as_uri(), clock=AFTER)
    rows = page.locator("tbody tr")
    assert rows.locator(".status-word").all_text_contents() == [
        "In force",
        "Superseded",
        "Superseded",
    ]
    expect(rows.nth(0)).to_have_class("status-in-force")


@pytest.mark.needs("a clock")
def test_nothing_is_corrected_while_the_page_is_right(terms: Path, open_page: OpenPage) -> None:
    page = open_page("about:blank", clock=BEFORE)
    words = ".status-notice, .version-menu > summary, .version-menu a[data-version], .policy-card"
    for name in ("en/terms/1.0", "en/terms/1.1", "en/terms/1.2", "en/terms/index", "en/index"):
        file = terms / f"{name}.html"
        page.goto(file.as_uri())
        said = [element.text_content() for element in page_of(file).cssselect(words)]
        assert said
        assert page.locator(words).all_text_contents() == said


@pytest.mark.needs("a clock")
def test_versions_json_knows_more_than_a_page_that_was_kept(
    terms: Path, open_page: OpenPage
) -> None:
    data = json.loads((terms / "versions.json").read_text("utf-8"))
    old = next(v for v in data["policies"][0]["versions"] if v["version"] == "1.1")
    new = {**old, "version": "1.3", "effective": "2026-12-01", "until": None}
    new["pages"] = {"en": "en/terms/1.3.html"}
    old["until"] = "2026-11-30"
    data["policies"][0]["versions"] = [new, old]

    page = open_page("about:blank", clock="2026-12-05T12:00:00+09:00")
    page.route("http://policies.test/**", lambda route: answer_from(terms, data, route))
    page.goto("http://policies.test/en/terms/1.1.html#art-1")
    expect(page.locator(".status-notice")).to_contain_text("Read version 1.3, in force since")
    assert notice_of(page).startswith(
        "Superseded Version 1.1 applied from 1 January 2025 to 30 November 2026."
    )
    # It is unknown where the article is in a version that the page does not know.
    link = page.locator(".status-notice a")
    expect(link).to_have_attribute("href", "../../en/terms/1.3.html")
    expect(page.locator(".version-menu li", has_text="Version 1.1")).to_contain_text(
        "1 January 2025 to 30 November 2026"
    )
    # Coming back to the tab does not bring the old words back.
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    expect(page.locator(".status-notice")).to_contain_text("Read version 1.3, in force since")
    page.goto("http://policies.test/en/index.html")
    card = page.locator(".policy-card")
    expect(card.locator(".status-line")).to_contain_text("Version 1.3 has applied since")
    # 1.2 is what this site knows of itself, and versions.json has lost it.
    expect(card).to_contain_text("Version 1.2 takes effect on 1 January 2027.")


@pytest.mark.needs("a clock")
def test_new_dates_in_versions_json_are_told(terms: Path, open_page: OpenPage) -> None:
    data = json.loads((terms / "versions.json").read_text("utf-8"))
    coming = next(v for v in data["policies"][0]["versions"] if v["version"] == "1.2")
    coming |= {"effective": "2027-02-01", "withdrawn": None, "until": None}
    page = open_page("about:blank", clock=BEFORE)
    page.route("http://policies.test/**", lambda route: answer_from(terms, data, route))
    page.goto("http://policies.test/en/terms/1.2.html")
    expect(page.locator("main .status-notice")).to_contain_text("takes effect on 1 February 2027.")
    page.goto("http://policies.test/en/index.html")
    expect(page.locator(".next-line")).to_have_text("Version 1.2 takes effect on 1 February 2027.")
    coming["withdrawn"] = "2026-12-20"
    page.goto("http://policies.test/en/index.html")
    expect(page.locator(".policy-card")).not_to_contain_text("takes effect")


@pytest.mark.needs("a clock")
def test_korean_notices_are_corrected_in_korean(project: Path, open_page: OpenPage) -> None:
    text = (project / "docs/privacy/1.6.md").read_text("utf-8")
    upcoming = text.replace('"1.6"', '"1.7"').replace("2024-12-27", f"2027-01-01\n{COPIED}", 1)
    (project / "docs/privacy/1.7.md").write_text(upcoming, "utf-8")
    catalogs = project / "locales/ko/LC_MESSAGES/privacy"
    (catalogs / "1.7.po").write_bytes((catalogs / "1.6.po").read_bytes())
    build_site(project)
    page = open_page((project / "_build/html/ko/privacy/index.html").as_uri(), clock=AFTER)
    assert notice_of(page) == (
        "종전 버전 버전 1.6: 2024년 12월 27일부터 2026년 12월 31일까지 시행되었으며, "
        "현재는 시행되지 않습니다. 버전 1.6의 고정 주소 2027년 1월 1일부터 시행 중인 버전 1.7 보기 "
        "이 안내는 사용 중인 기기의 날짜(2027년 1월 1일)에 따라 수정되었습니다."
    )


@pytest.mark.needs("a clock")
def test_the_first_version_takes_effect(
    write_project: Callable[..., Path], open_page: OpenPage
) -> None:
    root = write_project({"terms/1.0.md": version("1.0", "2027-01-01")})
    build_site(root)
    site = root / "_build/html/en"
    page = open_page((site / "terms/index.html").as_uri(), clock=BEFORE)
    expect(page.locator(".nothing-in-force")).to_contain_text(
        "No version of this policy is in force"
    )
    page = open_page((site / "terms/index.html").as_uri(), clock="2027-01-02T12:00:00Z")
    link = page.get_by_role("link", name="Read version 1.0, in force since 1 January 2027")
    link.click()
    expect(page).to_have_url((site / "terms/1.0.html").as_uri())
    page = open_page((site / "index.html").as_uri(), clock="2027-01-02T12:00:00Z")
    expect(page.locator(".policy-card")).to_contain_text("Version 1.0 has applied since")
    expect(page.locator(".policy-card a", has_text="Read version 1.0")).to_be_visible()
    page = open_page(f"{(site / 'search.html').as_uri()}?q=fee", clock="2027-01-02T12:00:00Z")
    expect(page.locator(".search-version:visible h2")).to_have_text("Terms · Version 1.0 In force")


@pytest.mark.needs("a clock")
def test_search_puts_first_what_the_clock_put_in_force(terms: Path, open_page: OpenPage) -> None:
    page = open_page(f"{(terms / 'en/search.html').as_uri()}?q=fee&all=on", clock=AFTER)
    expect(page.locator(".search-version:visible h2")).to_have_text(
        [
            "Terms · Version 1.2 In force",
            "Terms · Version 1.1 Superseded",
            "Terms · Version 1.0 Superseded",
        ]
    )


@pytest.mark.parametrize(
    "scheme",
    [None, pytest.param("dark", marks=pytest.mark.needs("looks that a reader prefers"))],
)
def test_what_was_replaced_is_told_calmly_and_what_was_withdrawn_is_a_warning(
    sample_site: Path, open_page: OpenPage, scheme: str | None
) -> None:
    looks_wanted = {"color_scheme": scheme} if scheme else {}
    folder = sample_site / "en/privacy"
    looks = {}
    for number in ("2.0", "2.1"):
        page = open_page((folder / f"{number}.html").as_uri(), **looks_wanted)
        looks[number] = page.locator("main .status-notice").evaluate(LOOK)
    superseded, withdrawn = looks["2.0"], looks["2.1"]
    assert superseded["colour"] < 8
    assert withdrawn["colour"] > 15
    assert superseded["edge"] == withdrawn["edge"] >= 3
    assert superseded["weight"] == 700
    # It is a frame that forced colours and paper show.
    assert superseded["frame"] == "solid"
    page.goto((folder / "history.html").as_uri())
    words = page.locator(".history .status-word")
    colours = {
        name: words.locator(f"xpath=self::*[.='{name}']").first.evaluate(
            "word => getComputedStyle(word).color"
        )
        for name in ("Superseded", "Withdrawn")
    }
    text = page.locator(".history td").first.evaluate("cell => getComputedStyle(cell).color")
    assert colours["Superseded"] == text != colours["Withdrawn"]


def test_a_site_of_last_month_tells_the_truth_of_today(
    write_project: Callable[..., Path], open_page: OpenPage
) -> None:
    """By the real clock of each browser, which not every driver can set."""
    now = dt.datetime.now(dt.UTC).date()
    last_month, last_year = now - dt.timedelta(days=30), now - dt.timedelta(days=365)
    since = now - dt.timedelta(days=10)
    root = write_project(
        {
            "terms/1.0.md": version("1.0", f"{last_year}"),
            "terms/1.1.md": version("1.1", f"{since}"),
        }
    )
    build_site(root, {"POLICYSITE_DATE": f"{last_month}"})
    folder = root / "_build/html/en/terms"
    assert "status-in-force" in (folder / "1.0.html").read_text("utf-8").partition("<main")[2]
    page = open_page((folder / "1.0.html").as_uri())
    assert notice_of(page).startswith("Superseded Version 1.0 applied from")
    expect(page.locator("main .status-notice a")).to_contain_text("Read version 1.1, in force")
    page.goto((folder / "1.1.html").as_uri())
    assert notice_of(page).startswith("In force Version 1.1 has applied since")
    statuses = page.locator(".version-menu li .status-word")
    assert statuses.all_text_contents() == ["In force", "Superseded"]

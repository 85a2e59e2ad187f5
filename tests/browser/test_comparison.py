"""Comparing in the browser: the same result as the pages that were built, and what readers do with both.

``tests/slow/browser/test_comparison_everywhere.py`` compares all pairs.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from comparing_pages import (
    MODEL,
    PAIRS,
    assert_built_the_same,
    assert_can_be_compared,
    assert_same_changes,
    built_comparisons,
    changes,
    model,
    result,
)
from engine_expect import expect
from scripts_table import REDLINES
from site_server import serve
from support import SAMPLE_DAY, build_site, copy_sample, write_files, write_own_words

from policysite.redline import compare, word_changes

pytestmark = pytest.mark.also_in("firefox", "webkit")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]


@pytest.mark.parametrize(("language", "some"), [("en", slice(0, 13, 4)), ("ko", slice(2, 13, 8))])
def test_the_browser_builds_the_same_as_the_pages(
    sample_site: Path, open_page: OpenPage, language: str, some: slice
) -> None:
    built = built_comparisons(sample_site / language / "privacy" / "compare")
    assert_built_the_same(open_page("about:blank"), built[some])


def test_the_browser_finds_the_same_changes_in_any_texts(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page((sample_site / "en/privacy/compare/index.html").as_uri())
    assert_same_changes(page, range(60))


WORDS = "([old, fresh]) => wordChanges(old, fresh).map(({ op, text }) => [op, text])"
HARD = (
    ('Say "yes" & <b>no</b>', 'Say "no" & <i>no</i>'),
    ("cafe\u0301 과 \u1100\u1161", "café 과 가"),
    ("a 😀 b 👩‍👩‍👧 c", "a 😃 b 👩‍👩‍👧 c"),
    ("one\u00a0two\u3000three", "one two three"),
    ("① 1.5% ½ Ⅳ 第3条", "② 1,5% ¼ Ⅴ 第4条"),
    ("A.\tB.\t", "A.\t\tB."),
    ("One. Two. Three.", "One. Three."),
    ("word " * 800 + "end", "name " * 800 + "end"),
    ("A sentence of 7 words. " * 90, "A sentence of 7 words! " * 90),
    ("이용자의 개인정보를 파기합니다. 다만, 그러하지 아니합니다.", "이용자는 개인정보의 파기를 요구합니다."),
)  # fmt: skip


@pytest.mark.parametrize("pair", range(len(HARD)))
def test_the_browser_finds_the_same_changes_in_hard_texts(
    sample_site: Path, open_page: OpenPage, pair: int
) -> None:
    from policysite.text.provision_text import ProvisionText  # noqa: PLC0415

    old, new = ([ProvisionText("art-1", title=text, text=text)] for text in HARD[pair])
    page = open_page((sample_site / "en/privacy/compare/index.html").as_uri())
    texts = [[provision.data() | {"title": provision.title} for provision in t] for t in (old, new)]
    assert page.evaluate(MODEL, [*texts, {}]) == model(compare(old, new))


LOST = (
    (("We collect:\nPurpose\tItems\nSign-up\tName", 0), ("We collect:", 1)),
    (("We collect:", 2), ("Purpose\tItems\nAnd:\nTax\tFive\nTo:\nA\tB", 0)),
    (("Purpose\tItems", 1), ("Purpose\t", 0)),
)


@pytest.mark.parametrize("pair", range(len(LOST)))
def test_the_browser_leaves_out_what_is_lost_in_one_text(
    sample_site: Path, open_page: OpenPage, pair: int
) -> None:
    from policysite.text.provision_text import ProvisionText  # noqa: PLC0415

    old, new = ([ProvisionText("art-1", text=text, omitted=count)] for text, count in LOST[pair])
    page = open_page((sample_site / "en/privacy/compare/index.html").as_uri())
    texts = [[provision.data() for provision in t] for t in (old, new)]
    assert page.evaluate(MODEL, [*texts, {}]) == model(compare(old, new))


@pytest.mark.thorough
def test_the_browser_shows_a_lost_table_as_the_page_does(
    tmp_path: Path, open_page: OpenPage
) -> None:
    table, lost = "| Purpose | Items |\n|---|---|\n| Sign-up | Name |\n", "```{omitted}\n```\n"
    body = "# Terms\n\n## Article 1 (Data)\n\nWe collect:\n\n{}\n## Article 2 (Use)\n\n{}"
    front = '---\nversion: "{}"\neffective: {}\n---\n\n'
    documents = {
        "terms/1.0.md": front.format("1.0", "2024-01-01") + body.format(table, lost),
        "terms/1.1.md": front.format("1.1", "2025-01-01") + body.format(lost, table),
    }
    root = write_files(tmp_path / "site", documents)
    built = build_site(root).output / "en/terms/compare/1.0/1.1.html"
    assert_built_the_same(open_page("about:blank"), [built])


def known(points: Iterable[int]) -> str:
    """Return the characters of *points* that are assigned in this version of Unicode."""
    return "".join(chr(point) for point in points if unicodedata.category(chr(point)) != "Cn")


# Each language by itself, as one of them fails alone; the characters of all scripts, one beside the other.
SCRIPTS = {language: [(old, new) for old, new, _ in cases] for language, cases in REDLINES.items()}
CHARACTERS = (*range(0x300, 0xD800), *range(0xF900, 0x10000), *range(0x1F000, 0x1FB00))
SCRIPTS["characters"] = [
    (f"条{text}日", f"条{text[::-1]}日")
    for start in range(0, len(CHARACTERS), 40)
    if (text := known(CHARACTERS[start : start + 40]))
]


@pytest.mark.one_in(4)
@pytest.mark.parametrize("script", SCRIPTS)
def test_the_browser_finds_the_same_changes_in_every_script(
    sample_site: Path, open_page: OpenPage, script: str
) -> None:
    page = open_page((sample_site / "en/privacy/compare/index.html").as_uri())
    for old, new in SCRIPTS[script]:
        expected = changes(word_changes(old, new))
        assert page.evaluate(WORDS, [old, new]) == expected, (old, new)


def test_versions_that_are_chosen_are_compared(sample_site: Path, open_page: OpenPage) -> None:
    address = (sample_site / "ko/privacy/compare/index.html").as_uri()
    assert_can_be_compared(open_page(address), address, PAIRS[::10])


def test_a_version_that_is_not_held_is_named_and_not_compared(
    sample_site: Path, open_page: OpenPage
) -> None:
    index = (sample_site / "en/privacy/compare/index.html").as_uri()
    page = open_page(f"{index}?old=0.9&new=2.0")
    note = "The text of version 0.9 is not held on this site. Nothing can be said of what differs."
    expect(page.locator(".redline-not-held")).to_have_text(note)
    expect(page.locator("ins, del")).to_have_count(0)
    assert not (sample_site / "en/privacy/compare/0.9").exists()


def visible(page: Page, selector: str) -> bool:
    return page.locator(selector).first.is_visible()


@pytest.mark.needs("a page without scripts")
def test_views_change_without_scripts(sample_site: Path, open_page: OpenPage) -> None:
    page = open_page(
        (sample_site / "ko/privacy/compare/1.0/1.1.html").as_uri(), java_script_enabled=False
    )
    row = "#art-4-para-1-point-1"
    inline, columns, four = (f"input[value={name}]" for name in ("inline", "columns", "four"))
    assert page.locator(inline).is_checked()
    assert not visible(page, f"{row} > .old")
    assert visible(page, f"{row} > .new del")
    assert visible(page, f"{row} > .new ins")
    page.locator(columns).check()
    assert visible(page, f"{row} > .old del")
    assert not visible(page, f"{row} > .new del")
    assert visible(page, f"{row} > .new ins")
    assert not visible(page, f"{row} > .source")
    page.locator(four).check()
    cells = page.locator(f"{row} > div")
    assert [cells.nth(i).is_visible() for i in range(4)] == [True] * 4
    assert page.locator(f"{row} > .source.new ins").inner_text().startswith("inserted:") is False
    assert not visible(page, "details.same")
    page.locator("input[name=unchanged]").check()
    assert visible(page, "details.same")


def test_old_and_new_stand_side_by_side_and_below_each_other_on_a_phone(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page((sample_site / "en/privacy/compare/1.0/1.1.html").as_uri())
    page.locator("input[value=columns]").check()
    for width, beside in ((1300, True), (320, False)):
        page.set_viewport_size({"width": width, "height": 800})
        old, new = (
            page.locator(f"#art-4-para-1-point-1 > .{name}").bounding_box()
            for name in ("old", "new")
        )
        assert old
        assert new
        assert (new["x"] > old["x"] + 100) is beside
        assert (new["y"] > old["y"]) is not beside
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0


def test_a_day_leads_to_the_version_and_keeps_the_provision(
    sample_site: Path, open_page: OpenPage
) -> None:
    address = (sample_site / "ko/privacy/on/2020-04-01.html").as_uri()
    page = open_page(f"{address}#art-4-para-1-point-1")
    page.wait_for_url("**/ko/privacy/1.1.html#art-4-para-1-point-1")
    # The version that was to take effect on that day was withdrawn.
    page.goto((sample_site / "en/privacy/on/2023-05-01.html").as_uri())
    page.wait_for_url("**/en/privacy/2.0.html")


@pytest.mark.needs("a page without scripts")
def test_a_day_leads_to_the_version_without_scripts_too(
    sample_site: Path, open_page: OpenPage
) -> None:
    address = (sample_site / "ko/privacy/on/2020-04-01.html").as_uri()
    page = open_page(address, java_script_enabled=False)
    page.locator("article a").first.click()
    assert page.url.endswith("ko/privacy/1.1.html")


@pytest.mark.needs("a clock")
@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("day", "answer", "links"),
    [
        (
            "2020-05-05",
            "Version in force on 5 May 2020: 1.1 Read it Everything that has changed since",
            ["1.1.html", "compare/1.1/3.1.html"],
        ),
        (
            "2026-01-01",
            "Version in force on 1 January 2026: 3.1 Read it Nothing has changed since: it is in force.",
            ["3.1.html"],
        ),
        (
            "2018-05-05",
            "Version in force on 5 May 2018: 0.9 Read it "
            "What has changed since cannot be said: a text is not held on this site.",
            ["0.9.html"],
        ),
        ("2017-05-05", "On 5 May 2017 no version of this policy was in force.", []),
        # 2.1 was withdrawn before it took effect.
        (
            "2023-06-01",
            "Version in force on 1 June 2023: 2.0 Read it Everything that has changed since",
            ["2.0.html", "compare/2.0/3.1.html"],
        ),
        (
            "2036-01-01",
            "Version in force on 1 January 2036: 3.2 Read it Everything that has changed since",
            ["3.2.html", "compare/3.1/3.2.html"],
        ),
    ],
)
def test_the_history_answers_what_applied_on_a_day(
    sample_site: Path, open_page: OpenPage, day: str, answer: str, links: list[str]
) -> None:
    page = open_page(
        (sample_site / "en/privacy/history.html").as_uri(), clock="2026-11-23T12:00:00+09:00"
    )
    page.locator("input[name=on]").fill(day)
    page.locator(".date-form button").click()
    expect(page.locator(".date-answer")).to_have_text(answer)
    found = page.locator(".date-answer a")
    assert [found.nth(i).get_attribute("href") for i in range(found.count())] == links


def test_a_comparison_that_has_no_page_is_made_all_the_same(
    sample_site: Path, browser: Browser
) -> None:
    with serve(sample_site) as server, browser.new_context() as context:
        # Not by the fixture: the browser reports the answer 404 as an error.
        page = context.new_page()
        answer = page.goto(f"{server.address}en/privacy/compare/1.0/2.0.html#art-5")
        assert answer is not None
        assert answer.status == 404
        page.wait_for_url("**/en/privacy/compare/index.html?old=1.0&new=2.0#art-5")
        result(page)
        expect(page.locator("#art-5")).to_be_in_viewport()
        assert page.locator("#art-5 .kind").first.inner_text() == "Inserted"


def test_the_life_line_leads_to_the_article_in_each_version(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page((sample_site / "en/privacy/3.1.html").as_uri())
    line = page.locator("#art-7 .life")
    expect(line).to_be_hidden()
    page.locator("#art-7 > .article-changes summary").click()
    links = line.locator("a")
    found = {
        links.nth(i).inner_text(): (links.nth(i).get_attribute("href") or "").split("#")[-1]
        for i in range(links.count())
    }
    assert found == {
        "0.9": "text-not-held",
        "1.0": "art-7",
        "1.1": "art-7",
        "1.2": "art-7",
        "2.0": "art-8",
        "2.1": "art-8",
        "3.0": "art-7",
        "3.1": "art-7",
        "3.2": "art-7",
    }
    states = [cell.strip() for cell in line.locator("td").all_text_contents()]
    assert states == [
        "text not held",
        "in the first text held here",
        "amended",
        "amended",
        "moved or renumbered: Article 8",
        "unchanged: Article 8",
        "amended",
        "amended",
        "amended",
    ]
    line.get_by_text("2.0", exact=True).click()
    expect(page.locator("#art-8")).to_be_in_viewport()
    # An article that is gone leads to the version without it.
    page.goto((sample_site / "en/privacy/2.0.html").as_uri())
    switch = page.get_by_role("button", name="History of every article")
    switch.click()
    expect(page.locator(".life").last).to_be_visible()
    gone = page.locator("#art-7 .life a", has_text="3.0")
    assert gone.get_attribute("href") == "3.0.html"
    expect(page.locator("#art-7 .life td").nth(6)).to_have_text("not in this version")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".life").first).to_be_hidden()


@pytest.mark.thorough
def test_words_of_a_catalog_run_nothing(tmp_path: Path, open_page: OpenPage) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False, versions=("1.0", "2.0", "2.1"))
    harm = "&lt;img src=x onerror=&quot;document.title=&#39;harm&#39;&quot;&gt;"
    said = {"deleted:": "삭제:", "Amended": "개정", "unchanged": "변경 없음"}
    write_own_words(root, {msgid: f"{harm} {words}" for msgid, words in said.items()})
    site = build_site(root, SAMPLE_DAY).output
    page = open_page(f"{(site / 'ko/privacy/compare/index.html').as_uri()}?old=1.0&new=2.1")
    result(page)
    assert page.locator("main img").count() == 0
    assert "harm" not in page.title()
    # The page that was built shows the same.
    shown = page.locator(".kind-amended").first.inner_text()
    page.goto((site / "ko/privacy/compare/2.0/2.1.html").as_uri())
    assert page.locator(".kind-amended").first.inner_text() == shown
    assert "onerror" in shown


def test_the_comparison_stays_when_the_language_changes(
    sample_site: Path, open_page: OpenPage
) -> None:
    index = (sample_site / "en/privacy/compare/index.html").as_uri()
    page = open_page(f"{index}?old=1.0&new=2.1#art-3")
    result(page)
    page.locator(".language-menu a[lang=ko]").click()
    page.wait_for_url("**/ko/privacy/compare/index.html?old=1.0&new=2.1#art-3")
    result(page)
    page.goto((sample_site / "en/privacy/history.html").as_uri())
    page.goto(f"{page.url}?on=2020-05-05")
    page.locator(".language-menu a[lang=ko]").click()
    page.wait_for_url("**/ko/privacy/history.html?on=2020-05-05")
    expect(page.locator(".date-answer a").first).to_be_visible()


def test_the_menu_of_versions_follows_the_provision_of_a_comparison(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page(f"{(sample_site / 'en/privacy/compare/1.2/2.0.html').as_uri()}#art-6")
    menu = page.locator(".version-menu a[data-version]")

    def targets() -> dict[str, str]:
        links = [menu.nth(i) for i in range(menu.count())]
        return {
            link.get_attribute("data-version") or "": (link.get_attribute("href") or "").split("/")[
                -1
            ]
            for link in links
        }

    # Article 6 of 2.0 was Article 5 before.
    assert targets()["1.2"] == "1.2.html#art-5"
    assert targets()["2.0"] == "2.0.html#art-6"
    page.goto(f"{(sample_site / 'en/privacy/compare/2.1/3.0.html').as_uri()}#was-art-7")
    assert targets()["3.1"] == "3.1.html"
    korean = page.locator(".language-menu a[lang=ko]").get_attribute("href") or ""
    assert korean.endswith("#was-art-7")


@pytest.mark.needs("a page without scripts")
def test_a_link_to_a_provision_that_did_not_change_shows_it(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page(
        f"{(sample_site / 'en/privacy/compare/1.2/2.0.html').as_uri()}#art-2-point-1",
        java_script_enabled=False,
    )
    expect(page.locator("#art-2-point-1")).to_be_in_viewport()
    assert not page.locator("#art-1").is_visible()


@pytest.mark.needs("a clock")
def test_the_history_says_so_when_nothing_is_in_force(tmp_path: Path, open_page: OpenPage) -> None:
    text = '---\nversion: "{}"\neffective: {}\n{}---\n\n# Terms\n\n## Article 1 (Scope)\n\nAll.\n'
    root = write_files(
        tmp_path / "small",
        {
            "terms/1.0.md": text.format("1.0", "2024-01-01", ""),
            "terms/1.1.md": text.format("1.1", "2025-01-01", "withdrawn: 2026-01-01\n"),
        },
    )
    (root / "_static/logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    site = build_site(root).output
    page = open_page(
        f"{(site / 'en/terms/history.html').as_uri()}?on=2024-06-01",
        clock="2026-11-23T12:00:00+00:00",
    )
    expect(page.locator(".date-answer")).to_have_text(
        "Version in force on 1 June 2024: 1.0 Read it No version of this policy is in force today."
    )


def shown_columns(page: Page) -> str:
    return page.locator("[name=view]:checked").get_attribute("value") or ""


def test_the_table_has_both_sides_as_law_is_printed(sample_site: Path, open_page: OpenPage) -> None:
    page = open_page((sample_site / "ko/privacy/compare/2.1/3.0.html").as_uri())
    # There is room for it, and it is what a lawyer looks for.
    assert shown_columns(page) == "columns"

    def sides(selector: str) -> list[str]:
        cells = page.locator(f"{selector} > :is(.old, .new, .nothing-new, h2, .kinds):visible")
        seen = "e => { const copy = e.cloneNode(true); for (const s of copy.querySelectorAll('.sr-only, .kind, a')) s.remove(); return copy.textContent; }"
        words = (cells.nth(i).evaluate(seen) for i in range(cells.count()))
        return [" ".join(one.split()) for one in words]

    left_out = page.locator("#art-4 .facing-range")
    assert left_out.nth(1).locator(".words").all_inner_texts() == [
        "②·③ (생  략)",
        "②·③ (현행과 같음)",
    ]
    assert sides("#was-art-7 > .facing-heading") == ["제7조(쿠키)", "<삭 제>"]
    heading = sides("#art-7 > .facing-heading")
    assert heading[0] == "제8조(이용자의 권리)"
    assert heading[-1] == "종전 제8조"
    assert heading[1].startswith("제7조(이용자의 권리")
    # Changed words are underlined on both sides, with the number as a whole.
    row = page.locator("#art-7-para-2")
    for words in (row.locator(".old del"), row.locator(".new ins"), row.locator(".old .touched")):
        assert "underline" in words.first.evaluate("e => getComputedStyle(e).textDecorationLine")
    # What is the same is there when it is asked for, on both sides.
    same = page.locator("#art-4-para-2 > div")
    assert not same.first.is_visible()
    page.locator("[name=unchanged]").check()
    assert same.count() == 2
    boxes = [same.nth(i).bounding_box() for i in (0, 1)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[1]["x"] > boxes[0]["x"] + 300
    assert same.nth(0).inner_text() == same.nth(1).inner_text()
    assert not left_out.first.is_visible()


def test_a_phone_shows_one_text(sample_site: Path, open_page: OpenPage) -> None:
    page = open_page(
        (sample_site / "ko/privacy/compare/2.1/3.0.html").as_uri(),
        viewport={"width": 360, "height": 740},
    )
    assert shown_columns(page) == "inline"
    assert not page.locator(".facing-range").first.is_visible()


def test_the_view_is_in_the_address_and_stays(sample_site: Path, open_page: OpenPage) -> None:
    with serve(sample_site) as server:
        page = open_page(f"{server.address}en/privacy/compare/1.1/1.2.html")
        page.locator("[value=inline]").check()
        page.locator("[name=unchanged]").check()
        kept = "?view=inline&unchanged=1"
        expect(page).to_have_url(f"{server.address}en/privacy/compare/1.1/1.2.html{kept}")
        page.reload()
        assert shown_columns(page) == "inline"
        for relation, pair in (("next", "1.2/2.0"), ("prev", "1.0/1.1")):
            page.locator(f"a[rel={relation}]").click()
            page.wait_for_url(f"**/en/privacy/compare/{pair}.html{kept}")
            assert shown_columns(page) == "inline"
            page.go_back()
        page.locator(".language-menu a[lang=ko]").click()
        page.wait_for_url(f"**/ko/privacy/compare/1.1/1.2.html{kept}**")
        assert shown_columns(page) == "inline"
        assert page.locator("[name=unchanged]").is_checked()
        # The form that compares any two asks for the same view.
        page.goto(f"{server.address}en/privacy/compare/index.html?old=1.0&new=2.0&view=inline")
        result(page)
        page.locator(".redline-form button").click()
        page.wait_for_url("**/index.html?old=1.0&new=2.0&view=inline")


@pytest.mark.parametrize(
    ("language", "example", "typed"),
    [
        ("en", "01/03/2018", ("05/05/2020", "5.5.2020", "20200505", "2020-5-5")),
        ("ko", "2018. 3. 1.", ("2020. 5. 5.", "2020년 5월 5일", "2020-05-05")),
    ],
)
def test_a_day_is_typed_as_readers_write_it(
    sample_site: Path, open_page: OpenPage, language: str, example: str, typed: tuple[str, ...]
) -> None:
    page = open_page((sample_site / f"{language}/privacy/history.html").as_uri())
    field, answer = page.locator("input[name=on]"), page.locator(".date-answer")
    assert field.get_attribute("placeholder") == example
    for words in typed:
        field.fill(words)
        field.press("Enter")
        expect(answer.locator("a").first).to_have_attribute("href", "1.1.html")
        # What is no day is said to be none.
        field.fill("31/02/2020")
        field.press("Enter")
        expect(answer).to_contain_text(example)
        assert field.get_attribute("aria-invalid") == "true"


def test_superseded_is_neutral_and_withdrawn_is_a_warning(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page((sample_site / "en/privacy/history.html").as_uri())
    colours = {
        status: page.locator(f"td .status-word.status-{status}").first.evaluate(
            "e => getComputedStyle(e).color.match(/[0-9]+/g).map(Number)"
        )
        for status in ("superseded", "withdrawn")
    }
    red, green, blue = colours["superseded"]
    assert max(red, green, blue) - min(red, green, blue) < 20
    red, green, blue = colours["withdrawn"]
    assert red > 2 * max(green, blue)

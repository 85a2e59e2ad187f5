"""The tools of a provision: link, citation, the same provision elsewhere; and what a reader may type."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
import scripts_table
from engine_expect import expect
from site_server import serve
from test_reading import CHROME, open_tools

pytestmark = pytest.mark.also_in("firefox", "webkit")

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

CLIPBOARD = ["clipboard-read", "clipboard-write"]
ENGLISH = "SpaceONE Service Privacy Policy v1.6 (27 December 2024), Article 9 ② 3. 1)"
KOREAN = "SpaceONE 서비스 개인정보 처리방침 v1.6(2024년 12월 27일) 제9조 제2항 제3호 1)"
# What was copied may change between asking what there is and asking for it: then it is asked for anew.
READ = """async (type) => {
  for (;;) {
    const [item] = await navigator.clipboard.read();
    if (!item.types.includes(type)) return null;
    try { return await (await item.getType(type)).text(); }
    catch (error) { if (error.name !== "InvalidStateError") throw error; }
  }
}"""


@pytest.mark.needs("a clipboard")
@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", ["1.6", "index"])
@pytest.mark.parametrize(("language", "citation"), [("en", ENGLISH), ("ko", KOREAN)])
def test_link_and_citation_are_copied(
    site: Path, open_page: OpenPage, language: str, name: str, citation: str
) -> None:
    folder = site / language / "privacy"
    page = open_page((folder / f"{name}.html").as_uri(), permissions=CLIPBOARD)
    tools = open_tools(page, CHROME)
    buttons, said = tools.get_by_role("button"), tools.get_by_role("status")
    address = f"{(folder / '1.6.html').as_uri()}#{CHROME}"
    buttons.nth(0).click()
    expect(said).to_have_text({"en": "Copied.", "ko": "복사하였습니다."}[language])
    assert page.evaluate(READ, "text/plain") == address
    buttons.nth(1).click()
    expect(said).not_to_be_empty()
    page.wait_for_function("async () => (await navigator.clipboard.read())[0].types.length > 1")
    assert page.evaluate(READ, "text/plain") == citation
    assert f'<a href="{address}"' in page.evaluate(READ, "text/html")
    assert f">{citation}</a>" in page.evaluate(READ, "text/html")
    buttons.nth(2).click()
    page.wait_for_function("async () => (await navigator.clipboard.read())[0].types.length === 1")
    html = f'<a href="{address}" lang="{language}">{citation}</a>'
    assert page.evaluate(READ, "text/plain") == html


@pytest.mark.needs("a clipboard")
def test_the_title_is_cited_without_a_provision(site: Path, open_page: OpenPage) -> None:
    address = (site / "en/privacy/1.6.html").as_uri()
    page = open_page(address, permissions=CLIPBOARD)
    page.locator("h1 > span").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate(READ, "text/plain") == address


@pytest.mark.needs("a clipboard")
def test_copying_works_where_the_clipboard_is_closed_to_pages(
    site: Path, open_page: OpenPage
) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri(), permissions=CLIPBOARD)
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('no')); }")
    tools = open_tools(page, "art-7")
    tools.get_by_role("button", name="Copy citation", exact=True).click()
    expect(tools.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate(READ, "text/plain").endswith("v1.6 (27 December 2024), Article 7")


def test_where_nothing_may_be_copied_the_text_is_shown(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri())
    page.evaluate(
        "() => { delete Navigator.prototype.clipboard; document.execCommand = () => false; }"
    )
    tools = open_tools(page, "art-7")
    tools.get_by_role("button", name="Copy citation", exact=True).click()
    expect(tools.get_by_role("status")).to_contain_text("(27 December 2024), Article 7")


def test_the_tools_are_fetched_when_they_are_wanted_and_once(
    site: Path, open_page: OpenPage
) -> None:
    def fetched() -> int:
        return sum("/tools." in answer.path for answer in host.answers)

    with serve(site, as_host=True) as host:
        page = open_page(f"{host.address}en/privacy/1.6.html#art-9")
        # What it asks for last, when all is there.
        page.wait_for_function("document.readyState === 'complete'")
        page.wait_for_timeout(300)
        assert fetched() == 0
        for provision in ("art-7", CHROME):
            expect(open_tools(page, provision)).to_be_visible()
            page.keyboard.press("Escape")
        assert fetched() == 1


def test_where_the_tools_cannot_be_had_the_link_is_a_link(site: Path, open_page: OpenPage) -> None:
    address = (site / "en/privacy/1.6.html").as_uri()
    page = open_page(address)
    page.evaluate("() => { loadTools = () => Promise.reject(new Error('not there')); }")
    page.locator("#art-7-point-2 > p > .printed-mark").click()
    expect(page).to_have_url(f"{address}#art-7-point-2")


def test_the_same_provision_elsewhere(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri())
    tools = open_tools(page, CHROME)
    expect(tools.get_by_role("link")).to_have_count(6)
    expect(tools.get_by_role("link", name="Version 1.5")).to_have_text("Version 1.5 text not held")
    tools.get_by_role("link", name="한국어").click()
    expect(page).to_have_url(f"{(site / 'ko/privacy/1.6.html').as_uri()}#{CHROME}")
    expect(page.locator(f"#{CHROME}")).to_be_in_viewport()


@pytest.mark.needs("a touch screen")
def test_the_tools_open_from_the_mark_and_by_touch(site: Path, open_page: OpenPage) -> None:
    page = open_page(
        f"{(site / 'ko/privacy/1.6.html').as_uri()}#art-9",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    # Nothing stands beside the text where nothing hovers.
    expect(page.locator(".headerlink:visible:not([style])").first).to_have_css("opacity", "0")
    page.locator("#art-9-para-1 > p > .printed-mark").tap()
    tools = page.get_by_role("dialog")
    expect(tools).to_be_visible()
    expect(tools).to_contain_text("제9조 제1항")
    box, width = tools.bounding_box(), page.evaluate("innerWidth")
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.touchscreen.tap(20, 800)
    expect(tools).to_be_hidden()


@pytest.mark.needs("a clipboard")
def test_the_tools_work_by_keyboard(site: Path, open_page: OpenPage) -> None:
    address = (site / "en/privacy/1.6.html").as_uri()
    page = open_page(address, permissions=CLIPBOARD)
    link = page.locator("#art-9 > .headerlink")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    for key in ("Enter", " "):
        page.keyboard.press(key)
        choice = page.get_by_role("combobox", name="Provision")
        expect(choice).to_be_focused()
        expect(link).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(link).to_be_focused()
        expect(link).to_have_attribute("aria-expanded", "false")
    # Every provision of the article is in reach of the keyboard from its heading.
    page.keyboard.press("Enter")
    assert choice.locator("option").all_text_contents()[:3] == [
        "Article 9",
        "Article 9 ①",
        "Article 9 ②",
    ]
    choice.select_option("Article 9 ② 3. 1)")
    expect(page.get_by_role("dialog", name="Article 9 ② 3. 1)")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate(READ, "text/plain") == f"{address}#{CHROME}"


def test_one_provision_has_its_tools_open_at_a_time(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri())
    tools = open_tools(page, "art-7")
    expect(tools.get_by_role("combobox")).to_have_count(1)
    # What is open may lie over the next one, which the keyboard reaches all the same.
    page.locator("#art-8 > .headerlink").press("Enter")
    expect(page.locator(".headerlink[aria-expanded=true]")).to_have_count(1)
    expect(tools.get_by_role("combobox")).to_have_count(1)
    page.locator("#art-8 > h2 > .heading-number").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".headerlink[aria-expanded=true]")).to_have_count(0)


@pytest.mark.needs("a page without scripts")
def test_without_scripts_the_tools_are_plain_links(site: Path, open_page: OpenPage) -> None:
    page = open_page((site / "ko/privacy/index.html").as_uri(), java_script_enabled=False)
    link = page.locator(f"#{CHROME} > p > .headerlink")
    link.hover()
    link.click()
    expect(page).to_have_url(f"{(site / 'ko/privacy/1.6.html').as_uri()}#{CHROME}")
    expect(page.get_by_role("dialog")).to_be_hidden()


TYPED = {
    "제9조제2항제3호": "art-9-para-2-point-3",
    "제9조 제2항 제3호 1)": CHROME,
    "9조2항3호": "art-9-para-2-point-3",
    "제9조": "art-9",
    "제2조제3호": "art-2-point-3",
    "article-9": "art-9",
    "Article 9 ② 3. 1)": CHROME,
    "article-9-paragraph-2-point-3": "art-9-para-2-point-3",
    "art9": "art-9",
    "9-2-3": "art-9-para-2-point-3",
    "9-2-3-1": CHROME,
    "9.2.3": "art-9-para-2-point-3",
    "9(2)": "art-9-para-2",
    "2-3": "art-2-point-3",
    "15": "art-15",
    "제９조제2항": "art-9-para-2",
    "§9": "art-9",
    "9/2/3": "art-9-para-2-point-3",
    "9:2": "art-9-para-2",
    "art-09": "art-9",
}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_typed_links_lead_to_the_provision(
    site: Path, open_page: OpenPage, engine: str, language: str
) -> None:
    address = (site / language / "privacy/1.6.html").as_uri()
    page = open_page(address)
    # Every way of typing in one language; that they do not depend on the language shows with a few.
    for number, typed in enumerate(list(TYPED)[:: 1 if language == "ko" else 4]):
        # Another query, so that the page is read anew and does not only go to another place.
        page.goto(f"{address}?{number}#{typed}")
        expect(page).to_have_url(f"{address}?{number}#{TYPED[typed]}")
        target = page.locator(f"#{TYPED[typed]}")
        expect(target).to_be_in_viewport()
        assert target.evaluate("element => element.matches('.arrived')"), typed
        # Firefox knows no target that a script named before the page was complete: the class is for it.
        if engine != "firefox":
            assert target.evaluate("element => element.matches(':target')"), typed


def test_what_is_no_provision_is_left_alone(site: Path, open_page: OpenPage) -> None:
    address = (site / "en/privacy/1.6.html").as_uri()
    page = open_page(address)
    for typed in (
        "foo",
        "조",
        "9-2-3-1-1",
        "항2",
        "article",
        "제9조항",
        "9조의",
        "가",
        "%",
        "100%",
    ):
        page.goto(f"{address}#{typed}")
        page.wait_for_timeout(30)
        assert unquote(page.evaluate("location.hash")) == f"#{typed}"
        expect(page.locator("#arrival")).to_be_hidden()


def test_a_typed_provision_that_does_not_exist_leads_to_the_nearest(
    site: Path, open_page: OpenPage
) -> None:
    page = open_page(f"{(site / 'ko/privacy/1.6.html').as_uri()}#제9조제7항")
    expect(page.locator("#art-9.nearest > #arrival")).to_be_visible()
    page.goto(f"{(site / 'ko/privacy/1.6.html').as_uri()}#제99조")
    expect(page.locator("#arrival")).to_contain_text("버전 1.6에 없습니다")


def test_branches_annexes_and_supplementary_provisions_can_be_typed(
    write_project: Callable[..., Path], open_page: OpenPage
) -> None:
    from support import build_site  # noqa: PLC0415

    body = (
        '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (A)\n\n① One.\n\n'
        "가. First.\n\n나. Second.\n\n## Article 1-2 (B)\n\nTwo.\n\n## Supplementary Provision\n\nS.\n\n## Annex 1\n\nX.\n"
    )
    root = write_project({"terms/1.0.md": body})
    build_site(root)
    address = (root / "_build/html/en/terms/1.0.html").as_uri()
    page = open_page(address)
    for typed, found in {
        "제1조의2": "art-1-2",
        "1-1": "art-1-para-1",
        "1-2": "art-1-2",
        "제1조제1항나목": "art-1-para-1-indent-2",
        "부칙": "add-1",
        "별표1": "ann-1",
        "Annex": "ann-1",
        "supplementary provision": "add-1",
    }.items():
        page.goto(f"{address}#{typed}")
        expect(page).to_have_url(f"{address}#{found}")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1400, 800)])
def test_what_a_link_leads_to_is_not_under_the_bar(
    site: Path, open_page: OpenPage, width: int, height: int
) -> None:
    page = open_page(
        f"{(site / 'ko/privacy/1.6.html').as_uri()}#art-9-para-2",
        viewport={"width": width, "height": height},
    )
    bar = page.locator(".page-bar").bounding_box()
    target = page.locator("#art-9-para-2").bounding_box()
    assert bar is not None
    assert target is not None
    assert bar["y"] == 0, "the bar stays on top"
    assert bar["y"] + bar["height"] <= target["y"] <= bar["height"] + 60
    shadow = page.locator("#art-9-para-2").evaluate("e => getComputedStyle(e).boxShadow")
    assert shadow != "none"


def test_copied_text_holds_the_marks_and_nothing_of_the_tools(
    site: Path, open_page: OpenPage
) -> None:
    page = open_page((site / "en/privacy/1.6.html").as_uri())
    text = page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.getElementById("art-7-point-2"));
          return getSelection().toString();
        }"""
    )
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines[0].startswith("2. The procedure and method")
    assert [line[:2] for line in lines[1:]] == ["1)", "2)"]
    assert "#" not in text


@pytest.mark.thorough
@pytest.mark.one_in(8)
@pytest.mark.parametrize("language", scripts_table.TYPED)
def test_links_are_typed_as_each_language_prints_its_labels(
    languages: Path, open_page: OpenPage, language: str
) -> None:
    address = (languages / language / "terms/1.1.html").as_uri()
    page = open_page(address)
    for number, (typed, provision) in enumerate(scripts_table.TYPED[language].items()):
        page.goto(f"{address}?{number}#{typed}")
        page.wait_for_timeout(0 if provision else 30)
        if provision:
            expect(page).to_have_url(f"{address}?{number}#{provision}")
        assert unquote(page.evaluate("location.hash")) == f"#{provision or typed}"


def test_labels_are_read_from_headings_not_from_a_list_of_languages(
    languages: Path, open_page: OpenPage
) -> None:
    page = open_page((languages / "en/terms/1.1.html").as_uri())
    inside = [{"id": f"art-7-para-{n}", "mark": f"({n})"} for n in (1, 2)]
    inside += [{"id": "art-7-para-2-point-3", "mark": "3."}]
    for heading, typed in scripts_table.LABELS.items():
        provisions = [{"id": "art-1", "heading": "Article 1"}, {"id": "art-7", "heading": heading}]
        for label, provision in typed.items():
            found = page.evaluate(
                "([typed, provisions]) => loadTools().then(() => labelledId(typed, provisions))",
                [label, [*provisions, *inside]],
            )
            assert found == provision, label

"""The real site: the policy word for word, in both languages, at the promised addresses."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import polib
import pytest
from one_process import sphinx_alone
from support import DAY, ROOT, build_site, copy_project, page, swap, text

from policysite.proofread.page_reading import read_page

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = Path(__file__).parent / "data" / "privacy-policy-1.6.en.txt"
CHROME = "art-9-para-2-point-3-indent-1"
NOT_POLICY_TEXT = "//*[contains(@class, 'headerlink') or contains(@class, 'omitted')] | //details"
RECORDS = ("1.1", "1.2", "1.3", "1.4", "1.5")


def policy_text(path: Path) -> str:
    """Return the policy's own words on a page, marks included, without editorial notes and tools."""
    article = page(path).xpath("//article")[0]
    for element in article.xpath(NOT_POLICY_TEXT):
        element.drop_tree()
    for block in article.iter("p", "h1", "h2"):
        block.tail = f" {block.tail or ''}"
    return text(article)


def test_english_page_is_the_seed_word_for_word(site: Path) -> None:
    lines = [" ".join(line.split()) for line in SEED.read_text("utf-8").splitlines() if line]
    assert len(lines) > 70
    assert policy_text(site / "en/privacy/1.6.html") == " ".join(lines)


def test_every_line_of_the_seed_stands_in_a_block_of_its_own(site: Path) -> None:
    article = page(site / "en/privacy/1.6.html").xpath("//article")[0]
    for element in article.xpath(NOT_POLICY_TEXT):
        element.drop_tree()
    blocks = [text(block) for block in article.iter("h1", "h2", "p")]
    assert blocks == [line.strip() for line in SEED.read_text("utf-8").splitlines() if line]


def test_both_languages_have_the_same_ids_in_the_same_order(site: Path) -> None:
    pages = {path.relative_to(site / "en") for path in (site / "en").rglob("*.html")}
    assert pages == {path.relative_to(site / "ko") for path in (site / "ko").rglob("*.html")}
    for name in pages:
        assert (
            read_page((site / "en" / name).read_bytes()).ids
            == read_page((site / "ko" / name).read_bytes()).ids
        ), name


def test_every_article_and_numbered_provision_has_its_id(site: Path) -> None:
    ids = [
        i
        for i in read_page((site / "ko/privacy/1.6.html").read_bytes()).ids
        if i.startswith("art-")
    ]
    assert [i for i in ids if re.fullmatch(r"art-\d+", i)] == [f"art-{n}" for n in range(1, 16)]
    assert [i for i in ids if i.startswith("art-9-")] == [
        "art-9-para-1",
        "art-9-para-2",
        "art-9-para-2-point-1",
        "art-9-para-2-point-2",
        "art-9-para-2-point-3",
        "art-9-para-2-point-3-indent-1",
        "art-9-para-2-point-3-indent-2",
        "art-9-para-2-point-3-indent-3",
        "art-9-para-2-point-4",
    ]
    assert "art-7-point-2-indent-2" in ids
    assert "art-11-para-1-point-4" in ids


@pytest.mark.parametrize("name", ["1.6.html", "index.html"])
@pytest.mark.parametrize(
    ("language", "beginning"),
    [("en", "1) Chrome: Settings menu"), ("ko", "1) Chrome: 웹 브라우저 우측 상단의 설정 메뉴")],
)
def test_the_chrome_indent_is_found(site: Path, name: str, language: str, beginning: str) -> None:
    element = page(site / language / "privacy" / name).get_element_by_id(CHROME)
    assert text(element).startswith(beginning)


def test_every_provision_has_a_permalink_named_after_it(site: Path) -> None:
    for language, label in (
        ("en", "Article 9 ② 3. 1)"),
        ("ko", "제9조 제2항 제3호 1)"),
    ):
        document = page(site / language / "privacy/1.6.html")
        links = document.xpath("//a[@class='headerlink']")
        ids = [
            i
            for i in read_page((site / "en/privacy/1.6.html").read_bytes()).ids
            if i.startswith("art-")
        ]
        addresses = [f"1.6.html#{i}" for i in ("top", *ids)]
        assert [link.get("href") for link in links] == addresses
        (link,) = [link for link in links if link.get("href") == f"1.6.html#{CHROME}"]
        assert link.get("aria-label") == label


@pytest.mark.parametrize(
    ("language", "note"), [("en", "Table not reproduced."), ("ko", "표를 싣지 않았습니다.")]
)
def test_the_lost_tables_are_marked_where_they_stood(site: Path, language: str, note: str) -> None:
    notes = page(site / language / "privacy/1.6.html").xpath("//*[@class='omitted']")
    assert len(notes) == 11
    assert all(text(element).startswith(note) for element in notes)
    places = [element.xpath("ancestor::*[@id][1]")[0].get("id") for element in notes]
    assert places == [
        "art-1-point-1",
        "art-2-point-1",
        "art-2-point-2",
        "art-2-point-3",
        "art-3-point-1",
        "art-3-point-2",
        "art-4",
        "art-6",
        "art-10-point-1",
        "art-12",
        "art-13",
    ]


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "View previous personal information processing policy v.1.1 (2022.07.01)."),
        ("ko", "이전 개인정보 처리방침 v.1.1(2022년 7월 1일) 보기"),
    ],
)
def test_article_15_links_to_exactly_the_earlier_versions(
    site: Path, language: str, first: str
) -> None:
    links = page(site / language / "privacy/1.6.html").xpath("//*[@id='art-15']//p/a[@class]")
    links = [link for link in links if "headerlink" not in link.get("class", "")]
    assert [link.get("href") for link in links] == [f"{number}.html" for number in RECORDS]
    assert text(links[0]) == first


@pytest.mark.parametrize(
    ("language", "name", "beginning"),
    [
        ("en", "1.6", "In force Version 1.6 has applied since 27 December 2024."),
        ("ko", "1.6", "시행 중 버전 1.6: 2024년 12월 27일부터 시행되고 있습니다."),
        (
            "en",
            "1.5",
            "Superseded Version 1.5 applied from 18 January 2024 to 26 December 2024. "
            "It no longer applies. Read version 1.6, in force since 27 December 2024",
        ),
        ("en", "1.1", "Superseded Version 1.1 applied from 1 July 2022 to 24 July 2022."),
        (
            "ko",
            "1.1",
            "종전 버전 버전 1.1: 2022년 7월 1일부터 2022년 7월 24일까지 시행되었으며",
        ),
    ],
)
def test_the_notice_says_what_the_version_is(
    site: Path, language: str, name: str, beginning: str
) -> None:
    document = page(site / language / "privacy" / f"{name}.html")
    notice = document.xpath("//*[contains(@class, 'status-notice')]")[0]
    assert text(notice).startswith(beginning)
    title = document.xpath("//h1")[0]
    assert notice in title.xpath("preceding::*"), "the notice is above the title"


def test_a_record_says_that_its_text_is_not_held_and_whom_to_ask(site: Path) -> None:
    for number in RECORDS:
        record = page(site / "en/privacy" / f"{number}.html").get_element_by_id("text-not-held")
        assert f"The text of version {number} is not held on this site." in text(record)
        assert "spaceone-support@megazone.com" in text(record)


def test_the_korean_page_says_that_it_is_a_translation(site: Path) -> None:
    notes = page(site / "ko/privacy/1.6.html").xpath("//*[@class='translation-note']")
    assert "MEGAZONE CLOUD Corp.의 검토를 거치지 않았습니다." in text(notes[0])
    assert notes[0].xpath(".//a/@href") == ["../../en/privacy/1.6.html"]
    assert not page(site / "en/privacy/1.6.html").xpath("//*[@class='translation-note']")


def test_the_history_lists_all_versions_newest_first(site: Path) -> None:
    rows = page(site / "en/privacy/history.html").xpath("//tbody/tr")
    assert [text(row) for row in rows] == [
        "Version 1.6 since 27 December 2024 In force "
        "The text before it is not held, so nothing can be said of what it changed.",
        "Version 1.5 18 January 2024 to 26 December 2024 Superseded text not held",
        "Version 1.4 30 December 2022 to 17 January 2024 Superseded text not held",
        "Version 1.3 26 August 2022 to 29 December 2022 Superseded text not held",
        "Version 1.2 25 July 2022 to 25 August 2022 Superseded text not held",
        "Version 1.1 1 July 2022 to 24 July 2022 Superseded text not held",
    ]


def test_the_switchers_are_on_every_page_and_lead_to_the_same_page(site: Path) -> None:
    for path in (site / "en").rglob("*.html"):
        document = page(path)
        links = document.xpath("//nav[@class='language-menu']//a")
        assert [(link.get("lang"), text(link)) for link in links] == [
            ("en", "English"),
            ("ko", "한국어"),
        ]
        target = (path.parent / links[1].get("href")).resolve()
        assert target == (site / "ko" / path.relative_to(site / "en")).resolve()
        if path.parent.name == "privacy":
            versions = document.xpath("//*[@class='version-menu']//a/@href")
            assert versions[:-1] == [f"1.{n}.html" for n in (6, 5, 4, 3, 2, 1)]
            assert versions[-1] == ("#" if path.name == "history.html" else "history.html")


def test_the_same_article_elsewhere_is_one_plain_link_away(site: Path) -> None:
    for article in range(1, 16):
        section = page(site / "en/privacy/1.6.html").get_element_by_id(f"art-{article}")
        links = {text(a): a.get("href") for a in section.xpath("./details//a")}
        assert links == {
            "한국어": f"../../ko/privacy/1.6.html#art-{article}",
            "Version 1.5 (the one before)": "1.5.html#text-not-held",
        }


def test_versions_json_tells_machines_what_is_in_force(site: Path) -> None:
    data = json.loads((site / "versions.json").read_text("utf-8"))
    (policy,) = data["policies"]
    assert [v["version"] for v in policy["versions"]] == ["1.6", "1.5", "1.4", "1.3", "1.2", "1.1"]
    assert policy["versions"][1] == {
        "version": "1.5",
        "status": "superseded",
        "announced": None,
        "effective": "2024-01-18",
        "until": "2024-12-26",
        "withdrawn": None,
        "text": "not-held",
        "pages": {"en": "en/privacy/1.5.html", "ko": "ko/privacy/1.5.html"},
        "texts": {"en": "en/privacy/1.5.json", "ko": "ko/privacy/1.5.json"},
    }


def test_the_root_page_offers_every_language_without_scripts(site: Path) -> None:
    links = page(site / "index.html").xpath("//ul[@class='languages']//a")
    assert [(text(a), a.get("lang"), a.get("href")) for a in links] == [
        ("English", "en", "en/index.html"),
        ("한국어", "ko", "ko/index.html"),
    ]


def test_the_home_page_leads_to_the_text_in_force(site: Path) -> None:
    card = page(site / "ko/index.html").xpath("//*[@class='policy-card']")[0]
    assert card.xpath(".//h2/a/@href") == ["privacy/index.html"]
    assert "버전 1.6: 2024년 12월 27일부터 시행되고 있습니다." in text(card)


@pytest.mark.thorough
def test_the_site_names_its_canonical_addresses_when_it_has_one(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    conf = (root / "conf.py").read_text("utf-8")
    old = 'os.environ.get("POLICYSITE_BASE_URL", "")'
    assert old in conf
    (root / "conf.py").write_text(conf.replace(old, '"https://example.org/p/"'), "utf-8")
    build_site(root)
    head = page(root / "_build/html/ko/privacy/1.6.html")
    assert head.xpath("//link[@rel='canonical']/@href") == ["https://example.org/p/ko/privacy/"]
    alternates = head.xpath("//link[@rel='alternate'][@hreflang]")
    assert [(link.get("hreflang"), link.get("href")) for link in alternates] == [
        ("en", "https://example.org/p/en/privacy/1.6.html"),
        ("ko", "https://example.org/p/ko/privacy/1.6.html"),
        ("x-default", "https://example.org/p/en/privacy/1.6.html"),
    ]
    old_version = page(root / "_build/html/en/privacy/1.5.html")
    assert old_version.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/p/en/privacy/1.5.html"
    ]
    assert old_version.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_one_language_builds_with_sphinx_alone(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    out = tmp_path / "out"
    arguments = ("-W", "-c", ".", "-b", "html", "-D", "language=ko", "docs", str(out))
    assert sphinx_alone(root, *arguments) == (0, "")
    assert text(page(out / "privacy/1.6.html").get_element_by_id(CHROME)).startswith(
        "1) Chrome: 웹"
    )


def test_the_catalogs_hold_exactly_the_messages_of_the_site(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    out = tmp_path / "templates"
    assert sphinx_alone(root, "-W", "-c", ".", "-b", "gettext", "docs", str(out)) == (0, "")
    found = {path.relative_to(out).with_suffix("") for path in out.rglob("*.pot")}
    folder = ROOT / "locales/ko/LC_MESSAGES"
    assert found == {path.relative_to(folder).with_suffix("") for path in folder.rglob("*.po")}
    for name in found:
        template = polib.pofile(str(out / f"{name}.pot"))
        catalog = polib.pofile(str(folder / f"{name}.po"))
        assert {e.msgid for e in template} == {e.msgid for e in catalog}, name
        assert all(entry.translated() for entry in catalog), name
        assert "reviewed" in catalog.header or str(name) == "sphinx"


def test_marks_are_no_part_of_the_messages() -> None:
    catalog = polib.pofile(str(ROOT / "locales/ko/LC_MESSAGES/privacy/1.6.po"))
    assert not [e.msgid for e in catalog if e.msgid.startswith(("①", "②", "1.", "1)"))]


@pytest.mark.thorough
def test_the_same_input_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    root = copy_project(tmp_path / "somewhere" / "else")
    build_site(root, DAY)
    other = root / "_build/html"
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    for inventory in sorted(site.rglob("objects.inv")):
        same = other / inventory.relative_to(site)
        assert inventory_lines(inventory) == inventory_lines(same)
    differing = [n for n in files if (site / n).read_bytes() != (other / n).read_bytes()]
    assert differing == []


def inventory_lines(path: Path) -> list[bytes]:
    """Return the lines of an inventory of Sphinx, which is compressed behind its four first ones."""
    *head, rest = path.read_bytes().split(b"\n", 4)
    return [*head, *zlib.decompress(rest).splitlines()]


def test_pages_carry_no_inline_handlers_and_load_only_their_own_files(site: Path) -> None:
    for path in site.rglob("*.html"):
        for element in page(path).iter():
            assert isinstance(element, lxml.html.HtmlElement | lxml.html.HtmlComment)
            assert not [name for name in element.attrib if name.startswith("on")], path
        for address in read_page(path.read_bytes()).loads:
            assert not re.match(r"[a-z]+:|//", address), (path, address)


def test_the_page_for_missing_pages_helps_in_every_language_at_any_depth(site: Path) -> None:
    document = page(site / "404.html")
    sections = document.xpath("//section[@class='not-found']")
    assert [section.get("lang") for section in sections] == ["en", "ko"]
    assert text(sections[1]).startswith("없는 페이지입니다. 정책 버전의 주소는 바뀌지 않습니다.")
    links = [a.get("href") for a in sections[1].iter("a")]
    assert links == ["/ko/privacy/index.html", "/ko/privacy/history.html", "/ko/index.html"]
    loaded = document.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
    assert all(address.startswith("/en/_static/") for address in loaded)


def test_the_page_for_missing_pages_knows_the_path_of_the_site(project: Path) -> None:
    conf = project / "conf.py"
    old = 'os.environ.get("POLICYSITE_BASE_URL", "")'
    swap("conf.py", old, '"https://example.org/legal/policies"')(project)
    assert "legal/policies" in conf.read_text("utf-8")
    build_site(project)
    links = page(project / "_build/html/404.html").xpath("//a/@href")
    assert "/legal/policies/ko/privacy/index.html" in links


def test_the_text_of_each_version_is_there_for_machines(site: Path) -> None:
    data = json.loads((site / "ko/privacy/1.6.json").read_text("utf-8"))
    found = {provision["id"]: provision for provision in data["provisions"]}
    ids = [
        i
        for i in read_page((site / "ko/privacy/1.6.html").read_bytes()).ids
        if i.startswith(("art-", "top"))
    ]
    assert list(found) == ids
    assert found[CHROME]["mark"] == "1)"
    assert found[CHROME]["citation"] == "제9조 제2항 제3호 1)"
    assert found[CHROME]["text"].startswith("Chrome: 웹 브라우저 우측 상단의 설정 메뉴")
    assert found["art-9"] == {
        "id": "art-9",
        "mark": "",
        "citation": "제9조",
        "heading": "제9조(개인정보 자동 수집 장치의 설치·운영 및 거부)",
        "title": "(개인정보 자동 수집 장치의 설치·운영 및 거부)",
        "text": "",
    }
    assert found["art-1-point-1"]["omitted"] == 1
    assert sum(provision.get("omitted", 0) for provision in found.values()) == 11
    record = json.loads((site / "en/privacy/1.5.json").read_text("utf-8"))
    assert (record["text"], record["provisions"]) == ("not-held", [])


def test_the_texts_for_machines_are_the_seed_word_for_word(site: Path) -> None:
    data = json.loads((site / "en/privacy/1.6.json").read_text("utf-8"))
    found = []
    for provision in data["provisions"]:
        parts = [provision.get("heading", ""), provision["mark"], provision["text"]]
        found += " ".join(filter(None, parts)).split()
    # The seed has dashes where indents are not numbered; they belong to the text of the provision.
    assert found == SEED.read_text("utf-8").split()


def test_tables_and_blocks_keep_their_shape_for_machines(
    write_project: Callable[..., Path],
) -> None:
    body = """\
    ---
    version: "1.0"
    effective: 2024-01-01
    ---

    # Terms

    Preamble.

    ## Article 1 (A)

    Before.

    1. One.

       | Item | Period |
       |---|---|
       | Name | 3 months |

       After.

       1) Inside.

    - Dash.
    """
    root = write_project({"terms/1.0.md": body})
    build_site(root)
    data = json.loads((root / "_build/html/en/terms/1.0.json").read_text("utf-8"))
    assert [p.get("after") for p in data["provisions"]] == [None, "- Dash.", None, None]
    assert {provision["id"]: provision["text"] for provision in data["provisions"]} == {
        "top": "Preamble.",
        "art-1": "Before.",
        "art-1-point-1": "One.\nItem\tPeriod\nName\t3 months\nAfter.",
        "art-1-point-1-indent-1": "Inside.",
    }


@pytest.mark.thorough
def test_what_belongs_to_a_version_goes_with_it(project: Path) -> None:
    (project / "docs/privacy/1.1.md").unlink()
    (project / "locales/ko/LC_MESSAGES/privacy/1.1.po").unlink()
    build_site(project)
    left = {path.name for path in (project / "_build/html").rglob("1.1.*")}
    assert left == set()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_history_says_of_which_policy_it_is(site: Path, language: str) -> None:
    folder = site / language / "privacy"
    (title,) = page(folder / "index.html").xpath("//h1/text()")
    (link,) = page(folder / "history.html").xpath("//main/p[@class='of-policy']/a")
    assert (link.text, link.get("href")) == (title, "index.html")

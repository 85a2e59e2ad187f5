"""What readers and translators see of a translation that has gaps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polib
import pytest
from support import COPIED, DAY, build_site, copy_project, page, text

from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import PolicysiteError
from policysite.cli import main
from policysite.markdown.message_markup import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    WriteProject = Callable[..., Path]

EDITS = {
    '"1.6"': '"1.7"',
    "effective: 2024-12-27": f"effective: 2027-01-01\n{COPIED}",
    "three months": "six months",
    "Request for deletion": "Anything else that is < odd & new",
}
CATALOG = "locales/ko/LC_MESSAGES/privacy/1.7.po"
SOURCE_URL = "https://code.example/blob/main/{path}#L{line}"


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project with a version to come, whose Korean has one fuzzy, one empty and one waived message."""
    root = copy_project(tmp_path_factory.mktemp("translated"), frozen=False)
    conf = (root / "conf.py").read_text("utf-8")
    (root / "conf.py").write_text(f'{conf}\npolicysite_source_url = "{SOURCE_URL}"\n', "utf-8")
    source = (root / "docs/privacy/1.6.md").read_text("utf-8")
    for old, new in EDITS.items():
        source = source.replace(old, new)
    (root / "docs/privacy/1.7.md").write_text(source, "utf-8")
    update_catalogs(root, DAY)
    catalog = polib.pofile(str(root / CATALOG), wrapwidth=0)
    entry = next(e for e in catalog if e.msgid == "Request for suspension of processing")
    entry.msgstr, entry.tcomment = "처리 보류 요구", "waive catalog-term: 시험"
    catalog.save()
    build_site(root)
    return root


def test_a_page_with_gaps_says_how_much_is_translated(translated: Path) -> None:
    site = translated / "_build/html"
    (note,) = page(site / "ko/privacy/1.7.html").find_class("translation-note")
    assert "이 페이지는 97% 번역되었습니다." in text(note)
    links = {a.get("href") for a in note.iter("a")}
    assert links == {"../../en/privacy/1.7.html", "../translations.html"}
    (note,) = page(site / "ko/privacy/1.6.html").find_class("translation-note")
    assert "%" not in text(note)
    assert not page(site / "en/privacy/1.7.html").find_class("translation-note")


def test_each_block_in_the_source_language_is_marked_and_says_so(translated: Path) -> None:
    main = page(translated / "_build/html/ko/privacy/1.7.html").get_element_by_id(
        "furo-main-content"
    )
    fallbacks = main.xpath(".//p[@lang='en'][not(ancestor::details)]")
    assert len(fallbacks) == 2
    for block in fallbacks:
        (note,) = block.find_class("fallback-note")
        assert (note.get("lang"), text(note)) == ("ko", "번역되지 않음")
    data = json.loads((translated / "_build/html/ko/privacy/1.7.json").read_text("utf-8"))
    assert "번역되지 않음" not in json.dumps(data, ensure_ascii=False)


def test_the_status_page_counts_and_shows_what_is_open(translated: Path) -> None:
    shown = page(translated / "_build/html/ko/translations.html")
    rows = {text(row.find("th")): row for row in shown.xpath("//tbody/tr")}
    row = rows["SpaceONE 서비스 개인정보 처리방침 · 버전 1.7"]
    assert [text(cell) for cell in row.find_class("count")] == ["65", "1", "1", "1"]
    widths = [float(rect.get("width")) for rect in row.iter("rect")]
    assert len(widths) == 4
    assert sum(widths) == pytest.approx(100, abs=0.01)
    assert "97%" in text(row)
    first, second = shown.find_class("open-message")
    assert "Anything else that is < odd & new" in text(second)
    assert [text(e) for e in first.iter("del")] == ["삭제: three"]
    assert [text(e) for e in first.iter("ins")] == ["추가: six"]
    assert "3개월까지" in text(first)
    lines = (translated / CATALOG).read_text("utf-8").split("\n")
    for message in (first, second):
        (link,) = message.xpath(".//a")
        file, line = link.get("href").removeprefix("https://code.example/blob/main/").split("#L")
        assert file == CATALOG
        assert lines[int(line) - 1].startswith(("msgid", "#, fuzzy", "#|"))
    assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_status_page_of_the_source_language_leads_to_the_others(translated: Path) -> None:
    shown = page(translated / "_build/html/en/translations.html")
    assert not shown.xpath("//table")
    assert shown.xpath("//main//li/a/@href") == ["../ko/translations.html"]


def test_nothing_of_what_is_open_stands_anywhere_else(translated: Path) -> None:
    """The old translation of a changed sentence must not be taken for one of the new; a redline has it as deleted."""
    site = translated / "_build/html/ko"
    old = "계약 종료 후 3개월까지".encode()
    pages = {
        p.relative_to(site).as_posix()
        for p in site.rglob("*")
        if p.is_file() and old in p.read_bytes()
    }
    for name in ("privacy/1.7.html", "privacy/compare/1.6/1.7.html"):
        for element in page(site / name).xpath(f"//*[contains(text(), '{old.decode()}')]"):
            assert element.xpath("ancestor-or-self::del | ancestor::*[@class='old']"), name
        pages.remove(name)
    assert pages == {
        "privacy/parallel/1.6.html",
        "privacy/1.6.html",
        "privacy/1.6.json",
        "privacy/1.6.text.js",
        "privacy/index.html",
        "translations.html",
    }


@pytest.mark.parametrize(("name", "width"), [("translations", 390), ("privacy/1.7", 1400)])
def test_the_pages_are_without_barriers(
    translated: Path, open_page: Callable[..., Page], axe: str, name: str, width: int
) -> None:
    file = translated / f"_build/html/ko/{name}.html"
    shown = open_page(file.as_uri(), viewport={"width": width, "height": 900})
    shown.evaluate(axe)
    run = "axe.run(document, {preload: false}).then((result) => result.violations.map((v) => v.id))"
    assert shown.evaluate(run) == []


# The guard: a translation that does not reach its page ------------------------------------------------


def test_a_translation_of_a_sentence_that_is_gone_is_an_error(project: Path) -> None:
    path = project / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    catalog = path.read_text("utf-8")
    line = catalog.count("\n") + 2
    path.write_text(
        f'{catalog}\nmsgid "A sentence that is gone."\nmsgstr "사라진 문장."\n', "utf-8"
    )
    with pytest.raises(PolicysiteError) as error:
        build_site(project)
    assert [(p.path, p.line, p.code.value) for p in error.value.problems] == [
        ("locales/ko/LC_MESSAGES/privacy/1.6.po", line, "catalog-unreached")
    ]


def test_a_translation_that_something_cuts_off_is_an_error(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is that cuts it off: here the words are lost where they are put in."""
    whole = plain_text
    monkeypatch.setattr(
        "policysite.sphinx_ext.documents.translation.plain_text",
        lambda text: "삭제" if text == "삭제 요구" else whole(text),
    )
    (project / "docs/privacy/1.6.md").touch()
    catalog = project / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    catalog.write_text(f"{catalog.read_text('utf-8')}\n", "utf-8")
    with pytest.raises(PolicysiteError, match=r"catalog-unreached.*does not show the whole"):
        build_site(project)


@pytest.mark.thorough
def test_a_name_that_stays_as_it_is_counts_as_translated(project: Path) -> None:
    for name in ("docs/privacy/1.6.md", "locales/ko/LC_MESSAGES/privacy/1.6.po"):
        path = project / name
        content = path.read_text("utf-8").replace('msgstr "삭제 요구"', 'msgstr "AWS"')
        path.write_text(content.replace("Request for deletion", "AWS"), "utf-8")
    assert build_site(project).translated == {"ko": 1.0}
    shown = page(project / "_build/html/ko/privacy/1.6.html").get_element_by_id(
        "art-11-para-1-point-3"
    )
    assert not shown.xpath(".//*[@lang]")
    assert not shown.find_class("fallback-note")


@pytest.mark.thorough
def test_a_gap_with_a_waiver_is_published_and_shown(project: Path) -> None:
    path = project / "locales/ko/LC_MESSAGES/privacy/1.6.po"
    content = path.read_text("utf-8").replace(
        'msgid "Request for deletion"\nmsgstr "삭제 요구"',
        '# waive catalog-incomplete: 공표된 국문에 없음\nmsgid "Request for deletion"\nmsgstr ""',
    )
    path.write_text(content, "utf-8")
    build_site(project)
    shown = page(project / "_build/html/ko/privacy/1.6.html")
    assert "98% 번역" in text(shown.find_class("translation-note")[0])
    assert len(shown.find_class("fallback-note")) == 1


def test_the_words_of_a_table_in_a_directive_are_translated(write_project: WriteProject) -> None:
    body = "# Terms\n\n## Article 1 (Items)\n\n```{table}\n| Item | Why |\n|---|---|\n| Name | Sign-up |\n```\n"
    front = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n'
    root = write_project({"terms/1.0.md": front + body}, {"en": "English", "ko": "한국어"})
    assert main(["update-po", "--root", str(root)]) == 0
    path = root / "locales/ko/LC_MESSAGES/terms/1.0.po"
    catalog = polib.pofile(str(path))
    words = {"Terms": "약관", "Article 1 (Items)": "제1조 (항목)", "Item": "항목", "Why": "목적", "Name": "이름", "Sign-up": "가입"}  # fmt: skip
    assert {entry.msgid for entry in catalog} == {*words}
    for entry in catalog:
        entry.msgstr = words[entry.msgid]
    catalog.save()
    build_site(root, {**DAY, "POLICYSITE_PREVIEW": "1"})
    (table,) = page(root / "_build/html/ko/terms/1.0.html").xpath("//article//table")
    assert text(table) == "항목 목적 이름 가입"

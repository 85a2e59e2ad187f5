"""One msgid, two meanings: entries of a catalog with a context, from the check to the pages."""

from __future__ import annotations

import json
import pickle
import shutil
from typing import TYPE_CHECKING

import polib
import pytest
from docutils import nodes
from one_process import sphinx_alone
from support import DAY, build_site, page, swap, text, write_files

from policysite.authoring.new_version import NewVersionRequest, new_version
from policysite.authoring.record import freeze
from policysite.authoring.translation_report import translation_status
from policysite.authoring.update_translations import update_catalogs
from policysite.base.problems import PolicysiteError
from policysite.catalogs.catalog_files import catalog_file
from policysite.checks.check_project import check_project
from policysite.checks.check_translations import check_translations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD = """\
---
version: "1.0"
effective: 2024-01-01
---

# Purpose

## Article 1 (Scope)

Purpose

| Purpose | Data |
| ------- | ---- |
| Purpose | Name |

## Article 2 (Use)

1. Purpose
2. Read the [guide](https://www.example.org/guide).

## Article 3 (Contact)

Read the [guide](https://www.example.org/guide).
"""
NEW = """\
---
version: "1.1"
effective: 2024-06-01
moved: {art-2: new, art-3: art-2, art-4: art-3}
---

# Purpose

## Article 1 (Scope)

Purpose

| Purpose | Data |
| ------- | ---- |
| Purpose | Name |

## Article 2 (Cookies)

1. Purpose

## Article 3 (Use)

1. Purpose
2. Read the [guide](https://www.example.org/guide).

## Article 4 (Contact)

Read the [guide](https://www.example.org/guide).
"""
GUIDE = "Read the [guide](https://www.example.org/guide)."
OLD_CATALOG = {
    ("title", "Purpose"): "목적 방침",
    ("", "Article 1 (Scope)"): "제1조(범위)",
    ("", "Purpose"): "목적",
    ("table-head", "Purpose"): "이용 목적",
    ("", "Data"): "정보",
    ("", "Name"): "이름",
    ("", "Article 2 (Use)"): "제2조(이용)",
    ("art-2-point-1", "Purpose"): "취지",
    ("", GUIDE): "[안내](https://www.example.org/guide)를 읽습니다.",
    ("", "Article 3 (Contact)"): "제3조(문의)",
    ("art-3", GUIDE): "[안내서](https://www.example.org/guide)를 보시기 바랍니다.",
}
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
OTHERS = {"index": ("Test policies", "시험 방침"), "terms/history": ("Version history", "이력")}

Key = tuple[str, str]


def path_of(root: Path, name: str) -> Path:
    return catalog_file(root / "locales", "ko", name)


def write_catalog(root: Path, name: str, entries: dict[Key, str]) -> None:
    """Write a catalog: ``{(context, msgid): msgstr}``."""
    blocks = [HEADER]
    for (context, msgid), msgstr in entries.items():
        lines = [f'msgctxt "{context}"'] if context else []
        blocks.append("\n".join([*lines, f'msgid "{msgid}"', f'msgstr "{msgstr}"', ""]))
    path = path_of(root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(blocks), "utf-8")


def entries_of(root: Path, name: str) -> dict[Key, str]:
    """Return the live entries of a catalog; what is fuzzy has a question mark before it."""
    return {
        (entry.msgctxt or "", entry.msgid): f"{'?' * entry.fuzzy}{entry.msgstr}"
        for entry in polib.pofile(str(path_of(root, name)))
        if not entry.obsolete
    }


def write_site(root: Path, documents: dict[str, str]) -> Path:
    """Write a small site with the first version translated in contexts; the second is to be brought up to date."""
    write_files(root, documents, {"en": "English", "ko": "한국어"})
    for name, (msgid, msgstr) in OTHERS.items():
        write_catalog(root, name, {("", msgid): msgstr})
    write_catalog(root, "terms/1.0", OLD_CATALOG)
    return root


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one version."""
    return write_site(tmp_path / "site", {"terms/1.0.md": OLD})


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two versions, the catalog of the second as the update made it; tests must not change it."""
    root = tmp_path_factory.mktemp("contexts") / "site"
    write_site(root, {"terms/1.0.md": OLD, "terms/1.1.md": NEW})
    update_catalogs(root, DAY)
    return root


@pytest.fixture(scope="module")
def built(updated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with its last sentences translated, as a site; tests must not change it."""
    root = shutil.copytree(updated, tmp_path_factory.mktemp("built") / "site")
    entries = entries_of(root, "terms/1.1")
    for msgid, msgstr in (
        ("Article 2 (Cookies)", "제2조(쿠키)"),
        ("Article 3 (Use)", "제3조(이용)"),
        ("Article 4 (Contact)", "제4조(문의)"),
    ):
        entries["", msgid] = msgstr
    write_catalog(root, "terms/1.1", entries)
    build_site(root)
    return root / "_build/html"


def found(root: Path) -> list[str]:
    """Return the problems of the catalogs that a check finds."""
    problems = check_project(root, DAY).found.problems
    return [str(problem) for problem in problems if "catalog-" in str(problem)]


def refused(root: Path) -> str:
    with pytest.raises(PolicysiteError) as error:
        build_site(root)
    return str(error.value)


# What readers see -----------------------------------------------------------------------------------


def words(provision: dict[str, str]) -> Iterator[str]:
    yield provision.get("title", "")
    yield from provision["text"].split("\n")
    yield from provision.get("after", "").split("\n")


def test_each_place_of_a_version_says_what_its_entry_says(built: Path) -> None:
    data = json.loads((built / "ko/terms/1.0.json").read_text("utf-8"))
    said = {p["id"]: [*filter(None, words(p))] for p in data["provisions"]}
    assert data["title"] == "목적 방침"
    assert said == {
        "top": ["목적 방침"],
        "art-1": ["(범위)", "목적", "이용 목적\t정보", "목적\t이름"],
        "art-2": ["(이용)"],
        "art-2-point-1": ["취지"],
        "art-2-point-2": ["안내를 읽습니다."],
        "art-3": ["(문의)", "안내서를 보시기 바랍니다."],
    }


def test_a_page_and_its_menus_say_it_in_each_place(built: Path) -> None:
    found = page(built / "ko/terms/1.0.html")
    assert text(found.xpath("//h1")[0]).startswith("목적 방침")
    article = found.get_element_by_id("art-1")
    assert [text(p) for p in article.xpath(".//th/p")] == ["이용 목적", "정보"]
    assert [text(p) for p in article.xpath(".//td/p")] == ["목적", "이름"]
    assert "취지" in text(found.get_element_by_id("art-2-point-1"))
    (link,) = found.get_element_by_id("art-3").xpath(".//p/a[contains(@href, 'guide')]")
    assert text(link) == "안내서"
    assert not found.find_class("translation-note") or "%" not in text(
        found.find_class("translation-note")[0]
    )


def test_the_new_version_says_it_where_the_provisions_are_now(built: Path) -> None:
    data = json.loads((built / "ko/terms/1.1.json").read_text("utf-8"))
    said = {p["id"]: p["text"] for p in data["provisions"]}
    assert said["art-2-point-1"] == "목적"
    assert said["art-3-point-1"] == "취지"
    assert said["art-4"] == "안내서를 보시기 바랍니다."


def test_comparison_and_parallel_text_say_it_too(built: Path) -> None:
    compared = text(page(built / "ko/terms/compare/1.0/1.1.html").xpath("//article")[0])
    assert "취지" in compared
    beside = text(page(built / "ko/terms/parallel/1.0.html").xpath("//article")[0])
    for said in ("목적 방침", "이용 목적", "취지", "안내서를 보시기 바랍니다."):
        assert said in beside


def test_a_search_finds_it(built: Path) -> None:
    searched = (built / "ko/terms/1.0.text.js").read_text("utf-8")
    assert '"text":"취지"' in searched


# What the check says --------------------------------------------------------------------------------


def change(root: Path, *removed: Key, added: dict[Key, str] | None = None) -> None:
    entries = {key: said for key, said in OLD_CATALOG.items() if key not in removed}
    write_catalog(root, "terms/1.0", entries | (added or {}))


def test_a_good_catalog_has_no_problems(site: Path) -> None:
    assert found(site) == []


def last_line(root: Path, line: str) -> int:
    """Return the number of the last line of the catalog that is *line*."""
    lines = path_of(root, "terms/1.0").read_text("utf-8").splitlines()
    return max(number for number, found in enumerate(lines, start=1) if found == line)


PATH = "locales/ko/LC_MESSAGES/terms/1.0.po"


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("context", "msgid", "expected"),
    [
        (
            "art-99",
            "Purpose",
            "“Purpose” in 'art-99': Found the context 'art-99', which names no provision with words and no class of places; "
            "expected 'title', 'art-1', 'art-2-point-1', 'table-head', 'table-cell', where the text has it. "
            "Write one of these as msgctxt, or remove the entry.",
        ),
        (
            "art-3",
            "Purpose",
            "“Purpose” in 'art-3': The message is not in 'art-3'; "
            "expected 'title', 'art-1', 'art-2-point-1', 'table-head', 'table-cell', where the text has it. "
            "Write one of these as msgctxt, or remove the entry.",
        ),
        (
            "heading",
            "Name",
            "“Name” in 'heading': The message is not in 'heading'; expected 'art-1', 'table-cell', where the text has it. "
            "Write one of these as msgctxt, or remove the entry.",
        ),
    ],
)
def test_a_context_that_is_no_place_of_the_message_is_refused(
    site: Path, context: str, msgid: str, expected: str
) -> None:
    change(site, added={(context, msgid): "명칭"})
    line = last_line(site, f'msgctxt "{context}"')
    assert found(site) == [f"{PATH}:{line}: [catalog-unreached] {expected}"]
    assert f"{PATH}:{line}: [catalog-unreached] {expected}" in refused(site)
    (problem,) = check_translations(site, DAY).problems
    assert str(problem) == f"{PATH}:{line}: [catalog-unreached] {expected}"


def test_a_context_is_an_id_of_the_numbers_as_the_front_matter_says(site: Path) -> None:
    swap("docs/terms/1.0.md", "---\n\n#", "levels: {'1.': para}\n---\n\n#")(site)
    catalog = "locales/ko/LC_MESSAGES/terms/1.0.po"
    swap(catalog, 'msgctxt "art-2-point-1"', 'msgctxt "art-2-para-1"')(site)
    assert not found(site)
    assert not check_translations(site, DAY).problems
    before = entries_of(site, "terms/1.0")
    update_catalogs(site, DAY)
    assert entries_of(site, "terms/1.0") == before


def test_a_wrong_context_is_wrong_though_its_entry_is_fuzzy(site: Path) -> None:
    path = path_of(site, "terms/1.0")
    entry = '\n#, fuzzy\nmsgctxt "art-99"\nmsgid "Name"\nmsgstr "명칭"\n'
    path.write_text(path.read_text("utf-8") + entry, "utf-8")
    assert any("Found the context 'art-99'" in problem for problem in found(site))


def test_a_context_of_the_version_before_is_named_with_the_new_id(
    updated: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(updated, tmp_path / "site")
    swap("locales/ko/LC_MESSAGES/terms/1.1.po", 'msgctxt "art-4"', 'msgctxt "art-3"')(root)
    swap("docs/terms/1.1.md", "2. Read the [guide](https://www.example.org/guide).\n", "")(root)
    (problem,) = [p for p in found(root) if "guide" in p and "unreached" in p]
    assert "in 'art-3': The message is not in 'art-3'; art-3 is now art-4." in problem
    assert 'Write msgctxt "art-4".' in problem
    update_catalogs(root, DAY)
    assert entries_of(root, "terms/1.1")["art-4", GUIDE] == OLD_CATALOG["art-3", GUIDE]


def test_a_context_without_a_plain_entry_leaves_the_other_places_to_be_translated(
    site: Path,
) -> None:
    change(site, ("", "Purpose"))
    lines = OLD.splitlines()
    expected = [lines.index("Purpose") + 1, lines.index("| Purpose | Name |") + 1]
    problems = found(site)
    assert [p.split(": ")[0] for p in problems] == [f"docs/terms/1.0.md:{n}" for n in expected]
    assert all("“Purpose” has no translation in" in problem for problem in problems)
    assert "“Purpose” has no translation in" in refused(site)
    summary = update_catalogs(site, DAY, published=True)
    assert entries_of(site, "terms/1.0") == OLD_CATALOG | {("", "Purpose"): ""}
    assert [update.left for update in summary.updates if update.catalog.domain == "terms/1.0"] == [
        1
    ]


def test_an_entry_that_others_overrule_everywhere_is_refused(site: Path) -> None:
    change(site, added={("art-1", "Data"): "개인정보"})
    (problem,) = found(site)
    assert "“Data”: Entries with a more specific context translate every place" in problem
    change(site, ("", "Data"), added={("art-1", "Data"): "개인정보"})
    assert found(site) == []


@pytest.mark.thorough
def test_a_provision_goes_before_a_class_of_places(site: Path) -> None:
    change(site, added={("art-1", "Purpose"): "의의"})
    assert [problem.partition(" Entries")[0].partition("] ")[2] for problem in found(site)] == [
        "“Purpose” in 'table-head':",
        "“Purpose”:",
    ]
    change(site, ("", "Purpose"), ("table-head", "Purpose"), added={("art-1", "Purpose"): "의의"})
    build_site(site)
    data = json.loads((site / "_build/html/ko/terms/1.0.json").read_text("utf-8"))
    assert [p["text"] for p in data["provisions"][1:4]] == [
        "의의\n의의\t정보\n의의\t이름",
        "",
        "취지",
    ]


def test_the_note_on_a_version_is_in_no_place(site: Path) -> None:
    swap("docs/terms/1.0.md", "effective", 'change_note: "First text."\neffective')(site)
    change(site, added={("", "First text."): "첫 방침입니다."})
    assert found(site) == []
    change(site, added={("title", "First text."): "첫 방침입니다."})
    wrong, missing = sorted(found(site), reverse=True)
    assert "The message is not in 'title'; expected none. Remove the line msgctxt" in wrong
    assert "“First text.” has no translation" in missing


@pytest.mark.thorough
def test_a_saved_context_changes_the_page_of_the_next_build(site: Path) -> None:
    build_site(site)
    change(site, ("art-2-point-1", "Purpose"), added={("art-2-point-1", "Purpose"): "용도"})
    build_site(site)
    found = page(site / "_build/html/ko/terms/1.0.html")
    assert "용도" in text(found.get_element_by_id("art-2-point-1"))


@pytest.mark.thorough
def test_a_frozen_text_that_changed_names_the_entry_of_its_place(site: Path) -> None:
    freeze(site, DAY, "terms", "1.0")
    change(site, ("art-2-point-1", "Purpose"), added={("art-2-point-1", "Purpose"): "용도"})
    line = last_line(site, 'msgctxt "art-2-point-1"')
    assert f"{PATH}:{line}: [frozen-text]" in refused(site)


def test_no_name_of_a_context_stays_in_the_document(built: Path, tmp_path: Path) -> None:
    """As other builders than that of the pages keep it."""
    options = ("-c", ".", "-b", "policysite-texts", "-D", "language=ko")
    assert sphinx_alone(built.parent.parent, *options, "docs", str(tmp_path)) == (0, "")
    document = pickle.loads((tmp_path / ".doctrees/terms/1.0.doctree").read_bytes())  # noqa: S301
    kept = [node.rawsource for node in document.findall(nodes.Element)]
    assert GUIDE in kept
    assert not any("\4" in source for source in kept)


def test_the_rules_for_translations_name_the_context(site: Path) -> None:
    change(site, ("art-3", GUIDE), added={("art-3", GUIDE): "안내를 읽습니다."})
    problems = found(site)
    assert problems
    assert all(f"{problem}".split("] ")[1].startswith("“Read the") for problem in problems)
    assert all("” in 'art-3': " in problem for problem in problems)


def test_one_context_twice_is_refused(site: Path) -> None:
    path = path_of(site, "terms/1.0")
    entry = '\nmsgctxt "title"\nmsgid "Purpose"\nmsgstr "방침"\n'
    path.write_text(path.read_text("utf-8") + entry, "utf-8")
    assert any("“Purpose” in 'title': The msgid is duplicated" in p for p in found(site))


@pytest.mark.parametrize("name", ["index", "terms/history"])
def test_a_text_without_provisions_has_no_contexts(site: Path, name: str) -> None:
    msgid, msgstr = OTHERS[name]
    write_catalog(site, name, {("title", msgid): msgstr})
    (problem,) = [p for p in found(site) if "catalog-syntax" in p]
    assert 'Found “msgctxt "title"”' in problem
    assert "in the catalog of a policy version" in problem


@pytest.mark.thorough
def test_a_page_in_a_folder_has_no_contexts_either(site: Path) -> None:
    (site / "docs/about").mkdir()
    (site / "docs/about/us.md").write_text("# About us\n", "utf-8")
    write_catalog(site, "about/us", {("", "About us"): "회사 소개"})
    assert found(site) == []
    write_catalog(site, "about/us", {("title", "About us"): "회사 소개"})
    expected = "The message is not in 'title'; expected none. Remove the line msgctxt"
    assert any(expected in problem for problem in found(site))
    assert expected in refused(site)


# What is open ---------------------------------------------------------------------------------------


def make_fuzzy(root: Path) -> None:
    swap("locales/ko/LC_MESSAGES/terms/1.0.po", 'msgctxt "art-2-', '#, fuzzy\nmsgctxt "art-2-')(
        root
    )


def test_a_fuzzy_entry_is_open_in_its_place_alone(site: Path) -> None:
    make_fuzzy(site)
    (problem,) = found(site)
    assert "“Purpose” in 'art-2-point-1': The message is fuzzy" in problem
    build_site(site, {**DAY, "POLICYSITE_PREVIEW": "1"})
    html = next((site / "_build").rglob("ko/terms/1.0.html"))
    found_page = page(html)
    (paragraph,) = found_page.get_element_by_id("art-2-point-1").xpath(".//p[@lang='en']")
    assert "Purpose" in text(paragraph)
    cells = found_page.get_element_by_id("art-1").xpath(".//td/p")
    assert [text(cell) for cell in cells] == ["목적", "이름"]
    listed = page(html.parent.parent / "translations.html")
    assert [text(code) for code in listed.xpath("//code") if "art-2" in text(code)]


def test_the_status_counts_each_entry_once_and_names_the_context(site: Path) -> None:
    make_fuzzy(site)
    status = translation_status(site, DAY)
    (state,) = [s for s in status.languages["ko"] if s.domain == "terms/1.0"]
    assert (state.total, len(state.open)) == (len(OLD_CATALOG), 1)
    line = last_line(site, "#, fuzzy")
    assert f"{PATH}:{line}: fuzzy in 'art-2-point-1'" in str(status)


# What an update does --------------------------------------------------------------------------------


def test_a_new_version_has_the_contexts_of_the_old_one_with_its_own_ids(updated: Path) -> None:
    entries = entries_of(updated, "terms/1.1")
    assert {key: said for key, said in entries.items() if key[0]} == {
        ("title", "Purpose"): "목적 방침",
        ("table-head", "Purpose"): "이용 목적",
        ("art-3-point-1", "Purpose"): "취지",
        ("art-4", GUIDE): "[안내서](https://www.example.org/guide)를 보시기 바랍니다.",
    }
    assert entries["", "Purpose"] == "목적"


def test_a_version_that_is_begun_has_the_contexts_of_the_newest(site: Path) -> None:
    new_version(site, DAY, NewVersionRequest("terms", "1.1", "2037-01-01"))
    new = entries_of(site, "terms/1.1")
    assert {key: said for key, said in new.items() if key[0]} == {
        key: said for key, said in OLD_CATALOG.items() if key[0]
    }


def test_a_second_update_changes_nothing(updated: Path, tmp_path: Path) -> None:
    root = shutil.copytree(updated, tmp_path / "site")
    update_catalogs(root, DAY, published=True)
    before = path_of(root, "terms/1.0").read_bytes(), path_of(root, "terms/1.1").read_bytes()
    assert update_catalogs(root, DAY, published=True).written == set()
    after = path_of(root, "terms/1.0").read_bytes(), path_of(root, "terms/1.1").read_bytes()
    assert after == before


def test_contexts_follow_a_renumbering_that_comes_after_the_catalog(tmp_path: Path) -> None:
    same = OLD.replace('"1.0"', '"1.1"').replace("2024-01-01", "2024-06-01")
    root = write_site(tmp_path / "site", {"terms/1.0.md": OLD, "terms/1.1.md": same})
    update_catalogs(root, DAY)
    assert entries_of(root, "terms/1.1") == OLD_CATALOG
    (root / "docs/terms/1.1.md").write_text(NEW, "utf-8")
    update_catalogs(root, DAY, published=True)
    entries = entries_of(root, "terms/1.1")
    assert entries["art-3-point-1", "Purpose"] == "취지"
    assert ("art-2-point-1", "Purpose") not in entries
    assert entries["art-4", GUIDE] == OLD_CATALOG["art-3", GUIDE]

"""Comparing versions: records that contradict the texts, texts that are not held, odd texts, and what a rebuild rewrites."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from support import SAMPLE_DAY, build_site, copy_sample, page, swap, text

from policysite.base.problems import PolicysiteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]


def version(number: str, effective: str, body: str, more: str = "") -> str:
    return f'---\nversion: "{number}"\neffective: {effective}\n{more}---\n\n# Terms\n\n{body}\n'


POINTS = "## Article 1 (Data)\n\nWe collect:\n\n1. names of the users\n2. their addresses\n3. their wishes\n"
FEWER = "## Article 1 (Data)\n\nWe collect:\n\n1. names of the users\n2. their wishes\n"
TWO = "## Article 1 (Scope)\n\nThese terms hold for all.\n\n## Article 2 (Fees)\n\nThere are no fees at all.\n"
SWAPPED = "## Article 1 (Fees)\n\nThere are no fees at all.\n\n## Article 2 (Scope)\n\nThese terms hold for all.\n"


def problems(root: Path) -> list[str]:
    with pytest.raises(PolicysiteError) as raised:
        build_site(root)
    return [str(problem) for problem in raised.value.problems]


def test_a_point_that_moved_in_silence_is_refused(write_project: WriteProject) -> None:
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2024-01-01", POINTS),
            "terms/1.1.md": version("1.1", "2025-01-01", FEWER),
        }
    )
    assert problems(root) == [
        "docs/terms/1.1.md:13: [moved] art-1-point-2 has the words of art-1-point-3 of version 1.0, but no record "
        "says that it moved. Add 'moved: {art-1-point-2: art-1-point-3}' to the front matter, with every other "
        "provision that moved; or 'art-1-point-2: art-1-point-2' if it is what had this number, "
        "'art-1-point-2: new' if it is new."
    ]
    for record in ("art-1-point-2: art-1-point-3", "art-1-point-2: art-1-point-2"):
        changed = version("1.1", "2025-01-01", FEWER, f"moved: {{{record}}}\n")
        (root / "docs/terms/1.1.md").write_text(changed, "utf-8")
        build_site(root)


def test_a_record_that_contradicts_the_texts_is_refused_at_its_line(
    write_project: WriteProject,
) -> None:
    wrong = "moved:\n  art-1: art-1\n  art-2: art-2\n"
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2024-01-01", TWO),
            "terms/1.1.md": version("1.1", "2025-01-01", SWAPPED, wrong),
        }
    )
    # That an id is another provision on purpose is for the author to say.
    build_site(root)
    three = f"{SWAPPED}\n## Article 3 (Law)\n\nThe law of Korea governs these terms.\n"
    (root / "docs/terms/1.2.md").write_text(
        version("1.2", "2026-01-01", three, "moved:\n  art-1: art-2\n  art-2: art-1\n"), "utf-8"
    )
    assert problems(root) == [
        "docs/terms/1.2.md:5: [moved] The record says that art-1 was art-2, but its words are those of art-1 of "
        "version 1.1. Write 'art-1: art-1', or 'art-1: new' if it is new.",
        "docs/terms/1.2.md:6: [moved] The record says that art-2 was art-1, but its words are those of art-2 of "
        "version 1.1. Write 'art-2: art-2', or 'art-2: new' if it is new.",
    ]


def comparison(root: Path, old: str, new: str, language: str = "en") -> str:
    document = page(root / f"_build/html/{language}/terms/compare/{old}/{new}.html")
    return text(document.xpath("//article")[0])


def test_versions_without_a_common_article_are_a_page_all_the_same(
    write_project: WriteProject,
) -> None:
    other = "## Supplementary Provision\n\nAll of it is new here.\n"
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2024-01-01", TWO),
            "terms/2.0.md": version("2.0", "2025-01-01", other),
        }
    )
    build_site(root)
    shown = comparison(root, "1.0", "2.0")
    assert "Articles: 1 inserted, 2 deleted." in shown
    document = page(root / "_build/html/en/terms/2.0.html")
    states = document.xpath("//section[@id='add-1']//table[@class='life']//td/@class")
    assert states == ["life-absent", "life-inserted"]


@pytest.mark.thorough
def test_a_policy_of_300_pages_is_compared(write_project: WriteProject) -> None:
    def articles(changed: int) -> str:
        words = (
            "The operator keeps what the user has written for as long as the user wants it. " * 20
        )
        return "\n".join(
            f"## Article {n} (Title {n})\n\n{words}Case {n}{' again' if n == changed else ''}.\n"
            for n in range(1, 401)
        )

    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2024-01-01", articles(0)),
            "terms/1.1.md": version("1.1", "2025-01-01", articles(300)),
        }
    )
    build_site(root)
    document = page(root / "_build/html/en/terms/compare/1.0/1.1.html")
    assert [section.get("id") for section in document.xpath("//article//section")] == ["art-300"]
    assert [text(e) for e in document.xpath("//article//ins")] == ["inserted: again (end)"]


def test_versions_whose_text_is_not_held_are_named_and_never_compared(
    write_project: WriteProject,
) -> None:
    record = '---\nversion: "{}"\neffective: {}\ntext: not-held\n---\n\n# Terms\n'
    changed = TWO.replace("no fees", "small fees")
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2022-01-01", TWO),
            "terms/1.1.md": record.format("1.1", "2023-01-01"),
            "terms/1.2.md": version("1.2", "2024-01-01", changed),
        }
    )
    build_site(root)
    # Nothing can be said of what differs, so no page does, and none is offered.
    folder = root / "_build/html/en/terms"
    built = sorted(str(path.relative_to(folder)) for path in folder.glob("compare/*/*.html"))
    assert built == ["compare/1.0/1.2.html"]
    chooser = page(folder / "compare/index.html")
    assert chooser.xpath("//select[@name='old']/option[@disabled]/@value") == ["1.1"]
    for name in ("history", "1.0", "1.1", "1.2", "compare/index"):
        links = page(folder / f"{name}.html").xpath("//main//a/@href")
        pairs = [match[0] for link in links if (match := re.search(r"1\.\d/1\.\d\.html", link))]
        assert set(pairs) <= {"1.0/1.2.html"}, name
    # The nearest text that is held is compared with, and the gap is named.
    document = page(root / "_build/html/en/terms/1.2.html")
    article = document.get_element_by_id("art-2")
    assert text(
        article.xpath(".//summary")[-1]
        if False
        else article.xpath(".//details[@class='article-news']/summary")[0]
    ) == (
        "History of this article Amended compared with version 1.0; the texts between are not held"
    )
    assert article.xpath(".//table[@class='life']//td/@class") == [
        "life-first",
        "life-not-held",
        "life-amended",
    ]
    rows = [
        text(row) for row in page(root / "_build/html/en/terms/history.html").xpath("//tbody/tr")
    ]
    assert rows[0].endswith(
        "The text before it is not held, so nothing can be said of what it changed."
    )
    assert "text not held" in rows[1]


ROWS = "| Purpose | Items |\n|---|---|\n| Sign-up | Name |\n"
LOST = "```{omitted}\n```\n"


@pytest.mark.parametrize(("old", "new", "holder"), [(ROWS, LOST, "old"), (LOST, ROWS, "new")])
def test_a_table_that_is_lost_in_one_version_is_neither_deleted_nor_inserted(
    write_project: WriteProject, old: str, new: str, holder: str
) -> None:
    body = "## Article 1 (Data)\n\nWe collect what {} for it:\n\n{}"
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2024-01-01", body.format("is needed", old)),
            "terms/1.1.md": version("1.1", "2025-01-01", body.format("we need", new)),
        }
    )
    build_site(root)
    (shown,) = page(root / "_build/html/en/terms/compare/1.0/1.1.html").cssselect(".redline")
    (table,) = shown.cssselect(".redline-row table")
    assert text(table) == "PurposeItemsSign-upName"
    assert holder in table.xpath("string(ancestor::div[2]/@class)").split()
    assert not table.cssselect("ins, del, .gone, .touched")
    assert text(shown.cssselect(".redline-omitted")[0]).startswith("A table that stood here is not")
    # The words around it are compared as ever.
    assert shown.cssselect(".redline-row del")
    assert shown.cssselect(".redline-row ins")


def test_the_history_says_what_each_version_changed(sample_site: Path) -> None:
    document = page(sample_site / "en/privacy/history.html")
    rows = {row.get("data-version"): row for row in document.xpath("//tbody/tr")}
    assert list(rows) == ["3.2", "3.1", "3.0", "2.1", "2.0", "1.2", "1.1", "1.0", "0.9"]
    cell = rows["2.0"].xpath("./td[last()]")[0]
    assert text(cell.xpath("./p[@class='change-note']")[0]).startswith("A")
    assert "What this version changed (articles changed: 8)" in text(cell)
    assert cell.xpath(".//a/@href") == ["compare/1.2/2.0.html", "compare/2.0/3.1.html"]
    korean = page(sample_site / "ko/privacy/history.html")
    notes = korean.xpath("//p[@class='change-note']")
    assert len(notes) == 8
    assert not [note for note in notes if not re.search("[가-힣]", text(note))]
    bars = document.xpath("//figure//*[local-name()='g']")
    assert [text(bar.xpath("./*[local-name()='title']")[0]) for bar in bars] == [
        "0.9", "1.0", "1.1", "1.2", "2.0", "3.0", "3.1", "3.2",
    ]  # fmt: skip
    widths = [float(bar.xpath("./*[local-name()='rect']/@width")[0].rstrip("%")) for bar in bars]
    assert sum(widths) == pytest.approx(100, abs=0.1)


def test_the_home_says_what_changed_last(sample_site: Path) -> None:
    document = page(sample_site / "en/index.html")
    (last,) = document.xpath("//*[@class='policy-card']/p[@class='last-change']")
    assert text(last) == (
        "Last change The list of contractors now states where processing takes place. "
        "What this version changed (articles changed: 4)"
    )
    assert last.xpath(".//a/@href") == ["privacy/compare/3.0/3.1.html"]
    assert len(document.xpath("//main//form[@role='search']")) == 1
    assert document.xpath("//form[@role='search']/@action") == ["search.html"]


@pytest.mark.parametrize(("first", "anchor"), [("2026-10-01", None), ("2024-01-01", "end")])
def test_the_label_of_today_leans_away_from_the_edge(
    write_project: WriteProject, first: str, anchor: str | None
) -> None:
    later = version("1.1", "2036-01-01", TWO)
    documents = {"terms/1.0.md": version("1.0", first, TWO)}
    root = write_project(documents | ({} if anchor else {"terms/1.1.md": later}))
    build_site(root)
    (label,) = page(root / "_build/html/en/terms/history.html").xpath(
        "//*[@class='today'][name()='text']"
    )
    assert label.get("text-anchor") == anchor


def test_the_parallel_text_has_both_languages_provision_by_provision(sample_site: Path) -> None:
    document = page(sample_site / "ko/privacy/parallel/3.1.html")
    row = document.get_element_by_id("art-7-para-2")
    source, shown = row.xpath("./div")
    assert source.get("lang") == "en"
    assert text(source).startswith("②Requests are made to the Privacy Officer")
    assert text(shown).startswith("②요구는")
    ids = {i for i in document.xpath("//@id") if i.startswith(("art-", "add-"))}
    texts = json.loads((sample_site / "ko/privacy/3.1.json").read_text("utf-8"))["provisions"]
    assert ids == {entry["id"] for entry in texts if entry["id"] != "top"}
    # Not a word of either language is missing.
    for language, name in (("en", "source"), ("ko", "shown")):
        entries = json.loads((sample_site / f"{language}/privacy/3.1.json").read_text("utf-8"))
        found = " ".join(text(cell) for cell in document.xpath(f"//div[@class='{name}']"))
        for entry in entries["provisions"]:
            for block in re.split(r"[\n\t]", entry["text"]):
                assert block in found


@pytest.mark.thorough
def test_a_block_that_is_not_translated_says_so_beside_its_source(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False, versions=("3.2", "4.0"))
    build_site(root, SAMPLE_DAY | {"POLICYSITE_DRAFTS": "1"})
    document = page(root / "_build/html/ko/privacy/parallel/4.0.html")
    foreign = document.xpath("//div[@class='shown']//p[@lang='en']")
    assert len(foreign) == 3
    assert all(p.getnext().get("class") == "fallback-note" for p in foreign)


def test_the_number_of_comparisons_grows_with_the_versions(sample_site: Path) -> None:
    held_pairs = list((sample_site / "en/privacy/compare").glob("*/*.html"))
    versions = len(list((sample_site / "en/privacy").glob("[0-9]*.html")))
    assert len(held_pairs) <= 2 * versions


def test_every_page_of_the_sample_says_that_it_is_one(sample_site: Path) -> None:
    marks = {
        "en": "Sample This policy and its publisher are invented.",
        "ko": "예시 이 정책과 게시자는 가상의 것이며",
    }
    for language, mark in marks.items():
        for path in (sample_site / language).rglob("*.html"):
            shown = page(path).xpath("//*[@class='sample-mark']")
            assert text(shown[0]).startswith(mark), path
            assert page(path).xpath("//meta[@name='robots']/@content") == ["noindex"], path
    assert len(page(sample_site / "index.html").xpath("//*[@class='sample-mark']")) == 2


def test_nothing_of_the_sample_is_in_the_real_site(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in {".html", ".json", ".js", ".atom", ".xml"}:
            assert "Hanbit" not in path.read_text("utf-8"), path
            assert 'class="sample-mark"' not in path.read_text("utf-8"), path


def test_a_version_that_never_applied_hides_no_change(write_project: WriteProject) -> None:
    adults = "## Article 1 (Who)\n\nThe service is for adults only.\n"
    all_of_them = "## Article 1 (Who)\n\nThe service is for everyone who asks.\n"
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2022-01-01", adults),
            "terms/1.1.md": version("1.1", "2023-01-01", all_of_them, "withdrawn: 2022-12-01\n"),
            "terms/1.2.md": version("1.2", "2024-01-01", all_of_them),
        }
    )
    build_site(root)
    row = page(root / "_build/html/en/terms/history.html").xpath("//tr[@data-version='1.2']")[0]
    assert "What this version changed (articles changed: 1)" in text(row)
    assert row.xpath(".//td[last()]//a/@href") == ["compare/1.0/1.2.html"]
    article = page(root / "_build/html/en/terms/1.2.html").get_element_by_id("art-1")
    assert article.xpath(".//table[@class='life']//td/@class") == [
        "life-first",
        "life-amended",
        "life-amended",
    ]
    (summary,) = article.xpath(".//details[@class='article-news']/summary")
    assert text(summary) == "History of this article Amended compared with version 1.0"
    # The page of the step from the one that was withdrawn is there too.
    assert "Both versions have the same text." in comparison(root, "1.1", "1.2")


def test_a_text_that_is_not_held_in_between_is_named_and_records_are_asked_for(
    write_project: WriteProject,
) -> None:
    record = '---\nversion: "1.1"\neffective: 2023-01-01\ntext: not-held\n---\n\n# Terms\n'
    first = "## Article 1 (Scope)\n\nThese terms hold for all.\n\n## Article 2 (Fees)\n\nThere are no fees at all.\n"
    third = (
        "## Article 1 (Scope)\n\nThese terms hold for all.\n\n## Article 2 (Account)\n\nOne each.\n\n"
        "## Article 3 (Fees)\n\nThere are no fees at all.\n"
    )
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2022-01-01", first),
            "terms/1.1.md": record,
            "terms/1.2.md": version("1.2", "2024-01-01", third),
        }
    )
    (problem,) = problems(root)
    assert problem.startswith(
        "docs/terms/1.2.md:16: [moved] 'Article 3 (Fees)' has the title of art-2 of version 1.0, but no record"
    )
    path = root / "docs/terms/1.2.md"
    path.write_text(version("1.2", "2024-01-01", third, "moved: {art-3: art-2}\n"), "utf-8")
    build_site(root)
    shown = comparison(root, "1.0", "1.2")
    assert "Articles: 1 inserted, 1 renumbered, 1 unchanged." in shown
    assert "The texts of versions between these two are not held: 1.1." in shown


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("body", "record"),
    [
        # Another article may be called the same.
        (f"{TWO}\n## Article 3 (Fees)\n\nLate fees are ten percent a year.\n", ""),
        # What is under a number may have nothing to do with what was there.
        ("## Article 1 (Scope)\n\nThese terms hold for all.\n\n## Article 2 (Cookies)\n\nNone are set.\n", "art-2: new"),
        # New words may be old words.
        (
            "## Article 1 (Scope)\n\nThere are no fees at all.\n\n## Article 2 (Fees)\n\nThey are high.\n",
            "",
        ),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_move_can_be_published(
    write_project: WriteProject, body: str, record: str
) -> None:
    moved = f"moved: {{{record}}}\n" if record else ""
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2024-01-01", TWO),
            "terms/1.1.md": version("1.1", "2025-01-01", body, moved),
        }
    )
    build_site(root)
    if record:
        document = page(root / "_build/html/en/terms/compare/1.0/1.1.html")
        ids = document.xpath("//section[starts-with(@class, 'redline-article')]/@id")
        assert sorted(ids) == ["art-2", "was-art-2"]


def test_what_a_message_says_to_write_is_taken(write_project: WriteProject) -> None:
    swapped = f"{SWAPPED}\n## Article 3 (Law)\n\nThe law of Korea governs these terms.\n"
    root = write_project(
        {
            "terms/1.0.md": version("1.0", "2024-01-01", TWO),
            "terms/1.1.md": version("1.1", "2025-01-01", swapped),
        }
    )
    remedies = "\n".join(problems(root))
    assert "'moved: {art-1: art-2, art-2: art-1}'" in remedies
    assert "'moved: {art-2: art-1}'" in remedies
    assert "'art-1: new' if it is new" in remedies
    for record in (
        "art-1: new, art-2: new",
        "art-1: art-2, art-2: art-1",
        "art-1: art-1, art-2: art-2",
    ):
        path = root / "docs/terms/1.1.md"
        path.write_text(version("1.1", "2025-01-01", swapped, f"moved: {{{record}}}\n"), "utf-8")
        build_site(root)


@pytest.mark.thorough
def test_the_source_beside_a_translation_is_the_source(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False, versions=("3.1", "3.2"))
    old = "Requests are made to the Privacy Officer named in Article 9."
    new = "Requests are made to the Privacy Officer named in {policy:provision}`art-9`."
    for number in ("3.1", "3.2"):
        for name in (f"docs/privacy/{number}.md", f"locales/ko/LC_MESSAGES/privacy/{number}.po"):
            path = root / name
            content = path.read_text("utf-8")
            if name.endswith(".po"):
                content = content.replace("제9조에 기재된", "{policy:provision}`art-9`에 기재된")
            path.write_text(content.replace(old, new), "utf-8")
    build_site(root, SAMPLE_DAY)
    cells = page(root / "_build/html/ko/privacy/parallel/3.1.html").get_element_by_id(
        "art-7-para-2"
    )
    source, shown = map(text, cells.xpath("./div"))
    assert "named in Article 9." in source
    assert "제9조에 기재된" in shown
    compared = page(root / "_build/html/ko/privacy/compare/3.1/3.2.html")
    for cell in compared.get_element_by_id("art-7-para-2").xpath(
        "./div[contains(@class, 'source')]"
    ):
        assert "Article 9" in text(cell)


def test_a_site_in_one_language_offers_no_second_one(write_project: WriteProject) -> None:
    root = write_project({"terms/1.0.md": version("1.0", "2024-01-01", TWO)})
    build_site(root)
    assert not list((root / "_build/html").rglob("parallel"))
    assert "Side by side" not in (root / "_build/html/en/terms/1.0.html").read_text("utf-8")


@pytest.mark.thorough
def test_a_translation_that_followed_half_of_a_change_is_told(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False, versions=("3.1", "3.2"))
    # Of two paragraphs that change in English the first one alone changes in Korean.
    for name in ("docs/privacy/3.2.md", "locales/ko/LC_MESSAGES/privacy/3.2.po"):
        swap(name, "a service for writing, keeping", "a service for writing, storing")(root)
    build_site(root, SAMPLE_DAY)
    shown = page(root / "_build/html/ko/privacy/compare/3.1/3.2.html")
    (told,) = shown.xpath("//p[@class='differs'][ancestor::section]")
    assert told.xpath("ancestor::section/@id") == ["top"]
    assert text(told) == "원문은 변경되었으나 번역문은 변경되지 않았습니다."


def test_life_lines_say_in_words_what_became_of_an_article(sample_site: Path, site: Path) -> None:
    lines = page(sample_site / "en/privacy/3.0.html").xpath("//table[@class='life']//td")
    words = {text(cell).partition(":")[0] for cell in lines}
    assert {"unchanged", "amended", "not in this version", "text not held"} <= words
    # One text alone has no life to tell of.
    for part in ("all-histories", "'life'", "article-news"):
        assert part not in (site / "en/privacy/1.6.html").read_text("utf-8")
    assert not page(site / "en/privacy/1.6.html").xpath("//table[@class='life']")

"""A published translation becomes the catalog of its version: without a message lost, and without one overwritten."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import polib
import pypandoc
import pytest
from import_samples import files_of as all_files
from support import ROOT, SAMPLE, copy_project, copy_sample, write_files
from translated_sample import NAMES, copy_translated_sample
from turned_sample import plain_lines, text_in

from policysite.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSIONS = sorted(
    path.stem
    for path in (SAMPLE / "docs/privacy").glob("[0-9]*.md")
    if "text: not-held" not in path.read_text("utf-8") and "draft: true" not in path.read_text("utf-8")
)  # fmt: skip
_BESIDE = re.compile(
    r'^change_note: "(.*)"$|^  [a-z-]+: art-[0-9]+ \| (.*)$|^```\{summary\}\n(.*)\n```$',
    re.MULTILINE,
)
"""What is no part of a text: the change note, the lines of labels, summaries."""


def run(root: Path, file: Path, version: str, *options: str, language: str = "ko") -> int:
    chosen = ["--version", version, "--as-translation", language, *options]
    return main(["import", "--root", str(root), str(file), *chosen])


def catalog(root: Path, version: str, language: str = "ko", policy: str = "privacy") -> Path:
    return root / "locales" / language / "LC_MESSAGES" / policy / f"{version}.po"


def said(path: Path) -> dict[tuple[str, str], str]:
    entries = [entry for entry in polib.pofile(str(path), wrapwidth=0) if not entry.obsolete]
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in entries}


def files_of(root: Path) -> dict[str, bytes]:
    """Return the files that people write."""
    return {name: content for name, content in all_files(root).items() if name[:6] != "_build"}


def emptied(path: Path) -> dict[tuple[str, str], str]:
    """Take all translations out of a catalog, and return them."""
    before = said(path)
    file = polib.pofile(str(path), wrapwidth=0)
    for entry in file:
        entry.msgstr = ""
    file.save(str(path))
    return before


def without_note(root: Path, version: str, messages: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:  # fmt: skip
    """Return *messages* without those of what is beside the text."""
    source = (root / f"docs/privacy/{version}.md").read_text("utf-8")
    beside = {words for found in _BESIDE.findall(source) for words in found if words}
    return {key: words for key, words in messages.items() if key[1] not in beside}


# The sample and the real policy -------------------------------------------------------------------


@pytest.mark.one_in(8)
@pytest.mark.parametrize("version", VERSIONS)
def test_the_page_of_the_sample_in_korean_is_its_catalog(
    sample_site: Path, tmp_path: Path, version: str
) -> None:
    root = copy_sample(tmp_path / "sample")
    path = catalog(root, version)
    before = without_note(root, version, emptied(path))
    assert run(root, sample_site / f"ko/privacy/{version}.html", version) == 0
    assert without_note(root, version, said(path)) == before
    assert len(before) > 50


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["docx", "md", "txt"])
@pytest.mark.parametrize("version", VERSIONS)
def test_other_files_of_the_sample_in_korean_are_its_catalog(
    tmp_path: Path, version: str, kind: str
) -> None:
    root = copy_sample(tmp_path / "sample")
    path = catalog(root, version)
    before = without_note(root, version, emptied(path))
    source, file = tmp_path / "text.md", tmp_path / f"text.{kind}"
    source.write_text(text_in("ko", version), "utf-8")
    if kind == "docx":
        pandoc = [pypandoc.get_pandoc_path(), "-f", "commonmark+pipe_tables", "-o", str(file)]
        subprocess.run([*pandoc, str(source)], check=True)
    if kind == "txt":
        # What is copied from a page has no links.
        file.write_text(re.sub(r"\[(.*?)\]\(.*?\)", r"\1", plain_lines(version, "ko")), "utf-8")
    assert run(root, file, version) == int(kind == "txt")
    after = without_note(root, version, said(path))
    different = [key for key, words in before.items() if after[key] != words]
    assert [key for key in different if "](https:" not in key[1]] == []
    assert len(different) == int(kind == "txt")


@pytest.mark.thorough
@pytest.mark.one_in(12)
@pytest.mark.parametrize("language", NAMES)
def test_the_sample_in_other_languages_is_their_catalog(tmp_path: Path, language: str) -> None:
    root = copy_translated_sample(tmp_path / "sample", [language], frozen=False)
    for version in VERSIONS:
        path = catalog(root, version, language)
        before = without_note(root, version, emptied(path))
        (tmp_path / "text.md").write_text(text_in(language, version), "utf-8")
        assert run(root, tmp_path / "text.md", version, language=language) == 0
        after = without_note(root, version, said(path))
        # White space of other kinds is read as a space.
        folded = [
            {key: " ".join(words.split()) for key, words in found.items()}
            for found in (after, before)
        ]
        assert folded[0] == folded[1]


def test_the_page_of_the_real_policy_in_korean_is_its_catalog(site: Path, tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    path = catalog(root, "1.6")
    before = emptied(path)
    assert run(root, site / "ko/privacy/1.6.html", "1.6") == 0
    assert said(path) == before
    assert path.read_bytes() == (ROOT / "locales/ko/LC_MESSAGES/privacy/1.6.po").read_bytes()


def with_tables(page: Path, to: Path, words: tuple[str, str]) -> Path:
    """Write a page as it is with a table in each place that says that one is omitted."""
    rows = "".join(f"<tr><{cell}>{word}</{cell}></tr>" for cell, word in zip(("th", "td"), words, strict=True))  # fmt: skip
    html, count = re.subn(r'(?s)<div class="omitted".*?</div>', f"<table>{rows}</table>", page.read_text("utf-8"))  # fmt: skip
    assert count == 11
    to.write_text(html, "utf-8")
    return to


@pytest.mark.thorough
def test_the_lost_tables_of_the_real_policy_come_in_in_both_languages(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_project(tmp_path / "project")
    english, korean = (
        with_tables(site / code / "privacy/1.6.html", tmp_path / f"{code}.html", words)
        for code, words in (("en", ("Items", "Name")), ("ko", ("항목", "성명")))
    )
    before = files_of(root)
    assert run(root, korean, "1.6") == 1
    assert files_of(root) == before
    assert capsys.readouterr().out.count("the source has {omitted} in its place") == 11
    assert main(["import", "--root", str(root), str(english), "--version", "1.6", "--omitted-tables"]) == 0  # fmt: skip
    text = (root / "docs/privacy/1.6.md").read_text("utf-8")
    held = (ROOT / "docs/privacy/1.6.md").read_text("utf-8")
    assert re.sub(r" *\| Items \|\n *\|---\|\n *\| Name \|\n", "@\n", text) == re.sub(r" *```\{omitted\}\n *```\n", "@\n", held)  # fmt: skip
    assert run(root, korean, "1.6") == 0
    after = said(catalog(root, "1.6"))
    assert (after["", "Items"], after["", "Name"]) == ("항목", "성명")
    reasons = ["--reason", "The tables were added.", "--reason-in", "ko", "표를 추가하였습니다."]
    assert main(["correct", "--root", str(root), "--version", "1.6", *reasons]) == 0
    assert main(["check", "--root", str(root)]) == 0


# A small policy -----------------------------------------------------------------------------------

TEXT = """\
---
version: "1.0"
effective: 2024-01-18
---

# Terms

## Article 1 (Data)

Name

Kept for 30 days.

## Article 2 (Use)

Name
"""
KOREAN = "# 약관\n\n## 제1조(정보)\n\n이름\n\n30일 동안 보유합니다.\n\n## 제2조(이용)\n\n이름\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_files(tmp_path / "site", {"terms/1.0.md": TEXT}, {"en": "English", "ko": "한국어"})
    return tmp_path / "site"


def written(root: Path, text: str) -> Path:
    path = root.parent / "korean.md"
    path.write_text(text, "utf-8")
    return path


def test_what_is_translated_already_stays_unless_asked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = catalog(root, "1.0", policy="terms")
    assert run(root, written(root, KOREAN), "1.0") == 0
    first = path.read_bytes()
    changed = written(root, KOREAN.replace("제2조(이용)", "제2조(사용)"))
    assert run(root, changed, "1.0") == 1
    out = capsys.readouterr().out
    assert f"{changed}:9: [import-translation] Found “제2조(사용)” for “Article 2 (Use)”, which is translated as “제2조(이용)” already" in out  # fmt: skip
    assert path.read_bytes() == first
    assert run(root, changed, "1.0", "--overwrite") == 0
    assert said(path)["", "Article 2 (Use)"] == "제2조(사용)"


def test_a_fuzzy_translation_that_was_published_is_none_any_more(root: Path) -> None:
    assert run(root, written(root, KOREAN), "1.0") == 0
    path = catalog(root, "1.0", policy="terms")
    text = path.read_text("utf-8")
    path.write_text(text.replace('msgid "Name"', '#, fuzzy\nmsgid "Name"'), "utf-8")
    assert run(root, written(root, KOREAN), "1.0") == 0
    assert path.read_text("utf-8") == text


def test_a_message_that_says_two_things_gets_its_places(root: Path) -> None:
    twice = "성명".join(KOREAN.rsplit("이름", 1))
    assert run(root, written(root, twice), "1.0") == 0
    after = said(catalog(root, "1.0", policy="terms"))
    assert (after["", "Name"], after["art-2", "Name"]) == ("이름", "성명")
    # Contexts that are there are respected.
    assert run(root, written(root, twice), "1.0") == 0
    assert said(catalog(root, "1.0", policy="terms")) == after


def test_what_was_filled_is_checked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, written(root, KOREAN.replace("30일", "60일")), "1.0") == 1
    assert re.search(r"^locales/ko/LC_MESSAGES/terms/1\.0\.po:\d+: \[catalog-period\]", capsys.readouterr().out, re.MULTILINE)  # fmt: skip
    assert said(catalog(root, "1.0", policy="terms"))["", "Kept for 30 days."].startswith("60일")


def test_words_of_the_source_translate_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = KOREAN.replace("30일 동안 보유합니다.", "Kept for 30 days.")
    assert run(root, written(root, left), "1.0") == 1
    assert "as it is in the source: nothing was filled in" in capsys.readouterr().out
    assert said(catalog(root, "1.0", policy="terms"))["", "Kept for 30 days."] == ""


REFUSED = {
    "another language": (TEXT.partition("---\n\n")[2], ["1.0"], "The text is not in 한국어"),
    "no such version": (KOREAN, ["2.0"], "There is no version '2.0'"),
    "no articles": ("# 약관\n\n이름입니다.\n", ["1.0"], "No heading is recognised"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_a_translation_writes_nothing(
    root: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, options, found = REFUSED[case]
    before = files_of(root)
    assert run(root, written(root, text), *options) == 1
    assert found in capsys.readouterr().err
    assert files_of(root) == before


@pytest.mark.parametrize(
    "options",
    [["--overwrite"], ["--as-translation", "ko", "--omitted-tables"], ["--as-translation", "ko", "--effective", "2024-01-18"]],
)  # fmt: skip
def test_options_that_say_nothing_together_are_refused(root: Path, options: list[str]) -> None:
    file = str(written(root, KOREAN))
    assert main(["import", "--root", str(root), file, "--version", "1.0", *options]) == 2


def test_the_translation_of_a_record_waits_for_its_source(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = TEXT.partition("## ")[0].replace("---\n\n", "text: not-held\n---\n\n")
    (root / "docs/terms/1.0.md").write_text(record, "utf-8")
    assert run(root, written(root, KOREAN), "1.0") == 0
    held = root / "locales/ko/held/terms/1.0.md"
    assert held.read_text("utf-8") == KOREAN
    assert main(["check-po", "--root", str(root), "--language", "ko"]) in {0, 1}
    assert "locales/ko/held" not in capsys.readouterr().err
    other = written(root, KOREAN.replace("30일", "60일"))
    assert run(root, other, "1.0") == 1
    assert held.read_text("utf-8") == KOREAN
    source = root.parent / "english.md"
    source.write_text(TEXT.partition("---\n\n")[2], "utf-8")
    assert main(["import", "--root", str(root), str(source), "--version", "1.0"]) == 0
    assert said(catalog(root, "1.0", policy="terms"))["", "Article 1 (Data)"] == "제1조(정보)"
    assert not held.exists()


def test_tables_are_not_taken_where_their_number_differs(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "docs/terms/1.0.md"
    path.write_text(TEXT.replace("Kept for", "```{omitted}\n```\n\nKept for"), "utf-8")
    before = files_of(root)
    file = root.parent / "english.md"
    file.write_text(TEXT.partition("---\n\n")[2].replace("30 days", "31 days"), "utf-8")
    assert main(["import", "--root", str(root), str(file), "--version", "1.0", "--omitted-tables"]) == 1  # fmt: skip
    out = capsys.readouterr().out
    assert "Found 0 tables for 'Article 1 (Data)' (art-1); expected 1" in out
    assert "Found “Kept for 31 days.”, where the text has “Kept for 30 days.”" in out
    assert files_of(root) == before


def test_tables_of_a_chapter_that_the_file_lacks_are_missed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = "\n## Chapter 2 (More)\n\n### Article 2 (Use)\n\n```{omitted}\n```\n"
    begin = TEXT.partition("## Article 2")[0].replace("## Article 1", "## Chapter 1 (Data)\n\n### Article 1")  # fmt: skip
    (root / "docs/terms/1.0.md").write_text(begin + rest, "utf-8")
    file = root.parent / "english.md"
    file.write_text(begin.partition("---\n\n")[2], "utf-8")
    assert main(["import", "--root", str(root), str(file), "--version", "1.0", "--omitted-tables"]) == 1  # fmt: skip
    out = capsys.readouterr().out
    assert "tables        0 of 1 that were omitted" in out
    assert "for 'Article 2 (Use)' (art-2); expected 1" in out

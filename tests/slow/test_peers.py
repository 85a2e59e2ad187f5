"""The measurements beside other tools: what could be wrong in them without anybody noticing."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest

from benchmarks.corpus import Corpus, Version, make_corpus, write, write_project
from benchmarks.peers import report, words
from benchmarks.peers.__main__ import PLAN
from benchmarks.peers.files import difference, snapshot
from benchmarks.peers.measure import BuildError, measure
from benchmarks.peers.mkdocs import python_markdown
from benchmarks.peers.results import CASES, Record, Results
from benchmarks.peers.run import run
from benchmarks.peers.targets import Target, targets
from benchmarks.peers.this_project import Checking, Everything
from benchmarks.peers.tool import Tool, last_words

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 4
MEGABYTES = 60


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make_corpus(SIZE)


def written_files(folder: Path) -> dict[str, int]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in found}


# The policy -----------------------------------------------------------------------------------------


def test_every_version_is_there_and_translated(corpus: Corpus, tmp_path: Path) -> None:
    project = tmp_path / "project"
    write_project(project, corpus)
    catalogs = sorted(project.glob("locales/ko/LC_MESSAGES/privacy/1.*.po"))
    assert len(catalogs) == len(list(project.glob("docs/privacy/1.*.md"))) == SIZE
    for path in catalogs:
        catalog = polib.pofile(str(path))
        text = (project / "docs/privacy" / f"{path.stem}.md").read_text("utf-8")
        assert catalog.percent_translated() == 100
        assert all(entry.msgid in text for entry in catalog)
        assert len(catalog) == len(corpus.middle.messages) > 60


def test_every_version_differs_from_the_one_before(corpus: Corpus) -> None:
    texts = [version.text for version in corpus.versions]
    assert len(set(texts)) == SIZE
    assert all("Article 15" in text for text in texts)


def test_a_change_is_written_and_nothing_else(corpus: Corpus, tmp_path: Path) -> None:
    project, middle = tmp_path / "project", corpus.middle.name
    text, catalog = f"docs/privacy/{middle}.md", f"locales/ko/LC_MESSAGES/privacy/{middle}.po"
    changes: list[tuple[Callable[[Corpus], Corpus], set[str]]] = [
        (lambda corpus: corpus, set()),
        (lambda corpus: corpus.with_sentence("More.", "더."), {text, catalog}),
        (lambda corpus: corpus.with_translation("더"), {catalog}),
    ]
    for change, expected in changes:
        write_project(project, corpus)
        before = written_files(project)
        write_project(project, change(corpus))
        after = written_files(project)
        assert {path for path in after if before.get(path) != after[path]} == expected


def test_an_added_version_is_taken_away_again(corpus: Corpus, tmp_path: Path) -> None:
    project = tmp_path / "project"
    write_project(project, corpus)
    before = set(written_files(project))
    write_project(project, corpus.with_version())
    new = {"docs/privacy/1.5.md", "locales/ko/LC_MESSAGES/privacy/1.5.po"}
    assert set(written_files(project)) - before == new
    write_project(project, corpus)
    assert set(written_files(project)) == before


# The same words for other tools ---------------------------------------------------------------------


def test_the_korean_markdown_has_every_translation_and_no_english_sentence(corpus: Corpus) -> None:
    for version in corpus.versions:
        korean, english = words.markdown(version, "ko"), words.markdown(version, "en")
        assert all(message.msgstr in korean for message in version.messages)
        assert not [message.msgid for message in version.messages if message.msgid in korean]
        assert "{omitted}" not in korean + english
        assert korean.count(words.OMITTED.msgstr) == version.text.count("{omitted}") > 5
        # Headings, lists and numbers are as in the source.
        marks = [
            [words.LINE.match(line) for line in text.split("\n")] for text in (korean, english)
        ]
        assert [m and m.group(1, 2) for m in marks[0]] == [m and m.group(1, 2) for m in marks[1]]


def test_a_missing_translation_is_not_passed_over(corpus: Corpus) -> None:
    version = replace(corpus.middle, messages=corpus.middle.messages[1:])
    with pytest.raises(KeyError):
        words.markdown(version, "ko")


def test_the_catalog_for_plain_sphinx_has_the_numbers_of_paragraphs(corpus: Corpus) -> None:
    found = {message.msgid: message.msgstr for message in words.messages(corpus.middle)}
    numbered = {msgid: msgstr for msgid, msgstr in found.items() if msgid.startswith("①")}
    assert numbered
    assert all(msgstr.startswith("① ") for msgstr in numbered.values())
    assert found[words.OMITTED.msgid] == words.OMITTED.msgstr


def test_nested_lists_are_written_as_python_markdown_reads_them() -> None:
    assert python_markdown("2. A\n\n   1) B\n      C") == "2. A\n\n    1. B\n        C"


# Files and pages ------------------------------------------------------------------------------------


def test_files_written_are_told_from_files_changed(tmp_path: Path) -> None:
    for name in ("same.html", "touched.html", "changed.html", "gone.html", "style.css"):
        (tmp_path / name).write_text(name, "utf-8")
    before = snapshot(tmp_path)
    os.utime(tmp_path / "touched.html", ns=(1, 1))
    write(tmp_path / "changed.html", "other")
    write(tmp_path / "new/page.html", "new")
    write(tmp_path / "style.css", "style.css")
    (tmp_path / "gone.html").unlink()
    found = difference(before, snapshot(tmp_path))
    assert (found.written, found.changed) == (3, 2)


# Cost -----------------------------------------------------------------------------------------------

WORK = f"""
import subprocess, sys, time
hold = "x = bytearray({MEGABYTES} * 2**20); import time; time.sleep(0.5); end = time.process_time() + 0.3\\n" \
       "while time.process_time() < end: pass"
both = [subprocess.Popen([sys.executable, "-c", hold]) for _ in range(2)]
for child in both: child.wait()
"""


def test_cost_counts_what_the_command_started(tmp_path: Path) -> None:
    cost = measure([[sys.executable, "-c", WORK]], tmp_path, os.environ)
    assert cost.wall >= 0.8
    assert cost.cpu >= 0.6
    if Path("/proc/self/smaps_rollup").exists():
        assert cost.memory is not None
        assert 2 * MEGABYTES * 2**20 < cost.memory < 4 * MEGABYTES * 2**20
    else:
        assert cost.memory is None


def test_memory_that_workers_share_counts_once(tmp_path: Path) -> None:
    fork = f"import os, time; x = bytearray({MEGABYTES} * 2**20)\nfor _ in 'abc': os.fork() or (time.sleep(0.5), os._exit(0))\nos.wait(); os.wait(); os.wait()"
    cost = measure([[sys.executable, "-c", fork]], tmp_path, os.environ)
    assert cost.memory is None or cost.memory < 2 * MEGABYTES * 2**20


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    code = "import sys; print('Error: no such thing in /home/me/x.py'); print('Bye'); sys.exit(3)"
    with pytest.raises(BuildError, match=r"^Error: no such thing in …/x\.py$") as caught:
        measure([[sys.executable, "-c", code]], tmp_path, os.environ)
    assert "Bye" in caught.value.said
    assert last_words("") == "it failed without a message"


# A run ----------------------------------------------------------------------------------------------

COPY = """
import pathlib, sys
kind = sys.argv[1]
for source in pathlib.Path("docs").glob("*.md"):
    text = source.read_text("utf-8")
    if kind == "forgets": text = text.replace("Zanzibar", "")
    if kind == "breaks" and "Zanzibar" in text: sys.exit("Error: broken")
    page = pathlib.Path("site") / f"{source.stem}.html"
    page.parent.mkdir(exist_ok=True)
    if kind == "writes all" or not page.exists() or page.read_text("utf-8") != text:
        page.write_text(text, "utf-8")
"""


class Copying(Tool):
    """A tool whose pages are its sources."""

    def __init__(self, name: str) -> None:
        super().__init__(Path())
        self.name = name

    def version(self) -> str:
        return "1"

    def write(self, corpus: Corpus, folder: Path) -> None:
        for version in corpus.versions:
            for language in corpus.languages:
                path = folder / f"docs/{version.name}.{language}.md"
                write(path, words.markdown(version, language))
        for path in folder.glob(f"docs/1.{len(corpus.versions) + 1}.*.md"):
            path.unlink()

    def commands(self, corpus: Corpus) -> list[list[str]]:
        assert corpus.versions
        return [[sys.executable, "-c", COPY, self.name]]

    def page(self, version: Version, language: str) -> str:
        return f"{version.name}.{language}.html"


def made_run(folder: Path, *names: str, cases: tuple[str, ...] = tuple(CASES)) -> Results:
    results = Results("2026-11-23", {"cores": "2"})
    run({Copying(name): cases for name in names}, 2, 2, folder, results)
    return results


def test_tools_take_turns_and_cases_follow_one_another(tmp_path: Path) -> None:
    results = made_run(tmp_path, "writes all", "writes changes")
    order = [(record.round, record.tool) for record in results.records if record.case == "clean"]
    assert order == [
        (1, "writes all"),
        (1, "writes changes"),
        (2, "writes all"),
        (2, "writes changes"),
    ]
    assert not [record.problem for record in results.records if record.problem]
    counts = {
        (record.tool, record.case): (record.written, record.changed, record.pages)
        for record in results.records
        if record.round == 2
    }
    assert [counts["writes all", case] for case in CASES] == [
        (4, 4, 4),
        (4, 0, 4),
        (4, 2, 4),
        (4, 1, 4),
        (6, 2, 6),
    ]
    assert [counts["writes changes", case][0] for case in CASES] == [4, 0, 2, 1, 2]


def test_a_build_that_fails_or_forgets_the_change_is_a_row_that_says_so(tmp_path: Path) -> None:
    results = made_run(tmp_path, "breaks", "forgets", "writes all", cases=("clean", "sentence"))
    problems = {record.tool: record.problem for record in results.records if record.problem}
    assert problems["breaks"] == "Error: broken"
    assert "does not have the words “Zanzibar sentence.”" in problems["forgets"]
    text = report.page(results)
    assert "| 2 | breaks, one sentence changed | failed: Error: broken |" in text
    assert "| 2 | writes all, one sentence changed | 0." in text
    assert (tmp_path / "failures").is_dir()


def test_the_check_of_a_text_is_measured_like_a_build(tmp_path: Path) -> None:
    results = Results("2026-11-23", {"cores": "2"})
    run({Checking(Path()): ("clean",)}, 2, 1, tmp_path, results)
    [record] = results.records
    assert (record.problem, record.pages) == ("", 0)
    assert record.wall > 0


def test_this_project_builds_every_case(tmp_path: Path) -> None:
    results = Results("2026-11-23", {"cores": "2"})
    run({Everything(Path()): tuple(CASES)}, 2, 1, tmp_path, results)
    assert [(record.case, record.problem) for record in results.records] == [
        (case, "") for case in CASES
    ]


def test_the_plan_measures_every_target() -> None:
    results = Results("2026-11-23", {"cores": "2"})
    for size, tools in PLAN.items():
        for kind, cases in tools.items():
            results.records += [
                Record(kind.name, size, 1, case, wall=1, memory=1, pages=1) for case in cases
            ]
    assert {target.measured is None for target in targets(results)} == {False}


# The report -----------------------------------------------------------------------------------------


def results_with(**walls: tuple[str, int, str, float]) -> Results:
    results = Results("2026-11-23", {"cores": "2"})
    for tool, size, case, wall in walls.values():
        results.tools[tool] = "1"
        for number, factor in enumerate((1.0, 9.0, 0.9), 1):
            record = Record(tool, size, number, case, wall=wall * factor, cpu=1, pages=2 * size)
            results.records.append(record)
    return results


def test_ratios_are_those_of_medians() -> None:
    results = results_with(
        bare=("sphinx, one language", 6, "clean", 2.0),
        ours=("policysite", 6, "clean", 2.2),
        idle=("policysite", 6, "unchanged", 0.6),
    )
    found = {target.words: target for target in targets(results)}
    words_of = "6 versions: a {}, beside a bare sphinx-build"
    clean, unchanged = (
        found[words_of.format(case)] for case in ("clean build", "build with nothing changed")
    )
    assert clean.measured == pytest.approx(1.1)
    assert clean.is_met is True
    assert unchanged.measured == pytest.approx(0.3)
    assert unchanged.is_met is False
    assert {target.is_met for target in found.values()} == {True, False, None}
    text = report.page(results)
    assert "| ≤ 1.15× | 1.10× | yes |" in text
    assert "| ≤ 0.1× | 0.30× | **no** |" in text
    assert "| 6 | policysite, clean | 2.20 | 1.00 | – | 12 | 0 | 0 | 3 of 3 |" in text


def test_growth_is_that_of_the_cost_of_a_page() -> None:
    results = results_with(
        few=("policysite", 400, "clean", 5.0), most=("policysite", 2000, "clean", 30.0)
    )
    found = {target.words: target for target in targets(results)}
    growth = found["from 400 to 2000 versions: growth of time a page"]
    assert growth.measured == pytest.approx(1.2)
    assert growth.is_met is False


def test_a_target_may_be_a_least_figure_or_none() -> None:
    assert Target("faster", 10, 12, at_least=True).is_met is True
    assert Target("faster", 10, 9, at_least=True).is_met is False
    assert Target("beside hugo", None, 9).is_met is None

"""Go through sizes, rounds, tools and cases, and keep what every build cost.

In a round every tool has its turn, and goes through its cases, each of which begins with what the one before it left: a
clean build, the same again, a sentence changed, a msgstr changed, a version added. Before the first round every tool
builds once without being counted, as its files are read from the disk for the first time then.

A build counts only when the words that it was made for are on the page that it was made for.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.corpus import ENGLISH, Corpus, make_corpus
from benchmarks.peers import files
from benchmarks.peers.measure import BuildError, measure
from benchmarks.peers.results import CASES, Record, Results
from benchmarks.peers.tool import ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.peers.tool import Tool

NEW_SENTENCE = {ENGLISH: "Zanzibar sentence.", "ko": "잔지바르 문장."}
NEW_TRANSLATION = "잔지바르 번역"
FAILURES = "failures"
"""The folder with what builds said that failed."""


@dataclass(frozen=True)
class Step:
    """A case at one size: the policy, and what is to be read on which page afterwards, as (version, language, words)."""

    case: str
    corpus: Corpus
    expected: tuple[tuple[int, str, str], ...]


def run(
    tools: Mapping[Tool, Sequence[str]], size: int, rounds: int, work: Path, results: Results
) -> None:
    """Measure the *tools* with *size* versions, each in its cases, and add what is found to *results*.

    They work in the folder *work*; what builds said that failed is kept there.
    """
    steps = steps_of(make_corpus(size))
    folder = work / "projects"
    shutil.rmtree(folder, ignore_errors=True)
    turns = [
        _Turn(tool, size, folder / tool.name.replace(" ", "-").replace(",", ""), work)
        for tool in tools
    ]
    if rounds > 1:
        for turn in turns:
            turn.warm_up(steps[0])
    for number in range(1, rounds + 1):
        for turn in turns:
            wanted = [step for step in steps if step.case in tools[turn.tool]]
            results.records += turn.take(number, wanted)
    shutil.rmtree(folder, ignore_errors=True)


def steps_of(corpus: Corpus) -> list[Step]:
    """Return the cases with their policies, each beginning with the one before it."""
    middle = corpus.middle
    note = tuple(
        (middle.number, language, f"{'Note' if language == ENGLISH else '참고'} {middle.number}.")
        for language in corpus.languages
    )
    sentence = corpus.with_sentence(NEW_SENTENCE[ENGLISH], NEW_SENTENCE["ko"])
    translation = sentence.with_translation(NEW_TRANSLATION)
    added = translation.with_version()
    newest = added.versions[-1].number
    new = tuple((middle.number, code, words) for code, words in NEW_SENTENCE.items())
    translated = tuple((middle.number, code, NEW_TRANSLATION) for code in corpus.translations)
    return [
        Step("clean", corpus, note),
        Step("unchanged", corpus, note),
        Step("sentence", sentence, new),
        Step("translation", translation, translated),
        Step("version", added, ((newest, ENGLISH, f"Note {newest}."),)),
    ]


class _Turn:
    """The turns of one tool at one size."""

    def __init__(self, tool: Tool, size: int, folder: Path, work: Path) -> None:
        self.tool, self.size, self.folder, self.work = tool, size, folder, work
        self.site = folder / tool.site

    def warm_up(self, step: Step) -> None:
        """Build once without counting it; what it comes to is seen in the first round."""
        with contextlib.suppress(BuildError, ToolError):
            self._measured(Record(self.tool.name, self.size, 0, step.case), step)

    def take(self, number: int, steps: Sequence[Step]) -> list[Record]:
        """Go through the cases once, and return what they cost; the rest of them is left out after a failure."""
        found = []
        for step in steps:
            found.append(self._record(number, step))
            say(found[-1])
            if found[-1].problem:
                break
        return found

    def _record(self, number: int, step: Step) -> Record:
        blank = Record(self.tool.name, self.size, number, step.case)
        try:
            return self._measured(blank, step)
        except BuildError as error:
            self._keep(blank, error.said)
            return replace(blank, problem=str(error))
        except ToolError as error:
            return replace(blank, problem=str(error))

    def _keep(self, blank: Record, said: str) -> None:
        """Keep what a build that failed said, for finding out why."""
        name = f"{self.folder.name}-{blank.versions}-{blank.case}-{blank.round}.txt"
        folder = self.work / FAILURES
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(said, "utf-8")

    def _measured(self, blank: Record, step: Step) -> Record:
        self.tool.write(step.corpus, self.folder)
        if step.case == "clean":
            self._remove_made()
        before = files.snapshot(self.site)
        commands = self.tool.commands(step.corpus)
        cost = measure(commands, self.folder, self.tool.environment())
        after = files.snapshot(self.site)
        self._check(step)
        found = files.difference(before, after)
        pages = sum(1 for path in after if path.endswith(".html"))
        return replace(blank, **asdict(cost), **asdict(found), pages=pages)

    def _remove_made(self) -> None:
        for pattern in self.tool.made:
            for path in list(self.folder.glob(pattern)):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()

    def _check(self, step: Step) -> None:
        versions = {version.number: version for version in step.corpus.versions}
        for number, language, words in step.expected:
            if language not in self.tool.languages(step.corpus):
                continue
            page = self.site / self.tool.page(versions[number], language)
            if not page.is_file():
                raise BuildError(f"there is no page {page.relative_to(self.site)}")
            if words not in page.read_text("utf-8"):
                raise BuildError(f"{page.relative_to(self.site)} does not have the words “{words}”")


def say(record: Record) -> None:
    """Print what was found, on the terminal."""
    found = record.problem or (
        f"{record.wall:7.2f} s  CPU {record.cpu:7.2f} s  {(record.memory or 0) / 1e6:5.0f} MB  "
        f"{record.written}/{record.changed} files written/changed"
    )
    start = f"{record.versions:4} {record.round:2} {record.tool:22} {CASES[record.case]:22}"
    print(f"{start} {found}", flush=True)

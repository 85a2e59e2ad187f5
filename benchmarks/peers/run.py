"""Go through sizes, rounds, tools and cases, and keep what every build cost.

In a round every tool has its turn, and goes through the cases, each of which begins with what the one before it left: a
clean build, the same again, a sentence changed, a msgstr changed, a version added. Before the first round every tool
builds once without being counted, as its files are read from the disk for the first time then.

A build counts only when the words that it was made for are on the page that it was made for.
"""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from benchmarks.corpus import ENGLISH, Corpus, make_corpus
from benchmarks.peers import files
from benchmarks.peers.measure import BuildError, Cost, TooSlowError, measure
from benchmarks.peers.results import PageWeight, Record, Results
from benchmarks.peers.tool import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.peers.tool import Tool

NEW_SENTENCE = {ENGLISH: "Zanzibar sentence.", "ko": "잔지바르 문장."}
FAILURES = "failures"
"""The folder with what builds said that failed."""
NEW_TRANSLATION = "잔지바르 번역."


@dataclass(frozen=True)
class Options:
    """What to measure, and in which folder to work.

    ``limit`` is the most seconds that a build may take; a tool whose clean build takes more than ``patience`` has one
    round. ``beyond``: tools are measured beyond the largest size that is sensible for them, too.
    """

    sizes: Sequence[int]
    languages: int
    rounds: int
    cases: Sequence[str]
    limit: float
    patience: float
    work: Path
    beyond: bool = False


@dataclass(frozen=True)
class Step:
    """A case at one size: the policy, and what is to be read on which page afterwards, as (version, language, words)."""

    case: str
    corpus: Corpus
    expected: tuple[tuple[int, str, str], ...]


def run(
    tools: Sequence[Tool], options: Options, results: Results, keep: Callable[[], None]
) -> None:
    """Measure the *tools* and add what is found to *results*; *keep* is called after every tool's turn."""
    for size in options.sizes:
        steps = _wanted(steps_of(make_corpus(size, options.languages)), options.cases)
        folder = options.work / "projects"
        shutil.rmtree(folder, ignore_errors=True)
        turns = [
            _Turn(
                tool, size, folder / tool.name.replace(" ", "-").replace(",", ""), options, results
            )
            for tool in tools
            if options.beyond or tool.largest is None or size <= tool.largest
        ]
        for turn in turns if size == options.sizes[0] else []:
            turn.warm_up(steps[0])
        for number in range(1, options.rounds + 1):
            for turn in turns:
                if not turn.is_over:
                    turn.take(number, steps)
                    keep()
        keep()
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
    new = tuple(
        (middle.number, code, NEW_SENTENCE.get(code, NEW_SENTENCE["ko"]))
        for code in corpus.languages
    )
    translated = tuple((middle.number, code, NEW_TRANSLATION) for code in corpus.translations)
    return [
        Step("clean", corpus, note),
        Step("unchanged", corpus, note),
        Step("sentence", sentence, new),
        Step("translation", translation, translated),
        Step("version", added, ((newest, ENGLISH, f"Note {newest}."),)),
    ]


def _wanted(steps: list[Step], cases: Sequence[str]) -> list[Step]:
    """Return the *steps* up to the last one of *cases*: each begins with what the one before it left."""
    last = max(number for number, step in enumerate(steps) if step.case in cases)
    return steps[: last + 1]


class _Turn:
    """The turns of one tool at one size. ``is_over`` when nothing is gained by another round."""

    def __init__(
        self, tool: Tool, size: int, folder: Path, options: Options, results: Results
    ) -> None:
        self.tool, self.size, self.folder = tool, size, folder
        self.options, self.results = options, results
        self.site = folder / tool.site
        self.is_over = False

    def warm_up(self, step: Step) -> None:
        """Build once without counting it; what it comes to is seen in the first round."""
        try:
            self._clean(step.corpus)
            self._build(step.corpus)
        except (BuildError, ToolError):
            pass

    def take(self, number: int, steps: Sequence[Step]) -> None:
        """Go through the cases once; the rest of them is left out after a failure."""
        for step in steps:
            record = self._tried(number, step)
            if record.problem:
                break
            if step.case == "clean":
                if number == 1:
                    self._weigh(step.corpus)
                if record.wall > self.options.patience:
                    self.is_over = True

    def _tried(self, number: int, step: Step) -> Record:
        """Build, and again after a failure where the tool fails by chance; every failure is kept."""
        for _attempt in range(self.tool.attempts):
            record = self._record(number, step)
            if record.problem or step.case in self.options.cases:
                self.results.records.append(record)
                say(record)
            if not record.problem or self.is_over:
                break
        return record

    def _record(self, number: int, step: Step) -> Record:
        blank = Record(self.tool.name, self.size, number, step.case)
        try:
            return self._measured(blank, step)
        except TooSlowError as error:
            self.is_over = True
            return replace(blank, problem=str(error))
        except BuildError as error:
            self._keep(blank, error.said)
            return replace(blank, problem=str(error))
        except ToolError as error:
            return replace(blank, problem=str(error))

    def _keep(self, blank: Record, said: str) -> None:
        """Keep what a build that failed said, for finding out why."""
        name = f"{self.folder.name}-{blank.versions}-{blank.case}-{blank.round}.txt"
        folder = self.options.work / FAILURES
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(said, "utf-8")

    def _measured(self, blank: Record, step: Step) -> Record:
        if step.case == "clean":
            self._clean(step.corpus)
        else:
            self.tool.write(step.corpus, self.folder)
        before, old_texts = files.snapshot(self.site), self._texts(step)
        cost = self._build(step.corpus)
        after, texts = files.snapshot(self.site), self._texts(step)
        self._check(step)
        found = files.difference(before, after)
        return replace(
            blank,
            **asdict(cost),
            **asdict(found),
            pages=sum(1 for path in after if path.endswith(".html")),
            texts_changed=sum(1 for key, text in old_texts.items() if texts[key] != text)
            if old_texts
            else None,
        )

    def _clean(self, corpus: Corpus) -> None:
        self.tool.write(corpus, self.folder)
        for pattern in self.tool.made:
            for path in list(self.folder.glob(pattern)):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()

    def _build(self, corpus: Corpus) -> Cost:
        commands, environment = self.tool.commands(corpus), self.tool.environment()
        return measure(commands, self.folder, environment, self.options.limit)

    def _texts(self, step: Step) -> dict[tuple[str, str], str]:
        """Return the texts of the versions that were there before one is added, where the site has them alone."""
        if step.case != "version":
            return {}
        found = {
            (version.name, language): self.tool.text(self.site, version, language)
            for version in step.corpus.versions[:-1]
            for language in self.tool.languages(step.corpus)
        }
        return {key: text for key, text in found.items() if text is not None}

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

    def _weigh(self, corpus: Corpus) -> None:
        weight = files.weigh(self.site, self.tool.page(corpus.middle, ENGLISH))
        total = sum(path.stat().st_size for path in self.site.rglob("*") if path.is_file())
        found = PageWeight(self.tool.name, self.size, **asdict(weight), site=total)
        self.results.weights.append(found)


def say(record: Record) -> None:
    """Print what was found, on the terminal."""
    found = record.problem or (
        f"{record.wall:7.2f} s  CPU {record.cpu:7.2f} s  {(record.memory or 0) / 1e6:5.0f} MB  "
        f"{record.written}/{record.changed} files written/changed"
    )
    print(
        f"{record.versions:4} {record.round:2} {record.tool:28} {record.case:12} {found}",
        flush=True,
    )

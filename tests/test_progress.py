"""The progress of a build: on a terminal, in a log file, and to machines."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from cluster import write_policies
from support import DAY, ROOT, SAMPLE_DAY, build_site, copy_sample, swap

from policysite.build.expected_pages import expected_pages
from policysite.build.progress import Assembling, Built, Estimate, Started, Step
from policysite.cli import main
from policysite.cli.progress_display import JsonProgress, TerminalProgress, in_words
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policysite.build.progress import Event

ENVIRON = {name: value for name, value in os.environ.items() if name != "CI"} | DAY
# What rich sends: the line is written over by the next one; at the end it is gone, and the cursor is there again.
CLEAR = "\r\x1b[2K"
GONE = "\n\x1b[?25h\r\x1b[1A\x1b[2K"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def build_events(documents: int, pages: int, languages: tuple[str, ...]) -> Iterator[Event]:
    """Yield what a build tells that has two languages at once."""
    for pair in (languages[i : i + 2] for i in range(0, len(languages), 2)):
        for phase, total in (("read", documents), ("write", pages)):
            for number in range(1, total + 1):
                for language in pair:
                    yield Step(language, phase, number, total)
        for language in pair:
            yield Built(language, 1.0)


# How long it will take -----------------------------------------------------------------------------


@pytest.mark.parametrize(("reading", "writing"), [(0.07, 0.02), (0.04, 0.02), (0.02, 0.02)])
def test_the_time_left_is_about_the_time_that_is_left(reading: float, writing: float) -> None:
    languages = ("en", "ko", "de", "ja")
    seconds = {"read": reading, "write": writing}
    events = list(build_events(50, 250, languages))
    whole = sum(seconds[e.phase] for e in events if isinstance(e, Step)) + 1000 * writing / 4
    clock = Clock()
    estimate = Estimate(clock)
    estimate.note(Started(languages, 50, 250, 1000))
    guesses = []
    for event in events:
        if isinstance(event, Step):
            clock.now += seconds[event.phase]
        estimate.note(event)
        if (left := estimate.seconds_left) is not None:
            guesses.append((left, whole - (clock.now - 1000)))
    assert len(guesses) > 1000
    # At the beginning it is unknown how long writing takes.
    assert all(real / 2 < left < 2 * real for left, real in guesses)
    assert all(0.95 * real < left < 1.05 * real for left, real in guesses[150:])


def test_there_is_no_estimate_when_nothing_is_known() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    estimate.note(Started(("en",), 100, 400, 400))
    assert estimate.seconds_left is None
    clock.now += 60
    assert estimate.seconds_left is None
    estimate.note(Step("en", "read", 50, 100))
    assert estimate.seconds_left == pytest.approx(60 / 50 * (50 + 0.6 * (400 + 100)))


def test_a_build_of_some_pages_has_no_estimate() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    estimate.note(Started(("en",), 100, 400, 400))
    clock.now += 60
    estimate.note(Step("en", "read", 3, 3))
    estimate.note(Step("en", "write", 5, 0))
    assert estimate.seconds_left is None


def test_a_language_that_begins_again_takes_longer() -> None:
    clock = Clock()
    estimate = Estimate(clock)
    estimate.note(Started(("en", "ko"), 100, 100, 200))
    clock.now += 10
    for step in (Step("en", "read", 100, 100), Step("en", "write", 90, 100)):
        clock.now += 10
        estimate.note(step)
    before = estimate.seconds_left
    estimate.note(Step("en", "read", 20, 100))
    after = estimate.seconds_left
    assert before is not None
    assert after is not None
    assert after > 1.5 * before


def test_times_are_said_no_more_exactly_than_they_are_known() -> None:
    said = {seconds: in_words(seconds) for seconds in (None, 0.2, 17, 58, 61, 95, 3600, 40000)}
    assert list(said.values()) == [
        "",
        "about 5 s left",
        "about 15 s left",
        "about 60 s left",
        "about 1 min left",
        "about 2 min left",
        "about 60 min left",
        "about 11 h left",
    ]


def test_the_number_of_pages_is_known_beforehand(
    site: Path, sample_site: Path, tmp_path: Path, built_project: Path
) -> None:
    sample = copy_sample(tmp_path / "sample")
    small = write_policies(tmp_path / "small", 2, 1)
    build_site(small)
    for root, environ, made in (
        (built_project, DAY, site),
        (sample, SAMPLE_DAY, sample_site),
        (small, DAY, small / "_build/html"),
    ):
        project = load_project(root, environ)
        found = {
            code: len(list((made / code).rglob("*.html"))) for code in project.settings.languages
        }
        assert set(found.values()) == {expected_pages(project)}


# What a terminal shows -----------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal on which progress is shown, whatever runs the tests."""
    monkeypatch.setenv("TERM", "xterm")
    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Terminal()


def words_of(sent: str) -> str:
    """Return what is on the terminal, without its colours and without the bar."""
    return re.sub(r"\x1b\[[?\d;]*[A-Za-z]|[━╸╺]", "", sent).strip()


def shown(stream: Terminal) -> list[str]:
    return [line for sent in stream.getvalue().split(CLEAR) if (line := words_of(sent))]


def test_a_terminal_shows_languages_documents_and_time_left(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    clock, stream = Clock(), terminal
    progress = TerminalProgress(stream, clock)
    progress(Started(("en", "ko", "de"), 20, 60, 180))
    for event in build_events(20, 60, ("en", "ko")):
        clock.now += 0.25
        progress(event)
    clock.now += 0.25
    progress(Step("de", "read", 1, 20))
    progress(Assembling())
    lines = shown(stream)
    progress.end()
    assert "0 of 3 languages, en reading 20/20, ko reading 20/20" in lines[39]
    assert re.match(r"about \d+ (s|min) left, 0 of 3 languages, en writing ", lines[60])
    assert lines[-2].endswith("2 of 3 languages, de reading 1/20")
    assert "assembling and proofreading the site" in lines[-1]
    assert stream.getvalue().endswith(GONE)


def test_a_terminal_is_not_written_to_for_every_page(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    clock, stream = Clock(), terminal
    progress = TerminalProgress(stream, clock)
    languages = tuple(f"l{number}" for number in range(10))
    progress(Started(languages, 2000, 0, 0))
    for number in range(1, 2001):
        clock.now += 0.001
        for language in languages:
            progress(Step(language, "read", number, 2000))
    lines = shown(stream)
    # The beginning of each is reported immediately, the rest at intervals.
    assert 5 <= len(lines) - len(languages) <= 12
    assert max(map(len, lines)) <= 40
    assert "\n" not in stream.getvalue()


def test_a_bar_grows_with_what_is_done(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    # Without colours, only what is done is drawn.
    monkeypatch.setenv("NO_COLOR", "1")
    clock, stream = Clock(), terminal
    progress = TerminalProgress(stream, clock)
    progress(Started(("en",), 20, 60, 60))
    for event in build_events(20, 60, ("en",)):
        clock.now += 0.25
        progress(event)
    bars = [sent.count("━") for sent in stream.getvalue().split(CLEAR)]
    assert bars == sorted(bars)
    assert (bars[0], bars[len(bars) // 2], bars[-1]) == (0, 6, 12)


def test_a_continuous_integration_that_has_a_terminal_gets_no_progress(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    monkeypatch.setenv("CI", "true")
    progress = TerminalProgress(terminal)
    progress(Started(("en",), 1, 1, 1))
    progress(Step("en", "read", 1, 1))
    progress.end()
    assert terminal.getvalue() == ""


def in_a_terminal(command: list[str | Path]) -> tuple[int, str]:
    """Run *command* in a terminal, and return its exit code and what the terminal was sent."""
    controller, terminal = pty.openpty()
    environ = {**ENVIRON, "TERM": "xterm"}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=terminal, stderr=terminal) as run:
        os.close(terminal)
        sent = b""
        while True:
            try:
                more = os.read(controller, 4096)
            except OSError:
                # So Linux says that no process has the terminal open any longer.
                break
            if not more:
                break
            sent += more
    os.close(controller)
    return run.returncode, sent.decode()


@pytest.mark.thorough
def test_progress_goes_to_a_terminal_and_leaves_nothing_on_it(tmp_path: Path) -> None:
    root = write_policies(tmp_path / "project", 1, 2)
    code, sent = in_a_terminal([sys.executable, "-m", "policysite", "build", "--root", root])
    assert code == 0
    # The terminal makes a carriage return of every line feed too.
    before, gone, after = sent.rpartition(GONE.replace("\n", "\r\n"))
    assert gone
    assert re.search(r"0 of 2 languages, (en|ko) reading \d/4", before)
    assert re.search(r"(en|ko) writing \d+/13", before)
    assert after.startswith("versions      2")
    assert "\x1b" not in after


@pytest.fixture
def build_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return what runs the command in this process, and returns its exit code, output and errors."""
    monkeypatch.delenv("CI", raising=False)
    for name, value in DAY.items():
        monkeypatch.setenv(name, value)

    def build(root: Path, *options: str) -> tuple[int, str, str]:
        code = main(["build", "--root", str(root), *options])
        return code, *capsys.readouterr()

    return build


def test_progress_is_quiet_where_it_is_no_terminal(
    tmp_path: Path, build_here: Callable[..., tuple[int, str, str]]
) -> None:
    root = write_policies(tmp_path / "project", 1, 2)
    code, out, err = build_here(root)
    assert (code, err) == (0, "")
    assert out.startswith("versions ")
    assert "\r" not in out


# What machines get ----------------------------------------------------------------------------


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.thorough
@pytest.mark.usefixtures("in_processes")
def test_machines_are_told_everything_in_lines_of_json(
    tmp_path: Path, build_here: Callable[..., tuple[int, str, str]]
) -> None:
    root = write_policies(tmp_path / "project", 1, 2)
    code, out, err = build_here(root, "--json")
    assert (code, err) == (0, "")
    told = lines_of(out)
    assert told[0] == {
        "event": "start",
        "languages": ["en", "ko"],
        "documents": 4,
        "pages": 13,
        "site_pages": 26,
    }
    steps = [line for line in told if line["event"] == "progress"]
    assert {(s["language"], s["phase"], s["total"]) for s in steps} == {
        (language, phase, total)
        for language in ("en", "ko")
        for phase, total in (("read", 4), ("write", 13))
    }
    assert all(s["done"] <= s["total"] and s["seconds"] >= 0 for s in steps)
    assert all(s.keys() >= {"secondsLeft"} for s in steps)
    counted = Counter(line["event"] for line in told)
    assert (counted["built"], counted["assemble"]) == (2, 1)
    summary = told[-1]
    assert summary.pop("seconds") > 0
    assert summary == {
        "event": "summary",
        "output": str(root / "_build/html"),
        "versions": 2,
        "records": 0,
        "languages": ["en", "ko"],
        "built": ["en", "ko"],
        "provisions": 4,
        "omitted": 0,
        "translated": {"ko": pytest.approx(0.25, abs=0.05)},
        "english": [],
    }


def test_machines_are_told_what_must_be_mended(
    tmp_path: Path, build_here: Callable[..., tuple[int, str, str]]
) -> None:
    root = write_policies(tmp_path / "project", 1, 2)
    swap("docs/policy-1/1.0.md", "effective: 2024", "effective: never")(root)
    code, out, err = build_here(root, "--json")
    assert (code, err) == (1, "")
    (problem,) = lines_of(out)
    assert problem["event"] == "problem"
    assert (problem["path"], problem["line"]) == ("docs/policy-1/1.0.md", 3)
    assert problem["code"] == "register-date"
    assert problem["message"]
    assert problem["remedy"]


def test_machines_are_not_told_of_every_page() -> None:
    clock, stream = Clock(), io.StringIO()
    progress = JsonProgress(stream, clock)
    progress(Started(("en",), 100, 5000, 5000))
    for phase, total in (("read", 100), ("write", 5000)):
        for number in range(1, total + 1):
            clock.now += 0.001
            progress(Step("en", phase, number, total))
    told = lines_of(stream.getvalue())
    assert len(told) < 40
    assert told[-1]["done"] == 5000
    known = [line["secondsLeft"] for line in told[1:] if line["secondsLeft"] is not None]
    assert known == sorted(known, reverse=True)
    assert len(known) > 5

"""What is recorded for ever is asked for: the reason in every published language, and no day that was left in the environment."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from year_project import Year

from policysite.authoring.reasons import Reasons
from policysite.cli.reason_questions import complete

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    """A stream that people sit at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Year:
    return Year(tmp_path, capsys)


def asked(year: Year, given: Reasons, answers: str) -> tuple[Reasons, str]:
    """Return the reasons after questions, and what was shown."""
    shown = Terminal()
    return complete(year.root, {}, given, Terminal(answers), shown), shown.getvalue()


IN_KOREAN = "The same in 한국어 (ko) (empty: its readers see that in en): "


def test_a_terminal_is_asked_in_every_published_language(year: Year) -> None:
    found, shown = asked(year, Reasons(""), "\n\u200bTwo.\nIt was wrong.\n잘못이었습니다.\n")
    assert found == Reasons("It was wrong.", {"ko": "잘못이었습니다."})
    assert shown.count("The reason, in English (en): ") == 3
    assert "U+200B, which is invisible" in shown
    assert shown.endswith(IN_KOREAN)
    # An answer may be left empty, and what was said is not asked for.
    assert asked(year, Reasons("One."), "\n") == (Reasons("One.", {"ko": ""}), IN_KOREAN)
    given = Reasons("One.", {"KO": "하나."})
    assert asked(year, given, "") == (given, "")
    # Where answers end, the command says what is missing; so it does of what was given and is wrong.
    assert asked(year, Reasons(""), "")[0] == Reasons("")
    wrong = Reasons("", {"xx": "?"})
    assert asked(year, wrong, "") == (wrong, "")


@pytest.mark.parametrize("streams", [(Terminal, io.StringIO), (io.StringIO, Terminal)])
def test_a_script_is_asked_nothing(
    year: Year, streams: tuple[type[io.StringIO], type[io.StringIO]]
) -> None:
    answers, questions = (stream() for stream in streams)
    given = Reasons("")
    assert complete(year.root, {}, given, answers, questions) == given
    assert questions.getvalue() == ""


def test_a_script_is_told_what_follows_from_a_reason_that_is_missing(year: Year) -> None:
    year.run("freeze", "--day", "2026-01-02", "--version", "1.0")
    withdraw = ("withdraw", "--day", "2026-02-01", "--version", "1.0", "--date", "2026-02-01")
    assert "The reason is missing" in year.run(*withdraw, code=1)
    said = year.run(*withdraw, "--reason", "It was wrong.")
    assert (
        "no reason in ko: its readers see that in en. To give one, before this is committed: git checkout "
        'docs/terms/ledger.json, and the same command with --reason-in ko "…"\n'
    ) in said


EVENTS = {
    "freeze": (),
    "correct": ("--reason", "One."),
    "withdraw": ("--reason", "One.", "--date", "2026-02-01"),
    "postpone": ("--reason", "One.", "--to", "2027-02-01"),
}


@pytest.mark.parametrize("command", EVENTS)
@pytest.mark.parametrize(
    ("name", "value"), [("POLICYSITE_DATE", "2026-02-01"), ("SOURCE_DATE_EPOCH", "1770000000")]
)
def test_a_day_that_was_left_in_the_environment_does_not_get_into_the_ledger(
    year: Year, command: str, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    said = year.run(command, "--version", "1.0", *EVENTS[command], code=1)
    assert (
        f"environment: [not-for-readers] {name} is {value}, so the ledger would have another day than today, for ever. "
        f"Run it without: env -u {name} policysite {command} …; if it is meant, name the day: --day 2027-01-01."
    ) in said
    assert not (year.root / "docs/terms/ledger.json").exists()


def test_the_day_that_is_named_is_recorded(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYSITE_DATE", "2026-02-01")
    year.run("freeze", "--day", "2026-01-02", "--version", "1.0")
    assert '"recorded": "2026-01-02"' in (year.root / "docs/terms/ledger.json").read_text("utf-8")

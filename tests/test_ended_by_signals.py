"""SIGTERM and SIGHUP end a command as Ctrl-C does: it cleans up, reports the state it leaves, and exits with 128 plus their number."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import DAY, on_that_day

from policysite.authoring.record import freeze
from policysite.release.release_files import copy_site
from policysite.release.releases import Notes, Releases, write_notes

if TYPE_CHECKING:
    from collections.abc import Callable

CHILD = Path(__file__).with_name("halting_child.py")
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
SERVE = "policysite.release.releases:Releases.serve"
WRITE = "policysite.files.staging:write"
REPLACE = "policysite.files.staging:replace"
VERSION = """\
---
version: "{number}"
effective: {day}
---

# Terms

## Article 1 (Scope)

The text of {number}.
"""


@pytest.fixture
def project(write_project: Callable[..., Path]) -> Path:
    """A project whose version is frozen."""
    root = write_project({"terms/1.0.md": VERSION.format(number="1.0", day="2024-01-01")})
    freeze(root, DAY, "terms", "1.0")
    return root


def send_at(
    moment: str,
    number: signal.Signals,
    *command: str | Path,
    to_group: bool = False,
    again: bool = False,
    seconds: float = 60,
    ignored: signal.Signals | None = None,
) -> tuple[int, str, str]:
    """Run *command*, send it a signal at the *moment*, and return its exit code, output and errors."""
    reached = Path(str(command[-1])).with_name("reached")
    reached.unlink(missing_ok=True)
    words, environ = on_that_day(*command)
    if ignored:
        signal.signal(ignored, signal.SIG_IGN)
    try:
        child = subprocess.Popen(
            [sys.executable, CHILD, moment, reached, str(seconds), *words],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        if ignored:
            signal.signal(ignored, signal.SIG_DFL)
    with child:
        deadline = time.monotonic() + 60
        while not reached.exists():
            assert child.poll() is None, child.communicate()
            assert time.monotonic() < deadline, "the moment does not come"
            time.sleep(0.01)
        (os.killpg if to_group else os.kill)(child.pid, number)
        if again:
            time.sleep(0.02)
            for other in ENDING[1:]:
                child.send_signal(other)
        out, err = child.communicate(timeout=60)
    return child.returncode, out, err


def serving(folder: Path, number: int) -> Path:
    """Return a folder of releases in *folder*, made by hand, of which the last is served."""
    site = folder / "made"
    site.mkdir()
    (site / "index.html").write_text("<title>T</title>", "utf-8")
    releases = Releases(folder / "srv")
    with releases.locked():
        for one in range(1, number + 1):
            copy_site(site, releases.path(one), None)
            write_notes(releases.path(one), Notes(before=one - 1, served=True))
            releases.serve(one)
    return releases.to


def publishing(root: Path, to: Path) -> list[str | Path]:
    return ["publish", "--day", DAY["POLICYSITE_DATE"], "--root", root, "--to", to]


def unfinished(to: Path) -> list[str]:
    """Return what is in the folder of releases besides releases."""
    return [path.name for path in Releases(to).folder.iterdir() if path.name.startswith(".")]


@pytest.mark.thorough
@pytest.mark.parametrize("number", ENDING)
def test_publishing_says_that_nothing_is_served_yet(
    project: Path, tmp_path: Path, number: signal.Signals
) -> None:
    to = tmp_path / "srv"
    code, out, err = send_at(f"before {SERVE}", number, *publishing(project, to))
    assert (code, out, err) == (128 + number, "", "Interrupted. No release is served.\n")
    assert unfinished(to) == []


@pytest.mark.thorough
@pytest.mark.parametrize("moment", [f"after {SERVE}", f"before {SERVE}"])
def test_publishing_says_which_release_is_served(
    project: Path, tmp_path: Path, moment: str
) -> None:
    to = serving(tmp_path, 1)
    halted = send_at(moment, signal.SIGTERM, *publishing(project, to), again=True)
    now = 2 if "after" in moment else 1
    assert halted == (143, "", f"Interrupted. Release {now:06} is served.\n")
    assert Releases(to).current() == now
    assert unfinished(to) == []
    assert (to / "current/en/terms/1.0.html").exists() == (now == 2)


@pytest.mark.thorough
def test_an_ignored_hangup_does_not_interrupt(project: Path, tmp_path: Path) -> None:
    to = tmp_path / "srv"
    code, out, err = send_at(
        f"before {SERVE}",
        signal.SIGHUP,
        *publishing(project, to),
        seconds=0.5,
        ignored=signal.SIGHUP,
    )
    assert (code, err) == (0, "")
    assert "release       000001, the first" in out


@pytest.mark.thorough
@pytest.mark.parametrize("number", ENDING)
def test_a_build_and_the_processes_that_it_started_end_without_a_traceback(
    project: Path, tmp_path: Path, number: signal.Signals
) -> None:
    moment = "before policysite.build.workers:_receive"
    command: list[str | Path] = ["build", "--root", project, "--output", tmp_path / "site"]
    code, out, err = send_at(moment, number, *command, to_group=True)
    assert (code, out, err) == (128 + number, "", "Interrupted. Nothing was published.\n")
    assert not (tmp_path / "site").exists()


@pytest.mark.thorough
@pytest.mark.one_in(2)
@pytest.mark.parametrize("moment", ["after", "before"])
def test_a_build_says_whether_the_site_is_the_new_one(
    project: Path, tmp_path: Path, moment: str
) -> None:
    site = tmp_path / "site"
    command: list[str | Path] = ["build", "--root", project, "--output", site]
    halted = send_at(f"{moment} {REPLACE}", signal.SIGTERM, *command)
    state = f"{site} has the new site" if moment == "after" else "Nothing was published"
    assert halted == (143, "", f"Interrupted. {state}.\n")
    assert (site / "index.html").exists() == (moment == "after")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.thorough
def test_a_build_tells_programs_the_same(project: Path, tmp_path: Path) -> None:
    command: list[str | Path] = [
        "build",
        "--json",
        "--root",
        project,
        "--output",
        tmp_path / "site",
    ]
    code, out, err = send_at(f"after {REPLACE}", signal.SIGTERM, *command)
    assert (code, err) == (143, "")
    assert out.splitlines()[-1] == '{"event": "interrupted", "published": true}'


@pytest.mark.thorough
@pytest.mark.one_in(2)
@pytest.mark.parametrize("moment", ["after", "before"])
def test_recording_says_whether_the_ledger_has_the_entry(project: Path, moment: str) -> None:
    text = project / "docs/terms/2.0.md"
    text.write_text(VERSION.format(number="2.0", day="2025-01-01"), "utf-8")
    ledger = project / "docs/terms/ledger.json"
    before = ledger.read_bytes()
    command: list[str | Path] = ["freeze", "--version", "2.0", "--root", project]
    halted = send_at(f"{moment} {WRITE}", signal.SIGTERM, *command)
    state = "has the new entry" if moment == "after" else "is unchanged"
    assert halted == (143, "", f"Interrupted. docs/terms/ledger.json {state}.\n")
    assert (ledger.read_bytes() == before) == (moment == "before")
    assert [path.name for path in ledger.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.thorough
@pytest.mark.one_in(2)
@pytest.mark.parametrize("moment", ["after", "before"])
def test_going_back_says_which_release_is_served(tmp_path: Path, moment: str) -> None:
    to = serving(tmp_path, 2)
    halted = send_at(f"{moment} {SERVE}", signal.SIGHUP, "rollback", "--to", to)
    now = 1 if moment == "after" else 2
    assert halted == (129, "", f"Interrupted. Release {now:06} is served.\n")
    assert Releases(to).current() == now


def test_another_command_says_that_nothing_is_half_written(project: Path) -> None:
    moment = "before policysite.project.project:load_project"
    halted = send_at(
        moment,
        signal.SIGTERM,
        "new-version",
        "--version",
        "2.0",
        "--effective",
        "2027-01-01",
        "--root",
        project,
    )
    assert halted == (143, "", "Interrupted. No file is half-written; run the command again.\n")

"""Commands that get SIGTERM or SIGHUP at random moments: nothing is left half-done, and what they print is true."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from support import DAY, on_that_day
from test_ended_by_signals import VERSION, serving, unfinished

from policysite.authoring.record import freeze
from policysite.release.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TIMES = 50
BEFORE_IT_BEGAN = {-signal.SIGTERM, -signal.SIGHUP}
BEFORE_THE_COMMAND = "Interrupted. No file is half-written; run the command again.\n"


@pytest.fixture
def project(write_project: Callable[..., Path]) -> Path:
    root = write_project(
        {
            "terms/1.0.md": VERSION.format(number="1.0", day="2024-01-01"),
            "terms/2.0.md": VERSION.format(number="2.0", day="2025-01-01"),
        }
    )
    freeze(root, DAY, "terms", "1.0")
    return root


def interrupted(
    command: list[str | Path], prepare: Callable[[], object], agree: Callable[[int, str], None]
) -> None:
    """Run *command* often, each time after *prepare*, and send it a signal; *agree* is given its exit code and what it said."""
    command_words, environ = on_that_day(*command)
    words = [sys.executable, "-m", "policysite", *command_words]
    prepare()
    began = time.monotonic()
    subprocess.run(words, env=environ, check=True, capture_output=True)
    longest = time.monotonic() - began
    chance = random.Random(17)
    codes = []
    for _ in range(TIMES):
        prepare()
        with subprocess.Popen(
            words,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as child:
            time.sleep(chance.uniform(0, longest))
            send = chance.choice([os.kill, os.killpg])
            send(child.pid, chance.choice([signal.SIGTERM, signal.SIGHUP]))
            out, said = child.communicate(timeout=60)
        codes.append(child.returncode)
        assert "Traceback" not in said, said
        assert child.returncode in {0, 129, 143} | BEFORE_IT_BEGAN
        # When all is said, a signal can still come: then it was done.
        agree(0 if out else child.returncode, said)
    assert {129, 143} <= set(codes)


def test_publishing(project: Path, tmp_path: Path) -> None:
    freeze(project, DAY, "terms", "2.0")
    to = tmp_path / "srv"

    def agree(code: int, said: str) -> None:
        served = Releases(to).current()
        if code in {129, 143}:
            state = f"Release {served:06}" if served else "No release"
            assert said == f"Interrupted. {state} is served.\n" or (
                said == BEFORE_THE_COMMAND and not to.exists()
            )
        if (to / "releases").is_dir():
            assert unfinished(to) == []
        if code == 0:
            assert served

    command: list[str | Path] = ["publish", "--day", DAY["POLICYSITE_DATE"], "--root", project]
    interrupted([*command, "--to", to], lambda: shutil.rmtree(to, ignore_errors=True), agree)


def test_freezing(project: Path) -> None:
    ledger = project / "docs/terms/ledger.json"
    before = ledger.read_bytes()

    def agree(code: int, said: str) -> None:
        is_new = ledger.read_bytes() != before
        if code in {129, 143}:
            state = "has the new entry" if is_new else "is unchanged"
            assert said == f"Interrupted. docs/terms/ledger.json {state}.\n" or (
                said == BEFORE_THE_COMMAND and not is_new
            )
        if code == 0:
            assert is_new
        assert [path.name for path in ledger.parent.iterdir() if path.name[0] == "."] == []

    command: list[str | Path] = ["freeze", "--version", "2.0", "--root", project]
    interrupted(command, lambda: ledger.write_bytes(before), agree)


def test_going_back(tmp_path: Path) -> None:
    place = tmp_path / "place"

    def prepare() -> None:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        serving(place, 2)

    def agree(code: int, said: str) -> None:
        served = Releases(place / "srv").current()
        if code in {129, 143}:
            assert said == f"Interrupted. Release {served:06} is served.\n" or (
                said == BEFORE_THE_COMMAND and served == 2
            )
        assert served in {1, 2}
        if code == 0:
            assert served == 1

    interrupted(["rollback", "--to", place / "srv"], prepare, agree)

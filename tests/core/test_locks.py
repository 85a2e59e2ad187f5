"""Locks between processes, which a kill gives back."""

from __future__ import annotations

import fcntl
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from policysite.files import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Start = Callable[..., subprocess.Popen[str]]

# Holds a lock until its input ends, and so does what it forks.
CODE = """\
import os, pathlib, sys
from policysite.files import locks
with locks.{which}(pathlib.Path(sys.argv[1])):
    if {forks} and not os.fork():
        sys.stdin.read()
        os._exit(0)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts processes that hold a lock; they end with the test, and what they forked too."""
    started: list[subprocess.Popen[str]] = []

    def run(which: str, path: Path, *, forks: bool = False) -> subprocess.Popen[str]:
        code = CODE.format(which=which, forks=forks)
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def is_free(folder: Path) -> bool:
    """Whether no process holds the lock of *folder*."""
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_the_second_process_waits_until_the_first_has_ended(tmp_path: Path, start: Start) -> None:
    folder = tmp_path / "not" / "there"
    first = start("wait_for", folder)
    assert line_of(first) == "held\n"
    second = start("wait_for", folder)
    assert second.stdout is not None
    assert not select.select([second.stdout], [], [], 0.5)[0]
    first.kill()
    assert line_of(second) == "held\n"
    assert not is_free(folder)
    second.communicate()
    assert is_free(folder)


def test_what_was_forked_keeps_the_lock_of_a_folder(tmp_path: Path, start: Start) -> None:
    process = start("wait_for", tmp_path, forks=True)
    assert line_of(process) == "held\n"
    process.kill()
    process.wait()
    assert not is_free(tmp_path)
    process.communicate()
    # The child ends with the input, in its own time.
    with locks.wait_for(tmp_path):
        assert not is_free(tmp_path)
    assert is_free(tmp_path)


def test_no_process_waits_for_a_lock_that_says_who_holds_it(tmp_path: Path, start: Start) -> None:
    path = tmp_path / ".lock"
    process = start("hold", path)
    assert line_of(process) == "held\n"
    with pytest.raises(locks.HeldError, match=rf"^process {process.pid} on \S+, since 2\S+"):  # noqa: SIM117
        with locks.hold(path):
            pytest.fail("Two hold it.")
    process.kill()
    process.wait()
    with locks.hold(path):
        assert path.read_text("utf-8").count("process") == 1


def test_what_was_forked_does_not_keep_such_a_lock(tmp_path: Path, start: Start) -> None:
    process = start("hold", tmp_path / ".lock", forks=True)
    assert line_of(process) == "held\n"
    process.kill()
    process.wait()
    with locks.hold(tmp_path / ".lock"):
        pass


def test_a_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="mine"), locks.hold(tmp_path / ".lock"):
            raise ValueError("mine")
        with pytest.raises(ValueError, match="mine"), locks.wait_for(tmp_path):
            raise ValueError("mine")

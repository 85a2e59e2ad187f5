"""Running a command whose standard output, or all of its standard streams, cannot be written."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from support import on_that_day

if TYPE_CHECKING:
    from pathlib import Path

FULL = ">/dev/full"
CLOSED = ">&-"
ALL_CLOSED = "<&- >&- 2>&-"
ALL_FULL = ">/dev/full 2>/dev/full"
REASONS = {FULL: "No space left on device", CLOSED: "it is closed"}


def run(redirection: str, *command: str | Path) -> tuple[int, str]:
    """Run *command* of ``policysite`` with a *redirection* of the shell; return its exit code and what it said as an error."""
    command_words, environ = on_that_day(*command)
    words = [sys.executable, "-m", "policysite", *command_words]
    # exec: the exit code is that of the program itself.
    script = f'exec "$@" {redirection}'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *words],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
    )
    # Python itself says "Exception ignored" where it cannot write what is left at its end.
    assert "Traceback" not in done.stderr, done.stderr
    assert "Exception" not in done.stderr, done.stderr
    return done.returncode, done.stderr

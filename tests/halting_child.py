"""Runs a command of ``policysite`` that halts at a moment, so that a test can send it a signal just then.

python halting_child.py MOMENT FILE SECONDS COMMAND …

MOMENT is ``before`` or ``after`` and a function, ``before policysite.files.staging:replace``. FILE is made when it has come;
after SECONDS the command goes on.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path
from typing import Any


def main() -> int:
    """Run the command, and return its exit code."""
    from policysite.cli import run  # noqa: PLC0415

    moment, file, seconds, *command = sys.argv[1:]
    when, _, where = moment.partition(" ")
    module, _, names = where.partition(":")
    *outer, name = names.split(".")
    holder: Any = importlib.import_module(module)
    for one in outer:
        holder = getattr(holder, one)
    function = getattr(holder, name)

    def halting(*values: Any, **options: Any) -> Any:
        if when == "before":
            halt(Path(file), float(seconds))
        result = function(*values, **options)
        if when == "after":
            halt(Path(file), float(seconds))
        return result

    setattr(holder, name, halting)
    sys.argv[1:] = command
    return run()


def halt(file: Path, seconds: float) -> None:
    """Say that the moment has come, and wait."""
    file.touch()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())

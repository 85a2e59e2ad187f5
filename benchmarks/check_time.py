"""How long ``policysite check`` takes from the start of Python to its end: for one changed version, and for everything.

python benchmarks/check_time.py [--rounds 10]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHANGES = {
    "one changed text": ["docs/privacy/1.6.md"],
    "one changed catalog": ["locales/ko/LC_MESSAGES/privacy/1.6.po"],
    "everything": [],
}


def main() -> None:
    """Measure, and print the medians of the time that passed and of the processor's time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds: int = parser.parse_args().rounds
    for name, files in CHANGES.items():
        runs = [_time([sys.executable, "-m", "policysite", "check", *files]) for _ in range(rounds)]
        wall, cpu = (statistics.median(values) for values in zip(*runs, strict=True))
        print(f"{name:20} {wall:5.2f} s, of the processor {cpu:5.2f} s")


def _time(command: list[str]) -> tuple[float, float]:
    """Return the seconds that a command took, and those of the processor."""
    before, started = os.times(), time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after, passed = os.times(), time.monotonic() - started
    used = after.children_user + after.children_system
    return passed, used - before.children_user - before.children_system


if __name__ == "__main__":
    main()

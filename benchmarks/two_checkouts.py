"""Compare what building costs with this checkout and with another one, such as that of the commit before.

The policy is the one that ``corpus.py`` makes of the text in force and its Korean catalog, in two languages. The commands run in turn, as the
machine may do other things meanwhile; the figures are medians of the CPU seconds of a command with all its processes, and their ratio.

    python benchmarks/two_checkouts.py ../other [--versions 6 50 200] [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import Corpus, make_corpus, write_project  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAN = "clean"
NO_NUMBERS = "가나다라마바사아자차"
"""What the rounds add to a translation, of which figures are checked."""
CHANGES: dict[str, Callable[[Corpus, str], Corpus]] = {
    "nothing changed": lambda corpus, _words: corpus,
    "one msgstr changed": lambda corpus, words: corpus.with_translation(words),
    "one version added": lambda corpus, _words: corpus.with_version(),
}


def main() -> None:
    """Build with both checkouts, and print what it costs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("other", type=Path, help="the other checkout; it runs with this Python too")
    parser.add_argument("--versions", type=int, nargs="+", default=[6, 50, 200])
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, len(NO_NUMBERS)))
    arguments = parser.parse_args()
    checkouts = {"other": arguments.other.resolve(), "this": ROOT}
    print("versions  command               other     this    ratio")
    for size in arguments.versions:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(Path(folder), checkouts, make_corpus(size), arguments.rounds)
        for command in (CLEAN, *CHANGES):
            other, this = (statistics.median(found[name, command]) for name in checkouts)
            print(
                f"{size:8}  {command:18} {other:8.2f} {this:8.2f} {this / other:8.2f}", flush=True
            )


def measure(
    folder: Path, checkouts: dict[str, Path], corpus: Corpus, rounds: int
) -> dict[tuple[str, str], list[float]]:
    """Return the CPU seconds of each command with each of *checkouts*, by their names; they work in *folder*."""
    found: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds):
        for name, checkout in checkouts.items():
            project = folder / name
            shutil.rmtree(project / "_build", ignore_errors=True)
            write_project(project, corpus)
            found.setdefault((name, CLEAN), []).append(_build(project, checkout))
        for command, change in CHANGES.items():
            for name, checkout in checkouts.items():
                write_project(folder / name, change(corpus, f"덧붙임{NO_NUMBERS[number]}"))
                found.setdefault((name, command), []).append(_build(folder / name, checkout))
    return found


def _build(project: Path, checkout: Path) -> float:
    """Build *project* with the software of *checkout*, and return the CPU seconds."""
    command = [sys.executable, "-m", "policysite", "build"]
    environ = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    before = _spent()
    subprocess.run(command, cwd=project, env=environ, check=True, stdout=subprocess.DEVNULL)
    return _spent() - before


def _spent() -> float:
    """Return the CPU seconds of the processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

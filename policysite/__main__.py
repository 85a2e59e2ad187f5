"""The command line: ``python -m policysite build``."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TextIO

from policysite.driver.build import build
from policysite.errors import PolicysiteError

_PHASES = {"read": "reading", "write": "writing"}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, or 1 if something must be mended, or 130 if it was interrupted."""
    parser = argparse.ArgumentParser(prog="policysite", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    html = commands.add_parser("build", help="build the site in all languages")
    html.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    html.add_argument("--output", type=Path, help="where the site goes (ROOT/_build/html)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    output = (options.output or root / "_build" / "html").absolute()
    progress = _Progress(sys.stderr)
    try:
        summary = build(root, output, os.environ, progress)
    except PolicysiteError as error:
        progress.end()
        _say(sys.stderr, f"{error}")
        count = len(error.problems)
        _say(
            sys.stderr,
            f"\n{count} to mend. Nothing was published"
            + (f"; {output} is as it was." if output.exists() else "."),
        )
        return 1
    except KeyboardInterrupt:
        progress.end()
        _say(sys.stderr, "Interrupted. Nothing was published.")
        return 130
    progress.end()
    _say(sys.stdout, f"{summary}")
    return 0


class _Progress:
    """Shows how far each language is, on one line that is written over; quiet in a log file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown: dict[str, str] = {}
        self._active = stream.isatty()

    def __call__(self, language: str, phase: str, count: int) -> None:
        if self._active:
            self._shown[language] = f"{language} {_PHASES[phase]} {count}"
            self._stream.write(f"\r\x1b[K{'   '.join(self._shown.values())}")
            self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._shown.clear()


def _say(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")


if __name__ == "__main__":
    # A build makes many objects that live until its end; looking through them for garbage every 700 of them takes
    # a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    sys.exit(main())

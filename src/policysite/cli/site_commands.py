"""Building the site."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError
from policysite.cli.command import add_command, echo
from policysite.cli.progress_display import JsonProgress, TerminalProgress
from policysite.cli.reports import fields
from policysite.cli.scheduler_choice import add_scheduler_options, scheduler_from

if TYPE_CHECKING:
    import argparse

    from policysite.build.build_site import Summary
    from policysite.cli.command import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this group."""
    html = add_command(commands, "build", _build, "build the site in all languages")
    html.add_argument("--output", type=Path, help="where the site goes (ROOT/_build/html)")
    html.add_argument(
        "--json",
        action="store_true",
        help="tell progress, problems and summary as JSON, one a line",
    )
    add_scheduler_options(html)
    part = add_command(
        commands, "build-part", _build_part, "build one language, to be put together with others"
    )
    part.add_argument("--language", required=True, help="the language to build")
    part.add_argument("--to", type=Path, required=True, help="the folder for the part")


def _build(options: argparse.Namespace) -> int:
    from policysite.build.build_site import build  # noqa: PLC0415

    output = (options.output or options.root / "_build" / "html").absolute()
    teller = _JsonReporter() if options.json else _TextReporter()
    try:
        scheduler = scheduler_from(options)
        summary = build(options.root, output, os.environ, teller.progress, scheduler)
    except PolicysiteError as error:
        teller.progress.end()
        teller.refused(error, output)
        return 1
    except KeyboardInterrupt:
        teller.progress.end()
        teller.interrupted()
        return 130
    teller.progress.end()
    teller.done(summary)
    return 0


class _TextReporter:
    """Progress and problems on the terminal, the summary where it may be redirected to."""

    def __init__(self) -> None:
        self.progress = TerminalProgress(sys.stderr)

    def refused(self, error: PolicysiteError, output: Path) -> None:
        state = f"; {output} is as it was." if output.exists() else "."
        echo(sys.stderr, f"{error}\n\n{len(error.problems)} to mend. Nothing was published{state}")

    def interrupted(self) -> None:
        echo(sys.stderr, "Interrupted. Nothing was published.")

    def done(self, summary: Summary) -> None:
        echo(sys.stdout, f"{summary}")


class _JsonReporter:
    """Everything as JSON, one object a line, on the standard output."""

    def __init__(self) -> None:
        self.progress = JsonProgress(sys.stdout)

    def refused(self, error: PolicysiteError, _output: Path) -> None:
        for problem in error.problems:
            self.progress.write("problem", fields(problem))

    def interrupted(self) -> None:
        self.progress.write("interrupted", {})

    def done(self, summary: Summary) -> None:
        self.progress.write("summary", {**vars(summary), "output": str(summary.output)})


def _build_part(options: argparse.Namespace) -> int:
    from policysite.build.build_part import build_part  # noqa: PLC0415

    progress = TerminalProgress(sys.stderr)
    try:
        part = build_part(
            options.root, options.language, options.to.absolute(), os.environ, progress
        )
    finally:
        progress.end()
    echo(sys.stdout, f"{part}")
    return 0

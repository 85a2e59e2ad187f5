"""Building on many machines: one language alone, and the scheduler and the workers of a Dask cluster."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from policysite.cli.command import HERE, Panel, Root, echo_summary, folder, replace_process
from policysite.cli.progress_display import TerminalProgress
from policysite.cli.scheduler_choice import load_plugin


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("build-part", rich_help_panel=Panel.MACHINES)(_build_part)
    app.command("scheduler", rich_help_panel=Panel.MACHINES)(_scheduler)
    app.command("worker", rich_help_panel=Panel.MACHINES)(_worker)


def _build_part(
    *,
    language: Annotated[str, typer.Option(metavar="CODE", help="The language to build: ko.")],
    to: Annotated[
        Path, typer.Option(metavar="FOLDER", parser=folder, help="The folder for the parts.")
    ],
    root: Root = HERE,
) -> int:
    """Build one language, to be assembled with others.

    'policysite build --parts FOLDER' assembles the parts, wherever they were built.
    """
    from policysite.build.build_part import build_part  # noqa: PLC0415

    progress = TerminalProgress(sys.stderr)
    try:
        part = build_part(root, language, to.absolute(), os.environ, progress)
    finally:
        progress.end()
    return echo_summary(f"{part}")


def _scheduler(
    *,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Where it listens; any client that reaches it can run code."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMBER", help="Its port.")] = 8786,
) -> int:
    """Start a Dask scheduler for builds."""
    replace_process(load_plugin().scheduler_command(host, port))


def _worker(*, address: Annotated[str, typer.Argument(metavar="ADDRESS", hidden=True)]) -> int:
    """Have each core of this machine build for a scheduler.

    ADDRESS is that of the scheduler: tcp://10.0.0.1:8786.
    """
    replace_process(load_plugin().worker_command(address))

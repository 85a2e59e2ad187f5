"""Building the site, and looking at it as a server shows it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policysite.base.problems import PolicysiteError, error_count
from policysite.cli.command import HERE, Panel, Port, Root, echo
from policysite.cli.progress_display import JsonProgress, TerminalProgress
from policysite.cli.reports import fields
from policysite.cli.scheduler_choice import (
    PATIENCE,
    Parts,
    Patience,
    SchedulerAddress,
    Shared,
    chosen_scheduler,
)

if TYPE_CHECKING:
    from policysite.build.build_site import Summary


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("build", rich_help_panel=Panel.DAILY)(_build)
    app.command("serve", rich_help_panel=Panel.DAILY)(_serve)


def _build(
    *,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", show_default="_build/html", help="Where the site goes."),
    ] = None,
    json: Annotated[
        bool,
        typer.Option("--json", help="Tell progress, problems and summary as JSON, one a line."),
    ] = False,
    scheduler: SchedulerAddress = "",
    parts: Parts = None,
    shared: Shared = "",
    patience: Patience = PATIENCE,
    root: Root = HERE,
) -> int:
    """Build the site in all languages, and proofread it."""
    from policysite.build.build_site import build  # noqa: PLC0415

    place = (output or root / "_build" / "html").absolute()
    reporter = _JsonReporter() if json else _TextReporter()
    try:
        chosen = chosen_scheduler(root, scheduler, parts, shared, patience)
        summary = build(root, place, os.environ, reporter.progress, chosen)
    except PolicysiteError as error:
        reporter.progress.end()
        reporter.refused(error, place)
        return 1
    except KeyboardInterrupt:
        reporter.progress.end()
        reporter.interrupted()
        return 130
    reporter.progress.end()
    reporter.done(summary)
    return 0


class _TextReporter:
    """Progress and problems on the terminal, the summary where it may be redirected to."""

    def __init__(self) -> None:
        self.progress = TerminalProgress(sys.stderr)

    def refused(self, error: PolicysiteError, output: Path) -> None:
        state = f"; {output} is unchanged." if output.exists() else "."
        echo(sys.stderr, f"{error}\n\n{error_count(error.problems)}. Nothing was published{state}")

    def interrupted(self) -> None:
        echo(sys.stderr, "Interrupted. Nothing was published.")

    def done(self, summary: "Summary") -> None:
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

    def done(self, summary: "Summary") -> None:
        self.progress.write("summary", {**vars(summary), "output": str(summary.output)})


def _serve(
    *,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", hidden=True)] = None,
    to: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            show_default=False,
            help="Show the release that is served from this folder instead: /srv/policies.",
        ),
    ] = "",
    under: Annotated[
        str,
        typer.Option(
            metavar="PATH",
            show_default="the root",
            help="Where on its host the site will lie: /policies.",
        ),
    ] = "",
    port: Port = 8000,
    root: Root = HERE,
) -> int:
    """Show a site on this machine as a web server would.

    FOLDER is that of the site; without it, the site that was built here is shown.
    """
    from policysite.release.serve import open_server  # noqa: PLC0415

    built = folder or root / "_build" / "html"
    # The folder as it is, the link in it by its name: what it leads to changes with each release.
    site = Path(to).resolve() / "current" if to else built.absolute()
    with open_server(site, port, under) as server:
        echo(sys.stdout, f"{site} is served at {server.address}; end it with Ctrl-C.")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0

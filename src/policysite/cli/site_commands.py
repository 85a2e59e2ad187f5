"""Building the site, and looking at it as a server shows it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policysite.base.problems import PolicysiteError, error_count
from policysite.cli.command import HERE, Panel, Port, Root, echo, echo_summary, state_of
from policysite.cli.ending_signals import exit_code
from policysite.cli.progress_display import JsonProgress, TerminalProgress
from policysite.cli.reports import fields, one_a_line
from policysite.cli.scheduler_choice import (
    PATIENCE,
    Parts,
    Patience,
    SchedulerAddress,
    Shared,
    chosen_scheduler,
)
from policysite.cli.standard_streams import OutputLostError

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
    before = state_of(place)
    try:
        chosen = chosen_scheduler(root, scheduler, parts, shared, patience)
        summary = build(root, place, os.environ, reporter.progress, chosen)
    except PolicysiteError as error:
        reporter.progress.end()
        reporter.refused(error, place)
        return 1
    except KeyboardInterrupt as interruption:
        reporter.progress.end()
        reporter.interrupted(place, is_new=state_of(place) != before)
        return exit_code(interruption)
    reporter.progress.end()
    return reporter.done(summary)


class _TextReporter:
    """Progress and problems on the terminal, the summary where it may be redirected to."""

    def __init__(self) -> None:
        self.progress = TerminalProgress(sys.stderr)

    def refused(self, error: PolicysiteError, output: Path) -> None:
        state = f"; {output} is unchanged." if output.exists() else "."
        listed = "\n".join(one_a_line(error.problems))
        echo(sys.stderr, f"{listed}\n\n{error_count(error.problems)}. Nothing was published{state}")

    def interrupted(self, output: Path, *, is_new: bool) -> None:
        state = f"{output} has the new site" if is_new else "Nothing was published"
        echo(sys.stderr, f"Interrupted. {state}.")

    def done(self, summary: "Summary") -> int:
        return echo_summary(f"{summary}")


class _JsonReporter:
    """Everything as JSON, one object a line, on the standard output."""

    def __init__(self) -> None:
        self.progress = JsonProgress(sys.stdout)

    def refused(self, error: PolicysiteError, _output: Path) -> None:
        for problem in error.problems:
            self.progress.write("problem", fields(problem))

    def interrupted(self, _output: Path, *, is_new: bool) -> None:
        self.progress.write("interrupted", {"published": is_new})

    def done(self, summary: "Summary") -> int:
        try:
            self.progress.write("summary", {**vars(summary), "output": str(summary.output)})
        except OutputLostError:
            return echo_summary(f"{summary}")
        return 0


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
            help="The path of the site on its host: /policies.",
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
        # The output of a server may be closed.
        echo_summary(f"{site} is served at {server.address}; end it with Ctrl-C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0

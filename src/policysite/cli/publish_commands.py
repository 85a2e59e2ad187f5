"""Putting the site on a server, and going back."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from policysite.cli.command import HERE, Key, Panel, Releases, Root, Timeout, echo, echo_summary
from policysite.cli.ending_signals import exit_code
from policysite.cli.progress_display import TerminalProgress
from policysite.cli.scheduler_choice import (
    PATIENCE,
    Parts,
    Patience,
    SchedulerAddress,
    Shared,
    chosen_scheduler,
)
from policysite.cli.status_day import StatusDay, environ_of_day


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("publish", rich_help_panel=Panel.PUBLISHING)(_publish)
    app.command("record-release", rich_help_panel=Panel.PUBLISHING)(_record_release)
    app.command("releases", rich_help_panel=Panel.PUBLISHING)(_releases)
    app.command("rollback", rich_help_panel=Panel.PUBLISHING)(_roll_back)
    app.command("reproduce", rich_help_panel=Panel.PUBLISHED)(_reproduce)


_SHOWN = "readers would be shown the status of another day"


def _publish(
    *,
    to: Releases,
    keep: Annotated[int, typer.Option(metavar="NUMBER", help="How many releases stay.")] = 5,
    allow_removed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            show_default=False,
            help="A published address that may be removed: a page, page#provision or folder/; may be repeated.",
        ),
    ] = None,
    lose: Annotated[list[str] | None, typer.Option(hidden=True)] = None,
    key: Key = None,
    day: StatusDay = "",
    scheduler: SchedulerAddress = "",
    parts: Parts = None,
    shared: Shared = "",
    patience: Patience = PATIENCE,
    root: Root = HERE,
) -> int:
    """Build the site, and put it where it is served from.

    A web server serves FOLDER/current. Nothing is published if a published address would be lost. The release is recorded
    in the ledger: commit it.
    """
    progress = TerminalProgress(sys.stderr)
    try:
        # The import takes a while, and may be interrupted too.
        from policysite.release.publish import publish  # noqa: PLC0415

        summary = publish(
            root,
            to,
            environ_of_day(os.environ, day, "publish", _SHOWN),
            keep=keep,
            lose=[*(allow_removed or ()), *(lose or ())],
            key=key,
            progress=progress,
            scheduler=chosen_scheduler(root, scheduler, parts, shared, patience),
        )
    except KeyboardInterrupt as interruption:
        progress.end()
        return _report_interruption(to, interruption)
    finally:
        progress.end()
    return echo_summary(f"{summary}")


def _report_interruption(to: Path, interruption: KeyboardInterrupt) -> int:
    """Print which release of the folder *to* is served now, and return the exit code."""
    from policysite.release.releases import Releases as Served  # noqa: PLC0415
    from policysite.release.releases import name_of  # noqa: PLC0415

    current = Served(to.absolute()).current()
    served = f"Release {name_of(current)}" if current else "No release"
    echo(sys.stderr, f"Interrupted. {served} is served.")
    return exit_code(interruption)


def _record_release(*, key: Key = None, day: StatusDay = "", root: Root = HERE) -> int:
    """Record the next release in the ledger.

    Nothing is published. For those who sign and commit before another machine publishes: it then adds nothing to the ledger.
    """
    from policysite.release.record_only import record_only  # noqa: PLC0415

    progress = TerminalProgress(sys.stderr)
    try:
        environ = environ_of_day(os.environ, day, "record-release", _SHOWN)
        done = record_only(root, environ, key=key, progress=progress)
    finally:
        progress.end()
    return echo_summary(f"{done}")


def _reproduce(
    *,
    site: Annotated[str, typer.Argument(metavar="SITE", hidden=True)],
    timeout: Timeout = 300,
    root: Root = HERE,
) -> int:
    """Build a release again, and compare its files.

    SITE is a folder, a zip file, an address or a manifest.json. It is built from these sources, for the day and the address in
    its manifest, in a folder that is removed afterwards.
    """
    from policysite.release.reproduce import reproduce  # noqa: PLC0415

    progress = TerminalProgress(sys.stderr)
    try:
        done = reproduce(root, site, os.environ, seconds=timeout, progress=progress)
    finally:
        progress.end()
    echo(sys.stdout, f"{done}")
    return 1 if done.differences else 0


def _releases(*, to: Releases) -> int:
    """List the releases."""
    from policysite.release.rollback import describe_releases  # noqa: PLC0415

    echo(sys.stdout, describe_releases(to))
    return 0


def _roll_back(*, to: Releases) -> int:
    """Roll back to the release that was served before."""
    try:
        from policysite.release.rollback import roll_back  # noqa: PLC0415

        summary = roll_back(to)
    except KeyboardInterrupt as interruption:
        return _report_interruption(to, interruption)
    return echo_summary(f"{summary}")

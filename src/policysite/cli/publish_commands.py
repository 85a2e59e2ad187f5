"""Putting the site on a server, going back, and looking at it as a server shows it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.cli.command import add_command, echo
from policysite.cli.progress_display import TerminalProgress
from policysite.cli.scheduler_choice import add_scheduler_options, scheduler_from

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from policysite.cli.command import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this group."""
    publish = add_command(
        commands, "publish", _publish, "build the site, and put it where a web server serves it"
    )
    publish.add_argument("--keep", type=int, default=5, help="how many releases stay (5)")
    publish.add_argument(
        "--lose",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="an address that readers may lose: a page, page#provision or folder/; may be repeated",
    )
    publish.add_argument(
        "--day", default="", help="show the status of this day (2027-01-01) in place of today's"
    )
    add_scheduler_options(publish)
    back = add_command(
        commands, "rollback", _roll_back, "have the release served again that was served before"
    )
    listing = add_command(commands, "releases", _releases, "list the releases")
    serve = add_command(
        commands, "serve", _serve, "show a site on this machine, as a web server would"
    )
    serve.add_argument("folder", type=Path, nargs="?", help="the site (ROOT/_build/html)")
    serve.add_argument(
        "--to", default="", help="show the release that is served from this folder instead"
    )
    serve.add_argument("--port", type=int, default=8000, help="on 127.0.0.1 (8000)")
    for with_target in (publish, back, listing):
        with_target.add_argument(
            "--to", type=Path, required=True, help="the folder with the releases: /srv/policies"
        )


def _publish(options: argparse.Namespace) -> int:
    from policysite.release.publish import publish  # noqa: PLC0415
    from policysite.release.releases import Releases, name_of  # noqa: PLC0415

    progress = TerminalProgress(sys.stderr)
    try:
        summary = publish(
            options.root,
            options.to,
            _of_the_day(os.environ, options.day),
            keep=options.keep,
            lose=options.lose,
            progress=progress,
            scheduler=scheduler_from(options),
        )
    except KeyboardInterrupt:
        progress.end()
        current = Releases(options.to.absolute()).current()
        served = f"Release {name_of(current)}" if current else "No release"
        echo(sys.stderr, f"Interrupted. {served} is served.")
        return 130
    finally:
        progress.end()
    echo(sys.stdout, f"{summary}")
    return 0


def _of_the_day(environ: Mapping[str, str], day: str) -> dict[str, str]:
    """Return *environ* for the status of *day*; of today if that is empty.

    What stands in the environment was set for something else: a shell in which somebody tried the next year out, or a
    machine that builds packages.

    :raises PolicysiteError: if the environment has a day.
    """
    known = [name for name in ("POLICYSITE_DATE", "SOURCE_DATE_EPOCH") if environ.get(name)]
    if known and not day:
        raise PolicysiteError(
            [
                Problem(
                    "environment",
                    0,
                    Code.NOT_FOR_READERS,
                    f"{name} is {environ[name]}, so that readers would be shown the status of another day.",
                    f"Publish without it: env -u {name} make publish …; if it is meant, name the day: DAY=2027-01-01.",
                )
                for name in known
            ]
        )
    chosen = {name: value for name, value in environ.items() if name not in known}
    return chosen | ({"POLICYSITE_DATE": day} if day else {})


def _roll_back(options: argparse.Namespace) -> int:
    from policysite.release.rollback import roll_back  # noqa: PLC0415

    echo(sys.stdout, f"{roll_back(options.to)}")
    return 0


def _releases(options: argparse.Namespace) -> int:
    from policysite.release.rollback import describe_releases  # noqa: PLC0415

    echo(sys.stdout, describe_releases(options.to))
    return 0


def _serve(options: argparse.Namespace) -> int:
    from policysite.release.serve import open_server  # noqa: PLC0415

    folder = options.folder or options.root / "_build" / "html"
    site = (Path(options.to) / "current" if options.to else folder).absolute()
    with open_server(site, options.port) as server:
        echo(sys.stdout, f"{site} is served at {server.address}; end it with Ctrl-C.")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0

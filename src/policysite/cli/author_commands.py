"""Preparing a new version, and checking everything before it is published."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from policysite.cli.command import (
    HERE,
    Announced,
    Number,
    Panel,
    PolicyName,
    Root,
    echo,
    echo_summary,
)
from policysite.cli.reports import Format, report


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("new-version", rich_help_panel=Panel.DAILY)(_new_version)
    app.command("check", rich_help_panel=Panel.DAILY)(_check)


def _new_version(
    *,
    version: Number = "",
    effective: Annotated[
        str, typer.Option(metavar="DAY", help="The day it takes effect: 2027-01-01.")
    ] = "",
    announced: Announced = "",
    change: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            show_default=False,
            help="What it changes: editorial, material, or adverse to users.",
        ),
    ] = "",
    policy: PolicyName = "",
    root: Root = HERE,
) -> int:
    """Begin a version as a draft of the newest text.

    Its catalogs are filled from those of earlier versions, and the lines are listed that still name the old number or
    dates.
    """
    from policysite.authoring.new_version import NewVersionRequest, new_version  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    wanted = NewVersionRequest(policy or only_policy(root), version, effective, announced, change)
    return echo_summary(f"{new_version(root, os.environ, wanted)}")


def _check(
    *,
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE", hidden=True)] = None,
    form: Annotated[
        Format, typer.Option("--format", help="How the report is written.")
    ] = Format.TEXT,
    repository: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Where the project lies in its git repository, if --root is a copy.",
        ),
    ] = None,
    write_ids: Annotated[
        bool,
        typer.Option(
            "--write-ids",
            help="First write an id before each heading that has none, and lists as they are counted.",
        ),
    ] = False,
    root: Root = HERE,
) -> int:
    """Check everything that can be known without building.

    With FILEs, only what these touch is checked: a text with its neighbours and its catalogs, or a catalog. Their paths
    begin at the project's folder.
    """
    from policysite.checks.check_project import check_project  # noqa: PLC0415

    if write_ids:
        from policysite.authoring.write_ids import write_ids as write  # noqa: PLC0415

        echo(sys.stderr, f"{write(root, os.environ)}")
    checked = check_project(root, os.environ, files or [], repository)
    found = checked.found
    echo(sys.stdout, report(found.problems, found.waivers, form, found.notes))
    if form is Format.TEXT:
        texts = f"{checked.texts} text{'s' * (checked.texts != 1)}"
        catalogs = f"{checked.catalogs} catalog{'s' * (checked.catalogs != 1)}"
        echo(sys.stdout, f"Checked {texts} and {catalogs}.")
    return 1 if found.problems else 0

"""Importing a text that was published elsewhere."""

import os
from pathlib import Path
from typing import Annotated

import typer

from policysite.cli.command import HERE, Announced, Number, Panel, PolicyName, Root, echo_summary


def add_commands(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command("import", rich_help_panel=Panel.BEGINNING)(_import)


def _import(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", hidden=True)],
    version: Number,
    effective: Annotated[
        str,
        typer.Option(
            metavar="DAY",
            show_default="that of the record",
            help="The day it took effect: 2024-01-18.",
        ),
    ] = "",
    announced: Announced = "",
    policy: PolicyName = "",
    root: Root = HERE,
) -> int:
    """Make a version of a text that was published elsewhere.

    FILE is HTML, DOCX, Markdown or plain text. What is uncertain is listed by line.
    """
    from policysite.authoring.import_request import ImportRequest  # noqa: PLC0415
    from policysite.authoring.import_version import import_text  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    request = ImportRequest(policy or only_policy(root), version, file, effective, announced)
    return echo_summary(f"{import_text(root, os.environ, request)}")

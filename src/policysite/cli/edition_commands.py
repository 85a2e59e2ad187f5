"""Editions: a version as a file to be sent round."""

import os
from pathlib import Path
from typing import Annotated

import typer

from policysite.cli.command import HERE, Panel, PolicyName, Root, echo_summary
from policysite.editions.edition_formats import DEFAULT, FORMATS
from policysite.model.edition_kinds import EditionKind


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("export", rich_help_panel=Panel.PUBLISHING)(_export)


def _export(
    *,
    version: Annotated[str, typer.Argument(metavar="VERSION", hidden=True)],
    form: Annotated[
        EditionKind,
        typer.Option(
            "--format",
            metavar="KIND",
            help=f"The kind of file: {', '.join(FORMATS)}.",
        ),
    ] = DEFAULT,
    language: Annotated[
        str,
        typer.Option(
            metavar="CODE", show_default="the source language", help="The language of the text: ko."
        ),
    ] = "",
    policy: PolicyName = "",
    against: Annotated[
        str,
        typer.Option(
            metavar="VERSION",
            show_default=False,
            help="An earlier version: what changed since is tracked, to be accepted and rejected.",
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default="POLICY-VERSION-LANGUAGE.KIND", help="Where it is written."
        ),
    ] = None,
    root: Root = HERE,
) -> int:
    """Write a version as a file: for Word, or another kind.

    VERSION is its number: 1.6. Nothing of the project is changed.
    """
    from policysite.build.make_edition import EditionRequest, write_edition  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    request = EditionRequest(policy or only_policy(root), version, language, against)
    return echo_summary(f"{write_edition(root, os.environ, request, form, output)}")

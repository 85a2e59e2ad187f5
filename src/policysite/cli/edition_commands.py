"""Editions: a version as a file to be sent round."""

import os
from pathlib import Path
from typing import Annotated

import typer

from policysite.cli.command import HERE, Panel, PolicyName, Root, echo_summary
from policysite.editions.edition_formats import DEFAULT, FORMATS, left_out
from policysite.model.edition_kinds import EditionKind


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("export", rich_help_panel=Panel.PUBLISHING)(_export)
    app.command("editions", rich_help_panel=Panel.PUBLISHING)(_editions)


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


def _editions(
    *,
    forms: Annotated[
        list[EditionKind] | None,
        typer.Option(
            "--format",
            metavar="KIND",
            show_default="all that can be made",
            help=f"Only this kind of file; may be repeated: {', '.join(FORMATS)}.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", show_default="_build/editions", help="The folder they go to."
        ),
    ] = None,
    root: Root = HERE,
) -> int:
    """Write all versions in all languages as files.

    Their names are those that they have on the site: ko/privacy/1.6.docx. What was made before is not made again.
    """
    from policysite.build.edition_files import write_editions  # noqa: PLC0415

    folder = output or root / "_build" / "editions"
    files = write_editions(root, os.environ, forms or (), folder)
    size = sum(file.size for file in files)
    notes = () if forms else left_out()
    return echo_summary("\n".join([f"{folder}: {len(files)} files, {size:,} bytes", *notes]))

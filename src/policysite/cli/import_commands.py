"""Importing a text that was published elsewhere."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policysite.cli.command import HERE, Announced, Number, Panel, PolicyName, Root, echo_summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policysite.authoring.translation_import_report import TranslationSummary


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
    as_translation: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            show_default=False,
            help="FILE is the version in another language: ko. Its catalog is filled with it.",
        ),
    ] = "",
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Replace what the catalog says otherwise."),
    ] = False,
    policy: PolicyName = "",
    root: Root = HERE,
) -> int:
    """Make a version, or the translation of one, of a text that was published elsewhere.

    FILE is HTML, DOCX, Markdown or plain text. What is uncertain is listed by line.
    With --as-translation, exit code 1 says that places did not fit; what fits is filled in.
    """
    from policysite.authoring.held_translations import fill_from_held  # noqa: PLC0415
    from policysite.authoring.import_request import ImportRequest  # noqa: PLC0415
    from policysite.authoring.import_translation import (  # noqa: PLC0415
        TranslationRequest,
        import_translation,
    )
    from policysite.authoring.import_version import import_text  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    policy = policy or only_policy(root)
    if as_translation:
        if effective or announced:
            raise typer.BadParameter("the days of a translation are those of its version")
        chosen = TranslationRequest(policy, version, file, as_translation, overwrite)
        return _echo([import_translation(root, os.environ, chosen)])
    if overwrite:
        raise typer.BadParameter("--overwrite is for --as-translation")
    request = ImportRequest(policy, version, file, effective, announced)
    imported = import_text(root, os.environ, request)
    if code := echo_summary(f"{imported}"):
        return code
    return _echo(fill_from_held(root, os.environ, policy, version))


def _echo(summaries: "Iterable[TranslationSummary]") -> int:
    """Print what became of translations; return the exit code: 1 if something of one does not fit."""
    codes = [echo_summary(f"{found}") or int(bool(found.problems)) for found in summaries]
    return max(codes, default=0)

"""Importing a text that was published elsewhere."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policysite.cli.command import HERE, Announced, Panel, PolicyName, Root, echo_summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policysite.authoring.edited_request import EditedRequest
    from policysite.authoring.held_translations import StillHeld
    from policysite.authoring.import_tables import TablesSummary
    from policysite.authoring.translation_import_report import TranslationSummary


def add_commands(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command("import", rich_help_panel=Panel.BEGINNING)(_import)


def _import(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", hidden=True)],
    version: Annotated[
        str,
        typer.Option(
            "--version",
            metavar="NUMBER",
            show_default="with --edited, the draft",
            help="The number of the version: 1.6.",
        ),
    ] = "",
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
    omitted_tables: Annotated[
        bool,
        typer.Option(
            "--omitted-tables",
            help="Take the tables of FILE that the held text marks as omitted, and nothing else.",
        ),
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Replace what the catalog says otherwise."),
    ] = False,
    edited: Annotated[
        bool,
        typer.Option(
            "--edited",
            help="FILE is a Word file of policysite export that others edited: its changes are listed, and taken into a draft.",
        ),
    ] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHICH",
            show_default=False,
            help="With --edited: the changes to take, by number: all, 1,3-5. May be repeated.",
        ),
    ] = None,
    accept_author: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="With --edited: take the changes of this person. May be repeated.",
        ),
    ] = None,
    untracked: Annotated[
        bool,
        typer.Option(
            "--untracked", help="With --edited: take what was typed without being tracked too."
        ),
    ] = False,
    policy: PolicyName = "",
    root: Root = HERE,
) -> int:
    """Make a version or translation of a published text.

    FILE is HTML, DOCX, Markdown or plain text. What is uncertain is listed by line.
    With --as-translation or --omitted-tables, exit code 1 says that places did not fit; what fits is written.
    With --edited, it says that changes are open, or could not be written.
    """
    from policysite.authoring.edited_request import EditedRequest  # noqa: PLC0415
    from policysite.authoring.held_translations import fill_from_held  # noqa: PLC0415
    from policysite.authoring.import_edited import import_edited  # noqa: PLC0415
    from policysite.authoring.import_request import ImportRequest  # noqa: PLC0415
    from policysite.authoring.import_tables import TablesRequest, import_tables  # noqa: PLC0415
    from policysite.authoring.import_translation import (  # noqa: PLC0415
        TranslationRequest,
        import_translation,
    )
    from policysite.authoring.import_version import import_text  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    takes = EditedRequest(
        file, policy, version, tuple(accept or ()), tuple(accept_author or ()), untracked
    )
    _check_options(
        as_translation, [effective, announced], tables=omitted_tables, overwrite=overwrite
    )
    _check_edited(takes, [effective, announced, as_translation, omitted_tables], edited=edited)
    if edited:
        summary = import_edited(root, os.environ, takes)
        return echo_summary(f"{summary}") or int(not summary.is_done)
    policy = policy or only_policy(root)
    if as_translation:
        chosen = TranslationRequest(policy, version, file, as_translation, overwrite)
        return _echo([import_translation(root, os.environ, chosen)])
    if omitted_tables:
        tables = import_tables(root, os.environ, TablesRequest(policy, version, file))
        return _echo([tables])
    request = ImportRequest(policy, version, file, effective, announced)
    imported = import_text(root, os.environ, request)
    if code := echo_summary(f"{imported}"):
        return code
    return _echo(fill_from_held(root, os.environ, policy, version))


def _check_options(language: str, days: "Sequence[str]", *, tables: bool, overwrite: bool) -> None:
    """Refuse options that say nothing together.

    :raises typer.BadParameter: with what they are for.
    """
    if language and tables:
        raise typer.BadParameter("tables come in by the text in the source language first")
    if (language or tables) and any(days):
        raise typer.BadParameter("the days are those of the version")
    if overwrite and not language:
        raise typer.BadParameter("--overwrite is for --as-translation")


def _check_edited(
    request: "EditedRequest", others: "Sequence[str | bool]", *, edited: bool
) -> None:
    """Refuse options that an edited file does not have, and those that only such a file has.

    :raises typer.BadParameter: with what they are for.
    """
    if edited and any(others):
        raise typer.BadParameter("--edited changes the draft of a version that is there")
    if not edited and (request.accept or request.authors or request.untracked):
        raise typer.BadParameter("--accept, --accept-author and --untracked are for --edited")
    if not edited and not request.version:
        raise typer.BadParameter("found no number of a version; name it: --version 1.6")


def _echo(summaries: "Iterable[TranslationSummary | TablesSummary | StillHeld]") -> int:
    """Print what was done; return the exit code: 1 if something does not fit."""
    codes = [echo_summary(f"{found}") or int(bool(found.problems)) for found in summaries]
    return max(codes, default=0)

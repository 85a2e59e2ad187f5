"""Checking, updating and counting catalogs, and adding a language."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError
from policysite.cli.command import add_command, echo
from policysite.cli.reports import Format, report

if TYPE_CHECKING:
    import argparse

    from policysite.cli.command import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this group."""
    check = add_command(commands, "check-po", _check_po, "check the catalogs; nothing is built")
    check.add_argument("--format", type=Format, choices=list(Format), default=Format.TEXT)
    update = add_command(
        commands, "update-po", _update_po, "bring the catalogs up to date with the texts"
    )
    update.add_argument("--published", action="store_true", help="those of published versions too")
    status = add_command(
        commands, "translation-status", _translation_status, "say how far translations are"
    )
    add = add_command(
        commands, "add-language", _add_language, "add a language, with catalogs to translate"
    )
    add.add_argument("language", help="its code: ja, de, zh_TW")
    for with_languages in (check, update, status):
        with_languages.add_argument(
            "--language", action="append", default=[], help="only this one; may be repeated"
        )


def _check_po(options: argparse.Namespace) -> int:
    from policysite.catalogs.check_catalogs import CatalogReport  # noqa: PLC0415
    from policysite.checks.check_translations import check_translations  # noqa: PLC0415

    try:
        found = check_translations(options.root, os.environ, options.language)
    except PolicysiteError as error:
        found = CatalogReport(error.problems)
    problems = found.problems
    echo(sys.stdout, report(problems, found.waivers, options.format))
    if options.format is Format.TEXT and (found.fuzzy or found.empty):
        echo(
            sys.stdout,
            f"{found.fuzzy + found.empty} not translated yet: {found.empty} empty, {found.fuzzy} fuzzy "
            "(which are not checked); see make translation-status",
        )
    return 1 if problems else 0


def _update_po(options: argparse.Namespace) -> int:
    from policysite.authoring.update_translations import update_catalogs  # noqa: PLC0415

    summary = update_catalogs(
        options.root, os.environ, options.language, published=options.published
    )
    echo(sys.stdout, f"{summary}")
    return 0


def _translation_status(options: argparse.Namespace) -> int:
    from policysite.authoring.translation_report import translation_status  # noqa: PLC0415

    echo(sys.stdout, f"{translation_status(options.root, os.environ, options.language)}")
    return 0


def _add_language(options: argparse.Namespace) -> int:
    from policysite.authoring.add_language import add_language  # noqa: PLC0415

    summary = add_language(options.root, os.environ, options.language)
    code = options.language.replace("-", "_")
    echo(
        sys.stdout,
        f"{summary}\n\nconf.py: {code!r} was added to policysite_languages, policysite_incomplete_languages and "
        f"policysite_unreviewed_translations.\nNext: the terms in locales/{code}/glossary.csv, the contact's name in "
        f"conf.py, then make live LANGUAGE={code}.",
    )
    return 0

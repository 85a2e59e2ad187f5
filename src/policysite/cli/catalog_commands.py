"""Checking, updating and counting catalogs, showing them while they are edited, and adding a language."""

import importlib.util
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from policysite.base.problems import Code, PolicysiteError, Problem, quoted
from policysite.cli.command import (
    HERE,
    Languages,
    Panel,
    Port,
    Root,
    echo,
    echo_summary,
    replace_process,
)
from policysite.cli.progress_display import TerminalProgress
from policysite.cli.reports import Format, report

_FOR_TRANSLATORS = {"POLICYSITE_PREVIEW": "1", "POLICYSITE_DRAFTS": "1"}


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("update-po", rich_help_panel=Panel.TRANSLATING)(_update_po)
    app.command("check-po", rich_help_panel=Panel.TRANSLATING)(_check_po)
    app.command("translation-status", rich_help_panel=Panel.TRANSLATING)(_translation_status)
    app.command("live", rich_help_panel=Panel.TRANSLATING)(_live)
    app.command("add-language", rich_help_panel=Panel.BEGINNING)(_add_language)


def _update_po(
    *,
    language: Languages = None,
    published: Annotated[
        bool, typer.Option("--published", help="Those of published versions too.")
    ] = False,
    root: Root = HERE,
) -> int:
    """Bring the catalogs up to date with the texts.

    Catalogs of published versions are left unchanged unless asked for.
    """
    from policysite.authoring.update_translations import update_catalogs  # noqa: PLC0415

    return echo_summary(f"{update_catalogs(root, os.environ, language or [], published=published)}")


def _check_po(
    *,
    language: Languages = None,
    form: Annotated[
        Format, typer.Option("--format", help="How the report is written.")
    ] = Format.TEXT,
    root: Root = HERE,
) -> int:
    """Check the catalogs; nothing is built."""
    from policysite.catalogs.check_catalogs import CatalogReport  # noqa: PLC0415
    from policysite.checks.check_translations import check_translations  # noqa: PLC0415

    try:
        found = check_translations(root, os.environ, language or [])
    except PolicysiteError as error:
        found = CatalogReport(error.problems)
    problems = found.problems
    echo(sys.stdout, report(problems, found.waivers, form))
    if form is Format.TEXT and (found.fuzzy or found.empty):
        echo(
            sys.stdout,
            f"{found.fuzzy + found.empty} not translated yet: {found.empty} empty, {found.fuzzy} fuzzy "
            "(which are not checked); see policysite translation-status",
        )
    return 1 if problems else 0


def _translation_status(
    *,
    language: Languages = None,
    pages: Annotated[
        bool,
        typer.Option("--pages", help="Build a preview in _build/preview with the same as pages."),
    ] = False,
    root: Root = HERE,
) -> int:
    """Show the state of the translations, and what is open."""
    from policysite.authoring.translation_report import translation_status  # noqa: PLC0415

    echo(sys.stdout, f"{translation_status(root, os.environ, language or [])}")
    if pages:
        _build_preview(root)
        shown = language[0] if language and len(language) == 1 else "*"
        echo(sys.stdout, f"The same as pages: _build/preview/{shown}/translations.html")
    return 0


def _build_preview(root: Path) -> None:
    from policysite.build.build_site import build  # noqa: PLC0415

    progress = TerminalProgress(sys.stderr)
    try:
        build(root, root / "_build" / "preview", {**os.environ, **_FOR_TRANSLATORS}, progress)
    finally:
        progress.end()


def _live(
    *,
    language: Annotated[str, typer.Option(metavar="CODE", help="The language: ko.")],
    port: Port = 8000,
    root: Root = HERE,
) -> int:
    """Show a language in the browser while it is translated.

    Whenever a catalog is saved, what changed is built again and shown. Errors are printed here, and the page stays
    unchanged. Untranslated text and drafts are shown; nothing of it is published.
    """
    catalogs = Path("locales", language)
    if not language or not (root / catalogs).is_dir():
        raise PolicysiteError([_no_catalogs(root, language)])
    if importlib.util.find_spec("sphinx_autobuild") is None:
        raise PolicysiteError([_no_autobuild()])
    # The paths in messages begin at the project's folder.
    command = [sys.executable, "-m", "policysite.authoring.live_pages", language, str(port)]
    replace_process(command, {**os.environ, **_FOR_TRANSLATORS}, root)


def _no_catalogs(root: Path, language: str) -> Problem:
    locales = root / "locales"
    found = (
        sorted(path.name for path in locales.iterdir() if path.is_dir()) if locales.is_dir() else []
    )
    return Problem(
        f"locales/{language}",
        0,
        Code.UNKNOWN_LANGUAGE,
        f"There are no catalogs for {language!r}; the site has {quoted(found) or 'none'}.",
        "Name one of them, or add the language: policysite add-language CODE.",
    )


def _no_autobuild() -> Problem:
    return Problem(
        "sphinx-autobuild",
        0,
        Code.MISSING_TOOL,
        "The package that shows pages while they are edited is not installed.",
        "Install it: pip install 'policysite[live]'.",
    )


def _add_language(
    *,
    language: Annotated[str, typer.Argument(metavar="CODE", hidden=True)],
    root: Root = HERE,
) -> int:
    """Add a language, with catalogs to translate.

    CODE is that of the language: ja, de, zh_TW.
    """
    from policysite.authoring.add_language import add_language  # noqa: PLC0415

    summary = add_language(root, os.environ, language)
    code = language.replace("-", "_")
    return echo_summary(
        f"{summary}\n\nconf.py: {code!r} was added to policysite_languages, policysite_incomplete_languages and "
        f"policysite_unreviewed_translations.\nNext: the terms in locales/{code}/glossary.csv, the contact's name in "
        f"conf.py, then policysite live --language {code}.",
    )

"""The project on disk: its settings and its register, read without Sphinx."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, PolicysiteError, Problem, quoted, refusal
from policysite.catalogs.completeness import Completeness
from policysite.catalogs.translations import Translations
from policysite.files.project_file import is_there, read
from policysite.languages.language_data import is_known
from policysite.ledger.ledger_files import load_ledgers
from policysite.model.build_choices import status_date, wants_drafts, wants_preview
from policysite.model.register_reader import load_register
from policysite.model.settings import DEFAULTS, PREFIX, Settings
from policysite.model.settings_reader import settings_from
from policysite.project.conf_files import BroughtFiles, brought_files, made_with

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from policysite.ledger.chain import Ledger
    from policysite.model.register import Register


@dataclass(frozen=True)
class Project:
    """The folders of the project, and what its files say.

    ``made_with`` are the files and folders beside the texts that its pages are made with, ``brought`` those of them that are
    published as they are, ``extensions`` those of Sphinx.
    """

    root: Path
    name: str
    settings: Settings
    register: Register
    ledgers: Mapping[str, Ledger]
    drafts: bool
    preview: bool
    made_with: tuple[Path, ...]
    brought: BroughtFiles
    extensions: tuple[str, ...] = ()

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen through the environment, and the day, for the processes that build."""
        return {
            # Fixed here, so that midnight cannot fall between two languages.
            "POLICYSITE_DATE": self.register.day.isoformat(),
            "POLICYSITE_DRAFTS": str(int(self.drafts)),
            "POLICYSITE_PREVIEW": str(int(self.preview)),
        }

    @cached_property
    def completeness(self) -> Completeness:
        """What is asked of the translations."""
        return Completeness(
            self.root, self.docs, self.locales, self.register, self.settings, self.preview
        )

    @property
    def docs(self) -> Path:
        """The Sphinx source directory."""
        return self.root / "docs"

    @property
    def locales(self) -> Path:
        """The folder of the catalogs."""
        return self.root / "locales"

    @cached_property
    def translations(self) -> dict[str, Translations]:
        """The catalogs of the languages other than the source language."""
        return {
            code: self.completeness.translations(code)
            for code in self.settings.languages
            if code != self.settings.source_language
        }

    def choose_translations(self, languages: Sequence[str]) -> list[Translations]:
        """Return the catalogs of *languages*, or of all of them if none is named.

        :raises PolicysiteError: for a language that the site does not have, or that needs no catalog.
        """
        problems = [
            Problem(
                "conf.py",
                0,
                Code.UNKNOWN_LANGUAGE,
                f"Found the language {language!r}; there are catalogs for "
                f"{quoted(self.translations) or 'none'}.",
                "Name one of them, or add the language: policysite add-language CODE.",
            )
            for language in languages
            if language not in self.translations
        ]
        if problems:
            raise PolicysiteError(problems)
        return [self.translations[code] for code in languages or self.translations]


def load_project(
    root: Path, environ: Mapping[str, str], *, may_be_empty: Collection[str] = ()
) -> Project:
    """Read the project in *root*. The policies of *may_be_empty* need not have a version.

    :raises PolicysiteError: with the problems of settings, register and ledgers. So that all of them are
        reported at once, the catalogs are checked then too.
    """
    values = _read_conf(root)
    settings = settings_from(values)
    day, drafts = status_date(environ, settings.time_zone), wants_drafts(environ)
    ledgers, wrong = load_ledgers(root, root / "docs", settings.policies)
    try:
        register = load_register(
            root, root / "docs", settings.policies, day, drafts=drafts, may_be_empty=may_be_empty
        )
        if wrong:
            raise PolicysiteError(wrong)
    except PolicysiteError as error:
        # Only then: importing it takes longer than all else that an unchanged site needs.
        from policysite.catalogs.check_catalogs import check_catalogs  # noqa: PLC0415

        problems = [*error.problems, *wrong]
        for language in settings.languages:
            translations = Translations(root, root / "locales", language, settings.source_language)
            problems += check_catalogs(translations, {}).problems
        raise PolicysiteError(problems) from None
    name, extensions = str(values.get("project", "")), tuple(values.get("extensions") or ())
    preview = wants_preview(environ)
    return Project(
        root,
        name,
        settings,
        register,
        ledgers,
        drafts,
        preview,
        made_with(root, values),
        brought_files(root, values),
        extensions,
    )


def language_of_texts(root: Path) -> str:
    """Return the language in which the policies of the project in *root* are written, empty if that cannot be read."""
    try:
        values = _read_conf(root)
    except PolicysiteError:
        return ""
    found = values.get(f"{PREFIX}source_language", DEFAULTS["source_language"])
    return found if isinstance(found, str) and is_known(found) else ""


def only_policy(root: Path) -> str:
    """Return the name of the policy of the project in *root*, if it has one only.

    :raises PolicysiteError: if it has several, so that one must be named; or if its settings are wrong.
    """
    policies = settings_from(_read_conf(root)).policies
    if len(policies) == 1:
        return next(iter(policies))
    raise refusal(
        "conf.py",
        Code.SETTINGS,
        f"Found no name of a policy; the site has {quoted(policies) or 'none'}.",
        "Name one of them: --policy.",
    )


def _read_conf(root: Path) -> dict[str, Any]:
    path = root / "conf.py"
    if not is_there(path):
        raise refusal(
            "conf.py",
            Code.SETTINGS,
            f"There is no conf.py in {root}.",
            "Run the command in the project's folder, or name it with --root.",
        )
    # Whatever stands there would be run.
    read(root, path)
    try:
        return runpy.run_path(str(path))
    except Exception as error:
        line = _line_in(error, str(path))
        raise refusal(
            "conf.py",
            Code.SETTINGS,
            f"conf.py fails with {type(error).__name__}: {error}.",
            "Correct the line; conf.py holds settings only.",
            line=line,
        ) from error


def _line_in(error: BaseException, path: str) -> int:
    """Return the line of *path* at which *error* was raised."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line

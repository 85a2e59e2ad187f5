"""The project on disk: its settings and its register, read without Sphinx."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.catalogs.checks import check_catalogs
from policysite.errors import Code, PolicysiteError, Problem
from policysite.register_files import load_register
from policysite.settings import Settings, settings_from, status_date, wants_drafts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.register import Register


@dataclass(frozen=True)
class Project:
    """The folders of the project, and what its files say. ``extensions`` are those of Sphinx."""

    root: Path
    settings: Settings
    register: Register
    drafts: bool
    extensions: tuple[str, ...] = ()

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen through the environment, for the processes that build."""
        return {"POLICYSITE_DRAFTS": str(int(self.drafts))}

    @property
    def docs(self) -> Path:
        """The Sphinx source directory."""
        return self.root / "docs"

    @property
    def locales(self) -> Path:
        """The folder of the catalogs."""
        return self.root / "locales"

    @property
    def translations(self) -> list[str]:
        """The languages other than the source language."""
        return [code for code in self.settings.languages if code != self.settings.source_language]


def load_project(root: Path, environ: Mapping[str, str]) -> Project:
    """Read the project in *root*.

    :raises PolicysiteError: with the problems of settings and register. So that nobody has to mend the
        one before hearing of the other, the catalogs are looked at then too.
    """
    values = _read_conf(root)
    settings = settings_from(values)
    day, drafts = status_date(environ, settings.time_zone), wants_drafts(environ)
    try:
        register = load_register(root, root / "docs", settings.policies, day, drafts=drafts)
    except PolicysiteError as error:
        problems = [*error.problems]
        for language in settings.languages:
            problems += check_catalogs(root, root / "locales", language, {})
        raise PolicysiteError(problems) from None
    return Project(root, settings, register, drafts, tuple(values.get("extensions") or ()))


def _read_conf(root: Path) -> dict[str, Any]:
    path = root / "conf.py"
    if not path.is_file():
        raise PolicysiteError(
            [
                Problem(
                    "conf.py",
                    0,
                    Code.SETTINGS,
                    f"There is no conf.py in {root}.",
                    "Run the command in the project's folder, or name it with --root.",
                )
            ]
        )
    try:
        return runpy.run_path(str(path))
    except Exception as error:
        line = _line_in(error, str(path))
        problem = Problem(
            "conf.py",
            line,
            Code.SETTINGS,
            f"conf.py stops with {type(error).__name__}: {error}.",
            "Correct the line; conf.py holds settings only.",
        )
        raise PolicysiteError([problem]) from error


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

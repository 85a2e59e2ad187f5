"""Checking the catalogs without building: what ``make check-po`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.catalogs.check_catalogs import CatalogReport, check_language, join_reports
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def check_translations(
    root: Path, environ: Mapping[str, str], languages: Sequence[str] = ()
) -> CatalogReport:
    """Check the catalogs of *languages* (all of them if none is named) of the project in *root*.

    Nothing is run or written; drafts are checked too.

    :raises PolicysiteError: if the settings or the register cannot be read.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    reports = [
        check_language(project.completeness, translations.language)
        for translations in project.choose_translations(languages)
    ]
    return join_reports(reports)

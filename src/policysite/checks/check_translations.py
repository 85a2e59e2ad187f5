"""Checking the catalogs without building: what ``make check-po`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.catalogs.check_catalogs import CatalogReport, check_language, join_reports
from policysite.catalogs.coverage import wrong_contexts
from policysite.project.project import load_project
from policysite.project.version_messages import version_messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.base.problems import Problem
    from policysite.catalogs.translations import Translations
    from policysite.project.project import Project


def check_translations(
    root: Path, environ: Mapping[str, str], languages: Sequence[str] = ()
) -> CatalogReport:
    """Check the catalogs of *languages* (all of them if none is named) of the project in *root*.

    Nothing is run or written; drafts are checked too.

    :raises PolicysiteError: if the settings or the register cannot be read.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    chosen = project.choose_translations(languages)
    reports = [check_language(project.completeness, found.language) for found in chosen]
    wrong = (problem for found in chosen for problem in _wrong_contexts(project, found))
    return join_reports([*reports, CatalogReport(tuple(wrong))])


def _wrong_contexts(project: Project, translations: Translations) -> Iterator[Problem]:
    """Yield contexts that are no places; only these are found in the texts, and only for these are they read."""
    for domain in translations.domains:
        version, catalog = project.register.version_of(domain), translations.catalog(domain)
        # The catalog of a draft follows when its text is done.
        if version is None or version.draft or catalog is None:
            continue
        if any(entry.msgctxt is not None for entry in catalog.live):
            messages = version_messages(project, version)
            yield from wrong_contexts(catalog, messages, version.moved)

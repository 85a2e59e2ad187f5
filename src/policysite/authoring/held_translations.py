"""The translations that records have before their source: they fill the catalogs of a version as soon as that is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.authoring.import_translation import (
    TranslationRequest,
    held_translation,
    import_translation,
)
from policysite.model.addresses import version_page
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.authoring.translation_import_report import TranslationSummary


def fill_from_held(
    root: Path, environ: Mapping[str, str], policy: str, version: str
) -> Iterator[TranslationSummary]:
    """Fill the catalogs of a version, which has its source now, with the translations that were held of it, and yield what became of each.

    One of which all fits is removed, as its catalog has it.

    :raises PolicysiteError: if one cannot be read; its catalog is unchanged.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    for language in project.translations:
        path = held_translation(project, language, version_page(policy, version))
        if path.is_file():
            summary = import_translation(
                root, environ, TranslationRequest(policy, version, path, language)
            )
            if not summary.problems:
                path.unlink()
            yield summary

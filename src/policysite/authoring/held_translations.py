"""The translations that records have before their source: they fill the catalogs of a version as soon as that is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.authoring.import_translation import (
    TranslationRequest,
    held_translation,
    import_translation,
)
from policysite.base.problems import PolicysiteError
from policysite.model.addresses import version_page
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.authoring.translation_import_report import TranslationSummary
    from policysite.base.problems import Problem


@dataclass(frozen=True)
class StillHeld:
    """A translation that could not fill its catalog yet, and why: the ``problems``."""

    path: str
    version: str
    language: str
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        """Return what is in the way, and how to go on."""
        return "\n".join(
            [
                *map(str, self.problems),
                f"{self.path}: still held, as the above must be fixed before it fills its catalog.",
                f"Then: policysite import {self.path} --version {self.version} --as-translation {self.language}",
            ]
        )


def fill_from_held(
    root: Path, environ: Mapping[str, str], policy: str, version: str
) -> Iterator[TranslationSummary | StillHeld]:
    """Fill the catalogs of a version, which has its source now, with the translations that were held of it, and yield what became of each.

    :raises PolicysiteError: if the project cannot be read.
    """
    project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    for language in project.translations:
        path = held_translation(project, language, version_page(policy, version))
        if not path.is_file():
            continue
        request = TranslationRequest(policy, version, path, language)
        try:
            yield import_translation(root, environ, request)
        except PolicysiteError as error:
            name = path.relative_to(project.root).as_posix()
            yield StillHeld(name, version, language, error.problems)

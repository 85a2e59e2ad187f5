"""Building one language on its own, as a part of the site that is put together elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError
from policysite.build import source_changes
from policysite.build.expected_pages import expected_pages
from policysite.build.progress import Started, no_progress
from policysite.files import locks
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.model.settings_reader import unknown_language
from policysite.project import fingerprint
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.build.progress import ProgressCallback


_WRITE_REMEDY = "Free space, correct the permissions of the folder, or choose another with --to."


def build_part(
    root: Path,
    language: str,
    to: Path,
    environ: Mapping[str, str],
    progress: ProgressCallback = no_progress,
) -> Path:
    """Build *language* of the project in *root*, and return its part, a file in the folder *to*.

    :raises PolicysiteError: with everything that must be fixed; *to* is unchanged.
    """
    with writable(to, _WRITE_REMEDY), locks.wait_for(work_folder(root)):
        return source_changes.retry_until_stable(
            lambda: _build(root, language, to, environ, progress)
        )


def _build(
    root: Path, language: str, to: Path, environ: Mapping[str, str], progress: ProgressCallback
) -> Path:
    """Build the part.

    :raises SourcesChangedError: if what it is made of changed in the meantime.
    """
    project = load_project(root, environ)
    if language not in project.settings.languages:
        raise PolicysiteError([unknown_language(language, project.settings)])
    # Importing Sphinx takes longer than seeing that there is nothing to build.
    from policysite.build.edition_files import make_editions, offered  # noqa: PLC0415
    from policysite.build.jobs import LanguageJob  # noqa: PLC0415
    from policysite.build.local_scheduler import ThisMachine  # noqa: PLC0415
    from policysite.build.part_files import Part, write_part  # noqa: PLC0415
    from policysite.project.software import installed, required  # noqa: PLC0415

    documents, pages = len(project.completeness.documents), expected_pages(project)
    sources = fingerprint.of_sources(project)
    with fingerprint.kept_folder(project, f"part-{language}") as folder:
        editions = offered(make_editions(project, project.settings.editions), language)
        choices = {**project.choices, **editions}
        job = LanguageJob(root, project.docs, folder, language, choices, page_count=pages)
        progress(Started((language,), documents, pages, 0))
        with source_changes.assert_unchanged(lambda: fingerprint.of_sources(project), sources):
            (result,) = ThisMachine().build(project, [job], progress)
            if result.problems:
                raise PolicysiteError(result.problems)
        part = Part(job.name, sources, installed(required()), result)
        return write_part(to, part, job)

"""What a build rests on, so that nothing is built twice."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.files.folders import digest_of, names_below, work_folder
from policysite.project.conf_files import outermost
from policysite.project.software import software_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from policysite.project.project import Project


def sources(project: Project) -> list[Path]:
    """Return the files and folders, there or not, that *project* consists of; none is in another."""
    return outermost([*project.made_with, project.docs, project.locales])


def of_languages(project: Project, languages: Iterable[str], code: str) -> dict[str, str]:
    """Return, for each of *languages*, a digest of everything that its pages are made of; *code* is that of the code."""
    completeness = project.completeness
    facts = (
        code,
        project.register.digest(),
        completeness.published,
        completeness.preview,
    )
    shared = digest_of(project.root, [project.docs], facts)
    return {
        language: digest_of(project.root, [project.locales / language], (shared, language))
        for language in languages
    }


def of_sources(project: Project) -> str:
    """Return a digest of the whole project and of what is asked of it, on whichever machine, but not of the code.

    The day counts by what the pages show of it.
    """
    completeness = project.completeness
    facts = (
        project.settings,
        project.register.digest(),
        completeness.published,
        completeness.preview,
        project.drafts,
    )
    return digest_of(project.root, sources(project), facts)


def of_code(project: Project) -> str:
    """Return a digest of what every page is made with; Sphinx does not notice when it changes.

    That is the software that is installed, wherever it is, and of the project what all of its pages share.
    """
    return digest_of(project.root, project.made_with, (software_digest(), project.settings))


@contextlib.contextmanager
def kept_folder(project: Project, name: str) -> Iterator[Path]:
    """Give a folder below the project's work that is kept from one command to the next, until the code changes.

    Sphinx reads a document again only if it changed, and does not notice a change of the code.
    """
    folder = work_folder(project.root) / name
    stamp, code = folder / "code", of_code(project)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != code:
        shutil.rmtree(folder, ignore_errors=True)
    yield folder
    stamp.write_text(code, encoding="utf-8")


def of_folder(folder: Path) -> str:
    """Return a digest of the names, sizes and times of the files of *folder*."""
    stats = ((name, (folder / name).stat()) for name in names_below(folder))
    return digests.of_facts([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats])

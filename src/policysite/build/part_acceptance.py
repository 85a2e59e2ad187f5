"""What another machine built is accepted only if it was built from the same sources, with the same software."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.build.part_files import PartError, open_part

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.build.jobs import LanguageJob, LanguageResult
    from policysite.build.part_files import Part
    from policysite.project.software import Software


def accept(
    path: Path, job: LanguageJob, sources: str, software: Software, where: str
) -> LanguageResult:
    """Take the pages of the part *path* for those of *job*, and return its result.

    :raises PartError: if the part is not there, or damaged.
    :raises PolicysiteError: if it was made of other *sources*, or with other *software*; *where* says who made it.
    """
    with open_part(path, job.folder.with_name(f".{job.name}.part")) as opened:
        part = opened.part
        if part.job != job.name:
            raise PartError(f"it is a part of {part.job!r}")
        if problems := _differences(part, sources, software, where):
            raise PolicysiteError(problems)
        if opened.has_pages():
            opened.take_pages(job)
        elif not part.result.problems:
            raise PartError("it has no pages")
        return part.result


def _differences(part: Part, sources: str, software: Software, where: str) -> list[Problem]:
    problems = other_software(part.software, software, where)
    if not problems and part.sources != sources:
        problems.append(
            Problem(
                where,
                0,
                Code.PART,
                f"The part of {part.job!r} was built from other texts, catalogs or settings, or for another day.",
                "Build it from the same commit, with the same POLICYSITE_… variables.",
            )
        )
    return problems


def other_software(found: Software, expected: Software, where: str) -> list[Problem]:
    """Return the problem of a machine *where* the software *found* is not as *expected*."""
    if not (differences := found.differences(expected)):
        return []
    return [
        Problem(
            where,
            0,
            Code.OTHER_SOFTWARE,
            f"Found {'; '.join(differences)}.",
            "Bring that machine to the commit of this one, install its lock file in requirements/, "
            "and start it again.",
        )
    ]

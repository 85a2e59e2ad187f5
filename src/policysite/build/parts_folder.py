"""Parts that other machines made beforehand, as the jobs of a continuous integration do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.build.part_acceptance import accept
from policysite.build.part_files import PartError, find_parts
from policysite.build.progress import Built
from policysite.project import fingerprint
from policysite.project.software import installed, required

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policysite.build.jobs import LanguageJob, LanguageResult
    from policysite.build.progress import ProgressCallback
    from policysite.project.project import Project


class PartsFolder:
    """The parts in a folder; nothing is built."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(
        self, project: Project, jobs: Sequence[LanguageJob], progress: ProgressCallback
    ) -> Iterator[LanguageResult]:
        """See :class:`policysite.build.scheduler.Scheduler`."""
        if problems := [problem for job in jobs for problem in self._missing(job)]:
            raise PolicysiteError(problems)
        sources, software = fingerprint.of_sources(project), installed(required())
        for job in jobs:
            (path,) = find_parts(self._folder, job.name)
            try:
                result = accept(path, job, sources, software, path.name)
            except PolicysiteError as error:
                problems += error.problems
            except PartError as error:
                problems.append(
                    Problem(
                        path.name,
                        0,
                        Code.PART,
                        f"The part is damaged: {error}.",
                        f"Build it again, or copy it again: {_command(job)}.",
                    )
                )
            else:
                progress(Built(job.language, result.seconds))
                yield result
        if problems:
            raise PolicysiteError(problems)

    def _missing(self, job: LanguageJob) -> Iterator[Problem]:
        found = find_parts(self._folder, job.name)
        if len(found) != 1:
            yield Problem(
                str(self._folder),
                0,
                Code.PART,
                f"Found {len(found)} parts of {job.name!r}; expected one.",
                f"Build it: {_command(job)}." if not found else "Remove the old ones.",
            )


def _command(job: LanguageJob) -> str:
    return f"python -m policysite build-part --language {job.language} --to parts"

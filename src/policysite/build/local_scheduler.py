"""The processes of this machine, one a job."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from policysite.build.catalog_workers import CatalogChecks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.build.jobs import LanguageJob, LanguageResult
    from policysite.build.progress import ProgressCallback
    from policysite.project.project import Project


class ThisMachine:
    """Builds as many jobs at once as there are cores, if their catalogs are right."""

    def build(
        self, project: Project, jobs: Sequence[LanguageJob], progress: ProgressCallback
    ) -> Iterator[LanguageResult]:
        """See :class:`policysite.build.scheduler.Scheduler`."""
        work, languages = jobs[0].folder.parent, [job.language for job in jobs]
        with contextlib.closing(CatalogChecks(project, work, languages)) as checks:
            # Importing Sphinx takes as long as the check, which goes on meanwhile.
            from policysite.build.workers import build_all  # noqa: PLC0415

            yield from build_all(list(jobs), progress, project.extensions, checks.of)

"""The processes of this machine, one a job."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.driver.catalog_checks import CatalogChecks
from policysite.driver.jobs import LanguageResult
from policysite.driver.progress import Built
from policysite.settings import CHECKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.driver.jobs import LanguageJob
    from policysite.driver.progress import Tell
    from policysite.driver.project import Project


class ThisMachine:
    """Builds as many jobs at once as there are cores, if their catalogs are right."""

    def build(
        self, project: Project, jobs: Sequence[LanguageJob], progress: Tell
    ) -> list[LanguageResult]:
        """See :class:`policysite.driver.schedulers.Scheduler`."""
        work, languages = jobs[0].folder.parent, [job.language for job in jobs]
        with contextlib.closing(CatalogChecks(project, work, languages)) as checks:
            # Importing Sphinx takes as long as the check, which goes on meanwhile.
            from policysite.driver.language import preload  # noqa: PLC0415
            from policysite.driver.workers import build_all  # noqa: PLC0415

            preload(project.extensions)
            found = checks.problems()
        results = {
            language: LanguageResult(language, problems)
            for language, problems in found.items()
            if problems
        }
        for language in results:
            progress(Built(language, 0.0))
        checked = [
            replace(job, environ={**job.environ, CHECKED: "1"})
            for job in jobs
            if job.language not in results
        ]
        results |= {
            result.language: result for result in build_all(checked, progress, project.extensions)
        }
        return [results[language] for language in languages]

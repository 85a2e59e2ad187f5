"""The processes of this machine, one a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.driver.workers import build_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.driver.language import LanguageJob, LanguageResult
    from policysite.driver.progress import Tell
    from policysite.driver.project import Project


class ThisMachine:
    """Builds as many jobs at once as there are cores."""

    def build(
        self, project: Project, jobs: Sequence[LanguageJob], progress: Tell
    ) -> list[LanguageResult]:
        """See :class:`policysite.driver.schedulers.Scheduler`."""
        return build_all(list(jobs), progress, project.extensions)

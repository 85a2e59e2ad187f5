"""What builds the languages: the processes of this machine, the workers of a cluster, or machines that built parts before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.build.jobs import LanguageJob, LanguageResult
    from policysite.build.progress import ProgressCallback
    from policysite.project.project import Project


class Scheduler(Protocol):
    """Has jobs built, somewhere."""

    def build(
        self, project: Project, jobs: Sequence[LanguageJob], progress: ProgressCallback
    ) -> Iterator[LanguageResult]:
        """Build *jobs* of *project*, and yield their results as they come.

        What each wrote is then in its ``output``, unless its result has problems. *progress* is called with every step, and
        with every job that is built.

        :raises PolicysiteError: with what keeps jobs from being built at all; their ``output`` may be unchanged.
        """


class SchedulerPlugin(Protocol):
    """A package for building on other machines, which an entry point of the group ``policysite.schedulers`` names."""

    def scheduler(self, address: str, shared: str, patience: float) -> Scheduler:
        """Return the machines of the scheduler at *address*, which share the folder or store at *shared* with this one.

        *patience*: how many seconds to wait for a machine when there is none.
        """

    def scheduler_command(self, host: str, port: int) -> list[str]:
        """Return the command that starts a scheduler, which listens at *host* and *port*."""

    def worker_command(self, address: str) -> list[str]:
        """Return the command that has this machine build for the scheduler at *address*."""

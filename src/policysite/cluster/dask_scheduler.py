"""The workers of a Dask cluster: they get the project and give back parts through a store that all machines see."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
import uuid
from typing import TYPE_CHECKING, Any

from distributed import Client, Security
from distributed.comm.core import connect

from policysite.base.problems import Code, PolicysiteError, Problem, refusal
from policysite.build.part_acceptance import other_software
from policysite.cluster import dask_worker
from policysite.cluster.cluster_run import JobsOnCluster, Run, no_workers, workers
from policysite.cluster.store import Store, StoreError, absolute_url
from policysite.files import archives
from policysite.files.folders import files
from policysite.model.settings import CHECKED, COLLECTED, EDITION_FILES
from policysite.project import fingerprint
from policysite.project.software import Software, installed, required

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.build.jobs import LanguageJob, LanguageResult
    from policysite.build.progress import ProgressCallback
    from policysite.project.project import Project

EXTRA = "cluster"
_CONNECTING = 10.0
"""Seconds after which a scheduler that does not answer is taken for unreachable."""
_LOOK = 0.2
# No answer, no certificate, no address; without the settings that TLS needs; not encrypted, and had to be.
_UNREACHABLE = (OSError, ValueError, TypeError, RuntimeError)


class Cluster:
    """The workers of the scheduler at *address*, which share the folder or store at *shared* with this machine.

    *patience*: how many seconds to wait for a worker when there is none. ``seconds`` has what each step of each job of the
    last build took.
    """

    def __init__(self, address: str, shared: str, patience: float = 60.0) -> None:
        self._address = address
        self._shared = absolute_url(shared)
        self._patience = patience
        self.seconds: dict[str, dict[str, float]] = {}

    def build(
        self, project: Project, jobs: Sequence[LanguageJob], progress: ProgressCallback
    ) -> Iterator[LanguageResult]:
        """See :class:`policysite.build.scheduler.Scheduler`."""
        name = uuid.uuid4().hex
        with (
            self._connected() as client,
            self._folder_for(jobs[0]) as folder,
            self._store_for(name) as store,
        ):
            run = self._send(project, name, store, folder)
            try:
                self._check_machines(client, run)
                on_cluster = JobsOnCluster(client, self._address, run, self._patience)
                self.seconds = on_cluster.seconds
                yield from on_cluster.build(jobs, progress)
            finally:
                if client.status == "running":
                    client.run(dask_worker.end, run.name, run.digest, on_error="ignore")

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Client]:
        try:
            # A client that does not connect can no longer be closed, so this is checked before.
            asyncio.run(_call(self._address))
            client = Client(self._address, timeout=_CONNECTING, set_as_default=False)
        except _UNREACHABLE as error:
            raise refusal(
                self._address,
                Code.SCHEDULER,
                f"The scheduler cannot be reached: {error}.",
                "Start it (policysite scheduler), correct the address (--scheduler tcp://host:8786), or the settings for TLS: "
                "guide/many-machines.md.",
            ) from error
        with client:
            yield client

    @staticmethod
    @contextlib.contextmanager
    def _folder_for(job: LanguageJob) -> Iterator[Path]:
        """Give a folder for files on their way, beside those of the jobs, where the build has its lock."""
        folder = job.folder.with_name(".cluster")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def _store_for(self, name: str) -> Iterator[Store]:
        """Give a folder of the store for this run, which is removed at the end."""
        try:
            store = Store(f"{self._shared.rstrip('/')}/policysite-{name}")
            store.make()
        except StoreError as error:
            raise PolicysiteError([self._store_problem(str(error))]) from error
        try:
            yield store
        finally:
            # What cannot be removed now must not fail the build; the documentation says where to look.
            with contextlib.suppress(StoreError):
                store.remove_all()

    def _store_problem(self, why: str) -> Problem:
        return Problem(
            self._shared,
            0,
            Code.SHARED_STORE,
            f"This machine cannot write there: {why}.",
            "Name with --shared a folder or store that this machine and all workers can write.",
        )

    def _send(self, project: Project, name: str, store: Store, folder: Path) -> Run:
        """Put the project into the store."""
        path = folder / "project.tar.gz"
        digest = archives.pack(path, _members(project))
        archive = f"project-{digest}.tar.gz"
        try:
            store.put(path, archive)
        except StoreError as error:
            raise PolicysiteError([self._store_problem(str(error))]) from error
        return Run(
            name,
            store,
            archive,
            digest,
            fingerprint.of_sources(project),
            installed(required(EXTRA)),
            _environment(),
            folder,
        )

    def _check_machines(self, client: Client, run: Run) -> None:
        """Refuse to build if there is no worker, or if a machine has other software, or does not see the store."""
        began = time.monotonic()
        while not workers(client):
            if time.monotonic() - began > self._patience:
                raise PolicysiteError([no_workers(self._address, self._patience)])
            time.sleep(_LOOK)
        packages = list(run.software.packages)
        answers = client.run(
            dask_worker.describe, run.store.url, run.archive, packages, on_error="return"
        )
        try:
            answer = client.run_on_scheduler(dask_worker.describe_scheduler, packages)
        except (ImportError, AttributeError) as error:
            answer = error
        problems = [
            problem
            for address, answer in [(self._address, answer), *sorted(answers.items())]
            for problem in self._problems_of(address, answer, run)
        ]
        if problems:
            raise PolicysiteError(problems)

    def _problems_of(
        self, address: str, answer: Mapping[str, Any] | Exception, run: Run
    ) -> list[Problem]:
        if isinstance(answer, Exception):
            return [
                Problem(
                    address,
                    0,
                    Code.OTHER_SOFTWARE,
                    f"It cannot run policysite: {type(answer).__name__}: {answer}.",
                    "Start it in a checkout of the same commit: policysite scheduler, policysite worker.",
                )
            ]
        who = f"{address} ({answer['host']})"
        if problems := other_software(Software(**answer["software"]), run.software, who):
            return problems
        if answer.get("trouble"):
            return [
                Problem(
                    who,
                    0,
                    Code.SHARED_STORE,
                    f"The worker cannot use {self._shared}: {answer['trouble']}.",
                    "Name with --shared a folder or store that all machines see and can write.",
                )
            ]
        return []


def _environment() -> dict[str, str]:
    """Return what a build may see of this machine's environment; what builds here tell each other is not meant."""
    return {
        name: value
        for name, value in os.environ.items()
        if dask_worker.is_seen(name) and name not in {COLLECTED, CHECKED, EDITION_FILES}
    }


async def _call(address: str) -> None:
    """See whether a scheduler answers at *address*; raise one of ``_UNREACHABLE`` if not."""
    arguments = Security().get_connection_args("client")
    await (await connect(address, timeout=_CONNECTING, **arguments)).close()


def _members(project: Project) -> Iterator[tuple[str, Path | bytes]]:
    """Yield what a build reads of *project*; a worker that misses what lies elsewhere says so."""
    for place in fingerprint.sources(project):
        if not place.is_relative_to(project.root):
            continue
        if place.is_dir():
            yield place.relative_to(project.root).as_posix(), place
        if place.exists():
            for path in files(place):
                # A link may lead anywhere; what is refused for it here is not sent.
                if not path.is_symlink():
                    yield path.relative_to(project.root).as_posix(), path

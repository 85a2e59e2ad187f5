"""One run on the cluster: jobs go out, steps and parts come back, and what was lost is built again once."""

from __future__ import annotations

import queue
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from distributed import CancelledError, KilledWorker

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.build.jobs import LanguageResult
from policysite.build.part_acceptance import accept, other_software
from policysite.build.part_files import PartError
from policysite.build.progress import Built, Step
from policysite.cluster import dask_worker
from policysite.cluster.part_process import PartJob
from policysite.cluster.store import StoreError
from policysite.project.software import Software

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from distributed import Client, Future

    from policysite.build.jobs import LanguageJob
    from policysite.build.progress import ProgressCallback
    from policysite.cluster.store import Store

    Answered = Future[dict[str, Any]]

_ATTEMPTS = 2
_LOOK = 1.0
"""Seconds without news after which the workers are checked."""


@dataclass(frozen=True)
class Run:
    """A run as all of its jobs share it. ``archive`` is the project in ``store``, ``digest`` that of the archive.

    ``sources`` and ``software`` are what parts must be made of and with; ``folder`` is for files on their way.
    """

    name: str
    store: Store
    archive: str
    digest: str
    sources: str
    software: Software
    environ: Mapping[str, str]
    folder: Path

    @property
    def topic(self) -> str:
        """Where workers tell their steps."""
        return f"policysite-{self.name}"


class JobsOnCluster:
    """Has the jobs of *run* built by the workers of *client*.

    It waits *patience* seconds for a worker when there is none. ``seconds`` has what each step of each job took.
    """

    def __init__(self, client: Client, address: str, run: Run, patience: float) -> None:
        self._client = client
        self._address = address
        self._run = run
        self._patience = patience
        # Dask calls back from threads of its own.
        self._news: queue.SimpleQueue[Step | tuple[LanguageJob, Answered]] = queue.SimpleQueue()
        self._attempts: dict[str, int] = {}
        self._futures: dict[str, Answered] = {}
        self.seconds: dict[str, dict[str, float]] = {}

    def build(
        self, jobs: Sequence[LanguageJob], progress: ProgressCallback
    ) -> Iterator[LanguageResult]:
        """Build *jobs*, and yield their results as they come.

        :raises PolicysiteError: if the scheduler or all workers are lost, or a worker has other software.
        """
        built = 0
        self._client.subscribe_topic(self._run.topic, self._take_step)
        try:
            for job in jobs:
                self._submit(job)
            while built < len(jobs):
                news = self._next()
                if isinstance(news, Step):
                    progress(news)
                elif (result := self._result(*news)) is not None:
                    built += 1
                    progress(Built(result.language, result.seconds))
                    yield result
        finally:
            self._client.cancel(list(self._futures.values()), asynchronous=False)

    def _submit(self, job: LanguageJob) -> None:
        run = self._run
        attempt = self._attempts[job.name] = self._attempts.get(job.name, 0) + 1
        part_job = PartJob(
            job.name,
            job.language,
            run.sources,
            list(run.software.packages),
            job.page_count,
            {**run.environ, **job.environ},
        )
        order = dask_worker.Order(
            run.name,
            run.store.url,
            run.archive,
            run.digest,
            run.topic,
            run.software.as_json(),
            asdict(part_job),
        )
        key = f"policysite-{run.name}-{job.name}-{attempt}"
        future = self._client.submit(dask_worker.build, asdict(order), key=key, pure=False)
        self._futures[job.name] = future
        future.add_done_callback(lambda done: self._news.put((job, done)))

    def _take_step(self, event: tuple[float, Mapping[str, Any]]) -> None:
        _when, step = event
        self._news.put(Step(step["language"], step["phase"], step["done"], step["total"]))

    def _next(self) -> Step | tuple[LanguageJob, Answered]:
        """Return the next news.

        :raises PolicysiteError: if there is no longer a worker, or a scheduler.
        """
        alone_since: float | None = None
        while True:
            try:
                return self._news.get(timeout=_LOOK)
            except queue.Empty:
                if workers(self._client):
                    alone_since = None
                    continue
                alone_since = alone_since or time.monotonic()
                if time.monotonic() - alone_since > self._patience:
                    raise PolicysiteError([self._no_worker()]) from None

    def _no_worker(self) -> Problem:
        return no_workers(self._address, self._patience)

    def _result(self, job: LanguageJob, future: Answered) -> LanguageResult | None:
        """Return the result of *job*; None if it is built again."""
        if future is not self._futures[job.name]:
            return None
        try:
            answer = future.result()
        except KilledWorker as error:
            return self._failed(job, f"Its workers died: {error}", again=False)
        except CancelledError:
            raise PolicysiteError([self._lost()]) from None
        if failure := answer.get("failure"):
            return self._of_failure(job, failure, answer)
        self.seconds[job.name] = answer["seconds"]
        began = time.monotonic()
        path = self._run.folder / answer["part"]
        try:
            self._run.store.get(answer["stored"], path)
            return accept(path, job, self._run.sources, self._run.software, _who(answer))
        except (StoreError, PartError) as error:
            return self._failed(job, f"What {_who(answer)} built was lost: {error}")
        finally:
            path.unlink(missing_ok=True)
            self.seconds[job.name]["receive"] = time.monotonic() - began

    def _of_failure(
        self, job: LanguageJob, failure: str, answer: Mapping[str, Any]
    ) -> LanguageResult | None:
        who = _who(answer)
        if failure == dask_worker.SOFTWARE:
            found = Software(**answer["software"])
            raise PolicysiteError(other_software(found, self._run.software, who))
        what = "cannot use the store" if failure == dask_worker.STORE else "lost its process"
        return self._failed(job, f"The worker {who} {what}: {answer['why']}")

    def _failed(self, job: LanguageJob, why: str, *, again: bool = True) -> LanguageResult | None:
        """Have *job* built again if it may; else return the problem as its result."""
        if again and self._attempts[job.name] < _ATTEMPTS:
            self._submit(job)
            return None
        times = " twice" if self._attempts[job.name] > 1 else ""
        problem = Problem(
            self._address,
            0,
            Code.SCHEDULER,
            f"The build of {job.name!r} failed{times}. {why}.",
            "See that worker's log: it may lack memory or disk space.",
        )
        return LanguageResult(job.language, (problem,))

    def _lost(self) -> Problem:
        return Problem(
            self._address,
            0,
            Code.SCHEDULER,
            "The scheduler was lost during the build.",
            "See its log, restart it, and build again.",
        )


def workers(client: Client) -> int:
    """Return how many workers there are; none if the scheduler does not answer."""
    if client.status != "running":
        return 0
    try:
        return len(client.nthreads())
    except OSError:
        return 0


def no_workers(address: str, seconds: float) -> Problem:
    """Return the problem of a scheduler at *address* that had no worker for so many seconds."""
    return Problem(
        address,
        0,
        Code.SCHEDULER,
        f"The scheduler has had no worker for {seconds:g} s.",
        f"Start one: policysite worker {address}, on each machine.",
    )


def _who(answer: Mapping[str, Any]) -> str:
    return f"{answer['worker']} ({answer['host']})"

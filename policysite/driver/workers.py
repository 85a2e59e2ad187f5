"""Languages side by side: one process each, as many at once as there are cores."""

from __future__ import annotations

import gc
import os
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from policysite.driver.jobs import LanguageJob, LanguageResult
from policysite.driver.language import build_language, preload
from policysite.driver.processes import Process
from policysite.driver.progress import Built, tell_nobody
from policysite.errors import Code, Problem
from policysite.settings import COLLECTED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.process import BaseProcess

    from policysite.driver.progress import Tell


def build_all(
    jobs: list[LanguageJob],
    progress: Tell = tell_nobody,
    extensions: Iterable[str] = (),
) -> list[LanguageResult]:
    """Build all *jobs* and return their results in the same order; *extensions* are imported once.

    *progress* is told of every step, and of every language that is built. A process that dies without a
    result becomes a problem of its language; the others are finished all the same.
    """
    preload(extensions)
    # The children never look through what they share for garbage, which would copy it.
    gc.freeze()
    results: dict[str, LanguageResult] = {}
    waiting = list(jobs)
    running: dict[Connection, tuple[LanguageJob, BaseProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < _cores():
                job = waiting.pop(0)
                connection, process = _start(job)
                running[connection] = job, process
            for ready in wait(list(running)):
                if not isinstance(ready, Connection):
                    continue
                job, process = running[ready]
                result = _receive(ready, job, process, progress)
                if result is not None:
                    results[job.language] = result
                    progress(Built(job.language, result.seconds))
                    process.join()
                    ready.close()
                    del running[ready]
    finally:
        for _job, process in running.values():
            process.terminate()
            process.join()
    return [results[job.language] for job in jobs]


def _receive(
    connection: Connection,
    job: LanguageJob,
    process: BaseProcess,
    progress: Tell,
) -> LanguageResult | None:
    """Take one message; return the result when it is there."""
    try:
        message = connection.recv()
    except EOFError:
        process.join()
        problem = Problem(
            "docs",
            0,
            Code.SPHINX,
            f"The build of {job.language!r} ended without a result (exit {process.exitcode}).",
            "Run it again; if it was killed, the machine may lack memory.",
        )
        return LanguageResult(job.language, (problem,))
    if isinstance(message, LanguageResult):
        return message
    progress(message)
    return None


def _start(job: LanguageJob) -> tuple[Connection, BaseProcess]:
    receiver, sender = Pipe(duplex=False)
    process = Process(target=_work, args=(job, sender), name=f"policysite-{job.language}")
    process.start()
    sender.close()
    return receiver, process


def _work(job: LanguageJob, sender: Connection) -> None:
    os.environ.update(job.environ, **{COLLECTED: "1"})
    result = build_language(job, sender.send)
    sender.send(result)
    sender.close()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

"""Languages side by side: one process each, as many at once as there are cores."""

from __future__ import annotations

import gc
import os
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from types import MappingProxyType
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.build.build_language import build_language, preload
from policysite.build.jobs import LanguageJob, LanguageResult
from policysite.build.progress import Built, no_progress
from policysite.files.processes import Process, cores
from policysite.model.settings import CHECKED, COLLECTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from multiprocessing.process import BaseProcess

    from policysite.build.catalog_workers import CatalogCheck
    from policysite.build.progress import ProgressCallback


def build_all(
    jobs: list[LanguageJob],
    progress: ProgressCallback = no_progress,
    extensions: Iterable[str] = (),
    checks: Mapping[str, CatalogCheck] = MappingProxyType({}),
) -> Iterator[LanguageResult]:
    """Build all *jobs* and yield their results as they come; *extensions* are imported once.

    *progress* is called with every step, and with every language that is built. A language that *checks* has the check of waits
    for it, and is built if it finds nothing. A process that dies without a result becomes a problem of its language; the
    others are finished nevertheless.
    """
    preload(extensions)
    # The children never look through what they share for garbage, which would copy it.
    gc.freeze()
    waiting = list(jobs)
    running: dict[Connection, tuple[LanguageJob, BaseProcess]] = {}

    def start() -> None:
        while waiting and len(running) < cores():
            job = waiting.pop(0)
            connection, process = _start(job, checks.get(job.language))
            running[connection] = job, process

    try:
        start()
        while running:
            for ready in wait(list(running)):
                if not isinstance(ready, Connection):
                    continue
                job, process = running[ready]
                result = _receive(ready, job, process, progress)
                if result is not None:
                    process.join()
                    ready.close()
                    del running[ready]
                    start()
                    progress(Built(job.language, result.seconds))
                    yield result
    finally:
        for _job, process in running.values():
            process.terminate()
            process.join()


def _receive(
    connection: Connection,
    job: LanguageJob,
    process: BaseProcess,
    progress: ProgressCallback,
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


def _start(job: LanguageJob, check: CatalogCheck | None) -> tuple[Connection, BaseProcess]:
    receiver, sender = Pipe(duplex=False)
    arguments = job, sender, check
    process = Process(target=_work, args=arguments, name=f"policysite-{job.language}")
    process.start()
    sender.close()
    if check:
        # If the process dies before it has asked, no process is left that the answer could be sent to.
        check.close()
    return receiver, process


def _work(job: LanguageJob, sender: Connection, check: CatalogCheck | None) -> None:
    os.environ.update(job.environ, **{COLLECTED: "1"})
    if check and (problems := check.problems()):
        result = LanguageResult(job.language, problems)
    else:
        if check:
            os.environ[CHECKED] = "1"
        result = build_language(job, sender.send)
    sender.send(result)
    sender.close()

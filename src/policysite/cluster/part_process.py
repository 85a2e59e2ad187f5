"""Building one job of another machine in a process of its own: ``python -m policysite.cluster.part_process``.

Sphinx and docutils keep a state that one process must not use twice, and Dask's workers cannot fork. The job comes as one
line of JSON on the standard input; steps and the result go out as lines of JSON on the standard output. When the standard
input ends, the worker has died or no longer wants the part, and so the process ends too.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.build.build_language import build_language
from policysite.build.jobs import LanguageJob, LanguageResult
from policysite.build.part_files import Part, write_part
from policysite.files import archives
from policysite.model.settings import COLLECTED
from policysite.project import fingerprint
from policysite.project.project import load_project
from policysite.project.software import installed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class PartJob:
    """A job for another machine, as plain data.

    ``sources`` is the digest that :func:`policysite.project.fingerprint.of_sources` gives for the project, ``packages`` are
    those whose versions count, and ``environ`` is what the project finds in the environment.
    """

    name: str
    language: str
    sources: str
    packages: list[str]
    page_count: int = 0
    environ: Mapping[str, str] = field(default_factory=dict)


def main() -> None:
    """Build the job of the standard input."""
    # As in policysite/cli/app.py.
    gc.set_threshold(100_000, 50, 50)
    output = _take_output()

    def send(message: dict[str, Any]) -> None:
        output.write(f"{json.dumps(message)}\n")
        output.flush()

    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    folder = Path(order["folder"])
    part = _build(PartJob(**order["job"]), Path(order["archive"]), folder, send)
    send({"part": part.name})


def _take_output() -> Any:
    """Return the standard output for the messages; whatever else is printed goes where errors go."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return output


def _end_with_input() -> None:
    # Not by sys.stdin, on whose lock the end of this process would have to wait.
    while os.read(0, 1024):
        pass
    os._exit(1)


def _build(
    job: PartJob, archive: Path, folder: Path, send: Callable[[dict[str, Any]], None]
) -> Path:
    began = time.monotonic()
    root = folder / "project"
    archives.unpack(archive, root)
    unpacked = time.monotonic()
    os.environ.update(job.environ, **{COLLECTED: "1"})
    language_job = LanguageJob(
        root, root / "docs", folder / "work", job.language, job.environ, page_count=job.page_count
    )
    result = _surprises(job, root) or build_language(
        language_job, lambda step: send({"step": asdict(step)})
    )
    built = time.monotonic()
    part = Part(job.name, job.sources, installed(job.packages), result)
    path = write_part(folder, part, language_job)
    seconds = {
        "unpack": unpacked - began,
        "build": built - unpacked,
        "pack": time.monotonic() - built,
    }
    send({"seconds": seconds})
    return path


def _surprises(job: PartJob, root: Path) -> LanguageResult | None:
    """Return a result with problems if the project is not here what it is where the site is put together."""
    try:
        found = fingerprint.of_sources(load_project(root, job.environ))
    except PolicysiteError as error:
        return LanguageResult(job.language, error.problems)
    if found == job.sources:
        return None
    problem = Problem(
        "conf.py",
        0,
        Code.SETTINGS,
        "The project has other settings or files on the machine of a worker than here.",
        "Let conf.py depend on nothing but POLICYSITE_… variables, and on the files that are sent: conf.py, _static, docs, "
        "locales, and what conf.py names below its folder. If one was saved during the build, build again.",
    )
    return LanguageResult(job.language, (problem,))


if __name__ == "__main__":
    main()

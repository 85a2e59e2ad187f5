"""Show what building on other machines costs beyond the build itself, and from which size it pays.

Measured are a build by the processes of this machine and one by two workers on the loopback, in turn, several times; the
figures are medians. On one machine the workers share its cores, so that they cannot be faster. What several machines would
take is computed from what was measured, and said to be: all that the machine which puts the site together does is counted
as if nothing else went on meanwhile.

    python benchmarks/many_machines.py [--versions 10 50 200] [--rounds 3]
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from cluster import Cluster  # noqa: E402

from benchmarks.corpus import make_corpus, write_project  # noqa: E402
from policysite.build.build_site import build  # noqa: E402
from policysite.build.progress import Assembling, Built, Event, Started  # noqa: E402
from policysite.cluster.dask_scheduler import Cluster as OnCluster  # noqa: E402

if TYPE_CHECKING:
    from policysite.build.scheduler import Scheduler

DAY = {"POLICYSITE_DATE": "2026-11-22"}
CORES = 2
STEPS = ("start", "fetch", "unpack", "build", "pack", "put", "receive")


@dataclass
class Times:
    """Seconds of each build: until the languages begin, of each language, to put them together, and in all."""

    before: list[float] = field(default_factory=list)
    language: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, print what was measured, and compute the rest from it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--versions", type=int, nargs="+", default=[10, 50, 200])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for size in options.versions:
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder) / "project"
            write_project(project, make_corpus(size))
            _measure(project, size, options.rounds)


def _measure(project: Path, size: int, rounds: int) -> None:
    here, there = Times(), Times()
    steps: dict[str, list[float]] = defaultdict(list)
    with Cluster(project.parent / "cluster") as cluster:
        for _ in range(CORES):
            cluster.add_worker()
        for _round in range(rounds):
            _build(project, here)
            scheduler = OnCluster(cluster.address, str(project.parent / "shared"))
            _build(project, there, scheduler)
            for of_job in scheduler.seconds.values():
                for step, seconds in of_job.items():
                    steps[step].append(seconds)
    medians = {step: statistics.median(steps[step]) for step in STEPS}
    _print_measured(size, here, there, medians)
    _print_computed(here, there, medians)


def _build(project: Path, times: Times, scheduler: Scheduler | None = None) -> None:
    shutil.rmtree(project / "_build", ignore_errors=True)
    moments: dict[type, float] = {}

    def note(event: Event) -> None:
        moments[type(event)] = time.perf_counter()
        if isinstance(event, Built):
            times.language.append(event.seconds)

    began = time.perf_counter()
    build(project, project / "_build" / "html", DAY, note, scheduler)
    ended = time.perf_counter()
    times.before.append(moments[Started] - began)
    times.after.append(ended - moments[Assembling])
    times.whole.append(ended - began)


def _print_measured(size: int, here: Times, there: Times, steps: dict[str, float]) -> None:
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"\n{size} versions in 2 languages, measured (seconds); load averages at the end {busy}")
    print(
        f"  in all: this machine {_median(here.whole):.1f}, two workers {_median(there.whole):.1f}"
    )
    print(f"  to put it together: {_median(here.after):.2f}, {_median(there.after):.2f}")
    print(f"  a language on this machine: {_median(here.language):.2f}")
    print("  a job:", ", ".join(f"{step} {seconds:.2f}" for step, seconds in steps.items()))


def _print_computed(here: Times, there: Times, steps: dict[str, float]) -> None:
    building = _median(here.language)
    job = sum(steps.values()) - steps["receive"]
    fixed = max(0.0, _median(there.whole) - _median(there.after) - job)
    beyond = job - steps["build"]
    print(f"  beyond the build, a job {beyond:.2f} there and {steps['receive']:.2f} here, ", end="")
    print(f"a whole build {fixed:.2f}")
    print(f"  computed for machines of {CORES} cores: languages, one machine, two, four, eight")
    for languages in (2, 4, 10, 20, 40):
        together_here = languages * _median(here.after) / 2
        together = languages * (_median(there.after) / 2 + steps["receive"])
        alone = math.ceil(languages / CORES) * building + together_here
        many = [
            fixed + math.ceil(languages / (machines * CORES)) * job + together
            for machines in (2, 4, 8)
        ]
        print(f"  {languages:4} {alone:8.1f}", *(f"{seconds:8.1f}" for seconds in many))


def _median(values: list[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    main()

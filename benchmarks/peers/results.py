"""What was measured: builds, and their medians."""

from __future__ import annotations

import datetime as dt
import os
import platform
import statistics
from dataclasses import dataclass, field
from pathlib import Path

CASES = {
    "clean": "clean",
    "unchanged": "nothing changed",
    "sentence": "one sentence changed",
    "translation": "one msgstr changed",
    "version": "one version added",
}
"""The cases in the order in which they follow one another in a round."""


@dataclass(frozen=True)
class Record:
    """One build. With a ``problem`` it failed, and the other values say nothing.

    ``versions`` is the size of the round; ``memory`` is in bytes. ``written`` and ``changed`` count files beside the
    build before; ``pages`` are all on the site.
    """

    tool: str
    versions: int
    round: int
    case: str
    wall: float = 0.0
    cpu: float = 0.0
    memory: int | None = None
    written: int = 0
    changed: int = 0
    pages: int = 0
    problem: str = ""


@dataclass
class Results:
    """A run: when and where, and what was found.

    ``tools`` are those measured, with their versions, and ``absent`` those that could not be, with the reason.
    """

    day: str
    machine: dict[str, str]
    tools: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)

    def builds(self, tool: str, versions: int, case: str) -> list[Record]:
        """Return the builds that ended well."""
        asked = (tool, versions, case, "")
        return [r for r in self.records if (r.tool, r.versions, r.case, r.problem) == asked]

    def median(self, tool: str, versions: int, case: str, value: str = "wall") -> float | None:
        """Return the median of *value* over the rounds, or nothing when none ended well or it is not known."""
        found = [getattr(record, value) for record in self.builds(tool, versions, case)]
        known = [number for number in found if number is not None]
        return statistics.median(known) if known else None

    def each(self, tool: str, versions: int, value: str = "wall") -> float | None:
        """Return the median of *value* of a clean build for each page of the site."""
        found, pages = (self.median(tool, versions, "clean", name) for name in (value, "pages"))
        return found / pages if found is not None and pages else None


def begin() -> Results:
    """Return a run of today on this machine, with nothing measured yet."""
    return Results(dt.datetime.now(dt.UTC).date().isoformat(), machine())


def machine() -> dict[str, str]:
    """Return what this machine is, as far as it says so."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = _proc("meminfo", "MemTotal")
    return {
        "processor": _proc("cpuinfo", "model name") or platform.processor(),
        "cores": str(cores),
        "memory": f"{int(memory.split()[0]) / 2**20:.0f} GB" if memory else "",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        # Others that work on the machine make every figure worse.
        "load before": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "",
    }


def _proc(name: str, key: str) -> str:
    path = Path("/proc") / name
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")

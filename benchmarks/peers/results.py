"""What was measured, as it is kept: plain values, written to a JSON file after every build."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
CASES = {
    "clean": "clean build",
    "unchanged": "nothing changed",
    "sentence": "one sentence changed",
    "translation": "one msgstr changed",
    "version": "one version added",
}
"""The cases in the order in which they follow one another in a round."""


@dataclass(frozen=True)
class Record:
    """One build. With a ``problem`` it failed, and the other values say nothing.

    ``versions`` is the size of the round; ``memory`` is in bytes. ``written``, ``changed`` and ``removed`` count files
    beside the build before, ``pages_written`` and ``pages_changed`` those of HTML; ``pages`` are all on the site. With a version
    added, ``texts_changed`` counts old versions whose policy text is another one, where the tool says it.
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
    removed: int = 0
    pages_written: int = 0
    pages_changed: int = 0
    pages: int = 0
    texts_changed: int | None = None
    problem: str = ""


@dataclass(frozen=True)
class PageWeight:
    """The weight of the English page of the middle version, in bytes, and of the whole site."""

    tool: str
    versions: int
    html: int
    gzip: int
    brotli: int
    loads: int
    loads_brotli: int
    foreign: int
    site: int


@dataclass
class Results:
    """A run: when and where, and what was found.

    ``tools`` are those measured, with their versions, ``absent`` those that could not be, with the reason, and
    ``largest`` has the largest sensible size of those that have one.
    """

    day: str
    machine: dict[str, str]
    languages: int
    rounds: int
    tools: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    largest: dict[str, int] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    weights: list[PageWeight] = field(default_factory=list)

    @property
    def sizes(self) -> list[int]:
        """The numbers of versions that were measured."""
        return sorted({record.versions for record in self.records})

    def builds(self, tool: str, versions: int, case: str) -> list[Record]:
        """Return the builds that ended well."""
        return [
            record
            for record in self._of(tool, versions)
            if record.case == case and not record.problem
        ]

    def failures(self, tool: str, versions: int) -> list[Record]:
        """Return the builds that failed."""
        return [record for record in self._of(tool, versions) if record.problem]

    def _of(self, tool: str, versions: int) -> list[Record]:
        return [r for r in self.records if r.tool == tool and r.versions == versions]

    def median(self, tool: str, versions: int, case: str, value: str = "wall") -> float | None:
        """Return the median of *value* over the rounds, or nothing when none ended well or it is not known."""
        found = [getattr(record, value) for record in self.builds(tool, versions, case)]
        known = [number for number in found if number is not None]
        return statistics.median(known) if known else None

    def ratio(
        self, tool: str, versions: int, case: str, base: str, base_case: str, value: str = "wall"
    ) -> float | None:
        """Return the median of one tool and case in proportion to that of *base*, at the same size."""
        upper = self.median(tool, versions, case, value)
        lower = self.median(base, versions, base_case, value)
        return upper / lower if upper is not None and lower else None

    def save(self, path: Path) -> None:
        """Write the run to the file *path*, which has the old content or the new one at any moment."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)
        new = path.with_name(f"{path.name}.new")
        new.write_text(f"{text}\n", "utf-8")
        new.replace(path)


def load(path: Path) -> Results:
    """Return the run that is kept in the file *path*."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    del data["format"]
    records = [Record(**record) for record in data.pop("records")]
    weights = [PageWeight(**weight) for weight in data.pop("weights")]
    return Results(**data, records=records, weights=weights)


def begin(languages: int, rounds: int) -> Results:
    """Return a run of today on this machine, with nothing measured yet."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return Results(today, machine(), languages, rounds)


def machine() -> dict[str, str]:
    """Return what this machine is, as far as it says so."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    found = {"processor": _proc("cpuinfo", "model name") or platform.processor()}
    memory = _proc("meminfo", "MemTotal")
    return {
        **found,
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

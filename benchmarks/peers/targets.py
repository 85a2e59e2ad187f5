"""What the project means to reach beside its peers, and whether a run shows it.

All targets are ratios of medians of one run, so that they hold on any machine; only memory is a figure of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.peers.results import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers.results import Results

EVERYTHING = "policysite"
REDUCED = "policysite, reduced"
CHECK = "policysite check"
BARE = "sphinx, one language"
TOCTREE = "sphinx, toctree"
MKDOCS = "mkdocs-material"
HUGO = "hugo"
SMALL, MANY, MORE, MOST = 6, 200, 400, 2000
"""Numbers of versions. Of the last two one round is enough: what they cost is compared with each other only."""
CHANGES = (("sentence", 0.06), ("translation", 0.06), ("version", 0.2))
"""Cases, and the share of a clean build that they may cost."""


@dataclass(frozen=True)
class Target:
    """A sentence, the limit if there is one, and the figure. ``measured`` is none when the run does not have it.

    ``at_least``: the figure is to be the limit or more; otherwise the limit or less.
    """

    words: str
    limit: float | None
    measured: float | None
    unit: str = "×"
    at_least: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met, or nothing when there is none or the run does not show it."""
        if self.measured is None or self.limit is None:
            return None
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def targets(results: Results) -> list[Target]:
    """Return all targets with what *results* has for them."""
    return [*_small(results), *_many(results), *_changes(results), *_growth(results)]


def _small(results: Results) -> Iterator[Target]:
    base = results.median(BARE, SMALL, "clean")
    rows = (
        (EVERYTHING, "clean", "a clean build", 1.15),
        (EVERYTHING, "unchanged", "a build with nothing changed", 0.1),
        (CHECK, "clean", "the check of one changed text", 0.3),
    )
    for tool, case, name, limit in rows:
        ratio = _ratio(results.median(tool, SMALL, case), base)
        yield Target(f"{SMALL} versions: {name}, beside a bare sphinx-build", limit, ratio)


def _many(results: Results) -> Iterator[Target]:
    ours, reduced, mkdocs, hugo, toctree = (
        results.median(tool, MANY, "clean") for tool in (EVERYTHING, REDUCED, MKDOCS, HUGO, TOCTREE)
    )
    each = _ratio(results.each(EVERYTHING, MANY), results.each(MKDOCS, MANY))
    whole, part = f"{MANY} versions, everything on", f"{MANY} versions, what peers also make"
    yield Target(f"{whole}: beside {MKDOCS}", 1.3, _ratio(ours, mkdocs))
    yield Target(f"{whole}: a page beside one of {MKDOCS}", 0.25, each)
    yield Target(f"{part}: beside {MKDOCS}", 0.8, _ratio(reduced, mkdocs))
    yield Target(f"{part}: beside {HUGO}", None, _ratio(reduced, hugo))
    times = _ratio(toctree, reduced)
    yield Target(f"{part}: times faster than Sphinx with a toctree", 25, times, at_least=True)


def _changes(results: Results) -> Iterator[Target]:
    clean = results.median(EVERYTHING, MANY, "clean")
    for case, limit in CHANGES:
        words = f"{MANY} versions, {CASES[case]}"
        ratio = _ratio(results.median(EVERYTHING, MANY, case), clean)
        yield Target(f"{words}: share of a clean build", limit, ratio)
        written, changed = (
            results.median(EVERYTHING, MANY, case, name) for name in ("written", "changed")
        )
        idle = None if written is None or changed is None else written - changed
        yield Target(f"{words}: files written that stayed the same", 0, idle, "")


def _growth(results: Results) -> Iterator[Target]:
    for value, name in (("wall", "time"), ("memory", "memory")):
        ratio = _ratio(results.each(EVERYTHING, MOST, value), results.each(EVERYTHING, MORE, value))
        yield Target(f"from {MORE} to {MOST} versions: growth of {name} a page", 1.1, ratio)
    memory = results.median(EVERYTHING, MOST, "clean", "memory")
    yield Target(f"{MOST} versions: memory", 1000, memory and memory / 1e6, " MB")


def _ratio(upper: float | None, lower: float | None) -> float | None:
    return upper / lower if upper is not None and lower else None

"""What the project means to reach beside its peers, and whether a run shows it.

All targets are ratios of medians of one run, so that they hold on any machine; only memory is a figure of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers.results import Results

EVERYTHING = "policysite"
REDUCED = "policysite, reduced"
BARE = "sphinx, one language"
TOCTREE = "sphinx, toctree"
MKDOCS = ("mkdocs-material", "mkdocs-material, navigation")
SMALL, FEW, MANY, MOST = 6, 50, 200, 400


@dataclass(frozen=True)
class Target:
    """A sentence, the limit, and the figure. ``measured`` is none when the run does not have it.

    ``at_least``: the figure is to be the limit or more; otherwise the limit or less.
    """

    words: str
    limit: float
    measured: float | None
    unit: str = "×"
    at_least: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met, or nothing when the run does not show it."""
        if self.measured is None:
            return None
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def targets(results: Results) -> list[Target]:
    """Return all targets with what *results* has for them."""
    return [*_small(results), *_many(results), *_changes(results), *_growth(results)]


def _small(results: Results) -> Iterator[Target]:
    words = f"{SMALL} versions, {{}}: time beside one bare sphinx-build of one language"
    for case, name, limit in (("clean", "clean", 1.3), ("unchanged", "nothing changed", 0.25)):
        ratio = results.ratio(EVERYTHING, SMALL, case, BARE, "clean")
        yield Target(words.format(name), limit, ratio)


def _many(results: Results) -> Iterator[Target]:
    start = f"{MANY} versions, clean"
    ours, whole = f"{start}, what peers also make", f"{start}, everything on"
    for peer in MKDOCS:
        ratio = results.ratio(REDUCED, MANY, "clean", peer, "clean")
        yield Target(f"{ours}: time beside {peer}", 1, ratio)
    times = results.ratio(TOCTREE, MANY, "clean", REDUCED, "clean")
    yield Target(f"{ours}: times faster than plain Sphinx with a toctree", 10, times, at_least=True)
    for tool, name in ((REDUCED, ours), (EVERYTHING, whole)):
        memory = results.median(tool, MANY, "clean", "memory")
        yield Target(f"{name}: memory", 600, memory and memory / 1e6, " MB")
    for peer in MKDOCS:
        each = _each(results, EVERYTHING, MANY), _each(results, peer, MANY)
        ratio = each[0] / each[1] if each[0] and each[1] else None
        yield Target(f"{whole}: time per page beside {peer}", 1, ratio)
        ratio = results.ratio(EVERYTHING, MANY, "clean", peer, "clean")
        yield Target(f"{whole}: time in all beside {peer}", 2.5, ratio)


def _changes(results: Results) -> Iterator[Target]:
    for case, name, limit in (
        ("translation", "one msgstr changed", 10),
        ("sentence", "one sentence changed", 10),
        ("version", "one version added", 15),
    ):
        ratio = results.ratio(EVERYTHING, MANY, case, EVERYTHING, "clean")
        share = None if ratio is None else 100 * ratio
        yield Target(f"{MANY} versions, {name}: time beside the clean build", limit, share, " %")
    for case, name in (("translation", "one msgstr changed"), ("sentence", "one sentence changed")):
        written = results.median(EVERYTHING, MANY, case, "written")
        changed = results.median(EVERYTHING, MANY, case, "changed")
        idle = None if written is None or changed is None else written - changed
        yield Target(f"{MANY} versions, {name}: files written that stayed the same", 0, idle, "")
    texts = results.median(EVERYTHING, MANY, "version", "texts_changed")
    yield Target(f"{MANY} versions, one version added: old texts that became others", 0, texts, "")


def _growth(results: Results) -> Iterator[Target]:
    words = f"from {FEW} to {MOST} versions, {{}}: {{}} per page grows by"
    for tool in (EVERYTHING, REDUCED):
        for value, name in (("wall", "time"), ("memory", "memory")):
            few, most = (_each(results, tool, size, value) for size in (FEW, MOST))
            growth = 100 * (most / few - 1) if few and most else None
            yield Target(words.format(tool, name), 10, growth, " %")


def _each(results: Results, tool: str, size: int, value: str = "wall") -> float | None:
    """Return the median of *value* of a clean build for each page of the site."""
    found, pages = (results.median(tool, size, "clean", name) for name in (value, "pages"))
    return found / pages if found is not None and pages else None

"""Draw the cost of a clean build against the number of versions, a line a tool.

    python -m benchmarks.peers.plot measurements.json cost.svg

It runs in an environment of its own with matplotlib, and needs nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from benchmarks.peers.results import Results, load

# The same figures give the same file: no date, no random ids, and words as words.
STABLE = {"svg.hashsalt": "policysite", "svg.fonttype": "none", "font.size": 9}
METADATA = {"Date": None, "Creator": None}
PANELS = (("wall", 1, "seconds"), ("memory", 1e6, "MB of memory"))


def main(arguments: list[str]) -> None:
    """Read the measurements and write the picture."""
    source, target = map(Path, arguments)
    results = load(source)
    with mpl.rc_context(STABLE):
        draw(results).savefig(target, metadata=METADATA, bbox_inches="tight")


def draw(results: Results) -> Figure:
    """Return the picture: time on the left, memory on the right."""
    figure = Figure(figsize=(10, 5), facecolor="white")
    panels = figure.subplots(1, len(PANELS))
    for axes, (value, unit, label) in zip(panels, PANELS, strict=True):
        for tool in results.tools:
            found = {size: results.median(tool, size, "clean", value) for size in results.sizes}
            points = [(size, number / unit) for size, number in found.items() if number is not None]
            if points:
                ours = tool.startswith("policysite")
                axes.plot(
                    *zip(*points, strict=True), marker="o", ms=3, lw=2.5 if ours else 1, label=tool
                )
        axes.set(xscale="log", yscale="log", xlabel="versions", ylabel=f"clean build, {label}")
        axes.set_xticks(results.sizes, labels=map(str, results.sizes), minor=False)
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
        axes.grid(visible=True, lw=0.3)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", bbox_to_anchor=(0.5, -0.12), ncols=4)
    figure.suptitle(
        f"{results.languages} languages, {results.machine['cores']} cores, {results.day}"
    )
    return figure


if __name__ == "__main__":
    main(sys.argv[1:])

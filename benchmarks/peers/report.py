"""The page with the results: what was measured, beside what, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.results import CASES
from benchmarks.peers.targets import BARE, targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.peers.results import PageWeight, Results
    from benchmarks.peers.targets import Target

NOTHING = "–"
HEAD = """\
# This project beside its peers

Made by `make benchmark-peers`; nothing here is written by hand.

The policy is the one in force, with its Korean catalog, made into so many versions that each differ in some sentences.
Every tool has the same words in its own form, and makes {languages} languages except `{bare}`, which all ratios are to.
Figures are medians of the rounds, in each of which all tools had their turn.
What each row is is in the module of the tool in `benchmarks/peers/`; how time, memory and files are measured, in `measure.py` and `files.py` there.
"""
CHANGES = """\
What a change costs, in seconds, as a share of the tool's own clean build, and in files: written, and of these those with another content.
A sentence is changed together with its translation.
"""
WEIGHTS = """\
The English page of the middle version: bytes as a file, packed, and the files that it loads at once (with brotli).
"""


def page(results: Results, plot: str) -> str:
    """Return the page, in Markdown, with the picture *plot*."""
    parts = [
        HEAD.format(languages=results.languages, bare=BARE),
        _machine(results),
        f"![Time and memory of a clean build against the number of versions]({plot})\n",
        "## Targets\n",
        _targets(targets(results)),
    ]
    for size in results.sizes:
        parts += [f"## {size} versions\n", _clean(results, size)]
        if any(record.case != "clean" for record in results.records):
            parts += [CHANGES, _changes(results, size)]
        weights = [weight for weight in results.weights if weight.versions == size]
        parts += [WEIGHTS, _weights(weights)] if weights else []
    parts += ["## Tools\n", _tools(results)]
    return "\n".join(parts)


def _machine(results: Results) -> str:
    said = ", ".join(f"{name} {value}" for name, value in results.machine.items() if value)
    return f"Measured on {results.day}; {said}.\n"


def _targets(found: Iterable[Target]) -> str:
    rows = []
    for target in found:
        sign = "≥" if target.at_least else "≤"
        digits = 2 if target.unit == "×" and target.limit < 10 else 1
        figure = (
            NOTHING if target.measured is None else f"{target.measured:.{digits}f}{target.unit}"
        )
        answer = {True: "yes", False: "**no**", None: "not measured"}[target.is_met]
        rows.append([target.words, f"{sign} {target.limit:g}{target.unit}", figure, answer])
    return table(["target", "limit", "measured", "met?"], rows, left=1)


def _clean(results: Results, size: int) -> str:
    rows = []
    for tool in results.tools:
        wall = results.median(tool, size, "clean")
        if wall is None:
            rows.append([tool, _why_not(results, tool, size), *[""] * 6])
            continue
        pages = results.median(tool, size, "clean", "pages") or 1
        memory = results.median(tool, size, "clean", "memory")
        rows.append(
            [
                tool + _failures(results, tool, size),
                f"{wall:.2f}",
                f"{results.median(tool, size, 'clean', 'cpu'):.2f}",
                _number(results.ratio(tool, size, "clean", BARE, "clean"), "{:.2f}"),
                _number(memory and memory / 1e6, "{:.0f}"),
                f"{pages:.0f}",
                f"{1000 * wall / pages:.1f}",
                str(len(results.builds(tool, size, "clean"))),
            ]
        )
    for tool, reason in results.absent.items():
        rows.append([tool, f"left out: {reason}", *[""] * 6])
    head = ["clean build", "seconds", "CPU seconds", "ratio", "MB of memory", "pages", "ms a page"]
    return table([*head, "rounds"], rows, left=1)


def _why_not(results: Results, tool: str, size: int) -> str:
    failures = results.failures(tool, size)
    if failures:
        return f"failed: {failures[-1].problem}"
    largest = results.largest.get(tool)
    if largest is not None and size > largest:
        return f"not measured beyond {largest} versions"
    return "not measured"


def _failures(results: Results, tool: str, size: int) -> str:
    failed = len(results.failures(tool, size))
    ended = sum(len(results.builds(tool, size, case)) for case in CASES)
    return f" ({failed} of {failed + ended} builds failed)" if failed else ""


def _changes(results: Results, size: int) -> str:
    cases = [case for case in CASES if case != "clean"]
    rows = [
        [tool, *(_change(results, tool, size, case) for case in cases)]
        for tool in results.tools
        if results.builds(tool, size, "clean")
    ]
    return table(["change", *(CASES[case] for case in cases)], rows, left=1)


def _change(results: Results, tool: str, size: int, case: str) -> str:
    wall = results.median(tool, size, case)
    if wall is None:
        return NOTHING
    share = results.ratio(tool, size, case, tool, "clean") or 0
    written, changed = (results.median(tool, size, case, name) for name in ("written", "changed"))
    return f"{wall:.2f} s, {100 * share:.0f} %, {written:.0f} / {changed:.0f}"


def _weights(weights: Sequence[PageWeight]) -> str:
    head = ["page", "bytes", "gzip", "brotli", "it loads", "brotli of these", "other hosts", "site"]
    rows = [
        [
            weight.tool,
            f"{weight.html:,}",
            f"{weight.gzip:,}",
            f"{weight.brotli:,}",
            f"{weight.loads} files",
            f"{weight.loads_brotli:,}",
            str(weight.foreign),
            f"{weight.site / 1e6:.1f} MB",
        ]
        for weight in weights
    ]
    return table(head, rows, left=1)


def _tools(results: Results) -> str:
    rows = [[tool, found] for tool, found in results.tools.items()]
    rows += [[tool, f"left out: {reason}"] for tool, reason in results.absent.items()]
    return table(["tool", "versions"], rows, left=2)


def _number(value: float | None, form: str) -> str:
    return NOTHING if value is None else form.format(value)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> str:
    """Return a table in Markdown; the first *left* columns are words, the others figures."""
    return "\n".join(_lines(head, rows, left)) + "\n"


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' if column < left else '---:' for column in range(len(head)))}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"

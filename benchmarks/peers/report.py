"""The page with the results: what was measured, beside what, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.results import CASES
from benchmarks.peers.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.peers.results import Results
    from benchmarks.peers.targets import Target

NOTHING = "–"
HEAD = """\
# This project beside its peers

Made by `make benchmark-peers`; nothing here is written by hand.

The policy is the one in force, with its Korean catalog, made into so many versions that each differ in some sentences.
Every tool has the same words in its own form, and makes both languages, except the bare sphinx-build, which makes English alone.
Figures are medians of the rounds, in each of which all tools had their turn.
What each tool makes is in its module in `benchmarks/peers/`; how time, memory and files are measured, in `measure.py` and `files.py` there.
"""
BUILDS = """\
`written` are the files that a build wrote, `changed` those of them with another content than before.
A sentence is changed together with its translation.
"""


def page(results: Results) -> str:
    """Return the page, in Markdown."""
    said = ", ".join(f"{name} {value}" for name, value in results.machine.items() if value)
    parts = [
        HEAD,
        f"Measured on {results.day}; {said}.\n",
        "## Targets\n",
        target_table(targets(results)),
        "## Builds\n",
        BUILDS,
        _builds(results),
        "## Tools\n",
        _tools(results),
    ]
    return "\n".join(parts)


def target_table(found: Iterable[Target]) -> str:
    """Return the table of the targets: what is wanted, and what was measured."""
    rows = []
    for target in found:
        digits = 2 if target.unit == "×" else 0
        sign = "≥" if target.at_least else "≤"
        answer = {True: "yes", False: "**no**", None: NOTHING}[target.is_met]
        limit = NOTHING if target.limit is None else f"{sign} {target.limit:g}{target.unit}"
        rows.append([target.words, limit, _number(target.measured, digits, target.unit), answer])
    return table(["target", "wanted", "measured", "met"], rows, left=1)


def _builds(results: Results) -> str:
    rows = []
    done = dict.fromkeys((r.versions, r.tool, r.case) for r in results.records)
    for size, tool, case in sorted(done, key=lambda key: key[0]):
        builds = results.builds(tool, size, case)
        failed = [r for r in results.records if (r.versions, r.tool, r.case) == (size, tool, case)]
        name = f"{tool}, {CASES[case]}"
        if not builds:
            rows.append([str(size), name, f"failed: {failed[-1].problem}", *[""] * 6])
            continue
        find = {
            value: results.median(tool, size, case, value)
            for value in ("wall", "cpu", "memory", "pages", "written", "changed")
        }
        memory = find["memory"]
        rows.append(
            [
                str(size),
                name,
                _number(find["wall"], 2),
                _number(find["cpu"], 2),
                _number(memory and memory / 1e6, 0),
                *(_number(find[value], 0) for value in ("pages", "written", "changed")),
                f"{len(builds)} of {len(failed)}",
            ]
        )
    head = ["versions", "build", "seconds", "CPU seconds", "MB of memory", "pages", "written"]
    return table([*head, "changed", "ended well"], rows, left=2)


def _tools(results: Results) -> str:
    rows = [[tool, found] for tool, found in results.tools.items()]
    rows += [[tool, f"left out: {reason}"] for tool, reason in results.absent.items()]
    return table(["tool", "versions"], rows, left=2)


def _number(value: float | None, digits: int, unit: str = "") -> str:
    return NOTHING if value is None else f"{value:.{digits}f}{unit}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> str:
    """Return a table in Markdown; the first *left* columns are words, the others figures."""
    return "\n".join(_lines(head, rows, left)) + "\n"


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]], left: int) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' if column < left else '---:' for column in range(len(head)))}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"

"""Measure this project and its peers in one run, print the targets, and write ``benchmarks/results/README.md``.

    python -m benchmarks.peers [--sizes 6 200 400 2000] [--rounds 3]

The tools are installed below ``_build/benchmarks`` first, each into an environment of its own. A run that is cut short
writes what it had.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.peers import report
from benchmarks.peers.hugo import Hugo
from benchmarks.peers.mkdocs import Mkdocs
from benchmarks.peers.plain_sphinx import OneLanguage, Toctree
from benchmarks.peers.results import CASES, Results, begin
from benchmarks.peers.run import FAILURES, run
from benchmarks.peers.targets import MANY, MORE, MOST, SMALL, targets
from benchmarks.peers.this_project import Checking, Everything, Reduced
from benchmarks.peers.tool import Tool, ToolError

CLEAN = ("clean",)
PLAN: dict[int, dict[type[Tool], tuple[str, ...]]] = {
    SMALL: {Everything: ("clean", "unchanged"), Checking: CLEAN, OneLanguage: CLEAN},
    MANY: {
        Everything: tuple(CASES),
        Reduced: CLEAN,
        Mkdocs: CLEAN,
        Hugo: CLEAN,
        Toctree: CLEAN,
    },
    MORE: {Everything: CLEAN},
    MOST: {Everything: CLEAN},
}
"""Who builds what with how many versions: what the targets ask for, and no more."""


def main() -> None:
    """Measure, and print and write what was found."""
    options = _parser().parse_args()
    results = begin()
    wanted = {kind for size in options.sizes for kind in PLAN[size]}
    kinds = dict.fromkeys(kind for size in PLAN for kind in PLAN[size] if kind in wanted)
    made = {kind: kind(options.work / "tools") for kind in kinds}
    ready = {kind for kind, tool in made.items() if _install(tool, results)}
    shutil.rmtree(options.work / FAILURES, ignore_errors=True)
    try:
        for size in options.sizes:
            tools = {made[kind]: cases for kind, cases in PLAN[size].items() if kind in ready}
            rounds = options.rounds if size in (SMALL, MANY) else 1
            run(tools, size, rounds, options.work, results)
    except KeyboardInterrupt:
        print("Cut short; what was measured is written.")
    print(f"\n{report.target_table(targets(results))}")
    options.results.write_text(report.page(results), "utf-8")
    print(f"Written: {options.results}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    sizes = list(PLAN)
    add("--sizes", type=int, nargs="+", choices=sizes, default=sizes, help="numbers of versions")
    add("--rounds", type=int, default=3, help="how often everything up to 200 versions is measured")
    add("--work", type=Path, default=ROOT / "_build/benchmarks", help="where to work")
    default = ROOT / "benchmarks/results/README.md"
    add("--results", type=Path, default=default, help="the page to write")
    return parser


def _install(tool: Tool, results: Results) -> bool:
    try:
        tool.install()
        results.tools[tool.name] = tool.version()
    except ToolError as error:
        results.absent[tool.name] = str(error)
        print(f"{tool.name} is left out: {error}", flush=True)
        return False
    return True


if __name__ == "__main__":
    main()

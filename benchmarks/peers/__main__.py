"""Measure this project and its peers, and write ``benchmarks/results``.

    python -m benchmarks.peers [--sizes 6 50 200 400] [--rounds 3] [--tools NAME ...] [--cases NAME ...]

The tools are installed below ``_build/benchmarks`` first, each into an environment of its own. What was measured is kept
after every build: a run that is cut short has written what it had. ``--report`` regenerates table and plot of what is
kept, and measures nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from benchmarks.corpus import ROOT
from benchmarks.peers import report
from benchmarks.peers.docusaurus import Docusaurus
from benchmarks.peers.hugo import Hugo
from benchmarks.peers.mkdocs import Mkdocs, Navigation
from benchmarks.peers.plain_sphinx import OneLanguage, Orphans, Toctree
from benchmarks.peers.polyversion import Polyversion
from benchmarks.peers.results import CASES, Results, begin, load
from benchmarks.peers.run import FAILURES, Options, run
from benchmarks.peers.this_project import VARIANTS, ThisProject
from benchmarks.peers.tool import Tool, ToolError, install_packages
from benchmarks.peers.tool import run as run_command

MEASUREMENTS = "measurements.json"
PLOT = "cost.svg"


def tools(installed: Path) -> list[Tool]:
    """Return all tools, in the order of the table."""
    ours: list[Tool] = [ThisProject(installed, variant) for variant in VARIANTS]
    plain = (OneLanguage, Orphans, Toctree)
    peers = (Polyversion, Mkdocs, Navigation, Hugo, Docusaurus)
    return [*ours, *(tool(installed) for tool in (*plain, *peers))]


def main() -> None:
    """Measure what is asked for, and write what was found."""
    options = _parser().parse_args()
    kept = options.results / MEASUREMENTS
    if options.report:
        write(load(kept), options.results, options.work)
        return
    there = tools(options.work / "tools")
    chosen = [tool for tool in there if not options.tools or tool.name in options.tools]
    unknown = set(options.tools or ()) - {tool.name for tool in there}
    if unknown:
        names = ", ".join(f"“{tool.name}”" for tool in there)
        sys.exit(f"There is no tool {', '.join(sorted(unknown))}. There are: {names}.")
    results = begin(options.languages, options.rounds)
    ready = [tool for tool in chosen if _install(tool, results)]
    wanted = Options(
        sizes=options.sizes,
        languages=options.languages,
        rounds=options.rounds,
        cases=options.cases,
        limit=options.limit,
        patience=options.patience,
        work=options.work,
        beyond=bool(options.tools),
    )
    shutil.rmtree(options.work / FAILURES, ignore_errors=True)
    try:
        run(ready, wanted, results, lambda: results.save(kept))
    except KeyboardInterrupt:
        print("Cut short; what was measured is written.")
    write(results, options.results, options.work)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    add("--sizes", type=int, nargs="+", default=[6, 50, 200, 400], help="numbers of versions")
    add("--languages", type=int, default=2, help="how many languages (2)")
    add("--rounds", type=int, default=3, help="how often everything is measured (3)")
    add("--tools", nargs="+", metavar="NAME", help="only these, and at every size")
    add("--cases", nargs="+", choices=list(CASES), default=list(CASES), help="only these")
    add("--limit", type=float, default=600, help="the most seconds of a build (600)")
    add("--patience", type=float, default=60, help="a slower clean build has one round (60)")
    add("--work", type=Path, default=ROOT / "_build/benchmarks", help="where to work")
    add("--results", type=Path, default=ROOT / "benchmarks/results", help="where to write")
    add("--report", action="store_true", help="write table and plot of the stored results again")
    return parser


def _install(tool: Tool, results: Results) -> bool:
    try:
        tool.install()
        results.tools[tool.name] = tool.version()
    except ToolError as error:
        results.absent[tool.name] = str(error)
        print(f"{tool.name} is left out: {error}", flush=True)
        return False
    if tool.largest is not None:
        results.largest[tool.name] = tool.largest
    return True


def write(results: Results, folder: Path, work: Path) -> None:
    """Write the table and the plot of *results* into *folder*; without what draws it there is no plot."""
    kept = folder / MEASUREMENTS
    results.save(kept)
    home = work / "tools/plot"
    plot = [os.fspath(home / "bin/python"), "-m", "benchmarks.peers.plot"]
    try:
        install_packages("plot", home)
        run_command([*plot, os.fspath(kept.resolve()), os.fspath((folder / PLOT).resolve())], ROOT)
    except ToolError as error:
        print(f"There is no new plot: {error}")
    text = report.page(results, PLOT)
    (folder / "README.md").write_text(text, "utf-8")
    print(f"\nWritten: {folder / 'README.md'}")


if __name__ == "__main__":
    main()

"""Compare the time of ``policysite build`` with that of one bare ``sphinx-build`` of one language.

The commands run in turn, several times, in one go; the figures are medians and their ratio. The bare build has the
same documents, MyST and furo, and nothing of this project: its own directives are taken out of a copy.

    python benchmarks/build_time.py [--rounds 5]
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("conf.py", "docs", "locales", "_static")
BARE_CONF = """\
project = "Bare"
extensions = ["myst_parser"]
html_theme = "furo"
smartquotes = False
myst_enable_extensions = ["attrs_block"]
suppress_warnings = ["toc.not_included"]
"""
DIRECTIVE = re.compile(r"^[ ]*```\{.*?^[ ]*```[ ]*$", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        project, bare = _project(Path(folder)), _bare(Path(folder))
        build = [sys.executable, "-m", "policysite", "build"]
        sphinx = [sys.executable, "-m", "sphinx", "-q", "-E", "-b", "html", "docs", "out"]
        times: dict[str, list[float]] = {"bare": [], "clean": [], "unchanged": []}
        for _round in range(rounds):
            shutil.rmtree(bare / "out", ignore_errors=True)
            times["bare"].append(_time(sphinx, bare))
            shutil.rmtree(project / "_build", ignore_errors=True)
            times["clean"].append(_time(build, project))
            times["unchanged"].append(_time(build, project))
    base = statistics.median(times["bare"])
    names = {
        "bare": "one bare sphinx-build, one language",
        "clean": "policysite build, all languages, clean",
        "unchanged": "policysite build, nothing changed",
    }
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{names[name]:38} {median:6.2f} s   {median / base:5.2f}")


def _project(folder: Path) -> Path:
    project = folder / "project"
    project.mkdir()
    ignored = shutil.ignore_patterns("*.mo", "__pycache__")
    for name in FILES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=ignored)
        else:
            shutil.copy2(ROOT / name, project / name)
    return project


def _bare(folder: Path) -> Path:
    bare = folder / "bare"
    shutil.copytree(ROOT / "docs", bare / "docs")
    (bare / "docs/conf.py").write_text(BARE_CONF, encoding="utf-8")
    for path in bare.rglob("*.md"):
        path.write_text(DIRECTIVE.sub("", path.read_text("utf-8")), encoding="utf-8")
    return bare


def _time(command: list[str], folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

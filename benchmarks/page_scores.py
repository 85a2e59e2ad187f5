"""Run Lighthouse on pages of the site, as a host would serve them, and print scores and what is not perfect.

The site is built for the address of a server on this machine, which compresses and lets files be kept.
Lighthouse comes from npm (``make lighthouse`` installs it), uses the Chromium that is there, and reports to no server.

    python benchmarks/page_scores.py
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.extend(os.fspath(Path(__file__).parents[1] / name) for name in ("", "tests"))

from browser_fixtures import ARGUMENTS
from site_server import publish

LIGHTHOUSE = Path(__file__).parent / "lighthouse/node_modules/lighthouse/cli/index.js"
VERSIONS = ("en/privacy/1.6.html", "ko/privacy/1.6.html")
OTHERS = ("en/index.html", "en/privacy/history.html", "ko/index.html", "ko/privacy/history.html")
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100}
LEAST_PERFORMANCE = 98  # of the version pages: measured, not counted, so not always the same


def main() -> int:
    """Judge the pages, print what was found, and return 1 if one is not good enough."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--keep", type=Path, help="folder in which to keep the full reports")
    keep: Path | None = parser.parse_args().keep
    node, chromium = _program("node"), _program("chromium", "chromium-browser")
    if not LIGHTHOUSE.is_file():
        sys.exit("Lighthouse is not installed: run make lighthouse, with npm there")
    good = True
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with publish(work / "project", as_host=True) as site:
            for path in (*VERSIONS, *OTHERS):
                report = _report([node, os.fspath(LIGHTHOUSE)], chromium, site.address + path, work)
                if keep:
                    keep.mkdir(parents=True, exist_ok=True)
                    name = path.removesuffix(".html").replace("/", "-")
                    (keep / f"{name}.json").write_text(json.dumps(report), "utf-8")
                least = LEAST | ({"performance": LEAST_PERFORMANCE} if path in VERSIONS else {})
                good &= _judge(path, report, least)
    return 0 if good else 1


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    sys.exit(f"{names[0]} is not installed")


def _report(lighthouse: list[str], chromium: str, address: str, work: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=work) as profile:
        flags = ["--headless", *ARGUMENTS, f"--user-data-dir={profile}"]
        options = [
            "--quiet",
            "--output=json",
            "--no-enable-error-reporting",
            f"--chrome-flags={' '.join(flags)}",
        ]
        # CI keeps it from asking whether it may report errors; nothing of it stays in the home folder.
        environ = os.environ | {"CHROME_PATH": chromium, "CI": "1", "XDG_CONFIG_HOME": profile}
        command = [*lighthouse, address, *options]
        done = subprocess.run(command, env=environ, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    if error := report.get("runtimeError"):
        sys.exit(f"Lighthouse could not load {address}: {error['message']}")
    return report


def _judge(path: str, report: dict[str, Any], least: dict[str, int]) -> bool:
    print(f"\n{path}")
    good = True
    for name, category in report["categories"].items():
        score = round(category["score"] * 100)
        enough = score >= least.get(name, 0)
        good &= enough
        print(f"  {score:3} {category['title']}{'' if enough else f' – needs {least[name]}'}")
    weights = {
        ref["id"]: ref["weight"] for c in report["categories"].values() for ref in c["auditRefs"]
    }
    for name, audit in report["audits"].items():
        if audit["score"] is not None and audit["score"] < 1 and name in weights:
            value = f" ({audit['displayValue']})" if audit.get("displayValue") else ""
            counts = "" if weights[name] else ", does not count"
            print(f"      {audit['score']:.2f}{counts} {name}: {audit['title']}{value}")
            for item in (audit.get("details") or {}).get("items", [])[:5]:
                if named := _short(item):
                    print(f"           {named}")
    return good


def _short(item: dict[str, Any]) -> str:
    """Return what names the element or the file of a finding, or nothing."""
    if item.get("type") == "list-section":
        return ""  # advice in general, not a finding
    parts = [
        (item.get("node") or {}).get("snippet"),
        item.get("url"),
        item.get("description"),
        (item.get("sourceLocation") or {}).get("url"),
    ]
    return " ".join(part for part in parts if isinstance(part, str))[:200]


if __name__ == "__main__":
    sys.exit(main())

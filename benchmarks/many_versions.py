"""Show how time and size grow with the number of versions of a policy: in proportion, or worse.

The policy is the one that ``corpus.py`` makes of the text in force and its Korean catalog.

    python benchmarks/many_versions.py [--versions 25 50 100 200]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import POLICY, make_corpus, write_project  # noqa: E402
from policysite.ledger.agreement import provision_digests  # noqa: E402
from policysite.ledger.canonical_json import of_text  # noqa: E402
from policysite.ledger.chain import Ledger  # noqa: E402
from policysite.ledger.entries import Entry, EntryKind  # noqa: E402


def main() -> None:
    """Build projects of several sizes and print what each cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--versions", type=int, nargs="+", default=[25, 50, 100, 200])
    sizes: list[int] = parser.parse_args().versions
    print(
        "versions  seconds  per version  one catalog  frozen  verify  pages  pages/v      MB    kB/v"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(_row(size, Path(folder)), flush=True)


def _row(size: int, folder: Path) -> str:
    project = folder / "project"
    write_project(project, make_corpus(size))
    seconds = _build(project)
    catalog = project / "locales" / "ko" / "LC_MESSAGES" / "privacy" / f"1.{size // 2}.po"
    catalog.write_text(catalog.read_text("utf-8").replace("참고", "비고"), "utf-8")
    again = _build(project)
    site = project / "_build" / "html"
    freeze_all(project, site, POLICY)
    shutil.rmtree(project / "_build" / "work")
    frozen = _build(project)
    verified = _run(project, "verify", "_build/html")
    pages = len(list(site.rglob("*.html")))
    weight = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    return (
        f"{size:8} {seconds:8.1f} {seconds / size:12.3f} {again:12.1f} {frozen:7.1f} {verified:7.1f} {pages:6} {pages / size:8.1f} "
        f"{weight / 1e6:7.1f} {weight / 1e3 / size:7.0f}"
    )


def freeze_all(project: Path, site: Path, policy: str) -> None:
    """Record every text of *policy* on the built *site* in one go."""
    ledger = Ledger(policy)
    for path in sorted(site.glob(f"*/{policy}/1.*.json")):
        data = json.loads(path.read_text("utf-8"))
        digests = provision_digests(data["provisions"])
        entry = Entry(
            number=0,
            kind=EntryKind.FREEZE,
            recorded=dt.date(2026, 1, 1),
            version=data["version"],
            previous="",
            language=data["language"],
            effective=dt.date.fromisoformat(data["effective"]),
            digest=of_text(digests),
            provisions=digests,
        )
        ledger = ledger.append(entry)
    (project / "docs" / policy / "ledger.json").write_text(ledger.text(), "utf-8")


def _build(project: Path) -> float:
    return _run(project, "build", "--output", "_build/html")


def _run(project: Path, *arguments: str) -> float:
    command = [sys.executable, "-m", "policysite", *arguments]
    started = time.perf_counter()
    subprocess.run(command, cwd=project, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

"""Show how time and size grow with the number of versions of a policy: in proportion, or worse.

The versions are made of the text in force and its Korean catalog: each adds a note to a few of its sentences, so that
every one differs from the one before. The list of earlier versions in the text is left out, as it is longer in every
version by what the policy says itself.

    python benchmarks/many_versions.py [--versions 25 50 100 200]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from policysite.ledger.agreement import provision_digests  # noqa: E402
from policysite.ledger.chain import Ledger  # noqa: E402
from policysite.ledger.digests import of_text  # noqa: E402
from policysite.ledger.entries import Entry, Kind  # noqa: E402

SOURCE = "privacy/1.6"
FILES = ("conf.py", "_static", "policysite", "requirements")
CHANGED = 3
"""How many sentences a version changes."""
FRONT_MATTER = '---\nversion: "{number}"\neffective: {day}\nwaive: {{{waived}}}\n---\n'
# The text names the number and the day of the version that it was made of.
WAIVED = ("text-date: it is made up", "text-number: it is made up")
DIRECTIVE = re.compile(r"^[ ]*```\{version-links\}.*?^[ ]*```[ ]*$", re.MULTILINE | re.DOTALL)


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
    project = write_project(folder / "project", size)
    seconds = _build(project)
    catalog = project / "locales" / "ko" / "LC_MESSAGES" / "privacy" / f"1.{size // 2}.po"
    catalog.write_text(catalog.read_text("utf-8").replace("참고", "비고"), "utf-8")
    again = _build(project)
    site = project / "_build" / "html"
    freeze_all(project, site, "privacy")
    shutil.rmtree(project / "_build" / "work")
    frozen = _build(project)
    verified = _run(project, "verify", "_build/html")
    pages = len(list(site.rglob("*.html")))
    weight = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    return (
        f"{size:8} {seconds:8.1f} {seconds / size:12.3f} {again:12.1f} {frozen:7.1f} {verified:7.1f} {pages:6} {pages / size:8.1f} "
        f"{weight / 1e6:7.1f} {weight / 1e3 / size:7.0f}"
    )


def write_project(project: Path, size: int) -> Path:
    """Write a project whose policy has *size* versions into the folder *project*."""
    project.mkdir()
    for name in FILES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, project / name, ignore=ignored)
        else:
            shutil.copy2(ROOT / name, project / name)
    for name in ("index", "privacy/history"):
        _copy(f"docs/{name}.md", project)
        _copy(f"locales/ko/LC_MESSAGES/{name}.po", project)
    _copy("locales/ko/LC_MESSAGES/sphinx.po", project)
    _copy("locales/ko/glossary.csv", project)
    text = DIRECTIVE.sub("", (ROOT / "docs" / f"{SOURCE}.md").read_text("utf-8"))
    text = text.split("---\n", 2)[2]
    catalog = polib.pofile(str(ROOT / f"locales/ko/LC_MESSAGES/{SOURCE}.po"), wrapwidth=0)
    kept = [entry for entry in catalog if "{" not in entry.msgid]
    sentences = [e for e in kept if e.msgid.endswith(".") and text.count(e.msgid) == 1]
    for number in range(1, size + 1):
        chosen = [sentences[(number * 7 + step) % len(sentences)] for step in range(CHANGED)]
        _write_version(project, number, text, kept, {entry.msgid for entry in chosen})
    return project


def _copy(name: str, project: Path) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(ROOT / name, project / name)


def _write_version(
    project: Path, number: int, text: str, entries: list[polib.POEntry], changed: set[str]
) -> None:
    day = dt.date(1990, 1, 1) + dt.timedelta(days=60 * number)
    for msgid in changed:
        text = text.replace(msgid, f"{msgid} Note {number}.")
    document = project / "docs" / "privacy" / f"1.{number}.md"
    waived = ", ".join(WAIVED[:1] if f"1.{number}" == SOURCE.partition("/")[2] else WAIVED)
    matter = FRONT_MATTER.format(number=f"1.{number}", day=day, waived=waived)
    document.write_text(matter + text, "utf-8")
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {"Language": "ko", "Content-Type": "text/plain; charset=UTF-8"}
    for entry in entries:
        is_changed = entry.msgid in changed
        msgid = f"{entry.msgid} Note {number}." if is_changed else entry.msgid
        msgstr = f"{entry.msgstr} 참고 {number}." if is_changed else entry.msgstr
        catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr, comment=entry.tcomment))
    path = project / "locales" / "ko" / "LC_MESSAGES" / "privacy" / f"1.{number}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(str(path))


def freeze_all(project: Path, site: Path, policy: str) -> None:
    """Record every text of *policy* on the built *site* in one go."""
    ledger = Ledger(policy)
    for path in sorted(site.glob(f"*/{policy}/1.*.json")):
        data = json.loads(path.read_text("utf-8"))
        digests = provision_digests(data["provisions"])
        entry = Entry(
            number=0,
            kind=Kind.FREEZE,
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

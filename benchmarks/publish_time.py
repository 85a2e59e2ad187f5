"""What publishing takes beyond the build: copying, compressing, writing through to the disk, comparing addresses.

    python benchmarks/publish_time.py [--rounds 5] [--versions 40]

For the real project and for one with many versions, each published after a change that all pages show.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support import DAY, build_site, copy_project, write_files  # noqa: E402

from benchmarks.many_versions import freeze_all  # noqa: E402
from policysite.release.publish import publish  # noqa: E402

VERSION = """\
---
version: "1.{number}"
effective: {year}-{month:02}-01
---

# Terms

{articles}
"""
ARTICLE = """\
## Article {number} (Scope {number})

① What the service does with data in case {number} is said here, in version {version}, at the length that such a text has.

② Whoever uses the service may ask for case {number} to be explained, and is answered within {number} days.
"""


def main() -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--versions", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        projects = {
            "the real project": copy_project(place / "real"),
            f"{options.versions} versions of 30 articles": _many(place / "many", options.versions),
        }
        for name, root in projects.items():
            _measure(name, root, place / f"srv-{root.name}", options.rounds)


def _many(root: Path, versions: int) -> Path:
    texts = {
        f"terms/1.{number}.md": VERSION.format(
            number=number,
            year=2010 + number // 12,
            month=number % 12 + 1,
            articles="\n".join(ARTICLE.format(number=n, version=number) for n in range(1, 31)),
        )
        for number in range(versions)
    }
    write_files(root, texts)
    freeze_all(root, build_site(root, DAY).output, "terms")
    return root


def _measure(name: str, root: Path, to: Path, rounds: int) -> None:
    builds, times = [], []
    for number in range(rounds + 1):
        conf = root / "conf.py"
        conf.write_text(conf.read_text("utf-8") + f'\nproject = "Policies {number}"\n', "utf-8")
        done = publish(root, to, DAY)
        # The first has nothing to compare with.
        if number:
            builds.append(done.build_seconds)
            times.append(done.seconds)
    print(
        f"{name:30} {done.pages:5} pages {done.size / 1e6:6.1f} MB   "
        f"build {statistics.median(builds):5.1f} s   publish {statistics.median(times):5.1f} s"
    )


if __name__ == "__main__":
    main()

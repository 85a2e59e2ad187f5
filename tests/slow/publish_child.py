"""Publishes a folder as if it had just been built: a process for tests to kill.

python publish_child.py PROJECT TO SITE
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from pathlib import Path

sys.path[:0] = [os.fspath(Path(__file__).resolve().parents[2])]


def main() -> None:
    """Say when it begins and when it has ended."""
    from policysite.release import publish as publishing  # noqa: PLC0415
    from policysite.release.record_release import Shown  # noqa: PLC0415

    root, to, site = map(Path, sys.argv[1:])

    def build(_root: Path, output: Path, *_others: object) -> None:
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(site, output)

    publishing.build = build  # type: ignore[assignment,attr-defined]
    publishing.check_site = lambda *_: Shown(dt.date(2026, 11, 23))  # type: ignore[attr-defined]
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    publishing.publish(root, to, {})
    sys.stdout.write("ended\n")


if __name__ == "__main__":
    main()

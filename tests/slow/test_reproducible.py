"""The same sources make the same site, to the byte, on any machine, in any folder, at any time.

``tests/test_site.py`` builds the same site twice in one place.
"""

from __future__ import annotations

import difflib
import itertools
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from support import ROOT, copy_project, copy_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HERE = {
    "TZ": "Asia/Seoul",
    "LC_ALL": "C.UTF-8",
    "LANG": "ko_KR.UTF-8",
    "PYTHONHASHSEED": "1",
    "SOURCE_DATE_EPOCH": "1700000000",
    "COLUMNS": "40",
    "USER": "one",
}
THERE = {
    "TZ": "America/St_Johns",
    "LC_ALL": "C",
    "LANG": "C",
    "LANGUAGE": "de",
    "PYTHONHASHSEED": "4242",
    "SOURCE_DATE_EPOCH": "1800000000",
    "COLUMNS": "200",
    "USER": "other",
    "HOME": "/nonexistent",
}
DAY = "2026-11-22"


def publish(root: Path, to: Path, environ: dict[str, str], umask: int, *, old: bool) -> Path:
    """Publish the project in *root* as a process of its own, and return its first release."""
    if old:
        # A checkout has the times of its day, and no order of files that anybody could rely on.
        for number, path in enumerate(sorted(root.rglob("*"), reverse=True)):
            os.utime(path, (10**9 + number, 10**9 + number))
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "policysite",
        "publish",
        "--root",
        root,
        "--to",
        to,
        "--day",
        DAY,
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ},
        umask=umask,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    return to / "releases" / "000001"


def first_difference(one: Path, other: Path) -> str:
    """Return the first file in which two folders differ and how, or an empty string."""
    names = [
        {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        for folder in (one, other)
    ]
    if only := sorted(names[0] ^ names[1]):
        return f"only in one of them: {only}"
    for name in sorted(names[0]):
        contents = [(folder / name).read_bytes() for folder in (one, other)]
        if contents[0] != contents[1]:
            mine, theirs = (c.decode("utf-8", "replace").splitlines() for c in contents)
            differences = difflib.unified_diff(mine, theirs, "one", "other", lineterm="", n=0)
            return "\n".join([name, *itertools.islice(differences, 8)])
    modes = [{n: oct((f / n).stat().st_mode) for n in names[0]} for f in (one, other)]
    return json.dumps([m for m in modes if m != modes[0]])[2:-2]


def difference_of_two_checkouts(copy: Callable[[Path], Path], folder: Path) -> str:
    """Publish two copies of a project from places and with settings that have little in common, and compare them."""
    one = copy(folder / "a" / "policies")
    other = copy(folder / "quite another place" / "for" / "정책")
    first = publish(one, folder / "srv-1", HERE, 0o022, old=False)
    second = publish(other, folder / "srv-2", THERE, 0o077, old=True)
    assert len(list(first.rglob("*.html"))) > 50
    return first_difference(first, second)


def test_two_checkouts_make_the_same_release(tmp_path: Path) -> None:
    assert difference_of_two_checkouts(copy_project, tmp_path) == ""


def test_two_checkouts_of_the_sample_make_the_same_release(tmp_path: Path) -> None:
    assert difference_of_two_checkouts(copy_sample, tmp_path) == ""

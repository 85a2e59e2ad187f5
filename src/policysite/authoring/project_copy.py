"""Trying a change in a copy of the project first, so that a failure leaves the project unchanged."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.files import staging
from policysite.files.folders import work_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COPIED = ("conf.py", "docs", "locales")
_MADE = {"_build", ".git"}


@contextlib.contextmanager
def working_copy(root: Path, prefix: str) -> Iterator[Path]:
    """Make a copy of the project in *root*, in a folder with *prefix*, for as long as it is needed.

    The caller holds the lock of ``_build/work``; copies that a kill left there are removed.
    """
    work = work_folder(root)
    for left in work.glob(f"{prefix}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=work) as folder:
        yield _copy_project(root, Path(folder) / "project")


def _copy_project(root: Path, to: Path) -> Path:
    """Copy what is read and written, and link to everything else that a conf.py may name."""
    to.mkdir()
    for path in root.iterdir():
        if path.name in _MADE:
            continue
        if path.name not in _COPIED:
            (to / path.name).symlink_to(path.absolute())
        elif path.is_dir():
            shutil.copytree(
                path, to / path.name, symlinks=True, ignore=shutil.ignore_patterns("*.mo")
            )
        else:
            shutil.copy2(path, to / path.name)
    return to


def put_in_place(copy: Path, root: Path, paths: Sequence[str]) -> None:
    """Write the files at *paths* into the project, in this order; take all of them back if one cannot be written.

    :raises OSError: if one cannot.
    """
    with contextlib.ExitStack() as undo:
        for path in paths:
            file = root / path
            if file.is_file():
                undo.callback(staging.write, file, file.read_bytes().decode())
            else:
                undo.callback(file.unlink, missing_ok=True)
            file.parent.mkdir(parents=True, exist_ok=True)
            staging.write(file, (copy / path).read_bytes().decode(), durably=True)
        undo.pop_all()

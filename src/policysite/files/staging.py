"""Putting a finished site in place: all of it at once, or nothing.

The last good site stays until the new one is complete and proofread. A kill at any moment leaves the
one or the other.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

from policysite.base.problems import Code, refusal

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def write(
    path: Path, content: str | bytes, *, durably: bool = False, first: Path | None = None
) -> None:
    """Write *content* into the file *path*; a reader finds the old content or the new.

    It is written into the file *first*, beside *path* if none is named, which a kill leaves behind. *durably*: so does a machine whose power was cut, and when this returns it is the new one.

    :raises OSError: if it cannot be written; the old content stays.
    """
    new = first or path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            if durably:
                file.flush()
                os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        # Also if it is interrupted.
        new.unlink(missing_ok=True)
        raise
    if durably:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in *folder* outlast a power cut; what the files hold is not meant."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def staging_folder(output: Path) -> Path:
    """Return where the new site is put together: beside *output*, on the same file system."""
    return output.with_name(f".{output.name}.new")


def recover(output: Path) -> None:
    """Bring the last good site back if a kill fell between the two renames of :func:`replace`."""
    retired = _retired(output)
    if retired.exists() and not output.exists():
        retired.rename(output)


def check_output(output: Path, root: Path) -> None:
    """Refuse a folder that is not empty and not an earlier site: it would be replaced.

    :raises PolicysiteError: if the project itself is there, or files that are not a site of it.
    """
    holds_project = root.resolve().is_relative_to(output)
    foreign = output.is_dir() and any(output.iterdir()) and not _is_site(output)
    if holds_project or foreign:
        raise refusal(
            output,
            Code.OUTPUT,
            "The folder is not empty, and its files are not a site made by this command.",
            "Choose an empty folder or a new one with --output; the site replaces everything in it.",
        )


def _is_site(folder: Path) -> bool:
    try:
        content = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and {"timeZone", "policies"} <= content.keys()


def prepare(output: Path) -> Path:
    """Return an empty staging folder for *output*."""
    staging = staging_folder(output)
    for leftover in (staging, _retired(output)):
        shutil.rmtree(leftover, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def replace(staging: Path, output: Path) -> None:
    """Put the site in *staging* in the place of *output*, and remove the old one."""
    if not output.exists():
        staging.rename(output)
        return
    if _exchange(staging, output):
        shutil.rmtree(staging)
        return
    retired = _retired(output)
    output.rename(retired)
    staging.rename(output)
    shutil.rmtree(retired)


def _retired(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step where the system can (renameat2, Linux); return whether it did."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    if rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), os.fspath(other))

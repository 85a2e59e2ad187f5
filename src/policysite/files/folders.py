"""Folders with many files: what is in them, and copies that leave alone what has not changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base import digests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_IGNORED = {"__pycache__"}
LARGEST_DIGESTED = 16_000_000
"""Bytes of a file of a project: none that is larger is read, so what is behind its beginning makes no difference."""
_BEGINNING = 1 << 16


def work_folder(root: Path) -> Path:
    """Return the folder of the project in *root* for what one command keeps for the next; its lock is the project's."""
    return root / "_build" / "work"


def names_below(folder: Path, *, with_dead_links: bool = False) -> list[str]:
    """Return the files below *folder*, in order, by their names from there (``en/index.html``).

    Links to files count, and *with_dead_links* those that lead nowhere, or in a circle.
    """
    return sorted(_names(os.fspath(folder), dead=with_dead_links))


def _names(root: str, *, dead: bool) -> Iterator[str]:
    # Folders can be in each other deeper than calls can.
    open_folders = [""]
    while open_folders:
        start = open_folders.pop()
        with os.scandir(os.path.join(root, start)) as entries:  # noqa: PTH118 - there are many
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    open_folders.append(f"{start}{entry.name}/")
                elif _is_file(entry) or (dead and entry.is_symlink()):
                    yield start + entry.name


def _is_file(entry: os.DirEntry[str]) -> bool:
    # The folder itself says so of plain files, which most are; asking about a link never fails so.
    return entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path)  # noqa: PTH113


def copy_files(names: Iterable[str], source: Path, to: Path, earlier: Path | None) -> None:
    """Copy the files *names* from *source* to the new folder *to*, with their times.

    A file that *earlier*, an earlier copy of *source*, has with the same content is not written again: both folders then
    share it. So *earlier* must be about to go.

    :raises OSError: if something cannot be read or written.
    """
    names = list(names)
    for folder in {name.rpartition("/")[0] for name in names}:
        (to / folder).mkdir(parents=True, exist_ok=True)
    for name in names:
        if earlier is None or not _is_shared(source / name, earlier / name, to / name):
            shutil.copy2(source / name, to / name)


def share_unchanged(names: Iterable[str], folder: Path, earlier: Path) -> None:
    """Have those of the files *names* in *folder* that *earlier* has with the same content be its files; it is about to go."""
    for name in names:
        shared = folder / f"{name}.shared"
        if _is_shared(folder / name, earlier / name, shared):
            shared.replace(folder / name)


def _is_shared(source: Path, earlier: Path, target: Path) -> bool:
    """Give the file *earlier* the name *target* too if it is a copy of *source*; return whether it did."""
    try:
        new, old = source.stat(), earlier.lstat()
        if (new.st_size, new.st_mode) != (old.st_size, old.st_mode):
            return False
        if new.st_mtime_ns != old.st_mtime_ns and source.read_bytes() != earlier.read_bytes():
            return False
        target.hardlink_to(earlier)
    except OSError:
        # It is not there, or the file system has no such names: it is copied.
        return False
    return True


def digest_of(
    root: Path, places: Iterable[Path], facts: object, *, follow_links: bool = False
) -> str:
    """Return a digest of *facts*, and of the files in *places* by their names as seen from *root*.

    Of a link to a file it has what stands in the link, and of a file that is larger than any may be its size and beginning;
    with *follow_links* all of what is there: that may go on for ever.
    """
    found = []
    for place in places:
        # A folder has hundreds of files, and this is asked for each command.
        seen = Path(os.path.relpath(place, root)).as_posix()
        for name in _counting(place):
            known = name if seen == "." else f"{seen}/{name}".rstrip("/")
            found.append((known, _digest(place, name, follow_links=follow_links)))
    return digests.of_facts((facts, found))


def _digest(place: Path, name: str, *, follow_links: bool) -> str:
    path = f"{place}/{name}" if name else f"{place}"
    if not follow_links and os.path.islink(path):  # noqa: PTH114 - there are many
        return f"link to {os.readlink(path)}"  # noqa: PTH115 - there are many
    if not os.path.isfile(path):  # noqa: PTH113 - there are many
        return ""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - there are many
        size = os.fstat(file.fileno()).st_size
        if follow_links or size <= LARGEST_DIGESTED:
            return digests.of_bytes(file.read())
        return f"{size} bytes, {digests.of_bytes(file.read(_BEGINNING))}"


def files(place: Path) -> Iterator[Path]:
    """Yield the files in *place* that count, in order; compiled catalogs and bytecode do not."""
    for name in _counting(place):
        yield place / name


def _counting(place: Path) -> Iterator[str]:
    """Yield the names of the files that count as seen from *place*; empty for a *place* that is a file."""
    if place.is_file():
        yield ""
        return
    for name in names_below(place, with_dead_links=True) if place.is_dir() else ():
        if not name.endswith(".mo") and not _IGNORED & set(name.split("/")):
            yield name

"""The one door through which a file of the project is read: a regular file, that stands inside, of a size that is known.

Whoever sends a change writes these files. A link would bring in what lies outside of the project, a pipe or a device never
ends, and a folder has no content. The project's own folder may be reached by a link: only what is inside counts.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.base.problems import Code, PolicysiteError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 4_000_000
"""Bytes of a file, unless who reads it says otherwise. A long policy has a tenth of that."""
_DEEPEST = 20
"""Folders in each other. Texts and catalogs of a policy need three."""
# Editors lock a file by a link of such a name, which leads nowhere; Sphinx passes it over too.
_LOCK = ".#"
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
# A pipe would wait for somebody to write.
_OPEN_FILE = _OPEN | os.O_NONBLOCK
_OPEN_FOLDER = _OPEN | os.O_DIRECTORY
_KINDS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read(
    root: Path, file: Path, largest: int = LARGEST, *, code: Code = Code.PROJECT_FILE
) -> bytes:
    """Return the content of *file*, a file of the project in the folder *root*.

    *largest* is the number of bytes that it may have, *code* that of the problem if it cannot be read.

    :raises PolicysiteError: if it is not there, is no regular file, is reached by a link, or is larger.
    """
    base, names = _inside(root, file)
    if problem := _unusable(base, names, code):
        raise PolicysiteError([problem])
    path = "/".join(names)
    try:
        with os.fdopen(_open(base, names), "rb") as opened:
            about = os.fstat(opened.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise PolicysiteError([_no_file(path, about.st_mode, code)])
            # What says that it is empty may go on for ever.
            content = opened.read(largest + 1)
    except OSError as error:
        found = f"The file cannot be read: {error.strerror}."
        raise PolicysiteError([Problem(path, 0, code, found, "Correct its rights.")]) from error
    if len(content) > largest:
        raise PolicysiteError([_too_large(path, max(about.st_size, len(content)), largest)])
    return content


def digest(root: Path, file: Path, largest: int = LARGEST) -> str:
    """Return the digest of what :func:`read` gives; empty where it refuses, which whoever uses the file will hear of."""
    try:
        return digests.of_bytes(read(root, file, largest))
    except PolicysiteError:
        return ""


def is_there(file: Path) -> bool:
    """Whether anything stands at *file*, be it a link that leads nowhere: what is there must be read, and may be refused."""
    return os.path.lexists(file)


@dataclass
class Listing:
    """What stands in a folder: the ``files``, in order, and the ``problems`` with what is none or has no usable name."""

    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def names(self, suffix: str) -> list[Path]:
        """Return the files whose names end with *suffix*."""
        return [file for file in self.files if file.name.endswith(suffix)]


def list_files(
    root: Path, folder: Path, suffixes: tuple[str, ...] = (), *, code: Code = Code.PROJECT_FILE
) -> Listing:
    """Return the regular files in *folder*, a folder of the project in *root*, and in those inside; no link is followed.

    A folder whose name ends with one of *suffixes* is a problem, as a file was meant. Where there is no folder there is
    nothing in it.
    """
    base, names = _inside(root, folder)
    found = Listing()
    if names and (problem := _unusable(base, names, code, is_folder=True)):
        if is_there(folder):
            found.problems.append(problem)
        return found
    for path, mode in _walk(folder, 0):
        inner = "/".join((*names, *path.relative_to(folder).parts))
        shown = _shown(inner)
        if shown != inner:
            message = "Found a name with characters that are not printed, or not in UTF-8."
            found.problems.append(Problem(shown, 0, code, message, "Rename the file."))
        elif stat.S_ISREG(mode):
            found.files.append(path)
        elif not stat.S_ISDIR(mode) or path.name.endswith(suffixes or ("\0",)):
            found.problems.append(_no_file(shown, mode, code))
        elif inner.count("/") > _DEEPEST:
            message = f"Found folders in each other, more than {_DEEPEST} deep."
            found.problems.append(Problem(shown, 0, code, message, "Move the files up."))
    return found


def _walk(folder: Path, depth: int) -> Iterator[tuple[Path, int]]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name.startswith(_LOCK):
            continue
        path = folder / entry.name
        mode = entry.stat(follow_symlinks=False).st_mode
        yield path, mode
        if stat.S_ISDIR(mode) and depth <= _DEEPEST:
            yield from _walk(path, depth + 1)


def _inside(root: Path, file: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the folder from which on links count, and the names from there to *file*."""
    if file.is_relative_to(root):
        return root, file.relative_to(root).parts
    # Sphinx may be told of sources elsewhere: then the file itself counts.
    return file.parent, (file.name,)


def _open(base: Path, names: tuple[str, ...]) -> int:
    """Open a file step by step, so that a link that comes in between leads nowhere."""
    folder = os.open(base, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for name in names[:-1]:
            inner = os.open(name, _OPEN_FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(names[-1], _OPEN_FILE, dir_fd=folder)
    finally:
        os.close(folder)


def _unusable(
    base: Path, names: tuple[str, ...], code: Code, *, is_folder: bool = False
) -> Problem | None:
    """Return why what *names* lead to is no file (or no folder), or is reached by a link."""
    place = base
    for number, name in enumerate(names, start=1):
        place = place / name
        path = _shown("/".join(names[:number]))
        if name == os.pardir:
            found = "Found a path that leads out of the project."
            return Problem(path, 0, code, found, "Name a file inside the project.")
        try:
            mode = place.lstat().st_mode
        except OSError as error:
            found = f"There is no such file: {error.strerror}."
            remedy = "Put the file there, or correct its name."
            return Problem(path, 0, code, found, remedy)
        if number < len(names) or is_folder:
            if not stat.S_ISDIR(mode):
                return _no_file(path, mode, code, expected="folder")
        elif not stat.S_ISREG(mode):
            return _no_file(path, mode, code)
    return None


def _no_file(path: str, mode: int, code: Code, expected: str = "file") -> Problem:
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "a file")
    found = f"Found {kind}; expected a {expected} of the project."
    if kind == "a link":
        found = f"Found a link; expected a {expected} of the project. What it leads to is not read."
    return Problem(path, 0, code, found, f"Put the {expected} itself there, or remove it.")


def _too_large(path: str, size: int, largest: int) -> Problem:
    found = f"The file has {size:,} bytes or more; expected at most {largest:,}."
    return Problem(path, 0, Code.TOO_LARGE, found, "Take out what does not belong there.")


def _shown(path: str) -> str:
    """Return *path* as it can be printed: a line break in it would end a message."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in path
    )

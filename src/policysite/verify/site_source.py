"""A published site to read: a folder, a zip file, or an address. It is untrusted input."""

from __future__ import annotations

import functools
import os
import time
from typing import IO, TYPE_CHECKING, Protocol

from policysite.base.problems import Code, PolicysiteError, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = "versions.json"
"""The file by which a site is known."""
MOST_BYTES = 20_000_000
"""No file of a site is larger; a zip file or a server could claim otherwise."""
MOST_IN_ALL = 4_000_000_000
"""No site is larger."""
MOST_FILES = 500_000
DEEPEST = 50
"""Folders in each other. A site has five."""

_CHUNK = 1 << 16


class SiteSource(Protocol):
    """A site whose files can be read by their path below its root.

    ``what`` says what is read, in words.
    """

    what: str

    def read(self, name: str) -> bytes | None:
        """Return the contents of a file; None if there is none.

        :raises PolicysiteError: if it cannot be read.
        """

    def names(self) -> list[str] | None:
        """Return the paths of all files, in order; None where they cannot be listed.

        :raises PolicysiteError: if they cannot be read.
        """


def unreadable_site(where: str, message: str) -> PolicysiteError:
    """Return the error that a site, or a file of it, cannot be read."""
    remedy = "Name the root of a site: a folder, a zip file, or an address like https://example.com/policies/."
    return refusal(where, Code.OUTPUT, message, remedy)


def printable(words: str) -> str:
    """Return the beginning of what a server has said, for a message on a terminal."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in words[:200])
    return shown + "…" * (len(words) > len(shown))


class Allowance:
    """How much may be read of one site in all."""

    def __init__(self) -> None:
        self._left = MOST_IN_ALL

    def bounded(
        self, file: IO[bytes], name: str, deadline: float = float("inf"), most: int = MOST_BYTES
    ) -> bytes:
        """Return what is in *file*, the file *name* of the site.

        :raises PolicysiteError: if that is too much, or takes longer than until *deadline*.
        """
        chunks, size = [], 0
        # What is there, without waiting for more, so that a deliberately slow server does not block us.
        read = getattr(file, "read1", file.read)
        while chunk := read(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            self._left -= len(chunk)
            if size > most:
                raise unreadable_site(
                    name, f"It is larger than {most:,} bytes, as no file of a site is."
                )
            if self._left < 0:
                raise unreadable_site(
                    name, f"The site is larger than {MOST_IN_ALL:,} bytes, as none is."
                )
            if time.monotonic() > deadline:
                raise unreadable_site(name, "The server took too long.")
        return b"".join(chunks)


class FolderSource:
    """A site in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.what = f"the folder {self.folder}"
        self._allowance = Allowance()

    def read(self, name: str) -> bytes | None:
        """Return the contents of a file; None if there is none.

        :raises PolicysiteError: if it cannot be read, or lies elsewhere.
        """
        try:
            path = (self.folder / name).resolve()
            if not path.is_file():
                return None
            if not path.is_relative_to(self.folder):
                raise unreadable_site(name, f"The file lies outside the site: {path}.")
            with path.open("rb") as file:
                return self._allowance.bounded(file, name)
        except (OSError, ValueError) as error:
            raise unreadable_site(name[:200], f"Cannot read it: {error}.") from error

    def names(self) -> list[str]:
        """Return the paths of all files, of links and of whatever else a server might follow."""
        return self._listed

    @functools.cached_property
    def _listed(self) -> list[str]:
        try:
            found = []
            for name in _names(os.fspath(self.folder)):
                found.append(name)
                if len(found) > MOST_FILES:
                    raise unreadable_site(name, f"The folder has more than {MOST_FILES:,} files.")
            return sorted(found)
        except OSError as error:
            raise unreadable_site(os.fspath(self.folder), f"Cannot read it: {error}.") from error


def _names(root: str) -> Iterator[str]:
    open_folders = [""]
    while open_folders:
        start = open_folders.pop()
        if start.count("/") > DEEPEST:
            message = f"The folder has others in each other, more than {DEEPEST} deep."
            raise unreadable_site(root, message)
        with os.scandir(os.path.join(root, start)) as entries:  # noqa: PTH118 - a path is slower, and there are many
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    open_folders.append(f"{start}{entry.name}/")
                else:
                    yield start + entry.name

"""The files of a site that clients may get: regular files inside the folder, and no links."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COMPRESSED_FORMS = {"br": ".br", "gzip": ".gz"}
"""The forms that are beside a file, by their names in HTTP."""


class ServedFiles:
    """The files in the folder *site*; if that is a link, its target is read once.

    Names are paths of addresses: with a slash at the beginning, without empty segments, ``.`` and ``..``.
    Notes of a release and compressed forms have no names of their own.
    """

    def __init__(self, site: Path) -> None:
        self._site = site.resolve()

    def has(self, name: str) -> bool:
        """Whether there is a file *name*."""
        return self._find(name) is not None

    def read(self, name: str) -> bytes | None:
        """Return the content of the file *name*; None if there is none."""
        found = self._find(name)
        return None if found is None else _read(found)

    def read_compressed(self, name: str, suffix: str) -> bytes | None:
        """Return the form of the file *name* that has the *suffix*, one of ``COMPRESSED_FORMS``; None if there is none."""
        found = self._find(name, suffix)
        return None if found is None else _read(found)

    def _find(self, name: str, suffix: str = "") -> Path | None:
        if "/." in name or "\0" in name or name.endswith(tuple(COMPRESSED_FORMS.values())):
            return None
        place = self._site / f"{name}{suffix}".lstrip("/")
        try:
            # A release has no links, so one that is there does not belong to it.
            inside = place.resolve(strict=True) == place
            return place if inside and place.is_file() else None
        except (OSError, RuntimeError):
            # It does not exist, its name is too long, or links form a loop.
            return None


def _read(path: Path) -> bytes | None:
    """Return the content of a regular file; None if it was replaced or removed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        return file.read() if stat.S_ISREG(os.fstat(descriptor).st_mode) else None

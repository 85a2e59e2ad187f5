"""The folder or object store that all machines see, by an address that fsspec knows: ``file://``, ``s3://``, ``gs://``.

Each build has a folder of its own in it, and every file is written once, under a name that no other file ever has: no
machine can read what another is still writing.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from fsspec.core import url_to_fs

if TYPE_CHECKING:
    from collections.abc import Iterator


class StoreError(Exception):
    """A file of the store cannot be read or written."""


class Store:
    """The folder *url*. It and all around it are made where that is needed.

    :raises StoreError: if nothing can be read or written at such an address.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        with _errors():
            self._files, self._folder = url_to_fs(url)

    def make(self) -> None:
        """Make the folder, where there are folders.

        :raises StoreError: if that is not possible.
        """
        with _errors():
            self._files.makedirs(self._folder, exist_ok=True)

    def put(self, path: Path, name: str) -> None:
        """Write the file *path* as *name*.

        :raises StoreError: if it cannot be written.
        """
        with _errors():
            self._files.put_file(str(path), self._place(name))

    def get(self, name: str, path: Path) -> None:
        """Read the file *name* into the new file *path*.

        :raises StoreError: if it is not there, or cannot be read.
        """
        with _errors():
            self._files.get_file(self._place(name), str(path))

    def size(self, name: str) -> int:
        """Return the size of the file *name* in bytes.

        :raises StoreError: if it is not there, or cannot be read.
        """
        with _errors():
            return int(self._files.info(self._place(name))["size"])

    def remove(self, name: str) -> None:
        """Remove the file *name*.

        :raises StoreError: if that is not possible.
        """
        with _errors():
            self._files.rm_file(self._place(name))

    def remove_all(self) -> None:
        """Remove the folder with all that is in it.

        :raises StoreError: if that is not possible.
        """
        with _errors():
            # What other machines wrote is not in a list that was made before.
            self._files.invalidate_cache()
            if self._files.exists(self._folder):
                self._files.rm(self._folder, recursive=True)

    def _place(self, name: str) -> str:
        return f"{self._folder}/{name}"


@contextlib.contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"there is no {error.filename or error}") from error
    except Exception as error:
        # Each of fsspec's file systems raises what the library under it raises.
        raise StoreError(f"{type(error).__name__}: {error}") from error


def absolute_url(place: str) -> str:
    """Return the address of *place*, which may be a path, for a machine that is in another folder."""
    return place if "://" in place else Path(place).absolute().as_uri()

"""A published site to read: a folder, a zip file, or an address."""

from __future__ import annotations

import urllib.error
import urllib.request
import zipfile
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import quote, urlsplit

from policysite.errors import Code, PolicysiteError, Problem

MARK = "versions.json"
"""The file by which a site is known."""
MOST_BYTES = 50_000_000
"""No file of a site is larger; a zip file or a server could claim otherwise."""

_SECONDS = 30


class SiteSource(Protocol):
    """A site whose files can be read by their path below its root."""

    def read(self, name: str) -> bytes | None:
        """Return the contents of a file; None if there is none."""


def open_site(where: str) -> SiteSource:
    """Return the site at *where*: an address (``https://…``), a folder, or a zip file.

    Nothing is read from the network but from an address that is given.

    :raises PolicysiteError: if there is no site.
    """
    if urlsplit(where).scheme in {"http", "https"}:
        return _checked(_Address(where), where)
    path = Path(where)
    if path.is_dir():
        return _checked(_Folder(path), where)
    if path.is_file():
        try:
            return _checked(_Zip(path), where)
        except (zipfile.BadZipFile, OSError) as error:
            raise _refusal(where, f"The file cannot be read as a zip file: {error}.") from error
    raise _refusal(where, "There is no such folder or file.")


def _checked(site: SiteSource, where: str) -> SiteSource:
    if site.read(MARK) is None:
        raise _refusal(
            where, f"There is no {MARK}, which every site of policysite has at its root."
        )
    return site


def _refusal(where: str, message: str) -> PolicysiteError:
    remedy = "Name the root of a site: a folder, a zip file, or an address like https://example.com/policies/."
    return PolicysiteError([Problem(where, 0, Code.OUTPUT, message, remedy)])


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None


class _Zip:
    """A site in a zip file, at its root or in a folder of it."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.names = set(self.archive.namelist())
        roots = sorted(
            (n.removesuffix(MARK) for n in self.names if PurePosixPath(n).name == MARK), key=len
        )
        self.root = roots[0] if roots else ""

    def read(self, name: str) -> bytes | None:
        name = f"{self.root}{name}"
        if name not in self.names:
            return None
        with self.archive.open(name) as file:
            return _bounded(file.read(MOST_BYTES + 1), name)


class _Address:
    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        path = parts.path if parts.path.endswith("/") else f"{parts.path.rpartition('/')[0]}/"
        if not parts.path.endswith(".html") and not parts.path.endswith("/"):
            path = f"{parts.path}/"
        self.root = f"{parts.scheme}://{parts.netloc}{path}"

    def read(self, name: str) -> bytes | None:
        request = urllib.request.Request(self.root + quote(name))  # noqa: S310 - the scheme was looked at
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                return _bounded(answer.read(MOST_BYTES + 1), name)
        except urllib.error.HTTPError as error:
            if error.code in {404, 410}:
                return None
            raise _refusal(self.root, f"The server answered {error.code} for {name}.") from error
        except OSError as error:
            raise _refusal(self.root, f"Cannot read {name}: {error}.") from error


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > MOST_BYTES:
        raise _refusal(
            name, f"The file is larger than {MOST_BYTES:,} bytes, which no file of a site is."
        )
    return content

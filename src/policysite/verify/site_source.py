"""A published site to read: a folder, a zip file, or an address. It is untrusted input."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, Protocol
from urllib.parse import quote, urlsplit

from policysite.base.problems import Code, PolicysiteError, refusal

MARK = "versions.json"
"""The file by which a site is known."""
MOST_BYTES = 50_000_000
"""No file of a site is larger; a zip file or a server could claim otherwise."""

_SECONDS = 30
_CHUNK = 1 << 16
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class SiteSource(Protocol):
    """A site whose files can be read by their path below its root.

    ``what`` says what is read, in words.
    """

    what: str

    def read(self, name: str) -> bytes | None:
        """Return the contents of a file; None if there is none.

        :raises PolicysiteError: if it cannot be read.
        """


def open_site(where: str) -> SiteSource:
    """Return the site at *where*: an address (``https://…``), a folder, or a zip file.

    Nothing is read from the network but from an address that is given, and nothing from outside the site.

    :raises PolicysiteError: if there is no site.
    """
    if where.startswith(("http://", "https://")):
        return _checked(_Address(where), where)
    path = Path(where)
    if where and path.is_dir():
        return _checked(_Folder(path), where)
    if path.is_file():
        try:
            return _checked(_Zip(path), where)
        except _ZIP_ERRORS as error:
            raise _refusal(where, f"The file cannot be read as a zip file: {error}.") from error
    raise _refusal(where or "(nothing)", "There is no such folder or file.")


def _checked(site: SiteSource, where: str) -> SiteSource:
    if site.read(MARK) is None:
        if site.read(f"current/{MARK}") is not None:
            raise _refusal(where, "These are releases; the one that is served is current in it.")
        raise _refusal(
            where, f"There is no {MARK}, which every site of policysite has at its root."
        )
    return site


def _refusal(where: str, message: str) -> PolicysiteError:
    remedy = "Name the root of a site: a folder, a zip file, or an address like https://example.com/policies/."
    return refusal(where, Code.OUTPUT, message, remedy)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.what = f"the folder {self.folder}"

    def read(self, name: str) -> bytes | None:
        try:
            path = (self.folder / name).resolve()
            if not path.is_file():
                return None
            if not path.is_relative_to(self.folder):
                raise _refusal(name, f"The file lies outside the site: {path}.")
            with path.open("rb") as file:
                return _bounded(file, name)
        except (OSError, ValueError) as error:
            raise _refusal(name[:200], f"Cannot read it: {error}.") from error


class _Zip:
    """A site in a zip file, at its root or in a folder of it."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        names = [info.filename for info in self.archive.infolist()]
        roots = [n.removesuffix(MARK) for n in names if PurePosixPath(n).name == MARK]
        if len(roots) > 1:
            raise zipfile.BadZipFile(f"it has several sites, in {', '.join(map(repr, roots))}")
        self.root = roots[0] if roots else ""
        folded = [name.casefold() for name in names if name.startswith(self.root)]
        if len(set(folded)) != len(folded):
            twice = next(name for name in folded if folded.count(name) > 1)
            raise zipfile.BadZipFile(
                f"it has {twice!r} twice, and programs differ in which they take"
            )
        self.names = set(names)
        self.what = f"the folder {self.root or '/'} of {path}"

    def read(self, name: str) -> bytes | None:
        name = f"{self.root}{name}"
        if name not in self.names:
            return None
        try:
            with self.archive.open(name) as file:
                return _bounded(file, name)
        except _ZIP_ERRORS as error:
            raise _refusal(name, f"Cannot read it from the zip file: {error}.") from error


class _SameOrigin(urllib.request.HTTPRedirectHandler):
    """Follows no redirect to another server: what is checked is the site that was named."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise _refusal(
                req.full_url, f"The server redirects to {newurl}. Name that address if it is meant."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Address:
    def __init__(self, address: str) -> None:
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise _refusal(address, f"This is not an address: {error}.") from error
        folder = parts.path.rpartition("/")[0] if parts.path.endswith(".html") else parts.path
        self.root = f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}/"
        self.what = f"the site at {self.root}"
        self.opener = urllib.request.build_opener(_SameOrigin)

    def read(self, name: str) -> bytes | None:
        try:
            with self.opener.open(self.root + quote(name), timeout=_SECONDS) as answer:
                return _bounded(answer, name, deadline=time.monotonic() + _SECONDS)
        except urllib.error.HTTPError as error:
            if error.code in {404, 410}:
                return None
            raise _refusal(self.root, f"The server answered {error.code} for {name}.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _refusal(self.root, f"Cannot read {name}: {error}.") from error


def _bounded(file: IO[bytes], name: str, deadline: float = float("inf")) -> bytes:
    """Return what is in *file*, unless that is too much, or takes too long."""
    chunks, size = [], 0
    # What is there, without waiting for more, so that a deliberately slow server does not block us.
    read = getattr(file, "read1", file.read)
    while chunk := read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise _refusal(
                name, f"It is larger than {MOST_BYTES:,} bytes, as no file of a site is."
            )
        if time.monotonic() > deadline:
            raise _refusal(name, f"The server took longer than {_SECONDS} seconds.")
    return b"".join(chunks)

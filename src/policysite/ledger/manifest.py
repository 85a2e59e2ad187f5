"""The manifest of a release: every file of it with size and digest, and what it takes to make them again.

It does not list itself, nor what is newer than it: the ledgers, which have its digest, with their signatures and time stamps.
``schemas/manifest.schema.json`` describes the file. Its bytes are canonical JSON, so that the digest of the file, which any
SHA-256 tool gives, is the one in the ledger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from policysite.base import digests
from policysite.base.days import day_of
from policysite.base.strict_json import read_json
from policysite.ledger import canonical_json
from policysite.model import addresses

if TYPE_CHECKING:
    import datetime as dt

FORMAT = "policysite-manifest-1"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"format", "day", "baseUrl", "files"}
_FILE_FIELDS = {"path", "size", "sha256"}


class MalformedManifestError(ValueError):
    """A manifest that cannot be read; the message says what was found and what is expected."""


@dataclass(frozen=True, order=True)
class ManifestFile:
    """A file of a release: its path below the root of the site, its size in bytes and its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a release consists of; ``files`` are in the order of their paths.

    ``day`` is the day whose status the release shows, ``base_url`` the address that its pages name, empty if none:
    built for these from the same sources, it is the same.
    """

    day: dt.date
    base_url: str
    files: tuple[ManifestFile, ...]

    @cached_property
    def by_path(self) -> dict[str, ManifestFile]:
        """The files by path."""
        return {file.path: file for file in self.files}

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file."""
        data = {
            "format": FORMAT,
            "day": self.day.isoformat(),
            "baseUrl": self.base_url,
            "files": [vars(file) for file in self.files],
        }
        return canonical_json.written(data)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, as the ledger has it."""
        return digests.of_bytes(self.content)


def file_of(path: str, content: bytes) -> ManifestFile:
    """Return what a manifest says of a file."""
    return ManifestFile(path, len(content), digests.of_bytes(content))


def is_listed(path: str) -> bool:
    """Whether a manifest has to list the file at *path*: all but itself and what is newer than it."""
    name = path.removesuffix(".br").removesuffix(".gz")
    return name != addresses.MANIFEST and not path.startswith(addresses.LEDGER_FOLDER)


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest with these bytes.

    :raises MalformedManifestError: if it is not one, or not in its canonical form.
    """
    try:
        manifest = _manifest_from(read_json(content))
    except MalformedManifestError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedManifestError(f"{type(error).__name__}: {str(error)[:100]}") from None
    if manifest.content != content:
        raise MalformedManifestError("its bytes are not those of the canonical form (RFC 8785)")
    return manifest


def _manifest_from(data: Any) -> Manifest:
    if not isinstance(data, dict) or data.keys() != _FIELDS or data["format"] != FORMAT:
        raise MalformedManifestError(f"expected an object with format: {FORMAT}, {sorted(_FIELDS)}")
    if not isinstance(data["baseUrl"], str) or not isinstance(data["files"], list):
        raise MalformedManifestError("expected an address and a list of files")
    files = tuple(_file_from(item) for item in data["files"])
    paths = [file.path for file in files]
    if paths != sorted(set(paths)):
        raise MalformedManifestError("its files are not in the order of their paths, each once")
    return Manifest(day_of(data["day"]), data["baseUrl"], files)


def _file_from(item: Any) -> ManifestFile:
    if not isinstance(item, dict) or item.keys() != _FILE_FIELDS:
        raise MalformedManifestError(f"found {item!r:.60}, expected {sorted(_FILE_FIELDS)}")
    path, size, digest = item["path"], item["size"], item["sha256"]
    if not isinstance(path, str) or not _is_plain(path) or not is_listed(path):
        raise MalformedManifestError(f"found the path {path!r:.60}")
    if type(size) is not int or size < 0:
        raise MalformedManifestError(f"found the size {size!r:.20} of {path}")
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
        raise MalformedManifestError(f"found the digest {digest!r:.70} of {path}")
    return ManifestFile(path, size, digest)


def _is_plain(path: str) -> bool:
    """Whether *path* leads to one place below the root, in whatever system."""
    steps = path.split("/")
    return (
        all(step not in {"", ".", ".."} for step in steps)
        and "\\" not in path
        and path.isprintable()
    )

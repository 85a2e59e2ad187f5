"""A site in a zip file, which programs may unpack in different ways: what could be unpacked in two ways is refused."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from policysite.verify.site_source import DEEPEST, MARK, MOST_FILES, Allowance, unreadable_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_LISTED = 24_000_000
"""Bytes of the list of members, which is read as a whole. Paths of 500,000 files do not fit, those of 200,000 do."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Others have no bound: some bytes become a gigabyte at once."""
# Where the list of members ends: signature, place and length of its size. Behind it there may be a comment.
_ENDS = ((b"PK\5\6", 12, 4), (b"PK\6\6", 40, 8))
_LARGEST_END = 65_535 + 22 + 20 + 56
_IN_OTHER_RECORD = 0xFFFFFFFF

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


class ZipSource:
    """A site in a zip file, at its root or in a folder of it.

    :raises zipfile.BadZipFile: if it has several sites, two members that are unpacked to the same file, or too much of anything.
    """

    def __init__(self, path: Path) -> None:
        if any(size > MOST_LISTED for size in _sizes_of_list(path)):
            raise zipfile.BadZipFile(
                f"the list of its members is larger than {MOST_LISTED:,} bytes"
            )
        self.archive = zipfile.ZipFile(path)
        self._members = _members(self.archive)
        roots = [
            name.removesuffix(MARK) for name in self._members if PurePosixPath(name).name == MARK
        ]
        if len(roots) > 1:
            raise zipfile.BadZipFile(f"it has several sites, in {', '.join(map(repr, roots))}")
        self.root = roots[0] if roots else ""
        self.what = f"the folder {self.root or '/'} of {path}"
        self._allowance = Allowance()

    def read(self, name: str) -> bytes | None:
        """Return the contents of a file; None if there is none.

        :raises PolicysiteError: if it cannot be read.
        """
        name = f"{self.root}{name}"
        member = self._members.get(name)
        if member is None:
            return None
        try:
            with self.archive.open(member) as file:
                return self._allowance.bounded(file, name)
        except ZIP_ERRORS as error:
            raise unreadable_site(name, f"Cannot read it from the zip file: {error}.") from error

    def names(self) -> list[str]:
        """Return the paths of all files of the site."""
        found = [name for name in self._members if name.startswith(self.root)]
        return sorted(name.removeprefix(self.root) for name in found)


def _sizes_of_list(path: Path) -> Iterator[int]:
    """Yield what could be the size of the list of members, before anything is read of it."""
    with path.open("rb") as file:
        file.seek(-min(_LARGEST_END, path.stat().st_size), 2)
        end = file.read()
    for signature, offset, length in _ENDS:
        start = end.find(signature)
        while start >= 0:
            size = int.from_bytes(end[start + offset : start + offset + length], "little")
            if size != _IN_OTHER_RECORD:
                yield size
            start = end.find(signature, start + 1)


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files by the path that they are unpacked to."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise zipfile.BadZipFile(f"it has {len(infos):,} members")
    found: dict[str, zipfile.ZipInfo] = {}
    places: dict[str, bool] = {}
    for info in infos:
        path = _path(info)
        steps = path.split("/")
        # A path can be that of one file, or of a folder.
        for depth in range(1, len(steps) + 1):
            is_file = depth == len(steps) and not info.is_dir()
            key = _key("/".join(steps[:depth]))
            if key in places and (is_file or places[key]):
                raise zipfile.BadZipFile(
                    f"it has {path[:80]!r} twice, and programs differ in which they take"
                )
            places[key] = is_file
        if not info.is_dir():
            found[path] = info
    return found


def _path(info: zipfile.ZipInfo) -> str:
    """Return where a member is unpacked to, whatever way its name is written."""
    name = info.orig_filename.replace("\\", "/")
    steps = [step for step in name.split("/") if step not in {"", "."}]
    if len(steps) > DEEPEST:
        raise zipfile.BadZipFile(f"it has folders in each other, more than {DEEPEST} deep")
    if info.compress_type not in _METHODS:
        raise zipfile.BadZipFile(
            f"{name[:80]!r} in it is compressed in a way that is not usual; expected deflate"
        )
    if "\0" in name or ".." in steps or name.startswith("/") or ":" in name:
        raise zipfile.BadZipFile(f"{name[:80]!r} in it would be outside the folder")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise zipfile.BadZipFile(f"{name[:80]!r} in it is neither a file nor a folder")
    return unicodedata.normalize("NFC", "/".join(steps))


def _key(path: str) -> str:
    """Return what is the same for paths that some system takes for one: case, and dots and blanks at an end."""
    folded = unicodedata.normalize("NFKC", path.casefold()).casefold()
    return "/".join(step.rstrip(". ") for step in folded.split("/"))

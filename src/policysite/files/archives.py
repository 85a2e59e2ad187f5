"""Folders as one file each, to be sent to another machine and back.

An archive is a gzipped tar file with regular files and folders, and its name tells its SHA-256 digest. The process
that unpacks one has compared the digest, and still extracts nothing outside the folder.
"""

from __future__ import annotations

import gzip
import io
import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from policysite.base import digests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Pages are small and many: more compression costs more time than the network takes for the difference.
_LEVEL = 1
_DAMAGED = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    # A duplicated name.
    FileExistsError,
    NotADirectoryError,
)


class ArchiveError(Exception):
    """An archive that is damaged, or that has members that are not allowed."""


def pack(archive: Path, members: Iterable[tuple[str, Path | bytes]]) -> str:
    """Write *archive* and return its digest.

    *members* are names in the archive, each with a file or a folder, of which the name alone counts, or with content.
    Times, permissions and owners are left out: nothing in an archive tells who made it, when and where.
    """
    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, what in members:
            member = tarfile.TarInfo(name)
            if isinstance(what, Path) and what.is_dir():
                member.type = tarfile.DIRTYPE
                tar.addfile(member)
            else:
                content = what.read_bytes() if isinstance(what, Path) else what
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
    return digests.of_file(archive)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack *archive* into the new *folder*; nothing is left of it if that fails.

    :raises ArchiveError: if it is damaged, or holds links, devices, absolute names or such as lead out of the folder.
    :raises OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True)
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member, path in _safely(tar):
                _write(tar, member, folder / path)
    except _DAMAGED as error:
        shutil.rmtree(folder)
        raise ArchiveError(f"it cannot be unpacked: {error}") from error
    except (ArchiveError, OSError):
        shutil.rmtree(folder)
        raise


def _safely(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, PurePosixPath]]:
    for member in tar:
        path = PurePosixPath(member.name)
        if not (member.isreg() or member.isdir()):
            raise ArchiveError(f"{member.name!r} in it is neither a file nor a folder")
        if path.is_absolute() or ".." in path.parts:
            raise ArchiveError(f"{member.name!r} in it would be outside the folder")
        yield member, path


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    if member.isdir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(member)
    if content is None:
        raise ArchiveError(f"{member.name!r} in it has no content")
    with content, path.open("xb") as file:
        shutil.copyfileobj(content, file)

"""The files of a release: copied so that they outlast a power cut, compressed, and joined by assets of other releases.

A page that is open while another release is put in place still loads its style sheet, its script and what these load.
Their names change with their content, so the live release also has the assets of the releases that are kept. A release
notes which of its assets are copies, and of which release, so that an asset is removed with the release that made it.
"""

from __future__ import annotations

import gzip
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import brotli

from policysite.files import staging
from policysite.files.folders import names_below
from policysite.ledger.manifest import ManifestFile, file_of, is_listed
from policysite.model.addresses import MANIFEST, is_asset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from policysite.release.releases import Releases

COMPRESSIBLE = frozenset(
    {
        ".html",
        ".xhtml",
        ".css",
        ".js",
        ".json",
        ".svg",
        ".xml",
        ".atom",
        ".txt",
        ".md",
        ".webmanifest",
    }
)
COMPRESSED = (".br", ".gz")
# Shorter ones save no packet.
_WORTH_IT = 200


def files_of(site: Path) -> list[str]:
    """Return the files of a site, or of a release, without their compressed forms and without hidden ones."""
    names = names_below(site)
    known = set(names)
    return [
        name
        for name in names
        if not any(part.startswith(".") for part in name.split("/"))
        and not (name.endswith(COMPRESSED) and name.rpartition(".")[0] in known)
    ]


def is_same_site(site: Path, release: Path, carried: Mapping[str, int]) -> bool:
    """Whether *release* has the pages and assets of *site*, to the byte, and nothing else of its own but a manifest."""
    names = files_of(site)
    own = [name for name in files_of(release) if name not in carried and name != MANIFEST]
    return own == names and all(
        (site / n).read_bytes() == (release / n).read_bytes() for n in names
    )


def copy_site(site: Path, into: Path, served: Path | None) -> tuple[ManifestFile, ...]:
    """Copy *site* into the new folder *into*, with compressed forms; all of it outlasts a power cut when this returns.

    A file that *served* has too keeps its time, so that browsers need not fetch it again. What a manifest does not list is
    left out: :func:`add_files` adds it. Returned are the manifest's entries for the others.
    """
    names = _listed_files(site)
    _make_folders(names, into)

    def copy(name: str) -> list[ManifestFile]:
        return _add(name, (site / name).read_bytes(), into, served)

    return _side_by_side(copy, names)


def add_files(contents: Mapping[str, bytes], into: Path, served: Path | None) -> None:
    """Add files with these *contents* to the release in the folder *into*, as :func:`copy_site` does."""
    _make_folders(contents, into)
    for name, content in contents.items():
        _add(name, content, into, served)


def listed_files(site: Path) -> tuple[ManifestFile, ...]:
    """Return the entries of the manifest of a release made of *site*; nothing is written."""

    def look_at(name: str) -> list[ManifestFile]:
        forms = _forms(name, (site / name).read_bytes())
        return [file_of(f"{name}{suffix}", form) for suffix, form in forms]

    return _side_by_side(look_at, _listed_files(site))


def _listed_files(site: Path) -> list[str]:
    return [name for name in files_of(site) if is_listed(name)]


def _side_by_side(
    look_at: Callable[[str], list[ManifestFile]], names: Iterable[str]
) -> tuple[ManifestFile, ...]:
    executor = ThreadPoolExecutor()
    try:
        return tuple(sorted(file for found in executor.map(look_at, names) for file in found))
    finally:
        executor.shutdown(cancel_futures=True)


def _make_folders(names: Iterable[str], into: Path) -> None:
    for folder in [into, *(into / name for name in _folders(names))]:
        if not folder.is_dir():
            folder.mkdir()
            folder.chmod(0o755)


def _add(name: str, content: bytes, into: Path, served: Path | None) -> list[ManifestFile]:
    """Write one file with its forms, and return what a manifest says of them."""
    modified = _time_of(content, served / name if served else None)
    found = []
    for suffix, form in _forms(name, content):
        write(into / f"{name}{suffix}", form, modified)
        found.append(file_of(f"{name}{suffix}", form))
    return found


def write(path: Path, content: bytes, modified: int) -> None:
    """Write a file of a release: for everybody to read, whatever the umask. *modified* is in nanoseconds."""
    with path.open("xb") as file:
        os.fchmod(file.fileno(), 0o644)
        file.write(content)
        file.flush()
        os.utime(file.fileno(), ns=(modified, modified))
        os.fsync(file.fileno())


def sync_folders(folder: Path) -> None:
    """Have all names in *folder* and below outlast a power cut."""
    for place in [folder, *folder.rglob("*")]:
        if place.is_dir():
            staging.sync_folder(place)


def copy_previous_assets(releases: Releases, previous: Iterable[int], into: Path) -> dict[str, int]:
    """Add the assets that the *previous* releases made and the release in *into* does not have; return the release that each comes from.

    Of several that have an asset of the same name the first of *previous* counts.
    """
    own = set(files_of(into))
    copied: dict[str, int] = {}
    for number in previous:
        folder, theirs = releases.path(number), releases.notes(number).carried or {}
        for name in files_of(folder):
            if not is_asset(name) or name in theirs or name in own or name in copied:
                continue
            copied[name] = number
            for suffix in ("", *COMPRESSED):
                source = folder / f"{name}{suffix}"
                if source.is_file():
                    _copy_previous_asset(source, into / f"{name}{suffix}", into)
    return copied


def _copy_previous_asset(source: Path, target: Path, release: Path) -> None:
    for folder in reversed([p for p in target.parents if p.is_relative_to(release)]):
        if not folder.is_dir():
            folder.mkdir()
            folder.chmod(0o755)
    # A kill must not leave half of it under its name.
    new = target.with_name(f".{target.name}.new")
    new.unlink(missing_ok=True)
    write(new, source.read_bytes(), source.stat().st_mtime_ns)
    new.replace(target)


def _forms(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the forms in which a file is kept: as it is, and compressed where that is shorter. The same bytes every time."""
    yield "", content
    if PurePosixPath(name).suffix not in COMPRESSIBLE or len(content) < _WORTH_IT:
        return
    for suffix, form in (
        (".br", brotli.compress(content)),
        (".gz", gzip.compress(content, mtime=0)),
    ):
        if len(form) < len(content):
            yield suffix, form


def _time_of(content: bytes, earlier: Path | None) -> int:
    """Return the time for a file, in nanoseconds: another one than that of an *earlier* file with other content.

    A server tells by seconds and by size whether a browser's copy is still good, and clocks jump.
    """
    now = time.time_ns()
    if earlier is None or not earlier.is_file():
        return now
    before = earlier.stat().st_mtime_ns
    if earlier.read_bytes() == content:
        return before
    second = 1_000_000_000
    return now + second if now // second == before // second else now


def _folders(names: Iterable[str]) -> list[str]:
    """Return the folders of files, those above first."""
    found = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    return sorted(found - {"."}, key=lambda name: (name.count("/"), name))

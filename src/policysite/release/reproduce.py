"""Building a release again from its sources, and comparing the bytes: whether a site is what its sources make."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.build.build_site import build
from policysite.build.progress import no_progress
from policysite.ledger.manifest import MalformedManifestError, read_manifest
from policysite.model import addresses
from policysite.project.project import load_project
from policysite.release.release_files import COMPRESSED, listed_files
from policysite.verify.open_site import SECONDS, open_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.build.progress import ProgressCallback
    from policysite.build.scheduler import Scheduler
    from policysite.ledger.manifest import Manifest, ManifestFile


@dataclass(frozen=True)
class Reproduction:
    """What came of it: the ``manifest`` of the release, and the ``differences``, each as words."""

    manifest: Manifest
    differences: tuple[str, ...]

    def __str__(self) -> str:
        """Return the summary for the end of a command, one difference a line."""
        shown = f"of {self.manifest.day}, {self.manifest.digest}"
        if not self.differences:
            count = len(self.manifest.files)
            return f"These sources make the release {shown}: {count} files, the same bytes."
        lines = [
            *self.differences,
            f"{len(self.differences)} differences from the release {shown}.",
        ]
        return "\n".join(lines)


def reproduce(
    root: Path,
    where: str,
    environ: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    progress: ProgressCallback = no_progress,
    scheduler: Scheduler | None = None,
) -> Reproduction:
    """Build the project in *root* as the release at *where* was built, and compare the files.

    *where* is a folder, a zip file, an address, or a file ``manifest.json``. Built is for the day and for the address that its
    manifest names, in a folder that is removed afterwards; *seconds* are for the answers of a server.

    :raises PolicysiteError: if there is no manifest, or the project cannot be built.
    """
    manifest = _manifest(where, seconds)
    values = {"POLICYSITE_DATE": manifest.day.isoformat(), "POLICYSITE_BASE_URL": manifest.base_url}
    chosen = {name: value for name, value in environ.items() if name != "SOURCE_DATE_EPOCH"}
    chosen |= values
    with _environment(values), tempfile.TemporaryDirectory(prefix="policysite-") as folder:
        _check_address(root, chosen, manifest)
        site = Path(folder) / "site"
        build(root, site, chosen, progress, scheduler)
        made = listed_files(site)
    return Reproduction(manifest, tuple(_differences(manifest, made)))


def _manifest(where: str, seconds: float) -> Manifest:
    """Return the manifest of the release at *where*.

    :raises PolicysiteError: if there is none.
    """
    path, remedy = (
        Path(where),
        "Name a release: a folder, a zip file, an address, or a manifest.json.",
    )
    if where.endswith(".json") and path.is_file():
        content: bytes | None = path.read_bytes()
    else:
        content = open_site(where, seconds).read(addresses.MANIFEST)
    try:
        if content is not None:
            return read_manifest(content)
        message = f"There is no {addresses.MANIFEST}: its files were not recorded."
    except MalformedManifestError as error:
        message = f"The manifest cannot be read: {error}."
    raise PolicysiteError([Problem(where, 0, Code.RELEASE_FILE, message, remedy)])


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Have *values* in the environment, where a conf.py looks for them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _check_address(root: Path, environ: Mapping[str, str], manifest: Manifest) -> None:
    """Ask for a project that is built for the address of the release.

    :raises PolicysiteError: if it is built for another one.
    """
    found = load_project(root, environ).settings.base_url
    if found != manifest.base_url:
        message = f"Found the address {found or 'of no site'!r}; the release was built for {manifest.base_url or 'none'!r}."
        remedy = "Have conf.py take policysite_base_url from POLICYSITE_BASE_URL, or name the sources of that release."
        raise PolicysiteError([Problem("conf.py", 0, Code.SETTINGS, message, remedy)])


def _differences(manifest: Manifest, made: tuple[ManifestFile, ...]) -> Iterator[str]:
    mine, theirs = {file.path: file for file in made}, manifest.by_path
    for path in sorted(mine.keys() | theirs.keys()):
        plain = path.removesuffix(".br").removesuffix(".gz")
        if path.endswith(COMPRESSED) and mine.get(plain) != theirs.get(plain):
            # Its compressed forms differ because the file does.
            continue
        if path not in mine:
            yield f"{path}: only in the release"
        elif path not in theirs:
            yield f"{path}: not in the release"
        elif mine[path] != theirs[path]:
            yield f"{path}: {mine[path].size:,} bytes; other ones than the {theirs[path].size:,} of the release"

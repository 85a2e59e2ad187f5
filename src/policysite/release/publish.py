"""Publishing: a site is built, read, compared with what readers have, and put in place by one rename."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.build.build_site import build
from policysite.build.progress import no_progress
from policysite.files import staging
from policysite.model import addresses
from policysite.release.fit_to_publish import check_choices, check_site
from policysite.release.permalinks import Lost, lost_addresses, refused
from policysite.release.record_release import Shown, ledgers_of, recording_release
from policysite.release.release_files import (
    add_files,
    copy_previous_assets,
    copy_site,
    files_of,
    is_same_site,
    sync_folders,
)
from policysite.release.release_target import check_target, target_writable
from policysite.release.releases import Notes, Releases, name_of, write_notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policysite.build.progress import ProgressCallback
    from policysite.build.scheduler import Scheduler

KEEP = 5
FEWEST = 2
"""One that is served, and one to go back to."""


@dataclass(frozen=True)
class Publication:
    """What publishing did. ``number`` is the release that is served now; it is ``before`` if nothing had changed.

    ``day`` names the day whose status is shown, if it was chosen. ``recorded`` are the ledgers that were added to. ``lost`` are the addresses that were named to be lost, ``left_over`` what should have been removed and could not be.
    """

    to: Path
    number: int
    before: int
    pages: int
    size: int
    carried: int
    day: str
    recorded: tuple[str, ...]
    lost: tuple[Lost, ...]
    kept: tuple[int, ...]
    removed: tuple[str, ...]
    left_over: tuple[str, ...]
    build_seconds: float = field(compare=False)
    seconds: float = field(compare=False)

    def __str__(self) -> str:
        """Return the summary for the end of a command, one fact a line."""
        before = f"before it: {name_of(self.before)}" if self.before else "the first"
        new = f"{name_of(self.number)}, {before}"
        lines = [
            f"release       {new if self.number != self.before else f'{name_of(self.number)} has this site already'}",
            f"served from   {self.to / 'current'}",
            f"pages         {self.pages}; {self.size / 1e6:.1f} MB on the disk, compressed forms and all",
            *([f"status of     {self.day}"] if self.day else []),
            f"carried over  {self.carried} assets of earlier releases",
            *(f"recorded      {ledger}; commit it: git add {ledger}" for ledger in self.recorded),
            *(f"lost          {one}, as --allow-removed says" for one in self.lost),
            f"kept          {', '.join(name_of(number) for number in self.kept)}",
            *([f"removed       {', '.join(self.removed)}"] if self.removed else []),
            *(f"left over     {what}" for what in self.left_over),
            f"{self.build_seconds:.1f} s to build, {self.seconds:.1f} s to publish.",
        ]
        return "\n".join(lines)


def publish(
    root: Path,
    to: Path,
    environ: Mapping[str, str],
    *,
    keep: int = KEEP,
    lose: Sequence[str] = (),
    key: Path | None = None,
    progress: ProgressCallback = no_progress,
    scheduler: Scheduler | None = None,
) -> Publication:
    """Build the project in *root* and have it served from ``to/current``; keep the last *keep* releases.

    *lose* names addresses that may be lost: pages, provisions (``page#id``), folders (``ja/``). *key* is a private SSH key
    with which the ledgers are signed, in which the release is recorded. *progress* and *scheduler* are those of the build.

    :raises PolicysiteError: with everything that must be fixed; the live release is unchanged.
    """
    to = to.resolve()
    _check_choices(environ, keep)
    check_target(to, root)
    releases = Releases(to)
    with target_writable(to), releases.locked():
        started = time.monotonic()
        releases.check_link()
        releases.note_served()
        # A folder for each target: its lock guards this too.
        site = root / "_build" / "publish" / digests.of_bytes(os.fsencode(to))[:8]
        build(root, site, environ, progress, scheduler)
        built = time.monotonic()
        shown = check_site(root, site, environ, _ledgers(releases))
        lost = _lost(releases, site, lose, signs=key is not None)
        unfinished = releases.remove_unfinished()
        before = number = releases.current()
        recorded: Mapping[str, int] = {}
        if not _is_served(releases, site):
            number, recorded = _put_in_place(releases, root, site, shown, key)
        removed, left_over = _remove_earlier(releases, keep)
        release = releases.path(number)
        return Publication(
            to,
            number,
            before,
            pages=sum(name.endswith(".html") for name in files_of(release)),
            size=sum(path.stat().st_size for path in release.rglob("*") if path.is_file()),
            carried=len(releases.notes(number).carried or {}),
            day=_chosen_day(environ),
            recorded=tuple(recorded),
            lost=tuple(lost),
            kept=tuple(releases.numbers()),
            removed=(*unfinished, *removed),
            left_over=tuple(left_over),
            build_seconds=built - started,
            seconds=time.monotonic() - built,
        )


def _chosen_day(environ: Mapping[str, str]) -> str:
    """Return what the status rests on if that is not today, in words."""
    for name in ("POLICYSITE_DATE", "SOURCE_DATE_EPOCH"):
        if value := environ.get(name):
            return f"{value}, as was asked for"
    return ""


def _check_choices(environ: Mapping[str, str], keep: int) -> None:
    problems = [*check_choices(environ)]
    if keep < FEWEST:
        problems.append(
            Problem(
                "--keep",
                0,
                Code.TARGET,
                f"Found {keep}; expected {FEWEST} or more.",
                "Keep at least the release that is served and one to go back to.",
            )
        )
    if problems:
        raise PolicysiteError(problems)


def _ledgers(releases: Releases) -> list[Path]:
    """Return the ledgers of all releases that are kept, also of one that was rolled back."""
    return [path for n in releases.numbers() for path in ledgers_of(releases.path(n)).values()]


def _lost(releases: Releases, site: Path, lose: Sequence[str], *, signs: bool) -> list[Lost]:
    """Return what is lost as *lose* says; signatures are not if the ledgers are signed again (*signs*).

    Compared are the release that is served and those that were served since that one was new: readers had them too.
    """
    previous = releases.previously_served()
    found = {
        one
        for n in previous
        for one in lost_addresses(releases.path(n), site)
        if not (signs and one.address.endswith(".sig"))
    }
    if problems := refused(sorted(found), lose):
        raise PolicysiteError(problems)
    return sorted(found)


def _is_served(releases: Releases, site: Path) -> bool:
    """Whether the release that is served has a manifest, and nothing else but *site* and assets of other releases."""
    current = releases.current()
    if not current or not (releases.path(current) / addresses.MANIFEST).is_file():
        return False
    return is_same_site(site, releases.path(current), releases.notes(current).carried or {})


def _put_in_place(
    releases: Releases, root: Path, site: Path, shown: Shown, key: Path | None
) -> tuple[int, Mapping[str, int]]:
    """Make a release of *site*, record it and have it served; return its number, and the ledgers that it was added to."""
    current, numbers = releases.current(), releases.numbers()
    number = max(numbers, default=0) + 1
    incoming = releases.incoming(number)
    served = releases.path(current) if current else None

    def is_served() -> bool:
        return releases.current() == number

    try:
        files = copy_site(site, incoming, served)
        carried = copy_previous_assets(releases, reversed(numbers), incoming)
        write_notes(incoming, Notes(current, carried=carried))
        # As late as possible: from here on only a disk or a kill can keep the release from being served.
        with recording_release(root, site, files, shown, key, is_served=is_served) as recorded:
            add_files(recorded.files, incoming, served)
            sync_folders(incoming)
            incoming.rename(releases.path(number))
            staging.sync_folder(releases.folder)
            releases.serve(number)
        # It is served by now; what a disk refuses here, the next publisher writes down.
        with contextlib.suppress(OSError):
            releases.note_served()
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return number, recorded.added


def _remove_earlier(releases: Releases, keep: int) -> tuple[list[str], list[str]]:
    """Remove all releases but the last *keep* that were served; return what was removed, and what could not be.

    The new release is served by now, so a failure is reported and stops nothing; the next publish tries again.
    """
    removed, left_over = [], []
    kept = releases.line()[:keep]
    for number in set(releases.numbers()) - set(kept):
        try:
            releases.remove(number)
            removed.append(name_of(number))
        except OSError as error:
            left_over.append(
                f"{releases.path(number)}: {error.strerror}; the next publish tries again"
            )
    return sorted(removed), sorted(left_over)

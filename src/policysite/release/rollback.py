"""Going back to the release that was served before, and saying which releases there are."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policysite.base.problems import Code, refusal
from policysite.release.permalinks import Lost, lost_addresses
from policysite.release.release_files import copy_previous_assets, files_of, sync_folders
from policysite.release.release_target import target_writable
from policysite.release.releases import Releases, name_of, write_notes

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Rollback:
    """What going back did: which release was served, which one is now, and what readers have lost by it."""

    to: Path
    left: int
    number: int
    lost: tuple[Lost, ...]

    def __str__(self) -> str:
        """Return the summary for the end of a command."""
        lines = [
            f"Back from release {name_of(self.left)} to {name_of(self.number)}, which is served from {self.to / 'current'}."
        ]
        if self.lost:
            lines += [
                "These addresses lead nowhere until a site that has them is published:",
                *(f"  {one}" for one in self.lost),
            ]
        return "\n".join(lines)


def roll_back(to: Path) -> Rollback:
    """Have the release served again that was served before the current one.

    :raises PolicysiteError: if none is left, or it cannot be done; the live release is unchanged.
    """
    to = to.resolve()
    releases = Releases(to)
    _check_releases(releases)
    with target_writable(to), releases.locked():
        left = releases.current()
        number = releases.before(left) if left else 0
        if not number:
            raise refusal(
                to,
                Code.TARGET,
                f"There is no release to go back to; {name_of(left) if left else 'none'} is served.",
                "Correct the project, and publish it.",
            )
        lost = lost_addresses(releases.path(left), releases.path(number))
        notes = releases.notes(number)
        others = [other for other in reversed(releases.numbers()) if other != number]
        carried = copy_previous_assets(releases, others, releases.path(number))
        write_notes(
            releases.path(number),
            replace(notes, carried={**(notes.carried or {}), **carried}),
        )
        sync_folders(releases.path(number))
        of_left = releases.notes(left)
        write_notes(releases.path(left), replace(of_left, left=True, served=True))
        releases.serve(number)
        return Rollback(to, left, number, tuple(lost))


def describe_releases(to: Path) -> str:
    """Return the releases in the folder *to*, one a line.

    :raises PolicysiteError: if there are none.
    """
    releases = Releases(to.resolve())
    _check_releases(releases)
    lines = []
    for number in reversed(releases.numbers()):
        folder = releases.path(number)
        written = time.strftime("%Y-%m-%d %H:%M", time.localtime(folder.stat().st_mtime))
        pages = sum(name.endswith(".html") for name in files_of(folder))
        lines.append(f"{name_of(number)}  {written}  {pages:5} pages  {_state(releases, number)}")
    return "\n".join(lines)


def _state(releases: Releases, number: int) -> str:
    """Return the state of a release in words."""
    line = releases.line()
    if number in line[:2]:
        return "served now" if number == line[0] else "policysite rollback leads here"
    if number in line:
        return "earlier"
    return "rolled back from" if releases.notes(number).left else "never served"


def _check_releases(releases: Releases) -> None:
    if not releases.numbers():
        raise refusal(
            releases.to,
            Code.TARGET,
            "There are no releases here.",
            "Name the folder that policysite publish --to was given.",
        )

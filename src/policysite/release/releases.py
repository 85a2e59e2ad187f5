"""The releases of a site on its server: whole folders with numbers, and one link that says which of them is served.

::

    TO/current -> releases/000008      what the web server serves
    TO/releases/000007/                 an earlier release, to go back to
    TO/releases/.incoming-000009/       one that is being made; after a kill the next publisher removes it
    TO/.lock                            held while a publish is in progress

Numbers rise; no clock has a part in it, as clocks jump. A release is served by one rename of the link, and never changed
after that except for assets of other releases that are added to it, see :mod:`policysite.release.release_files`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem, quoted, refusal
from policysite.files import locks, staging

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NOTES = ".release.json"
_NUMBER = re.compile(r"[0-9]{6,}")
_INCOMING, _REMOVED = ".incoming-", ".removed-"
_NEW_NOTES = ".notes.new"
_CURRENT, _NEW_LINK, _RELEASES, _LOCK = "current", ".current.new", "releases", ".lock"
# A file system of its own begins with a folder of this name.
KNOWN = frozenset({_CURRENT, _NEW_LINK, _RELEASES, _LOCK, "lost+found"})
TARGET_OF_LINK = re.compile(rf"{_RELEASES}/{_NUMBER.pattern}")


@dataclass(frozen=True)
class Notes:
    """What is written down in a release.

    ``before`` is the number of the release that was served before it, 0 if there was none. ``left`` says that it was
    rolled back, ``served`` that readers have had it. ``carried`` has the assets of other releases, each with the number of the release that made it.
    """

    before: int = 0
    left: bool = False
    carried: Mapping[str, int] | None = None
    served: bool = False


class Releases:
    """The releases in the folder ``to``, which need not exist yet."""

    def __init__(self, to: Path) -> None:
        self.to = to
        self.folder = to / _RELEASES
        self.link = to / _CURRENT

    def numbers(self) -> list[int]:
        """Return the numbers of the whole releases, rising."""
        if not self.folder.is_dir():
            return []
        return sorted(int(p.name) for p in self.folder.iterdir() if _NUMBER.fullmatch(p.name))

    def path(self, number: int) -> Path:
        """Return the folder of a release."""
        return self.folder / name_of(number)

    def incoming(self, number: int) -> Path:
        """Return the folder in which the release *number* is made."""
        return self.folder / f"{_INCOMING}{name_of(number)}"

    def current(self) -> int:
        """Return the number of the release that is served, or 0."""
        name = self.link.readlink().name if self.link.is_symlink() else ""
        number = int(name) if _NUMBER.fullmatch(name) else 0
        return number if self.path(number).is_dir() else 0

    def notes(self, number: int) -> Notes:
        """Return what is written down in a release; nothing if the file was removed.

        :raises PolicysiteError: if the file has something else in it.
        """
        path = self.path(number) / NOTES
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            return Notes(read["before"], read["left"], read["carried"], read["served"])
        except FileNotFoundError:
            return Notes()
        except (ValueError, LookupError, TypeError):
            raise refusal(
                path,
                Code.TARGET,
                "The notes of the release cannot be read.",
                "Remove the file; it says which release was served before, and which assets are those of other releases.",
            ) from None

    def before(self, number: int) -> int:
        """Return the release that was served before *number* and is still there, or 0."""
        noted = self.notes(number).before
        numbers = self.numbers()
        if noted in numbers:
            return noted
        older = [n for n in numbers if n < number and not self.notes(n).left]
        return older[-1] if older else 0

    def line(self) -> list[int]:
        """Return the release that is served and those before it, the newest first: the way back."""
        found: list[int] = []
        number = self.current()
        while number and number not in found:
            found.append(number)
            number = self.before(number)
        return found

    def never_activated(self) -> list[int]:
        """Return the release that was made, but that a kill kept from being served, if there is one: it is the newest."""
        newest = self.numbers()[-1:]
        return [n for n in newest if n > self.current() and not self.notes(n).served]

    def previously_served(self) -> list[int]:
        """Return the release that is served, and those that were served since that one was new: readers had them too."""
        current = self.current()
        later = [n for n in self.numbers() if n > current and self.notes(n).served]
        return [*([current] if current else []), *later]

    def note_served(self) -> None:
        """Write down that readers have the release that is served."""
        current = self.current()
        if current and not self.notes(current).served:
            write_notes(self.path(current), dataclasses.replace(self.notes(current), served=True))

    def check_link(self) -> None:
        """Ask for the link to a release where readers have had one.

        :raises PolicysiteError: if it is missing, or leads to a release that is missing: what readers have is then unknown.
        """
        served = [name_of(n) for n in self.numbers() if self.notes(n).served]
        if served and not self.current():
            raise refusal(
                self.link,
                Code.TARGET,
                f"The link does not point to a release, and these were served: {quoted(served)}.",
                f"Point it to the live release: ln -s {_RELEASES}/{served[-1]} {self.link}, then publish.",
            )

    def serve(self, number: int) -> None:
        """Have *number* served, by one rename.

        :raises OSError: if that cannot be made to outlast a power cut; what was served before is served then.
        """
        earlier = os.fspath(self.link.readlink()) if self.link.is_symlink() else ""
        self._activate(f"{_RELEASES}/{name_of(number)}")
        try:
            staging.sync_folder(self.to)
        except OSError:
            if earlier:
                self._activate(earlier)
            else:
                self.link.unlink()
            raise

    def remove(self, number: int) -> None:
        """Remove a release; a kill leaves all of it, or nothing that looks like one."""
        doomed = self.folder / f"{_REMOVED}{name_of(number)}"
        self.path(number).rename(doomed)
        shutil.rmtree(doomed)

    def remove_unfinished(self) -> list[str]:
        """Remove what a kill left half-made, half-removed or made and not served, and return the names."""
        # What is served now must be what is served after a power cut, before anything else goes.
        staging.sync_folder(self.to)
        for number in self.never_activated():
            self.path(number).rename(self.folder / f"{_REMOVED}{name_of(number)}")
        left = [p for p in self.folder.iterdir() if p.name.startswith((_INCOMING, _REMOVED))]
        for path in left:
            shutil.rmtree(path)
        (self.to / _NEW_LINK).unlink(missing_ok=True)
        (self.folder / _NEW_NOTES).unlink(missing_ok=True)
        return sorted(path.name for path in left)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the folder, which is made if its parent is there.

        :raises PolicysiteError: immediately if another process holds it; it says which.
        """
        for folder in (self.to, self.folder):
            if not folder.is_dir():
                folder.mkdir()
                # Whatever the umask: the web server reads as another user.
                folder.chmod(0o755)
                staging.sync_folder(folder.parent)
        with contextlib.ExitStack() as stack:
            try:
                # A build forks processes, which may outlive this one: they are not to keep the next publisher out.
                stack.enter_context(locks.hold(self.to / _LOCK))
            except locks.HeldError as error:
                raise _busy(self.to, error.holder) from None
            yield

    def _activate(self, target: str) -> None:
        new = self.to / _NEW_LINK
        new.unlink(missing_ok=True)
        new.symlink_to(target)
        new.replace(self.link)


def name_of(number: int) -> str:
    """Return the name of a release's folder."""
    return f"{number:06}"


def write_notes(folder: Path, notes: Notes) -> None:
    """Write *notes* into the folder of a release."""
    content = {
        "before": notes.before,
        "left": notes.left,
        "carried": notes.carried or {},
        "served": notes.served,
    }
    path = folder / NOTES
    text = json.dumps(content, indent=1, sort_keys=True) + "\n"
    # What a kill leaves of them must not be in a site that is served.
    staging.write(path, text, durably=True, first=folder.parent / _NEW_NOTES)
    path.chmod(0o644)


def _busy(to: Path, holder: str) -> PolicysiteError:
    return refusal(
        to,
        Code.TARGET_BUSY,
        f"Another publish is in progress: {holder}.",
        "Wait until it has ended. The lock ends with the process, even after a kill.",
    )


def is_ours(path: Path) -> bool:
    """Whether *path* is a release, or one that is being made or removed, or notes that a kill left half-written."""
    if path.name == _NEW_NOTES:
        return path.is_file() and not path.is_symlink()
    name = path.name.removeprefix(_INCOMING).removeprefix(_REMOVED)
    return bool(_NUMBER.fullmatch(name)) and path.is_dir() and not path.is_symlink()


def target_problem(path: Path, message: str, remedy: str) -> Problem:
    """Return what is wrong with the folder of releases, or with something in it."""
    return Problem(str(path), 0, Code.TARGET, message, remedy)

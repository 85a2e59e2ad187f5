"""How far a build is: what is told while it runs, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policysite.driver.project import Project

READ = "read"
WRITE = "write"

_PROOFREADING = 0.5
"""Reading a finished page again takes about half as long as writing it."""
_FEWEST_SECONDS = 3.0
_SMALLEST_SHARE = 0.03
"""Before so much is done, nobody can tell how long the rest takes: Sphinx is being imported."""


@dataclass(frozen=True)
class Started:
    """The build of ``languages`` begins. ``documents`` and ``pages`` are those of one language that is built from nothing.

    ``site_pages`` are those of all languages of the site, to be proofread at the end.
    """

    languages: tuple[str, ...]
    documents: int
    pages: int
    site_pages: int


@dataclass(frozen=True)
class Step:
    """A language has got to ``done`` of ``total`` documents read or pages written; ``total`` is 0 where it is not known.

    A language that is built again, on another machine, begins again.
    """

    language: str
    phase: str
    done: int
    total: int = 0


@dataclass(frozen=True)
class Built:
    """A language is built, or stopped with problems."""

    language: str
    seconds: float


@dataclass(frozen=True)
class Assembling:
    """All languages are built; they are put together, and the site is proofread."""


Event = Started | Step | Built | Assembling
Tell = Callable[[Event], None]
"""Called with every event, in the thread that builds."""


def tell_nobody(_event: Event) -> None:
    """Take an event, and keep quiet."""


def expected_pages(project: Project) -> int:
    """Return how many pages a language has, each of which is written if nothing is there yet."""
    register, languages = project.register, project.settings.languages
    found = len(project.completeness.documents) + len(("search", "translations"))
    for policy in register.policies.values():
        found += len(("the text in force", "any two versions"))
        found += len(policy.compared(register.day))
        found += len({version.effective for version in policy.versions if not version.draft})
        found += sum(version.held for version in policy.versions) * (len(languages) > 1)
    return found


class Estimate:
    """How much of a build is done, and how long the rest will take, by what it has taken so far.

    Documents read and pages written count alike, as they take about as long; so do languages, whichever machine builds
    them. A build of which the pages are not known beforehand, as only some are made anew, has no estimate.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._all: dict[str, tuple[int, int]] = {}
        self._proofreading = 0.0
        self._done: dict[str, dict[str, int]] = {}
        self._known = True

    def note(self, event: Event) -> None:
        """Count *event*."""
        if isinstance(event, Started):
            self._all = dict.fromkeys(event.languages, (event.documents, event.pages))
            self._proofreading = _PROOFREADING * event.site_pages
        elif isinstance(event, Step):
            done = self._done.setdefault(event.language, {})
            if event.phase == READ:
                done.clear()
            done[event.phase] = event.done
            self._known = self._known and bool(event.total)
        elif isinstance(event, Built) and event.language in self._all:
            documents, pages = self._all[event.language]
            self._done[event.language] = {READ: documents, WRITE: pages}

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self._clock() - self._began

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take; None as long as nobody can tell."""
        building = sum(sum(counts) for counts in self._all.values())
        whole = building + self._proofreading
        done = sum(sum(counts.values()) for counts in self._done.values())
        too_early = self.seconds < _FEWEST_SECONDS or done < _SMALLEST_SHARE * whole
        if not self._known or too_early or done > building:
            return None
        return self.seconds / done * (whole - done)

"""The progress of a build: its events, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

READ = "read"
WRITE = "write"

_WRITING = 0.6
"""Writing a page takes about this part of the time of reading a document, as long as none has been written."""
_PROOFREADING = 0.25
"""Reading a finished page again, and putting it into its place, takes about this part of the time of writing it."""
_FEWEST_SECONDS = 3.0
_SMALLEST_SHARE = 0.03
"""Before so much is done, there is no estimate of the rest: Sphinx is being imported."""


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
ProgressCallback = Callable[[Event], None]
"""Called with every event, in the thread that builds."""


def no_progress(_event: Event) -> None:
    """Take an event, and do nothing."""


class Estimate:
    """How long the rest of a build will take, by what it has taken so far to read a document and to write a page.

    All languages count alike, whichever machine builds them. A build of which the pages are not known beforehand, as only
    some are rebuilt, has no estimate.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = self._before = clock()
        self._all: dict[str, dict[str, int]] = {}
        self._done: dict[str, dict[str, int]] = {}
        self._proofread = 0
        self._known = True
        # How much was done in each phase, and how long that took: what began again counts twice here.
        self._work = {READ: 0, WRITE: 0}
        self._took = {READ: 0.0, WRITE: 0.0}

    def note(self, event: Event) -> None:
        """Count *event*."""
        if isinstance(event, Started):
            counts = {READ: event.documents, WRITE: event.pages}
            self._all = dict.fromkeys(event.languages, counts)
            self._proofread = event.site_pages
        elif isinstance(event, Step):
            self._note_step(event)
        elif isinstance(event, Built) and event.language in self._all:
            self._done[event.language] = self._all[event.language]

    def _note_step(self, step: Step) -> None:
        before = self._done.get(step.language, {})
        self._work[step.phase] += max(0, step.done - before.get(step.phase, 0))
        now = self._clock()
        self._took[step.phase] += now - self._before
        self._before = now
        # A document that is read again says that nothing of the language is written.
        kept = {} if step.phase == READ else before
        self._done[step.language] = {**kept, step.phase: step.done}
        self._known = self._known and bool(step.total)

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self._clock() - self._began

    @property
    def share(self) -> float | None:
        """How much is read and written, from 0 to 1; None if the pages are not known beforehand."""
        whole = sum(sum(counts.values()) for counts in self._all.values())
        left = [self._left(phase) for phase in (READ, WRITE)]
        if not self._known or min(left) < 0:
            return None
        return 1 - sum(left) / whole if whole else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take; None while there is no estimate."""
        share = self.share
        if share is None or self.seconds < _FEWEST_SECONDS or share < _SMALLEST_SHARE:
            return None
        if not self._work[READ]:
            return None
        reading = self._took[READ] / self._work[READ]
        writing = _WRITING * reading
        if self._work[WRITE]:
            writing = self._took[WRITE] / self._work[WRITE]
        return (
            self._left(READ) * reading
            + (self._left(WRITE) + _PROOFREADING * self._proofread) * writing
        )

    def _left(self, phase: str) -> int:
        return sum(
            counts[phase] - self._done.get(language, {}).get(phase, 0)
            for language, counts in self._all.items()
        )

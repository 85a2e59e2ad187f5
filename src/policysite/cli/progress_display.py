"""Telling how far a build is: on one line of a terminal, or as JSON for machines."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING, Any, TextIO

from policysite.build.progress import Assembling, Built, Estimate, Started, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policysite.build.progress import Event

_PHASES = {"read": "reading", "write": "writing"}
_INTERVAL = 0.2
"""Seconds between two lines; nobody reads faster, and a slow terminal would hold up the build."""


class TerminalProgress:
    """Shows how far each language is, and how long it will take, on one line that is written over; quiet in a log file."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._estimate = Estimate(clock)
        self._active = stream.isatty()
        self._running: dict[str, str] = {}
        self._languages = 0
        self._built = 0
        self._written = -_INTERVAL
        self._shown = False

    def __call__(self, event: Event) -> None:
        """Show *event*."""
        if not self._active:
            return
        self._estimate.note(event)
        if isinstance(event, Started):
            self._languages = len(event.languages)
            return
        if isinstance(event, Step):
            of_all = f"/{event.total}" if event.total >= event.done else ""
            self._running[event.language] = (
                f"{event.language} {_PHASES[event.phase]} {event.done}{of_all}"
            )
            # That a language begins to be read or written is news.
            if event.done > 1 and self._clock() - self._written < _INTERVAL:
                return
        elif isinstance(event, Built):
            self._running.pop(event.language, None)
            self._built += 1
        self._write(isinstance(event, Assembling))

    def _write(self, assembling: bool) -> None:  # noqa: FBT001
        if assembling:
            parts = ["putting the site together and reading it"]
        else:
            parts = [f"{self._built} of {self._languages} languages", *self._running.values()]
        left = in_words(self._estimate.seconds_left)
        line = ", ".join([left, *parts] if left else parts)
        width = shutil.get_terminal_size().columns - 1
        self._stream.write(f"\r\x1b[K{line if len(line) <= width else f'{line[: width - 1]}…'}")
        self._stream.flush()
        self._written, self._shown = self._clock(), True

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False


def in_words(seconds: float | None) -> str:
    """Return a time that is left as people say it, no more exact than it can be."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"about {max(5, 5 * round(seconds / 5))} s left"
    minutes = round(seconds / 60)
    return f"about {minutes} min left" if minutes < 100 else f"about {round(minutes / 60)} h left"


class JsonProgress:
    """Writes one JSON object a line. ``event`` says what it is; README has the list.

    Steps of a language are written a few times in a second, and when a phase is complete.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._estimate = Estimate(clock)
        self._written: dict[str, float] = {}

    def __call__(self, event: Event) -> None:
        """Write *event*, unless the last one was written a moment ago."""
        self._estimate.note(event)
        if isinstance(event, Started):
            self.write("start", vars(event))
        elif isinstance(event, Built):
            self.write("built", {"language": event.language, "seconds": round(event.seconds, 1)})
        elif isinstance(event, Assembling):
            self.write("assemble", self._times())
        elif self._is_due(event):
            total = event.total if event.total >= event.done else 0
            self.write("progress", {**vars(event), "total": total or None, **self._times()})

    def _is_due(self, step: Step) -> bool:
        now = self._clock()
        if step.done != step.total and now - self._written.get(step.language, -1) < _INTERVAL:
            return False
        self._written[step.language] = now
        return True

    def _times(self) -> dict[str, float | None]:
        left = self._estimate.seconds_left
        return {
            "seconds": round(self._estimate.seconds, 1),
            "secondsLeft": None if left is None else round(left),
        }

    def write(self, event: str, values: Mapping[str, Any]) -> None:
        """Write a line, at once: somebody may be waiting for it at the other end of a pipe."""
        self._stream.write(f"{json.dumps({'event': event, **values}, ensure_ascii=False)}\n")
        self._stream.flush()

    def end(self) -> None:
        """Do nothing: there is no line to clear."""

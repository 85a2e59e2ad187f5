"""Telling how far a build is: on one line of a terminal, or as JSON for machines."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any, TextIO

from policysite.build.progress import Assembling, Built, Estimate, Started, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.progress import Progress, TaskID

    from policysite.build.progress import Event

_PHASES = {"read": "reading", "write": "writing"}
_INTERVAL = 0.2
"""Seconds between two lines; more would be unreadable, and a slow terminal would hold up the build."""
_BAR = 12


class TerminalProgress:
    """Shows how far each language is, and how long it will take, on one line that is written over.

    It prints nothing where *stream* is not a terminal, and in a continuous integration that gives its jobs one.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._estimate = Estimate(clock)
        self._active = stream.isatty() and not os.environ.get("CI")
        self._running: dict[str, str] = {}
        self._languages = 0
        self._built = 0
        self._written = -_INTERVAL
        self._display: tuple[Progress, TaskID] | None = None

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
            parts = ["assembling and proofreading the site"]
        else:
            parts = [f"{self._built} of {self._languages} languages", *self._running.values()]
        left = in_words(self._estimate.seconds_left)
        percent = round(100 * (self._estimate.share or 0))
        self._show(", ".join([left, *parts] if left else parts), percent)
        self._written = self._clock()

    def _show(self, line: str, percent: int) -> None:
        if self._display is None:
            progress = _one_line(self._stream)
            self._display = progress, progress.add_task(line, total=100, completed=percent)
            progress.start()
            return
        progress, task = self._display
        progress.update(task, description=line, completed=percent)
        progress.refresh()

    def end(self) -> None:
        """Clear the line."""
        if self._display is not None:
            progress, _task = self._display
            progress.stop()
            self._display = None


def _one_line(stream: TextIO) -> Progress:
    # Importing it takes longer than many commands do, and only a terminal needs it.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    words = Column(no_wrap=True, overflow="ellipsis")
    return Progress(
        BarColumn(bar_width=_BAR),
        TextColumn("{task.description}", markup=False, table_column=words),
        console=Console(file=stream),
        transient=True,
        # Without a thread of its own: the build forks.
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def in_words(seconds: float | None) -> str:
    """Return a time that is left as people say it, no more exact than it can be."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"about {max(5, 5 * round(seconds / 5))} s left"
    minutes = round(seconds / 60)
    return f"about {minutes} min left" if minutes < 100 else f"about {round(minutes / 60)} h left"


class JsonProgress:
    """Writes one JSON object a line. ``event`` says what it is; guide/reference/events.md has the list.

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
        """Write a line, at once: a program may be waiting for it at the other end of a pipe."""
        self._stream.write(f"{json.dumps({'event': event, **values}, ensure_ascii=False)}\n")
        self._stream.flush()

    def end(self) -> None:
        """Do nothing: there is no line to clear."""

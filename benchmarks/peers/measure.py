"""What commands cost: wall seconds, CPU seconds and memory.

The CPU seconds are those of the command and of all processes that it started and waited for, as the kernel counts them.

The memory is the most that the command and all its descendants held at the same time, looked up in ``/proc`` every 25
milliseconds, and less often where a look itself takes long: looking takes a fiftieth of one core at most. What they hold
of their own is added up; memory that forked workers have in common counts once in all, as the kernel shares it out
(``Pss_Anon``, ``Pss_Shmem``). Of what is mapped from files, programs and libraries, the largest process's part is added:
the others map the same ones. What lives for less than the time between two looks may be missed. Where there is no
``/proc`` (that is, elsewhere than on Linux) nothing is known of the memory.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from benchmarks.peers.tool import last_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROC = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.025
# The kernel goes through all pages of a process: five milliseconds for one of 300 MB.
SHARE_OF_LOOKING = 1 / 50


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of all processors, and bytes of memory, or none where they are not known."""

    wall: float
    cpu: float
    memory: int | None


class BuildError(Exception):
    """A command failed; the words are its last ones. ``said`` is all that it said."""

    said = ""


def measure(
    commands: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str]
) -> Cost:
    """Run *commands* one after the other in *folder* and return what they cost together.

    :raises BuildError: when one fails, with the last line of what it said.
    """
    with tempfile.TemporaryFile() as said:
        costs = [_run(command, folder, environment, said) for command in commands]
    peaks = [cost.memory for cost in costs if cost.memory is not None]
    return Cost(
        sum(cost.wall for cost in costs),
        sum(cost.cpu for cost in costs),
        max(peaks) if peaks else None,
    )


def _run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    said: IO[bytes],
) -> Cost:
    started = time.perf_counter()
    # A group of its own, so that it can be ended with everything that it started.
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )
    watch = _Watch(process.pid)
    watch.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    except BaseException:
        # A build must not continue after its run was interrupted.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        watch.stop()
    # The process was waited for here, where its usage is told, and not by its own method.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise _failure(said)
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.peak)


def _failure(said: IO[bytes]) -> BuildError:
    said.seek(0)
    text = said.read().decode(errors="replace")
    error = BuildError(last_words(text))
    error.said = text
    return error


class _Watch:
    """Looks at the memory of a process and of its descendants, in a thread, until it is told to stop."""

    def __init__(self, pid: int) -> None:
        self.peak: int | None = None
        self._pid = pid
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        pause = SECONDS_BETWEEN_LOOKS
        while not self._end.wait(pause):
            started = time.thread_time()
            found = [_memory(pid) for pid in _family(self._pid)]
            held = sum(own for own, _ in found) + max((mapped for _, mapped in found), default=0)
            if held:
                self.peak = max(self.peak or 0, held)
            took = time.thread_time() - started
            pause = max(SECONDS_BETWEEN_LOOKS, took / SHARE_OF_LOOKING)


def _family(pid: int) -> list[int]:
    """Return *pid* and its descendants. A process may end at any moment, and is left out then."""
    found = [pid]
    try:
        for children in (PROC / str(pid) / "task").glob("*/children"):
            for child in children.read_text().split():
                found += _family(int(child))
    except OSError:
        pass
    return found


def _memory(pid: int) -> tuple[int, int]:
    """Return the bytes that *pid* holds of its own, and those that it maps from files; nothing when it has ended."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0, 0
    sizes = {
        name: int(size.split()[0]) * 1024
        for name, _, size in (line.partition(":") for line in lines)
    }
    own = sizes.get("Pss_Anon", 0) + sizes.get("Pss_Shmem", 0)
    return own, sizes.get("Rss", 0) - sizes.get("Anonymous", 0)

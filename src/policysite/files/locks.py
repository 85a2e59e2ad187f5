"""Locks between processes of one machine: a folder that one works in at a time, and a file that says who holds it.

The system gives them back when a process ends, however it ends, so that nothing is left to be removed after a kill.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = "lock"


class HeldError(Exception):
    """A lock that another process holds; ``holder`` says which, as far as that is known."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(holder)


@contextlib.contextmanager
def wait_for(folder: Path) -> Iterator[None]:
    """Hold the lock of *folder*, which is created if it does not exist; a second process waits for the first.

    Forked processes share it, so it lasts until the last of them has ended, even after a kill: what the first one has
    started does not write into what the second one reads.

    :raises OSError: if the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _NAME).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock that is the file *path*, and write the holder into it; no process waits for it.

    It is of this process alone: others that it forks may outlive it, and do not hold it.

    :raises HeldError: immediately if another process holds it.
    :raises OSError: if the file cannot be written.
    """
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            file.seek(0)
            raise HeldError(file.read().strip() or "another process") from None
        now = dt.datetime.now().astimezone().isoformat(" ", "seconds")
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}, since {now}\n")
        file.flush()
        yield

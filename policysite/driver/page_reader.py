"""Reading pages in a process of its own, as soon as each is written: the next ones are written meanwhile."""

from __future__ import annotations

import contextlib
from multiprocessing import Pipe
from typing import TYPE_CHECKING

from policysite.driver.page_reading import Pages
from policysite.driver.processes import Process

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

_END = ""


class PageReader:
    """Reads the pages in *folder*; what it read is kept in the file *kept*, see :class:`Pages`."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self._arguments = folder, kept
        receiver, self._sender = Pipe(duplex=False)
        self._process = Process(target=_read, args=(*self._arguments, receiver, self._sender))
        self._process.start()
        receiver.close()

    def read(self, name: str) -> None:
        """Read the page *name*, which has been written; if it is written again, so it is read again at the end."""
        # The process has died: all pages are read at the end.
        with contextlib.suppress(BrokenPipeError):
            self._sender.send(name)

    def finish(self) -> None:
        """Read what has not been read, and keep all of it."""
        self.read(_END)
        self._process.join()
        if self._process.exitcode:
            Pages(*self._arguments).all()

    def close(self) -> None:
        """End the process, whether it is done or not."""
        self._sender.close()
        self._process.terminate()
        self._process.join()


def _read(folder: Path, kept: Path, receiver: Connection, sender: Connection) -> None:
    # The other end is that of the process that builds. If this one had it too, it would not learn of the other's death.
    sender.close()
    pages = Pages(folder, kept)
    try:
        while name := receiver.recv():
            with contextlib.suppress(FileNotFoundError):
                pages.read(name)
    except EOFError:
        return
    pages.all()

"""LibreOffice as a process of its own, for tests that have it read and edit files."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from typing import TYPE_CHECKING

from support import ROOT
from tool_fixtures import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextlib.contextmanager
def running_office(folder: Path) -> Iterator[Callable[..., str]]:
    """Start LibreOffice with its profile in *folder*; give what runs a script of ``tests/`` in it with arguments, and returns what that prints.

    It has a Python of its own, or Debian's is the one that knows it.
    """
    office, python = shutil.which("soffice"), shutil.which("python3", path="/usr/bin")
    knows = python and subprocess.run(
        [python, "-c", "import uno"], check=False, capture_output=True
    )
    if not office or not python or not knows or knows.returncode:
        missing(
            "LibreOffice is not installed (Debian: apt-get install libreoffice-writer-nogui python3-uno)"
        )
    address = f"pipe,name={folder.parent.name}{folder.name}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    # Not the script that starts it: what is ended is then the office itself.
    start = [office, "--headless", "--norestore", profile, f"--accept={address};urp;"]

    def run(script: str, *arguments: str) -> str:
        done = subprocess.run(
            [python, ROOT / "tests" / script, address, *arguments],
            check=True,
            capture_output=True,
            timeout=600,
            text=True,
        )
        return done.stdout

    with subprocess.Popen(start, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            yield run
        finally:
            running.terminate()

"""Where tests write: into memory, where there is room.

They write and remove 80,000 files, which takes a disk longer than it takes the tests to make them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - it is no name that anybody could guess beforehand
NEEDED = 2 * 1024**3
"""Several times what stands there at any moment of a run."""


def write_to_memory() -> None:
    """Have pytest, and all that is started, make their temporary folders in memory, unless TMPDIR says where."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free > NEEDED:
        os.environ["TMPDIR"] = os.fspath(MEMORY)
        tempfile.tempdir = None

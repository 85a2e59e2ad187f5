"""Processes that share what this one has imported, where that is safe."""

from __future__ import annotations

import os
import sys

# Forking shares what is imported. On macOS it is not safe; on Linux nothing runs threads here.
if sys.platform == "linux":
    from multiprocessing.context import ForkProcess as Process
else:
    from multiprocessing.context import SpawnProcess as Process

__all__ = ["Process", "cores"]


def cores() -> int:
    """Return how many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

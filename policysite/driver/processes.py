"""Processes that share what this one has imported, where that is safe."""

from __future__ import annotations

import sys

# Forking shares what is imported. On macOS it is not safe; on Linux nothing runs threads here.
if sys.platform == "linux":
    from multiprocessing.context import ForkProcess as Process
else:
    from multiprocessing.context import SpawnProcess as Process

__all__ = ["Process"]

"""What one build caches in a file for the next one.

The files are written by this project and never come from elsewhere, so they may be pickles.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


def load(path: Path, nothing: Callable[[], T]) -> T:
    """Return what was kept in the file *path*, or *nothing()* if there is nothing that can be read."""
    try:
        found: T = pickle.loads(path.read_bytes())  # noqa: S301
    except (OSError, EOFError, pickle.UnpicklingError):
        return nothing()
    return found


def save(path: Path, value: object) -> None:
    """Keep *value* in the file *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

"""What a build left behind: which files it wrote, and which of them are other than before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class State:
    """A file as it was found: a digest of its content, and when it was written."""

    digest: bytes
    written: int


@dataclass(frozen=True)
class Difference:
    """How many files were written, and how many of them have another content than before."""

    written: int
    changed: int


def snapshot(site: Path) -> dict[str, State]:
    """Return the files below *site* by their paths; nothing when it is not there."""
    return {
        path.relative_to(site).as_posix(): State(
            hashlib.blake2b(path.read_bytes()).digest(), path.stat().st_mtime_ns
        )
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def difference(before: Mapping[str, State], after: Mapping[str, State]) -> Difference:
    """Return what was done between the two snapshots."""
    written = [path for path, state in after.items() if before.get(path) != state]
    changed = [
        path for path in written if path not in before or before[path].digest != after[path].digest
    ]
    return Difference(written=len(written), changed=len(changed))

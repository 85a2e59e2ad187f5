"""Commands that are killed in the middle."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence


def was_killed(command: Sequence[str], seconds: float | None = None) -> bool:
    """Run *command*; kill it after *seconds*, if any; return whether it was killed before its end."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as child:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
        return child.wait() != 0

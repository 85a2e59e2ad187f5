"""Stamping the ledger, killed at fifty moments: what is there is a whole time stamp, and the next command makes the others."""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from typing import TYPE_CHECKING

from killed_command import was_killed
from rfc3161_client import decode_timestamp_response
from support import copy_project
from time_stamp_authority import serve_authority
from tool_fixtures import missing

from policysite.ledger.time_stamps import time_stamps_beside

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 50


def test_a_kill_at_any_moment_leaves_whole_time_stamps(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        missing("openssl is not installed (Debian: apt-get install openssl)")
    chance = random.Random(20261123)
    root = copy_project(tmp_path / "project")
    ledger = root / "docs/privacy/ledger.json"
    before = ledger.read_bytes()
    with (
        serve_authority(tmp_path / "one", "One") as one,
        serve_authority(tmp_path / "two", "Two") as two,
    ):
        command = [sys.executable, "-m", "policysite", "timestamp", "--root", os.fspath(root)]
        command += ["--tsa", one.address, "--tsa", two.address]

        began = time.monotonic()
        assert not was_killed(command)
        needed = time.monotonic() - began
        killed, halfway = 0, 0
        while killed < KILLS:
            for path in time_stamps_beside(ledger).values():
                path.unlink()
            killed += was_killed(command, chance.uniform(0.5, 1) * needed)
            found = time_stamps_beside(ledger)
            for path in found.values():
                assert decode_timestamp_response(path.read_bytes()).status == 0
            halfway += len(found) == 1
            assert ledger.read_bytes() == before
            # The next command needs no help.
            assert not was_killed(command)
            assert len(time_stamps_beside(ledger)) == 2
    sys.stdout.write(
        f"{killed} kills in {needed:.1f} s of stamping, {halfway} between the two authorities.\n"
    )

"""Going back, killed at fifty moments: one whole release is served, with the ledger that records it."""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
from typing import TYPE_CHECKING

from killed_command import was_killed
from made_up_ledgers import LEDGER
from published_sites import Publisher, read_site, site_files

from policysite.ledger.ledger_reading import read_ledger
from policysite.release.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KILLS = 50
A = site_files(**{"ledger/terms.json": LEDGER.text()})


def test_a_kill_at_any_moment_leaves_one_whole_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20261123)
    publisher = Publisher(tmp_path, monkeypatch)
    sites = [
        A | {"en/index.html": f"<p>{number}</p>", f"en/_static/x.0000000{number}.css": "p{}"}
        for number in (1, 2)
    ]
    releases = Releases(publisher.to)
    command = [sys.executable, "-m", "policysite", "rollback", "--to", os.fspath(publisher.to)]

    def served() -> int:
        """Return which site is served, and see that its release is the last in its ledger."""
        ledger, problems = read_ledger((releases.link / "ledger/terms.json").read_text("utf-8"), "")
        manifest = hashlib.sha256((releases.link / "manifest.json").read_bytes()).hexdigest()
        assert problems == []
        assert ledger
        assert ledger.releases[-1].manifest == manifest
        return 1 + [site["en/index.html"] for site in sites].index(
            read_site(releases.link)["en/index.html"].decode()
        )

    publisher(sites[0])
    publisher(sites[1])
    began = time.monotonic()
    assert not was_killed(command)
    needed = time.monotonic() - began
    killed, changed = 0, 0
    while killed < KILLS:
        publisher(sites[1])
        assert served() == 2
        is_killed = was_killed(command, chance.uniform(0.3, 1.1) * needed)
        killed += is_killed
        changed += is_killed and served() == 1
        # The next one needs no help.
        if served() == 2:
            assert not was_killed(command)
        assert served() == 1
    sys.stdout.write(
        f"{killed} kills in {needed:.1f} s of going back, {changed} after the rename.\n"
    )

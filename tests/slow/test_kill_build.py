"""Building that is killed at fifty moments, with everything that it has started; and that of the real site at some."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from support import DAY, ROOT, swap
from test_bad_input import kill_while_building

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KILLS = 50
TEXT = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nText 0.\n'


def content(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new(
    write_project: Callable[..., Path],
) -> None:
    chance = random.Random(20261123)
    root = write_project({"terms/1.0.md": TEXT})
    site = root / "_build/html"
    command = [sys.executable, "-m", "policysite", "build", "--root", os.fspath(root)]
    environ = {**os.environ, **DAY}

    def build(seconds: float | None = None) -> bool:
        """Build; kill after *seconds*; return whether it was killed."""
        with subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, start_new_session=True
        ) as run:
            try:
                run.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, signal.SIGKILL)
            return run.wait() == -signal.SIGKILL

    began = time.monotonic()
    assert not build()
    needed = time.monotonic() - began
    killed, changed = 0, 0
    for number in range(10 * KILLS):
        before = content(site)
        swap("docs/terms/1.0.md", f"Text {number}.", f"Text {number + 1}.")(root)
        was_killed = build(chance.uniform(0, needed))
        left = content(site)
        # The next build needs no help.
        assert not build()
        after = content(site)
        assert left in (before, after)
        assert f"Text {number + 1}." in after["en/terms/1.0.html"].decode()
        assert [p.name for p in site.parent.glob(".html*")] == []
        killed += was_killed
        changed += was_killed and left == after
        if killed == KILLS:
            break
    sys.stdout.write(
        f"{killed} kills in {needed:.1f} s of building, {changed} after the new site was in place.\n"
    )
    assert killed == KILLS


@pytest.mark.parametrize("delay", [0.2, 0.5, 0.9, 1.1])
def test_a_kill_leaves_the_last_good_site_and_the_next_build_works(
    project: Path, delay: float
) -> None:
    kill_while_building(project, delay)

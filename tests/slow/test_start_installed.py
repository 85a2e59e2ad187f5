"""``guide/start.md`` from its first line on: the wheel is made, and installed into an environment of its own.

``tests/test_start.py`` follows the rest of it with the engine that is installed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from start_guide import Reader, reader_environment, steps
from support import ROOT
from test_start import arrived
from wheels import copy_checkout

if TYPE_CHECKING:
    from pathlib import Path


def test_the_guide_can_be_followed_from_nothing(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "policysite")
    # What the Makefile would install once more.
    (checkout / ".venv").symlink_to(ROOT / ".venv")
    reader = Reader(checkout, reader_environment(tmp_path))
    for step in steps():
        code = reader.follow(step)
        assert code == 0 or step.text == "policysite check", (
            f"{step.text}\n{reader.said[step.text]}"
        )
    site = tmp_path / "acme-policies"
    assert "policysite-" in (site / "requirements.txt").read_text("utf-8")
    assert (site / ".venv" / "bin" / "policysite").is_file()
    arrived(tmp_path / "acme-releases" / "current")

"""What the core reads from Markdown is what Sphinx finds, in many policies that are made at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_outline_agrees import assert_random_policies_agree

if TYPE_CHECKING:
    from pathlib import Path


def test_random_policies(tmp_path: Path) -> None:
    assert assert_random_policies_agree(tmp_path / "random", range(25)) > 300

"""Beginning a version that is killed at some moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import copy_project
from test_new_version import kill_while_beginning

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("delay", [0.3, 1.3, 1.8])
def test_a_kill_leaves_a_project_that_can_go_on(delay: float, tmp_path: Path) -> None:
    kill_while_beginning(copy_project(tmp_path / "project"), delay)

"""The sample policy, which has what the real one has not yet, is made the same way to the byte too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import copy_sample
from test_reproducible import difference_of_two_checkouts

if TYPE_CHECKING:
    from pathlib import Path


def test_two_checkouts_of_the_sample_make_the_same_release(tmp_path: Path) -> None:
    assert difference_of_two_checkouts(copy_sample, tmp_path) == ""

"""Every way to alter a published site shows in its bytes and in its words; tests/test_altered_sites.py has a third of them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_altered_sites import EVERYTHING, IN_WORDS, assert_bytes_show, assert_words_show

if TYPE_CHECKING:
    from altered_sites import Way


@pytest.mark.parametrize("way", EVERYTHING.values(), ids=EVERYTHING)
def test_bytes_show_every_file_that_is_another(released: Path, tmp_path: Path, way: Way) -> None:
    copy = Path(shutil.copytree(released, tmp_path / "site", copy_function=os.link))
    assert_bytes_show(copy, released, way)


@pytest.mark.parametrize("way", IN_WORDS.values(), ids=IN_WORDS)
def test_words_alone_show_it(released: Path, tmp_path: Path, way: Way) -> None:
    copy = Path(shutil.copytree(released, tmp_path / "site", copy_function=os.link))
    assert_words_show(copy, way)

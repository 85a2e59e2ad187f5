"""What the check of catalogs lets through is on the page, whole; what it refuses changes nothing: many examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from test_catalog_properties import FOUND, assert_shown_or_refused, small_project, some

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("random"))


@some(10)
@given(found=FOUND)
def test_what_is_let_through_is_shown_whole_and_what_is_refused_changes_nothing(
    small: Path, found: list[tuple[str, str]]
) -> None:
    assert_shown_or_refused(small, found)

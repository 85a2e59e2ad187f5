"""Comparing in the browser: whatever pair is chosen, in every language, and the same as every page that was built.

``tests/browser/test_comparison.py`` does it with some pairs, and with fewer texts that are made at random.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from comparing_pages import (
    PAIRS,
    assert_built_the_same,
    assert_can_be_compared,
    assert_same_changes,
    built_comparisons,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

LANGUAGES = ("en", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_builds_the_same_as_all_pages(
    sample_site: Path, open_page: OpenPage, language: str
) -> None:
    built = built_comparisons(sample_site / language / "privacy" / "compare")
    assert_built_the_same(open_page("about:blank"), built)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_versions_can_be_compared(
    sample_site: Path, open_page: OpenPage, language: str
) -> None:
    address = (sample_site / language / "privacy/compare/index.html").as_uri()
    assert_can_be_compared(open_page(address), address, PAIRS)


def test_the_browser_finds_the_same_changes_in_any_texts(
    sample_site: Path, open_page: OpenPage
) -> None:
    page = open_page((sample_site / "en/privacy/compare/index.html").as_uri())
    assert_same_changes(page, range(250))

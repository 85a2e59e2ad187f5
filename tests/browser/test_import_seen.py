"""What an import takes from a page is what a browser shows of it; ``tests/slow/browser`` tries many more pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from random_pages import assert_alike

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def test_what_is_imported_is_what_a_browser_shows(open_page: Callable[..., Page]) -> None:
    assert_alike(open_page("about:blank"), range(40))

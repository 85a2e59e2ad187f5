"""Many more made-up pages than ``tests/browser/test_import_seen.py`` has are read as a browser shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from random_pages import assert_alike

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def test_what_is_imported_is_what_a_browser_shows_often(open_page: Callable[..., Page]) -> None:
    assert_alike(open_page("about:blank"), range(40, 2_000))

"""Accessibility as axe-core measures it: one page of each kind, narrow with its menus open, one in other states too.

``tests/slow/browser/test_accessibility_everywhere.py`` checks every page in every state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import SHOWS_MOST, WIDTHS, found_on, violations
from site_server import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from site_server import SiteServer

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.thorough

# One language a kind; what is long is Korean, whose lines are the shorter ones.
KINDS = (
    "404.html",
    "index.html",
    "en/index.html",
    "en/search.html",
    "en/translations.html",
    "en/privacy/1.5.html",
)
COMPARED = (
    "en/privacy/2.0.html",
    "en/privacy/3.1.html",
    "en/privacy/compare/2.1/3.0.html",
    "ko/privacy/history.html?on=2020-05-05",
    "ko/privacy/parallel/3.1.html",
)
LONGEST = "ko/privacy/1.6.html"
# Not every driver can make a page dark.
OF_ALL_BROWSERS = ((390, "light", True), (1400, "light", False))
# Each width, light and dark, menus open and closed; make test-rest has every combination.
SOME_STATES = ((390, "light", True), (1400, "dark", False))


def test_no_kind_of_page_has_a_barrier(
    published: SiteServer, sample_site: Path, open_page: OpenPage, axe: str
) -> None:
    found = found_on([LONGEST], published, open_page, axe, SOME_STATES)
    found += found_on(KINDS, published, open_page, axe, SHOWS_MOST)
    with serve(sample_site) as site:
        found += found_on(COMPARED, site, open_page, axe, SHOWS_MOST)
    assert not found, "\n".join(found)


@pytest.mark.thorough
@pytest.mark.also_in("firefox", "webkit")
def test_no_kind_of_page_has_a_barrier_in_any_browser(
    published: SiteServer, sample_site: Path, open_page: OpenPage, axe: str
) -> None:
    """Browsers differ in what they make of a page; colours were looked at in one."""
    found = found_on([LONGEST, *KINDS], published, open_page, axe, OF_ALL_BROWSERS, looks={})
    with serve(sample_site) as site:
        found += found_on(COMPARED, site, open_page, axe, OF_ALL_BROWSERS, looks={})
    assert not found, "\n".join(found)


@pytest.mark.thorough
def test_a_version_has_no_barrier_in_any_state(
    published: SiteServer, open_page: OpenPage, axe: str
) -> None:
    found = found_on([LONGEST], published, open_page, axe)
    assert not found, "\n".join(found)


def test_a_barrier_of_one_state_alone_is_found(
    tmp_path: Path, open_page: OpenPage, axe: str
) -> None:
    (tmp_path / "style.css").write_text(
        """
        body { transition: color 5s; color: #000; background: #fff; }
        @media (prefers-color-scheme: dark) { body { color: #222; background: #000; } }
        @media (min-width: 600px) { img { display: none; } }
        """,
        "utf-8",
    )
    (tmp_path / "index.html").write_text(
        """<!doctype html><html lang="en"><meta charset="utf-8"><title>Planted</title>
        <link rel="stylesheet" href="style.css"><link rel="icon" href="style.css">
        <main><h1>Planted</h1><img src="style.css">
        <details><summary>Menu</summary><button></button></details></main>""",
        "utf-8",
    )
    with serve(tmp_path) as site:
        page = open_page(site.address, reduced_motion="reduce")
        found = violations(page, axe)
    rules = {finding.split(" ", maxsplit=1)[0]: states for finding, states in found.items()}
    assert rules["color-contrast"] == [
        f"{width} px dark {menus}" for width in WIDTHS for menus in ("closed", "open")
    ]
    assert rules["image-alt"] == [f"390 px light {menus}" for menus in ("closed", "open")]
    assert rules["button-name"] == [f"{width} px light open" for width in WIDTHS]
    assert any(f.startswith("button-name (") and "): button: " in f for f in found)

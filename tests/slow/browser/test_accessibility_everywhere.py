"""Accessibility as axe-core measures it: every kind of page, narrow and wide, light and dark, menus closed and open.

``tests/browser/test_accessibility.py`` checks one page of each kind, narrow with its menus open, and at one in every state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import found_on, kinds_of_page, violations
from site_server import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from site_server import SiteServer

    OpenPage = Callable[..., Page]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_page_has_a_barrier(
    published: SiteServer, open_page: OpenPage, axe: str, language: str
) -> None:
    pages = kinds_of_page(published, language)
    wanted = ("index", "privacy/index", "privacy/1.6", "privacy/1.5", "privacy/history", "search")
    assert {f"{language}/{name}.html" for name in wanted} <= set(pages)
    found = found_on(pages, published, open_page, axe)
    assert not found, "\n".join(found)


COMPARED = {
    "en": (
        "compare/2.1/3.0.html",
        "compare/0.9/1.0.html",
        "compare/index.html?old=1.0&new=3.2",
        "history.html?on=2020-05-05",
        "3.1.html",
    ),
    "ko": ("compare/3.0/3.1.html", "parallel/3.1.html", "3.0.html"),
}
OPEN_VIEW = """name => {
  const view = document.querySelector(`input[value=${name}]`);
  view?.click();
  document.querySelector("input[name=unchanged]")?.click();
  return Boolean(view);
}"""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_that_compares_has_a_barrier(
    sample_site: Path, open_page: OpenPage, axe: str, language: str
) -> None:
    with serve(sample_site) as site:
        names = [f"{language}/privacy/{name}" for name in COMPARED[language]]
        found = found_on(names, site, open_page, axe)
        page = open_page(f"{site.address}{language}/privacy/compare/1.0/1.1.html")
        for view in ("columns", *(("four",) if language == "ko" else ())):
            assert page.evaluate(OPEN_VIEW, view)
            for finding, states in violations(page, axe).items():
                found.append(f"{page.url} {view}: {finding} [{', '.join(states)}]")
    assert not found, "\n".join(found)


def test_no_page_above_the_languages_has_a_barrier(
    published: SiteServer, open_page: OpenPage, axe: str
) -> None:
    pages = [name for name in published.pages() if "/" not in name]
    assert "index.html" in pages
    found = found_on(pages, published, open_page, axe)
    assert not found, "\n".join(found)

"""Accessibility as axe-core measures it: every kind of page, narrow and wide, light and dark, menus closed and open."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from site_server import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from site_server import SiteServer

    OpenPage = Callable[..., Page]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the colours; all else was looked at in light ones.
COLOURS = ["color-contrast", "link-in-text-block"]
WIDTHS = (390, 1400)
QUERIES = {"en": "cookies", "ko": "동의"}
# A transition that has not ended would be measured half-way between two colours.
OPEN_MENUS = """open => {
  for (const menu of document.querySelectorAll("details")) menu.open = open;
  for (const animation of document.getAnimations()) animation.finish();
  return document.querySelectorAll(open ? "details:not([open], [name])" : "details[open]").length;
}"""
RUN = """async tags => {
  const options = { runOnly: tags, resultTypes: ["violations"], iframes: false };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id} (${help}): ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""


def kinds_of_page(site: SiteServer, language: str) -> list[str]:
    """Return every page of *language*, but one record and one comparison alone: all of them have the same parts.

    The pages of a day lead on before anything can be measured.
    """
    register = json.loads((site.folder / "versions.json").read_text("utf-8"))
    records = [
        version["pages"][language]
        for policy in register["policies"]
        for version in policy["versions"]
        if version["text"] == "not-held"
    ]
    own = [name for name in site.kinds_of_page() if name.startswith(f"{language}/")]
    return [name for name in own if name not in records[1:] and "/on/" not in name]


def violations(page: Page, axe: str) -> dict[str, list[str]]:
    """Return what axe-core finds on *page*, with the states in which it does."""
    page.evaluate(axe)
    found: dict[str, list[str]] = {}
    for width, scheme, is_open in itertools.product(WIDTHS, ("light", "dark"), (False, True)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate(OPEN_MENUS, is_open) == 0, "a menu did not open or close"
        state = f"{width} px {scheme} {'open' if is_open else 'closed'}"
        for finding in page.evaluate(RUN, TAGS if scheme == "light" else COLOURS):
            # A menu that is open covers what is below it until it is closed.
            if not (is_open and "because it is partially obscured" in finding):
                found.setdefault(finding, []).append(state)
    return found


def found_on(pages: list[str], site: SiteServer, open_page: OpenPage, axe: str) -> list[str]:
    """Open *pages* one after the other and return what axe-core finds."""
    page = open_page("about:blank", reduced_motion="reduce")
    found = []
    for name in pages:
        if name.endswith("/search.html"):
            page.goto(f"{site.address}{name}?q={QUERIES[name.split('/', maxsplit=1)[0]]}")
            expect(page.locator('a[href*=".html#art-"]').first).to_be_visible()
        else:
            page.goto(site.address + name)
        for finding, states in violations(page, axe).items():
            found.append(f"{page.url}: {finding} [{', '.join(states)}]")
    return found


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

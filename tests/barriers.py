"""What axe-core finds on pages, narrow and wide, light and dark, menus closed and open."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from engine_expect import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playwright.sync_api import Page
    from site_server import SiteServer

    OpenPage = Callable[..., Page]
    State = tuple[int, str, bool]


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the colours; all else was checked in light ones.
COLOURS = ["color-contrast", "link-in-text-block"]
WIDTHS = (390, 1400)
# How wide the window is, the colours, and whether the menus are open.
STATES: tuple[State, ...] = tuple(itertools.product(WIDTHS, ("light", "dark"), (False, True)))
# Nothing moves while it is measured, in browsers that can be told.
STILL = {"reduced_motion": "reduce"}
# All rules count in light colours, and menus that are open hide nothing.
SHOWS_MOST: tuple[State, ...] = ((390, "light", True),)
QUERIES = {
    "en": "cookies",
    "ko": "동의",
    "ja": "個人情報",
    "de": "Daten",
    "fr": "données",
    "es": "datos",
    "it": "dati",
    "zh_CN": "个人信息",
    "ar": "البيانات",
}
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


def violations(page: Page, axe: str, states: Iterable[State] = STATES) -> dict[str, list[str]]:
    """Return what axe-core finds on *page*, with those of the *states* in which it does."""
    page.evaluate(f"() => {{ {axe} }}")
    found: dict[str, list[str]] = {}
    now = "light"
    for width, scheme, is_open in states:
        page.set_viewport_size({"width": width, "height": 900})
        # Not every driver can change it while the page is open; new pages are light.
        if scheme != now:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            now = scheme
        assert page.evaluate(OPEN_MENUS, is_open) == 0, "a menu did not open or close"
        state = f"{width} px {scheme} {'open' if is_open else 'closed'}"
        for finding in page.evaluate(RUN, TAGS if scheme == "light" else COLOURS):
            # A menu that is open covers what is below it until it is closed.
            if not (is_open and "because it is partially obscured" in finding):
                found.setdefault(finding, []).append(state)
    return found


def found_on(
    pages: Iterable[str],
    site: SiteServer,
    open_page: OpenPage,
    axe: str,
    states: Iterable[State] = STATES,
    looks: Mapping[str, object] = STILL,
) -> list[str]:
    """Open *pages* one after the other and return what axe-core finds in *states*."""
    page = open_page("about:blank", **looks)
    found = []
    for name in pages:
        if name.endswith("/search.html"):
            page.goto(f"{site.address}{name}?q={QUERIES[name.split('/', maxsplit=1)[0]]}")
            expect(page.locator('a[href*=".html#art-"]').first).to_be_visible()
        else:
            page.goto(site.address + name)
        for finding, where in violations(page, axe, states).items():
            found.append(f"{page.url}: {finding} [{', '.join(where)}]")
    return found

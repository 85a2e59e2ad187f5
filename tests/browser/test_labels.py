"""Labels and summaries as readers see them: compact on a phone, whole on a desk and on paper, framed in forced colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.thorough

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
LINE = "Two contractors, for servers and e-mail"
SUMMARY = "Two companies in Seoul and Busan"
SAYS_SO = "In plain words – not part of the policy"
FRAMED = """element => {
  const style = getComputedStyle(element);
  return style.borderTopStyle !== "none" && style.borderTopWidth !== "0px";
}"""
COLOUR = "element => getComputedStyle(element).color"


@pytest.fixture
def address(sample_site: Path) -> str:
    return (sample_site / "en/privacy/3.1.html").as_uri()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_on_a_phone_the_lines_are_one_tap_away(
    address: str, open_page: OpenPage, *, with_scripts: bool
) -> None:
    page = open_page(address, viewport=PHONE, java_script_enabled=with_scripts)
    labels = page.get_by_role("navigation", name="At a glance – not part of the policy")
    expect(labels.get_by_text("Processors")).to_be_visible()
    expect(labels.get_by_text(LINE)).to_be_hidden()
    labels.get_by_role("checkbox", name="Show or hide what each label says").check()
    expect(labels.get_by_text(LINE)).to_be_visible()
    labels.get_by_role("link", name="Processors").click()
    expect(page.locator("#art-6 > h2")).to_be_in_viewport()


def test_on_a_desk_and_on_paper_all_of_it_is_seen(address: str, open_page: OpenPage) -> None:
    page = open_page(address, viewport=DESK)
    labels = page.locator(".policy-labels")
    for medium in ("screen", "print"):
        page.emulate_media(media="screen" if medium == "screen" else "print")
        expect(labels.get_by_text(LINE)).to_be_visible()
        expect(labels.get_by_text("Article 6")).to_be_visible()
        expect(labels.locator("input")).to_be_hidden()
        note = page.get_by_role("note").filter(has_text=SUMMARY)
        expect(note.get_by_text(SAYS_SO)).to_be_visible()
        assert note.evaluate(FRAMED)
        assert labels.evaluate(FRAMED)


def test_in_forced_colours_it_keeps_its_frame_and_its_drawings(
    address: str, open_page: OpenPage
) -> None:
    page = open_page(address, viewport=DESK, forced_colors="active", color_scheme="dark")
    assert page.locator(".plain-words").first.evaluate(FRAMED)
    for around in (".label-marks > span:last-child", ".policy-labels a"):
        drawing = page.locator(f"{around} > svg").first
        assert drawing.evaluate(COLOUR) == page.locator(around).first.evaluate(COLOUR)

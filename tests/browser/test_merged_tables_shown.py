"""A table with merged cells in a browser: on a phone, on paper, without barriers, and compared as it is when the site is built."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from barriers import SHOWS_MOST, found_on
from comparing_pages import assert_built_the_same
from merged_tables import TABLE, changed, write_site
from site_server import serve
from support import build_site

from policysite.redline import block_changes
from policysite.text.provision_text import Block

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.thorough

VIEW = {"width": 360, "height": 740}
READ = "terms/2.0.html"
COMPARED = "terms/compare/1.0/2.0.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(write_site(tmp_path_factory.mktemp("tables") / "site")).output


@pytest.mark.thorough
def test_no_page_with_a_merged_table_has_a_barrier(
    built: Path, open_page: OpenPage, axe: str
) -> None:
    pages = [f"en/{READ}", f"ko/{READ}", f"en/{COMPARED}", "ko/terms/parallel/2.0.html"]
    with serve(built) as site:
        found = found_on(pages, site, open_page, axe, SHOWS_MOST)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_on_a_phone_every_cell_is_reached_and_no_word_is_broken(
    built: Path, open_page: OpenPage, language: str
) -> None:
    page = open_page((built / language / READ).as_uri(), viewport=VIEW)
    assert page.evaluate("document.documentElement.scrollWidth") == VIEW["width"]
    # A line of a word is as high as one line: words stay whole, and the table scrolls where it is wider.
    broken = page.locator(".list-table p").evaluate_all(
        """all => all.filter((p) => {
          const range = document.createRange();
          range.selectNodeContents(p);
          return !p.textContent.trim().includes(" ") && range.getClientRects().length > 1;
        }).map((p) => p.textContent)"""
    )
    assert broken == []
    box = page.locator(".table-wrapper")
    assert box.get_attribute("tabindex") == "0"
    box.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    right = page.locator(".list-table td").last.evaluate("td => td.getBoundingClientRect().right")
    assert right <= VIEW["width"]


def test_on_paper_every_column_is_on_the_sheet(built: Path, open_page: OpenPage) -> None:
    page = open_page((built / "ko" / READ).as_uri(), viewport={"width": 650, "height": 900})
    page.emulate_media(media="print")
    edges = page.locator(".list-table :is(th, td)").evaluate_all(
        "all => all.map((cell) => cell.getBoundingClientRect().right)"
    )
    assert len(edges) == 17
    assert max(edges) <= 650


def test_the_browser_builds_the_same_comparison(built: Path, open_page: OpenPage) -> None:
    for language in ("en", "ko"):
        assert_built_the_same(open_page("about:blank"), [built / language / COMPARED])


LAID_OUT = """([old, fresh]) => blockChanges(old, fresh).map((block) =>
  ["old", "new"].map((side) => (side === "old" && !block.old) ? [] :
    laidOut(block, side).map(({ columns, isBelow }) => [columns, isBelow])))"""


def rows(chance: random.Random) -> list[Block]:
    """Return rows of a table, some of whose columns are parts of other cells."""
    found = []
    for _ in range(chance.randint(1, 4)):
        width = chance.choice([3, 3, 3, 4])
        shape = "." + "".join(chance.choice("...<^") for _ in range(width - 1))
        words = [chance.choice("abc") if code == "." else "" for code in shape]
        found.append(Block("\t".join(words), shape=chance.choice([shape, shape, ""])))
    return found


def test_the_browser_merges_the_same_cells_in_any_rows(built: Path, open_page: OpenPage) -> None:
    page = open_page((built / "en/terms/compare/index.html").as_uri())
    for seed in range(60):
        chance = random.Random(seed)
        old, new = rows(chance), rows(chance)
        expected = [
            [
                [[place.columns, place.is_below] for _, place in block.laid_out(side)]
                if block.old or side == "new"
                else []
                for side in ("old", "new")
            ]
            for block in block_changes(old, new)
        ]
        texts = [[block._asdict() for block in side] for side in (old, new)]
        assert page.evaluate(LAID_OUT, texts) == expected, seed


@pytest.mark.thorough
def test_a_table_that_is_merged_otherwise_is_compared_alike(
    tmp_path: Path, open_page: OpenPage
) -> None:
    parted = changed().replace(
        "  - {rspan}`1` Until the account is closed\n* - Password\n  -\n",
        "  - Until the account is closed\n* - Password\n  -\n  - One year\n",
    )
    assert parted != changed()
    site = build_site(write_site(tmp_path / "site", TABLE, parted)).output
    assert_built_the_same(open_page("about:blank"), [site / "ko" / COMPARED])

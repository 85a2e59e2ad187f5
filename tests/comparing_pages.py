"""The two ways to compare: pages that were built, and what the browser builds from the same texts."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

from engine_expect import expect
from random_policies import edited

from policysite.model.renumbering import id_after, id_before
from policysite.redline import Comparison, compare

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from policysite.redline import Change

HELD = ("1.0", "1.1", "1.2", "2.0", "2.1", "3.0", "3.1", "3.2")
PAIRS = list(combinations(HELD, 2))
# White space between elements is the template's; links begin at the folder of their page.
MARKUP = """() => {
  const copy = document.querySelector(".redline").cloneNode(true);
  for (const link of copy.querySelectorAll("a")) {
    link.setAttribute("href", link.getAttribute("href").replace(/^(\\.\\.\\/)+/, ""));
  }
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  const empty = [];
  while (texts.nextNode()) {
    const { data } = texts.currentNode;
    if (!data.trim() && data.includes("\\n")) empty.push(texts.currentNode);
  }
  for (const text of empty) text.remove();
  return copy.outerHTML.replaceAll("><", ">\\n<").split("\\n");
}"""


MODEL = """([old, fresh, moved]) => {
  const list = (changes) => changes.map(({ op, text }) => [op, text]);
  const blocks = (found) => found.map((block) => [
    block.old && block.old.text, block.fresh && block.fresh.text,
    block.cells.map((cell) => [cell.op, list(cell.changes)]),
  ]);
  return compareTexts(old, fresh, [moved]).map(({ change, kinds, rows }) => [change.id, kinds,
    rows.map((row) => [row.change.id, row.continued, row.change.kinds, row.change.parted, list(row.change.title), blocks(row.blocks)]),
  ]);
}"""


def changes(found: Iterable[Change]) -> list[list[str]]:
    return [[op.value, text] for op, text in found]


def model(comparison: Comparison) -> list[Any]:
    """Return *comparison* in the form that the script gives."""
    return [
        [
            article.id,
            [kind.value for kind in article.kinds],
            [
                [
                    row.provision.id,
                    row.continued,
                    [kind.value for kind in row.provision.kinds],
                    row.provision.split_off,
                    changes(row.provision.title),
                    [
                        [
                            block.old and block.old.text,
                            block.new and block.new.text,
                            [[cell.op.value, changes(cell.changes)] for cell in block.cells],
                        ]
                        for block in row.blocks
                    ],
                ]
                for row in article.rows
            ],
        ]
        for article in comparison.articles
    ]


def assert_same_changes(page: Page, seeds: Iterable[int]) -> None:
    """Have the browser compare the texts that each of the *seeds* makes, and look for differences from Python's result."""
    for seed in seeds:
        old, new, moved = edited(seed)
        before, after = partial(id_before, moved=moved), partial(id_after, moved=moved)
        expected = model(compare(old, new, before, after))
        texts = [[provision.data() for provision in text] for text in (old, new)]
        assert page.evaluate(MODEL, [*texts, moved]) == expected, seed


def result(page: Page) -> None:
    expect(
        page.locator(".redline-result .redline, .redline-result .redline-not-held").first
    ).to_be_attached()


def built_comparisons(folder: Path) -> list[Path]:
    """Return the pages in *folder* that compare two texts of the sample."""
    built = sorted(folder.glob("*/*.html"))
    assert len(built) == 13
    return built


def assert_built_the_same(page: Page, built: Iterable[Path]) -> None:
    """Have the browser compare what the pages *built* compare, and look for differences."""
    for path in built:
        page.goto(path.as_uri())
        expected = page.evaluate(MARKUP)
        index = path.parent.parent / "index.html"
        page.goto(f"{index.as_uri()}?old={path.parent.name}&new={path.stem}")
        result(page)
        assert page.evaluate(MARKUP) == expected, path
        assert len(expected) > 50


def assert_can_be_compared(page: Page, address: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Choose each of the *pairs* in the form at *address*, the newer one first."""
    for old, new in pairs:
        page.goto(address)
        page.locator("select[name=old]").select_option(new)
        page.locator("select[name=new]").select_option(old)
        page.locator(".redline-form button").click()
        result(page)
        # Whatever was chosen first, the older one is the old one.
        heads = page.locator(".redline-result .redline-head")
        assert [heads.nth(i).get_attribute("data-version") for i in (0, 1)] == [old, new]
        assert page.locator(".redline-result section").count() > 0

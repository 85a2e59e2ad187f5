"""Editions made up for tests: a text in a few lines, and pairs of texts that are hard to show as tracked changes.

A line ``## 3 Fees`` is a heading, ``① Words`` a paragraph with a mark, ``| a | b |`` a row (the first of a table is its head), ``?`` a lost table, ``- Words`` and ``- - Words`` items with a dash; all else is a paragraph. ``[words](https://…)`` is a
link. Headings and marks have the ids of their numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from policysite.editions.edition import BlockLayout, Edition, Link, ProvisionLayout
from policysite.editions.word_file import word_redline
from policysite.redline import compare
from policysite.text.provision_text import ProvisionText

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = re.compile(r"(?P<circle>[①-⑳])\s*|(?P<point>[0-9]+)\.\s+")
_LINK = re.compile(r"\[([^]]+)\]\((https?://[^)]+)\)")


def edition(text: str, number: str = "1.0", language: str = "en") -> Edition:
    """Return the edition of a text that is written as this module says."""
    provisions: list[ProvisionText] = []
    layouts: dict[str, ProvisionLayout] = {}
    found: dict[str, str] = {
        "id": "top",
        "heading": "Policy",
        "title": "Policy",
        "mark": "",
        "parent": "",
    }
    blocks: list[str] = []
    layout: list[BlockLayout] = []
    tables, in_table, article, above = 0, False, "", ""

    def end() -> None:
        omitted = sum(block.omitted for block in layout)
        entry = {**found, "citation": "", "in": found["parent"], "omitted": omitted}
        del entry["parent"]
        provisions.append(ProvisionText.of({**entry, "text": "\n".join(blocks)}))
        layouts[found["id"]] = ProvisionLayout(tuple(layout))
        blocks.clear()
        layout.clear()

    for typed in filter(None, map(str.strip, text.splitlines())):
        line = typed
        if line.startswith("## "):
            end()
            name, _, title = line[3:].partition(" ")
            article = above = f"art-{name}"
            found = {"id": article, "heading": line[3:], "title": title, "mark": "", "parent": ""}
        elif mark := _MARK.match(line):
            end()
            circle = mark["circle"]
            name = f"para-{ord(circle) - ord('①') + 1}" if circle else f"point-{mark['point']}"
            around = article if circle else above
            found = {"id": f"{around}-{name}", "mark": mark[0].strip(), "parent": around}
            above = found["id"] if circle else above
            line = line[mark.end() :]
        dashes = 2 if line.startswith("- - ") else 1 if line.startswith("- ") else 0
        line = line.removeprefix("- " * (dashes - 1))
        is_row = line.startswith("|")
        tables += is_row and not in_table
        head, in_table = is_row and not in_table, is_row
        if line.startswith("## "):
            continue
        if line == "?":
            layout.append(BlockLayout(omitted=True))
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")] if is_row else [line]
        links = tuple(
            Link(n, words, 0, to) for n, c in enumerate(cells) for words, to in _LINK.findall(c)
        )
        blocks.append("\t".join(_LINK.sub(r"\1", cell) for cell in cells))
        table = tables if is_row else None
        dash = "-" if dashes else ""
        layout.append(BlockLayout(table, head, links=links, depth=dashes, mark=dash))
    end()
    return Edition(
        "terms",
        number,
        language,
        "en",
        provisions,
        layouts,
        "0" * 64,
        dt.date(2030, 1, 1),
        "Hanbit Test Co.",
        f"Policy {number}",
        f"Version {number}",
        ("Table lost.",),
    )


# A name, the old text, the new one, and the old ids of provisions that moved by the new ones.
HARD: dict[str, tuple[str, str, dict[str, str | None]]] = {
    "articles at the end": ("## 1 A\nOne.", "## 1 A\nOne.\n## 2 B\nTwo.\n① Three.", {}),
    "last article gone": ("## 1 A\nOne.\n## 2 B\nTwo.\n① Three.", "## 1 A\nOne.", {}),
    "paragraph comes before a table": ("## 1 A\nOne.\n| a | b |\n| c | d |", "## 1 A\nOne.\nAnother.\n| a | b |\n| c | d |", {}),
    "paragraph goes before a table": ("## 1 A\nOne.\nAnother.\n| a | b |\n| c | d |", "## 1 A\nOne.\n| a | b |\n| c | d |", {}),
    "another paragraph before a table": ("## 1 A\n① One old day.\n| a | b |\n| c | d |", "## 1 A\nWholly different words.\n| a | b |\n| c | d |", {}),
    "paragraph between two tables": ("## 1 A\n| a | b |\n| c | d |\n## 2 B\n| e | f |", "## 1 A\n| a | b |\n| c | d |\nBetween.\n## 2 B\nBelow.\n| e | f |", {}),
    "words at the end, and a paragraph": ("## 1 A\nAlpha stays here.\nbeta.", "## 1 A\nAlpha stays here. It grows.\nNew one.\nbeta.", {}),
    "other words at the end, and a paragraph": ("## 1 A\nAlpha is gone.\nbeta.", "## 1 A\nAlpha is here.\nNew one.\nbeta.", {}),
    "a column more": ("## 1 A\nT.\n| a | b |\n| c | d |", "## 1 A\nT.\n| a | x | b |\n| c | y | d |", {}),
    "rows": ("## 1 A\nT.\n| a | b |\n| c 1 | d |\n| e | f |\n| g | h |", "## 1 A\nT.\n| a | b |\n| e | f 2 |\n| g | h |\n| i | j |", {}),
    "a table comes": ("## 1 A\nT.\n① One.", "## 1 A\nT.\n| a | b |\n| c | d |\n① One.", {}),
    "a table goes": ("## 1 A\nT.\n| a | b |\n| c | d |\n## 2 B\nEnd.", "## 1 A\nT.\n## 2 B\nEnd.", {}),
    "words in the place of a table": ("## 1 A\nT.\n| a | b |\n| c | d |\nEnd.", "## 1 A\nT.\nSaid in words now.\nEnd.", {}),
    "a lost table is found": ("## 1 A\nT.\n?\nEnd.", "## 1 A\nT.\n| a | b |\n| c | d |\nEnd.", {}),
    "moved": (
        "## 1 A\nOne.\n① First.\n② Second.\n## 2 B\nTwo.\n① Third.\n## 3 C\nThree.",
        "## 1 B\nTwo.\n① Third.\n## 2 A\nOne.\n① First.\n② Second.\n## 3 C\nThree.",
        {"art-1": "art-2", "art-1-para-1": "art-2-para-1", "art-2": "art-1", "art-2-para-1": "art-1-para-1", "art-2-para-2": "art-1-para-2"},
    ),
    "moved and amended": (
        "## 1 A\nOne is kept for 5 days.\n## 2 B\nTwo.\n## 3 C\nThree.",
        "## 1 B\nTwo.\n## 2 C\nThree.\n## 3 A\nOne is kept for 7 days.",
        {"art-1": "art-2", "art-2": "art-3", "art-3": "art-1"},
    ),
    "deeper": ("## 1 A\n1. Point.\n2. Other.", "## 1 A\n① Paragraph.\n1. Point.\n2. Other.", {"art-1-para-1": None, "art-1-para-1-point-1": "art-1-point-1", "art-1-para-1-point-2": "art-1-point-2"}),
    "split": ("## 1 A\nOne stays here.\nTwo goes there.", "## 1 A\nOne stays here.\n## 2 B\nTwo goes there.", {"art-2": "art-1"}),
    "a link leads elsewhere": ("## 1 A\nSee [the form](https://example.com/a) now.", "## 1 A\nSee [the form](https://example.com/b) now.", {}),
    "marks": ("## 1 A\n① One.\n② Two.\n③ Three.", "## 1 A\n① One.\n② Three.", {"art-1-para-2": "art-1-para-3", "art-1-para-3": None}),
}  # fmt: skip
"""Pairs that are hard to show, by what is hard in them."""


def redline(old: Edition, new: Edition, moved: Mapping[str, str | None] | None = None) -> bytes:
    """Return the changes from *old* to *new*; *moved* are the old ids by the new ones, None for what was not there."""
    ids = dict(moved or {})
    back = {before: now for now, before in ids.items() if before}

    def before(name: str) -> str | None:
        return ids.get(name, name)

    def after(name: str) -> str | None:
        return back.get(name, name)

    return word_redline(old, new, compare(old.provisions, new.provisions, before, after))

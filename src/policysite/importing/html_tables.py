"""Tables of a page, so that pandoc finds every cell in the column where a browser showed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html

from policysite.importing.pandoc_inlines import HEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

_DIGITS = re.compile(r"\s*\+?0*([0-9]+)")
_CELLS = ("td", "th")


def over(cell: HtmlElement, name: str) -> int:
    """Return over how many rows or columns a cell says that it goes."""
    digits = _DIGITS.match(cell.get(name, ""))
    return int(digits[1][:12]) if digits else 1


def straighten(body: HtmlElement) -> None:
    """Put head rows and foot rows where a browser has them: a head without ``thead`` is as deep as its cells."""
    for table in body.iter("table"):
        for row in table.iter("tr"):
            _name_heads(row)
        groups = [g for g in table if g.tag in {"thead", "tbody", "tfoot"}]
        for group in groups or [table]:
            _to_the_end(_rows(group))
        for foot in [g for g in groups if g.tag == "tfoot"]:
            table.append(foot)
        if not any(g.tag == "thead" for g in groups):
            _make_head(table, _rows(groups[0] if groups else table))


def _name_heads(row: HtmlElement) -> None:
    """Say of the headers of a row what they are headers of, as a browser has it where the page does not say so."""
    cells = list(row.iterchildren(*_CELLS))
    beside = "row" if any(cell.tag == "td" for cell in cells) else "col"
    for cell in cells:
        if cell.tag == "th":
            scope = cell.get("scope", "").strip().lower().removesuffix("group")
            mark = lxml.html.Element("span")
            mark.set(f"data-{HEAD}", scope if scope in {"row", "col"} else beside)
            mark.tail, cell.text = cell.text, None
            cell.insert(0, mark)


def _is_beside(cell: HtmlElement) -> bool:
    """Whether a header says that it is one of rows."""
    return cell.get("scope", "").strip().lower() in {"row", "rowgroup"}


def _rows(group: HtmlElement) -> list[HtmlElement]:
    return [row for row in group if row.tag == "tr"]


def _to_the_end(rows: Sequence[HtmlElement]) -> None:
    """Write how many rows a cell goes over that goes to the end of its part of the table, and no further than that."""
    for place, row in enumerate(rows):
        left = len(rows) - place
        for cell in row.iterchildren(*_CELLS):
            if cell.get("rowspan") is not None and not 0 < over(cell, "rowspan") <= left:
                cell.set("rowspan", str(left))


def _make_head(table: HtmlElement, rows: Sequence[HtmlElement]) -> None:
    """Put the rows at the beginning that are all head cells, and those that these go over, into a ``thead``."""
    heads = 0
    for place, row in enumerate(rows):
        cells = list(row.iterchildren(*_CELLS))
        is_head = bool(cells) and all(cell.tag == "th" and not _is_beside(cell) for cell in cells)
        if place >= heads and not (is_head and place == heads and place < len(rows) - 1):
            break
        heads = max(heads, place + 1, *(place + over(cell, "rowspan") for cell in cells))
    # One row of head cells is taken for a head without being told.
    if heads > 1 and heads < len(rows):
        head = lxml.html.Element("thead")
        group = rows[0].getparent()
        (rows[0] if group is table or group is None else group).addprevious(head)
        for row in rows[:heads]:
            head.append(row)

"""Tables of a page, so that pandoc finds every cell in the column where a browser showed it."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

import lxml.html

from policysite.importing.pandoc_inlines import HEAD
from policysite.markdown.list_tables import MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

_DIGITS = re.compile(r"\s*\+?0*([0-9]+)")
_CELLS = ("td", "th")
_GROUPS = ("thead", "tbody", "tfoot")
_PARTS = {"caption", "colgroup", "col", *_GROUPS, "tr", *_CELLS}


def over(cell: HtmlElement, name: str) -> int:
    """Return over how many rows or columns a cell says that it goes."""
    digits = _DIGITS.match(cell.get(name, ""))
    return int(digits[1][:12]) if digits else 1


def straighten(body: HtmlElement) -> None:
    """Put head rows and foot rows where a browser has them: a head without ``thead`` is as deep as its cells."""
    for table in list(body.iter("table")):
        _put_out(table, table)
        groups = list(table.iterchildren(*_GROUPS))
        for group in groups:
            _put_out(table, group)
        for row in [row for part in [table, *groups] for row in _rows(part)]:
            _put_out(table, row)
        for later in [g for g in groups if g.tag == "thead"][1:]:
            # The first head alone is repeated as one; pandoc would take the whole table apart.
            later.tag = "tbody"
        for rows in map(_rows, [table, *groups]):
            for row in rows:
                _name_heads(row)
            _to_the_end(rows)
            _without_empty_rows(rows)
        for foot in [g for g in groups if g.tag == "tfoot"]:
            table.append(foot)
        if not any(g.tag == "thead" for g in groups):
            _make_head(table, _rows(groups[0] if groups else table))
        _fill_first_row(table)


def _put_out(table: HtmlElement, part: HtmlElement) -> None:
    """Put what stands between the rows of a part of a table before the table, as a browser does; pandoc would take it apart."""
    while wrappers := [child for child in part if _is_around_rows(child)]:
        for wrapper in wrappers:
            wrapper.drop_tag()
    _put_text_out(table, part.text)
    part.text = None
    for child in list(part):
        text, child.tail = child.tail, None
        if child.tag not in _PARTS:
            table.addprevious(child)
        _put_text_out(table, text)


def _is_around_rows(element: HtmlElement) -> bool:
    return element.tag not in {*_PARTS, "table"} and next(element.iter("tr"), None) is not None


def _put_text_out(table: HtmlElement, text: str | None) -> None:
    if text and text.strip():
        stray = lxml.html.Element("div")
        stray.text = text
        table.addprevious(stray)


def _name_heads(row: HtmlElement) -> None:
    """Say of the headers of a row what they are headers of, as a browser has it where the page does not say so."""
    cells = list(row.iterchildren(*_CELLS))
    beside = "row" if any(cell.tag == "td" for cell in cells) else "col"
    for cell in cells:
        if cell.tag == "th":
            scope = _scope(cell)
            mark = lxml.html.Element("span")
            mark.set(f"data-{HEAD}", scope if scope in {"row", "col"} else beside)
            mark.tail, cell.text = cell.text, None
            cell.insert(0, mark)


def _scope(cell: HtmlElement) -> str:
    """Return what a header says that it is one of: ``row`` or ``col``, a group of them too; empty if it says nothing."""
    return cell.get("scope", "").strip().lower().removesuffix("group")


def _rows(group: HtmlElement) -> list[HtmlElement]:
    return [row for row in group if row.tag == "tr"]


def _to_the_end(rows: Sequence[HtmlElement]) -> None:
    """Write how many rows a cell goes over that goes to the end of its part of the table, and no further than that."""
    for place, row in enumerate(rows):
        left = len(rows) - place
        for cell in row.iterchildren(*_CELLS):
            if cell.get("rowspan") is not None and not 0 < over(cell, "rowspan") <= left:
                cell.set("rowspan", str(left))


def _without_empty_rows(rows: Sequence[HtmlElement]) -> None:
    """Take rows without any cell away, which have no height on a page; cells go over that many rows less."""
    empty = [len(row) == 0 and not (row.text or "").strip() for row in rows]
    before = [0, *accumulate(empty)]
    for place, row in enumerate(rows):
        if empty[place]:
            row.drop_tree()
            continue
        for cell in row.iterchildren(*_CELLS):
            if (rowspan := over(cell, "rowspan")) > 1:
                end = min(place + rowspan, len(rows))
                cell.set("rowspan", str(rowspan - before[end] + before[place]))


def _fill_first_row(table: HtmlElement) -> None:
    """Give the first row as many columns as any row has: pandoc cuts off what goes beyond it, or beyond what ``col`` counts."""
    for columns in list(table.iterchildren("col", "colgroup")):
        columns.drop_tree()
    parts = [rows for part in [*table.iterchildren(*_GROUPS), table] if (rows := _rows(part))]
    if parts:
        first = parts[0][0]
        cells = list(first.iterchildren(*_CELLS))
        missing = max(map(_width, parts)) - sum(max(over(cell, "colspan"), 1) for cell in cells)
        # A row of headers stays one.
        kind = "th" if all(cell.tag == "th" for cell in cells) else "td"
        for _ in range(min(missing, MOST_COLUMNS)):
            lxml.etree.SubElement(first, kind)


def _width(rows: Sequence[HtmlElement]) -> int:
    """Return how many columns of *rows* a cell begins in, where the cells above leave room."""
    width, left = 0, list[int]()
    for row in rows:
        width = max(width, _places(row, left))
        left = [max(rows - 1, 0) for rows in left]
    return width


def _places(row: HtmlElement, left: list[int]) -> int:
    """Put the cells of a row where *left* has room, the rows that cells above still go over by column; return behind which column none begins."""
    column = begun = 0
    for cell in row.iterchildren(*_CELLS):
        while column < len(left) and left[column] > 0:
            column += 1
        begun = column + 1
        end = column + max(over(cell, "colspan"), 1)
        left += [0] * (end - len(left))
        left[column:end] = [max(rows, over(cell, "rowspan")) for rows in left[column:end]]
        column = end
    return begun


def _make_head(table: HtmlElement, rows: Sequence[HtmlElement]) -> None:
    """Put the rows at the beginning that are all head cells, and those that these go over, into a ``thead``."""
    heads = 0
    for place, row in enumerate(rows):
        cells = list(row.iterchildren(*_CELLS))
        is_head = bool(cells) and all(cell.tag == "th" and _scope(cell) != "row" for cell in cells)
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

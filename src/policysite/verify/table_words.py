"""A table of a finished page whose cells may be merged: its rows as text, and its shape, as the file of a version has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policysite.verify.markup_shapes import has_loose_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import lxml.html

    Element = lxml.html.HtmlElement

CLASS = "list-table"
LINE = "\u2028"
"""Between the paragraphs of a cell, in the text of a row."""
SPAN = re.compile(r"[1-9][0-9]{0,3}")
"""Over how many rows or columns a cell may say that it goes."""
_MOST_CELLS = 100_000


def is_list_table(element: Element) -> bool:
    """Whether *element* is a table that has a shape."""
    return element.tag == "table" and CLASS in element.classes


def is_in_one(cell: Element) -> bool:
    """Whether *cell* is one of a table that has a shape."""
    return is_list_table(next(cell.iterancestors("table")))


def rows_of(table: Element, words: Callable[[Element], str]) -> tuple[list[str], dict[str, Any]]:
    """Return the rows of *table* as text, and its shape; *words* gives those of a paragraph.

    :raises ValueError: if its cells are not in one place each, or go over more places than any table has.
    """
    rows = [row for part in table for row in part if row.tag == "tr"]
    taken: dict[tuple[int, int], str] = {}
    cells = []
    for place, row in enumerate(rows):
        column = 0
        for cell in row:
            while (place, column) in taken:
                column += 1
            shape, text = _cell(cell, words)
            over = shape.get("rows", 1), shape.get("columns", 1)
            if len(taken) + over[0] * over[1] > _MOST_CELLS:
                raise ValueError(f"a table has more than {_MOST_CELLS:,} places for cells")
            places = [
                (place + down, column + beside)
                for down in range(over[0])
                for beside in range(over[1])
            ]
            if not taken.keys().isdisjoint(places):
                raise ValueError("a table has cells that lie over each other")
            taken |= dict.fromkeys(places, "")
            taken[place, column] = text
            cells.append({"row": place, "column": column} | shape)
            column += over[1]
    width = max((column + 1 for _, column in taken), default=0)
    if taken.keys() != {(row, column) for row in range(len(rows)) for column in range(width)}:
        raise ValueError("a table has rows that do not fill it")
    heads = sum(_is_head(row) for row in rows)
    shape = {"rows": len(rows), "columns": width, "heads": heads, "cells": cells}
    lines = ["\t".join(taken[row, column] for column in range(width)) for row in range(len(rows))]
    return lines, shape


def _is_head(element: Element) -> bool:
    return next(element.iterancestors("thead"), None) is not None


def _cell(cell: Element, words: Callable[[Element], str]) -> tuple[dict[str, Any], str]:
    found: dict[str, Any] = {}
    for name, attribute in (("rows", "rowspan"), ("columns", "colspan")):
        if over := cell.get(attribute):
            found[name] = int(over) if SPAN.fullmatch(over) else 0
    if scope := cell.get("scope"):
        found["head"] = scope.removesuffix("group")
    lines = [(depth, mark, words(line)) for line, depth, mark in _lines(cell, 0)]
    shown = [(depth, mark, text) for depth, mark, text in lines if text]
    if any(depth for depth, *_ in shown):
        found["lines"] = [
            {"depth": depth} | ({"mark": mark} if mark else {}) for depth, mark, _ in shown
        ]
    return found, LINE.join(text for *_, text in shown)


def _lines(element: Element, depth: int) -> Iterator[tuple[Element, int, str]]:
    """Yield the paragraphs in *element*, each with the lists that it is in, and the mark before it."""
    for child in element:
        if child.tag == "p":
            marks = [e for e in child if "printed-mark" in e.classes]
            yield child, depth, marks[0].text_content() if marks else ""
        elif child.tag == "div":
            yield from _lines(child, depth + ("provision" in child.classes))


def odd_parts(table: Element) -> Iterator[Element]:
    """Yield the parts of *table* that have no place in one: a head below its rows, headers of nothing, merged cells in one without a shape."""
    tags = [str(part.tag) for part in table if part.tag != "colgroup"]
    if tags != sorted(tags, key=["caption", "thead", "tbody"].index) or tags.count("thead") > 1:
        yield table
    for cell in table.iter("th", "td"):
        if not (_is_cell(cell) if is_list_table(table) else _is_plain(cell)):
            yield cell
    for group in table.iter("colgroup"):
        if not SPAN.fullmatch(group.get("span", "1")):
            yield group


def _is_plain(cell: Element) -> bool:
    return (
        not {"rowspan", "colspan", "scope"} & {*cell.attrib}
        and next(cell.iter("div"), None) is None
    )


def _is_cell(cell: Element) -> bool:
    """Whether a cell says of itself what it is, and has paragraphs and lists alone."""
    scope = cell.get("scope", "")
    in_head = _is_head(cell)
    spans = (cell.get("rowspan"), cell.get("colspan"))
    return (
        (cell.tag == "th") == bool(scope)
        and scope in {"", "row", "rowgroup", "col", "colgroup"}
        and not (in_head and not scope)
        and not cell.get("class")
        and all(over is None or SPAN.fullmatch(over) for over in spans)
        and _is_filled(cell)
    )


def _is_filled(element: Element) -> bool:
    """Whether all words in *element*, a cell or a list in it, are in paragraphs."""
    inside = [child for child in element if isinstance(child.tag, str)]
    lists = [child for child in inside if child.tag != "p"]
    return not has_loose_words(element) and all(
        child.tag == "div" and {*child.classes} & {"provision", "provisions"} and _is_filled(child)
        for child in lists
    )

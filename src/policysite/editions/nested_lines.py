"""The lines of an edition as a tree, as files with real lists have them: what is in a marked provision is in an item of a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from policysite.editions.edition_lines import (
    BEHIND_TABLE,
    Merge,
    Paragraph,
    Style,
    Table,
    lines_of,
)
from policysite.text.provision_text import containers_of
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.edition import Edition
    from policysite.editions.edition_lines import Cell, Key, Line, Row
    from policysite.editions.pieces_of_text import Piece, Pieces

_LONGEST_HEAD = 400
"""Characters in a cell of a head, from which on it is not repeated."""


@dataclass
class Text:
    """A paragraph or a heading (``level`` from 1, 0 for a paragraph); ``name`` is the id of the provision that it begins, empty for none."""

    kind: ClassVar[str] = "text"
    pieces: Pieces
    level: int = 0
    name: str = ""
    foreign: bool = False
    is_note: bool = False


@dataclass
class Item:
    """An item of a list, with the ``mark`` that is printed before its first paragraph."""

    mark: str
    name: str
    inner: list[Node] = field(default_factory=list)
    is_bullet: bool = False


@dataclass
class Items:
    """A list."""

    kind: ClassVar[str] = "items"
    items: list[Item]


class GridCell(NamedTuple):
    """A cell of a table: its lines, how far it goes, and what it is the header of (``col``, ``row``, empty for nothing)."""

    lines: tuple[Pieces, ...]
    across: int = 1
    down: int = 1
    scope: str = ""


class GridRow(NamedTuple):
    """A row of a table."""

    cells: tuple[GridCell, ...]
    foreign: bool = False


@dataclass
class Grid:
    """A table; ``heads`` are repeated on each page that it goes over."""

    kind: ClassVar[str] = "grid"
    heads: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]
    name: str = ""


Node = Text | Items | Grid


def nested(edition: Edition) -> list[Node]:
    """Return the lines of *edition* as a tree, from its title on, without what is said around the text.

    Each provision is named by the first thing that it has.

    :raises ValueError: if its layout is not that of its text.
    """
    return _Nesting(edition).of(lines_of(edition))


class _Nesting:
    def __init__(self, edition: Edition) -> None:
        self.by_id = {provision.id: provision for provision in edition.provisions}
        self.marked = {
            name: tuple(p for p in (*reversed(around), name) if self.by_id[p].mark)
            for name, around in containers_of(edition.provisions).items()
        }
        self.named: set[str] = set()
        self.root: list[Node] = []
        # The items that are open, outermost first, by the ids of their provisions.
        self.open: list[tuple[str, Item]] = []
        # The items with bullets that are open in the innermost of them, by their depths.
        self.bullets: list[tuple[int, Item]] = []

    def of(self, lines: Sequence[Line]) -> list[Node]:
        for line in lines:
            if line.key.provision and line.key.part != BEHIND_TABLE:
                self._add(line)
        return self.root

    def _add(self, line: Line) -> None:
        around = self.marked[line.key.provision]
        depth = 0 if isinstance(line, Table) else line.in_lists
        while self.bullets and self.bullets[-1][0] > depth:
            self.bullets.pop()
        while self.open and self.open[-1][0] not in around:
            self.open.pop()
        for name in around[len(self.open) :]:
            item = Item(self.by_id[name].mark, self._name(name))
            self._append_item(item)
            self.open.append((name, item))
        if isinstance(line, Table):
            self._here().append(self._grid(line))
        elif line.bullet and line.text.startswith(f"{line.bullet} ") and not line.mark:
            self._append_bullet(line)
        elif line.text or not line.mark:
            self._append_text(line)

    def _here(self) -> list[Node]:
        inner = [*self.open[-1:], *self.bullets[-1:]]
        return inner[-1][1].inner if inner else self.root

    def _append_item(self, item: Item) -> None:
        here = self._here()
        last = here[-1] if here else None
        if isinstance(last, Items) and last.items[-1].is_bullet == item.is_bullet:
            last.items.append(item)
        else:
            here.append(Items([item]))

    def _append_text(self, line: Paragraph) -> None:
        name = self._name(line.key.provision)
        if line.style.startswith("Heading") or line.style == Style.TITLE:
            level = 1 if line.style == Style.TITLE else line.depth + 1
            self._here().append(Text(line.pieces, level, name, line.foreign))
        else:
            is_note = line.style == Style.NOTE
            self._here().append(Text(line.pieces, 0, name, line.foreign, is_note))

    def _append_bullet(self, line: Paragraph) -> None:
        while self.bullets and self.bullets[-1][0] >= line.in_lists:
            self.bullets.pop()
        first, *others = line.pieces
        words = first._replace(text=first.text[len(line.bullet) + 1 :])
        text = Text((*((words,) if words.text else ()), *others), foreign=line.foreign)
        item = Item(line.bullet, self._name(line.key.provision), [text], is_bullet=True)
        self._append_item(item)
        self.bullets.append((line.in_lists, item))

    def _name(self, provision: str) -> str:
        """Return the name of *provision* for the first thing that it has, and nothing for the others."""
        if provision in self.named:
            return ""
        self.named.add(provision)
        return provision

    def _grid(self, table: Table) -> Grid:
        rows = [
            (row, GridRow(tuple(self._cells(table, place)), row.foreign))
            for place, row in enumerate(table.rows)
        ]
        heads = 0
        while heads < len(rows) and rows[heads][0].is_head:
            heads += 1
        if any(len(line) > _LONGEST_HEAD for row, _ in rows[:heads] for line in _words(row)):
            # What is repeated on each page must leave room for the rest.
            heads = 0
        found = [row for _, row in rows]
        return Grid(tuple(found[:heads]), tuple(found[heads:]), self._name(table.key.provision))

    def _cells(self, table: Table, place: int) -> Iterator[GridCell]:
        row, column = table.rows[place], 0
        headers = self._headers(row.key)
        for cell in row.cells:
            if cell.merge is not Merge.GOES_ON:
                scope = "col" if row.is_head else "row" if column in headers else ""
                down = _down(table.rows[place + 1 :], column) if cell.merge is Merge.BEGINS else 0
                yield GridCell(lines_in(cell), cell.across, 1 + down, scope)
            column += cell.across

    def _headers(self, key: Key) -> set[int]:
        """Return the columns of a row whose cells are headers of it."""
        provision = self.by_id[key.provision]
        place = key.place + (len(provision.blocks) if key.part == "after" else 0)
        return {
            cell.column
            for table in provision.tables
            for cell in table.cells
            if cell.head == "row" and table.first + cell.row == place
        }


def _words(row: Row) -> Iterator[str]:
    return ("".join(piece.text for piece in cell.pieces) for cell in row.cells)


def _down(rows: Sequence[Row], column: int) -> int:
    """Return in how many of the *rows* below it a cell in *column* goes on."""
    for place, row in enumerate(rows):
        start = 0
        for cell in row.cells:
            if start == column and cell.merge is Merge.GOES_ON:
                break
            start += cell.across
        else:
            return place
    return len(rows)


def lines_in(cell: Cell) -> tuple[Pieces, ...]:
    """Return the lines of a cell."""
    lines: list[list[Piece]] = [[]]
    for piece in cell.pieces:
        for place, part in enumerate(piece.text.split(LINE)):
            if place:
                lines.append([])
            if part:
                lines[-1].append(piece._replace(text=part))
    return tuple(map(tuple, lines))

"""Tables as a list of lists: merged cells, row headers, and several paragraphs or lists in a cell.

The form is docutils' ``list-table``, which MyST has too. A cell that goes over more rows or columns begins as one of the
``flat-table`` of the Linux kernel's documentation does: ``{rspan}`1``` and ``{cspan}`2``` are how many *more* of them it goes
over. ``{scope}`row``` or ``{scope}`col``` makes a cell a header that stands in neither the head nor the first columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.tree import SyntaxTreeNode

from policysite.markdown.parser import parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

NAME = "list-table"
ROLES = ("rspan", "cspan", "scope")
"""What the first words of a cell may say of it, and what is no word."""
MOST_COLUMNS = 1_000
"""A cell goes over no more rows either."""
MOST_CELLS = 100_000

_OPTION = re.compile(r":(?P<name>[a-z-]+):[ \t]*(?P<value>.*)")
_OPTIONS = ("header-rows", "stub-columns")
_FACTS = re.compile(r"(?:\{(?:rspan|cspan|scope)\}`[^`\n]*`[ \t]*)+\n?")
_FACT = re.compile(r"\{(\w+)\}`([^`\n]*)`")
_SCOPES = ("row", "col")
_FORM = "Write each row as '* - first cell', with '  - next cell' below it."


class Fault(NamedTuple):
    """What is wrong with a table: ``line`` is that of its content, from 1."""

    line: int
    found: str
    remedy: str


@dataclass(frozen=True)
class CellFacts:
    """What a cell says of itself: over how many rows and columns it goes, and what it is a header of; ``wrong`` are words that say nothing."""

    line: int
    rows: int = 1
    columns: int = 1
    scope: str = ""
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacedCell:
    """A cell in its place, from 0; ``head`` is ``col`` or ``row`` if it is a header of these."""

    row: int
    column: int
    rows: int
    columns: int
    head: str = ""


@dataclass
class Layout:
    """The cells of a table in the order of its rows; ``faults`` are empty where they fill it."""

    height: int = 0
    width: int = 0
    heads: int = 0
    cells: list[PlacedCell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def facts_of(line: int, said: Sequence[tuple[str, str]]) -> CellFacts:
    """Return the facts that the roles at the beginning of a cell give, as pairs of their names and contents."""
    found: dict[str, str] = {}
    wrong = []
    for name, content in said:
        value = content.strip()
        is_count = _is_number(value) and int(value) > 0
        if name in found or not (value in _SCOPES if name == "scope" else is_count):
            wrong.append(f"{{{name}}}`{value[:20]}`")
        else:
            found[name] = value
    rows, columns = (1 + int(found.get(name, 0)) for name in ("rspan", "cspan"))
    return CellFacts(line, rows, columns, found.get("scope", ""), tuple(wrong))


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 5


def without_facts(raw: str) -> str:
    """Return the words of the first paragraph of a cell without what they say of the cell."""
    match = _FACTS.match(raw)
    return raw[match.end() :].lstrip() if match else raw


def lay_out(rows: Sequence[Sequence[CellFacts]], heads: int = 0, stubs: int = 0) -> Layout:
    """Put the cells of *rows* where merged ones leave room; the first *heads* rows and *stubs* columns are headers."""
    found = Layout(len(rows), heads=heads)
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if width > MOST_COLUMNS or len(rows) * width > MOST_CELLS:
        what = f"Found a table of {len(rows):,} rows and up to {width:,} columns"
        limit = f"expected at most {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells"
        found.faults.append(Fault(1, f"{what}; {limit}", "Correct the numbers of its cells."))
        return found
    taken: set[tuple[int, int]] = set()
    for place, row in enumerate(rows):
        column = 0
        for cell in row:
            while (place, column) in taken:
                column += 1
            end = heads if place < heads else len(rows)
            found.faults += _cell_faults(cell, (place, column), end, taken)
            places = [
                (covered, beside)
                for covered in range(place, min(place + cell.rows, end))
                for beside in range(column, column + cell.columns)
            ]
            taken.update(places)
            head = cell.scope or ("col" if place < heads else "row" if column < stubs else "")
            found.cells.append(PlacedCell(place, column, cell.rows, cell.columns, head))
            column += cell.columns
    found.width = max((column + 1 for _, column in taken), default=0)
    found.faults += _ragged(rows, found.width, taken)
    for option, count, most in (
        ("header-rows", heads, len(rows)),
        ("stub-columns", stubs, found.width),
    ):
        if count > most:
            what = f"Found ':{option}: {count}' in a table of {len(rows)} rows and {found.width} columns"
            found.faults.append(Fault(1, what, f"Write at most {most}."))
    return found


def _cell_faults(
    cell: CellFacts, place: tuple[int, int], end: int, taken: AbstractSet[tuple[int, int]]
) -> Iterator[Fault]:
    row, column = place
    if cell.wrong:
        expected = "expected {rspan}`1`, {cspan}`1`, {scope}`row` or {scope}`col`, each once"
        remedy = "Write how many more rows or columns the cell goes over, or remove it."
        yield Fault(
            cell.line, f"Found {cell.wrong[0]} at the beginning of a cell; {expected}", remedy
        )
    if row + cell.rows > end:
        what = f"Found a cell that goes over {cell.rows} rows, where {end - row} are left"
        remedy = f"{_remedy('rspan', end - row)} A cell of the head ends with the head."
        yield Fault(cell.line, what, remedy)
    for beside in range(column + 1, column + cell.columns):
        if (row, beside) in taken:
            what = f"Found a cell that goes over {cell.columns} columns, where {beside - column} are free"
            remedy = f"{_remedy('cspan', beside - column)} A cell above has the next one."
            yield Fault(cell.line, what, remedy)
            return


def _remedy(name: str, free: int) -> str:
    return f"Write {{{name}}}`{free - 1}`." if free > 1 else f"Remove the {{{name}}}."


def _ragged(
    rows: Sequence[Sequence[CellFacts]], width: int, taken: AbstractSet[tuple[int, int]]
) -> Iterator[Fault]:
    """Find rows that do not fill the table."""
    for place, row in enumerate(rows):
        filled = sum((place, column) in taken for column in range(width))
        line = row[0].line if row else 1
        if not row:
            what = "Found a row without a cell of its own"
            yield Fault(line, what, "Remove the row, and count it in no {rspan}.")
        elif filled < width:
            what = f"Found a row that fills {filled} columns of a table that has {width}"
            remedy = (
                "Write its other cells, '-' alone for an empty one, or correct {cspan} and {rspan}."
            )
            yield Fault(line, what, remedy)


@dataclass
class ListTable:
    """A table as it is written: its cells with their items, in rows; ``layout`` says where each is."""

    rows: list[list[SyntaxTreeNode]]
    layout: Layout

    @property
    def placed(self) -> Iterator[tuple[PlacedCell, SyntaxTreeNode]]:
        """Each cell with its item."""
        items = [item for row in self.rows for item in row]
        return zip(self.layout.cells, items, strict=False)


def options_of(content: str) -> tuple[dict[str, int], str, list[Fault]]:
    """Return the options at the beginning of *content*, it with empty lines in their place, and what is wrong with them."""
    lines = content.split("\n")
    found: dict[str, int] = {}
    faults = []
    for place, line in enumerate(lines):
        if not line.startswith(":"):
            break
        match = _OPTION.fullmatch(line.rstrip())
        value = match["value"] if match else ""
        name = match["name"] if match else ""
        if name not in _OPTIONS or name in found or not _is_number(value):
            what = f"Found the option {line[:40]!r} of a table; expected a number for each"
            remedy = "Write ':header-rows: 2' or ':stub-columns: 1', each once, or remove it."
            faults.append(Fault(place + 1, what, remedy))
        else:
            found[name] = int(value)
        lines[place] = ""
    return found, "\n".join(lines), faults


def read_list_table(content: str) -> ListTable:
    """Return the table in *content*, what stands in the directive; what is wrong with it is among its layout's faults.

    :raises TooLargeError: if a block of it is larger than any.
    """
    options, text, faults = options_of(content)
    nodes = SyntaxTreeNode(parser().parse(text, {})).children
    if [node.type for node in nodes] != ["bullet_list"]:
        line = nodes[0].map[0] + 1 if nodes and nodes[0].map else 1
        what = f"Found {len(nodes)} blocks in a table; expected one list of rows"
        return ListTable([], Layout(faults=[*faults, Fault(line, what, _FORM)]))
    rows: list[list[SyntaxTreeNode]] = []
    said: list[list[CellFacts]] = []
    for row in nodes[0].children:
        line = _line(row)
        if [child.type for child in row.children] != ["bullet_list"]:
            faults.append(Fault(line, "Found a row that is not a list of cells", _FORM))
            continue
        rows.append(row.children[0].children)
        said.append([facts_of(_line(cell), list(_said(cell))) for cell in rows[-1]])
        faults += [fault for cell in rows[-1] for fault in _content_faults(cell)]
    layout = lay_out(said, options.get("header-rows", 0), options.get("stub-columns", 0))
    layout.faults = faults or layout.faults
    return ListTable(rows, layout)


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 1


def _said(cell: SyntaxTreeNode) -> Iterator[tuple[str, str]]:
    """Yield what a cell says of itself at its beginning."""
    first = cell.children[0] if cell.children else None
    is_paragraph = first is not None and first.type == "paragraph" and first.children
    if is_paragraph and first and (match := _FACTS.match(first.children[0].content)):
        yield from _FACT.findall(match[0])


def _content_faults(cell: SyntaxTreeNode) -> Iterator[Fault]:
    """Find what a cell may not have, and facts that are not at its beginning."""
    for node in cell.walk():
        if node.type in {
            "table",
            "fence",
            "heading",
            "blockquote",
            "hr",
            "dl",
            "footnote_reference",
        }:
            what = (
                "a table" if node.type in {"table", "fence"} else "more than paragraphs and lists"
            )
            remedy = "Write its words as paragraphs or lists, or as a table of its own below."
            yield Fault(_line(node), f"Found {what} in the cell of a table", remedy)
        if node.type == "ordered_list":
            yield from _miscounted(node)
        if node.type == "inline":
            is_first = bool(cell.children) and node.parent == cell.children[0]
            words = without_facts(node.content) if is_first else node.content
            roles = parser().parseInline(words)[0].children or ()
            if any(role.type == "myst_role" and role.meta["name"] in ROLES for role in roles):
                what = f"Found {words[:40]!r}, which says something of a cell in the middle of it"
                remedy = "Write it as the first words of the cell, one behind the other."
                yield Fault(_line(node), what, remedy)


def _miscounted(node: SyntaxTreeNode) -> Iterator[Fault]:
    """Find items whose numbers are not one after the other: the page prints what Markdown counts."""
    start = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, start=start):
        if item.info != str(number):
            what = f"Found the mark '{item.info}{item.markup}' where the list counts '{number}{item.markup}'"
            remedy = f"Write '{number}{item.markup}'; if it is no mark, write its dot or bracket as '&#46;' or '&#41;'."
            yield Fault(_line(item), what, remedy)

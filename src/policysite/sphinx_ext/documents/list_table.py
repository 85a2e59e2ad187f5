"""``list-table``: a table as a list of lists, with merged cells, headers of rows, and several paragraphs or lists in a cell.

It takes the place of the directive of that name of docutils, which knows neither of the first two. What is wrong with a table
is said by ``policysite check``; what comes here has passed it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective, SphinxRole

from policysite.markdown.list_tables import NAME, ROLES, CellFacts, facts_of, lay_out, without_facts
from policysite.sphinx_ext.shared.provision_nodes import list_table, list_table_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from policysite.markdown.list_tables import Layout, PlacedCell


class cell_fact(nodes.Inline, nodes.Element):  # noqa: N801
    """What a cell says of itself; the table takes it away."""


class column_groups(nodes.tgroup):  # noqa: N801
    """The inside of a table; ``groups`` are over how many columns each header in its first row goes."""


class CellFact(SphinxRole):
    """Read a role that says something of the cell that it begins."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the fact."""
        return [cell_fact(name=self.name, value=self.text)], []


class ListTable(SphinxDirective):
    """Read a table."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "header-rows": directives.nonnegative_int,
        "stub-columns": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table.

        :raises docutils.parsers.rst.DirectiveError: if it is none.
        """
        parsed = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, parsed)
        rows = [list(_items(row)) for row in _items(parsed)]
        said = [[_facts(cell) for cell in row] for row in rows]
        heads, stubs = (self.options.get(name, 0) for name in self.option_spec)
        layout = lay_out(said, heads, stubs)
        if layout.faults or not layout.cells:
            found = layout.faults[0].found if layout.faults else "Found no table"
            raise self.error(f"{found}.")
        table = _table(layout, [cell for row in rows for cell in row])
        self.set_source_info(table)
        return [table]


def _items(node: nodes.Element) -> Iterator[nodes.list_item]:
    """Yield the items of the one list in *node*."""
    for found in node.children[:1]:
        if isinstance(found, nodes.bullet_list):
            yield from (item for item in found.children if isinstance(item, nodes.list_item))


def _facts(cell: nodes.list_item) -> CellFacts:
    """Take what a cell says of itself out of its first paragraph, and out of the message of that."""
    first = cell.children[0] if cell.children else None
    said: list[tuple[str, str]] = []
    if isinstance(first, nodes.paragraph) and isinstance(first.next_node(), cell_fact):
        while first.children and (
            isinstance(first.children[0], cell_fact) or not first.children[0].astext().strip()
        ):
            found = first.children[0]
            if isinstance(found, cell_fact):
                said.append((found["name"], found["value"]))
            first.remove(found)
        first.rawsource = without_facts(first.rawsource)
        if first.children and isinstance(text := first.children[0], nodes.Text):
            first.replace(text, nodes.Text(text.lstrip()))
        if not first.children:
            cell.remove(first)
    return facts_of(cell.line or 0, said)


def _table(layout: Layout, items: list[nodes.list_item]) -> list_table:
    bands = [(0, layout.heads), *_bands(layout)]
    groups = [cell.columns for cell in layout.cells if cell.row == 0 and layout.heads]
    inside = column_groups(cols=layout.width, groups=groups)
    inside.extend(nodes.colspec(colwidth=1) for _ in range(layout.width))
    table = list_table("", inside, classes=[NAME], policysite_width=layout.width)
    rows = [nodes.row() for _ in range(layout.height)]
    for cell, item in zip(layout.cells, items, strict=True):
        rows[cell.row].append(_cell(cell, item, bands))
    for start, end in bands:
        if start < end:
            part = nodes.tbody() if start >= layout.heads else nodes.thead()
            part.extend(rows[start:end])
            inside.append(part)
    return table


def _bands(layout: Layout) -> list[tuple[int, int]]:
    """Return the groups of rows below the head: those of a header over several rows are one, if no cell goes beyond them."""
    crossed = {row for cell in layout.cells for row in range(cell.row + 1, cell.row + cell.rows)}
    edges = {layout.heads, layout.height}
    for cell in layout.cells:
        ends = {cell.row, cell.row + cell.rows}
        if cell.head == "row" and cell.rows > 1 and not ends & crossed:
            edges |= ends
    found = sorted(edges)
    return list(itertools.pairwise(found))


def _cell(
    cell: PlacedCell, item: nodes.list_item, bands: Sequence[tuple[int, int]]
) -> list_table_cell:
    is_group = (
        cell.rows > 1 and (cell.row, cell.row + cell.rows) in bands
        if cell.head == "row"
        else cell.row == 0 and cell.columns > 1
    )
    entry = list_table_cell(
        "", *item.children, column=cell.column, head=cell.head, group=bool(cell.head) and is_group
    )
    if cell.rows > 1:
        entry["morerows"] = cell.rows - 1
    if cell.columns > 1:
        entry["morecols"] = cell.columns - 1
    entry.source, entry.line = item.source, item.line
    return entry


def _visit_groups(translator: HTML5Translator, node: column_groups) -> None:
    translator.visit_tgroup(node)
    if any(columns > 1 for columns in node["groups"]):
        translator.body += [f'<colgroup span="{columns}"></colgroup>' for columns in node["groups"]]


def _depart_groups(translator: HTML5Translator, node: column_groups) -> None:
    translator.depart_tgroup(node)


def _visit_cell(translator: HTML5Translator, node: list_table_cell) -> None:
    attributes = {
        attribute: str(node[name] + 1)
        for name, attribute in (("morerows", "rowspan"), ("morecols", "colspan"))
        if name in node
    }
    if node["head"]:
        attributes["scope"] = f"{node['head']}{'group' * node['group']}"
    tag = "th" if node["head"] else "td"
    translator.body.append(translator.starttag(node, tag, "", empty=False, **attributes))
    translator.context.append(f"</{tag}>\n")


def _depart_cell(translator: HTML5Translator, node: list_table_cell) -> None:
    translator.depart_entry(node)


def setup(app: Sphinx) -> None:
    """Add the directive in the place of that of docutils, its roles and its nodes."""
    app.add_node(list_table)
    app.add_node(cell_fact)
    app.add_node(column_groups, html=(_visit_groups, _depart_groups))
    app.add_node(list_table_cell, html=(_visit_cell, _depart_cell))
    app.add_directive(NAME, ListTable, override=True)
    for name in ROLES:
        app.add_role(name, CellFact())

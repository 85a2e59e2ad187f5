"""Taking the words of every version, provision by provision, in the language of the build and in the source language.

They are taken when a document is read, after its translation, and kept with the environment; ``version_texts`` puts them
together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.transforms import SphinxTransform

from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.found_provision import (
    FoundBlock,
    FoundProvision,
    FoundRow,
    Pieces,
)
from policysite.sphinx_ext.shared.node_places import FALLBACK
from policysite.sphinx_ext.shared.node_words import SOURCE_WORDS, pieces_of
from policysite.sphinx_ext.shared.noted import PieceText
from policysite.sphinx_ext.shared.provision_nodes import (
    PARENT,
    list_table,
    list_table_cell,
    omitted,
    plain_summary,
    provision,
    version_links,
)
from policysite.text.table_shapes import LINE, CellLine, CellShape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


_OUTSIDE = {"http", "https", "mailto", "tel"}


def outside_address(node: nodes.Node) -> str:
    """Return where *node* leads outside the site, empty if it does not."""
    address = str(node.get("refuri", "")) if isinstance(node, nodes.reference) else ""
    return address if urlsplit(address).scheme in _OUTSIDE else ""


class TakeTexts(SphinxTransform):
    """Take the words of a version when its document is read, after all that is done to it then."""

    default_priority = 890

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Take the words of one document."""
        docname = self.env.current_document.docname
        version = site_of(self.config).register.version_of(docname)
        if version and version.held:
            domain = policy_domain(self.env)
            domain.note_texts(docname, (PieceText.of(tuple(_provisions(self.document))),))
            domain.note_summaries(docname, sum(1 for _ in self.document.findall(plain_summary)))


def _provisions(document: nodes.document) -> Iterator[FoundProvision]:
    """Yield every provision in order, what is before the first article (``top``) first."""
    for provision_id, node in named_nodes(document):
        title = node.next_node(nodes.title) if isinstance(node, nodes.section) else None
        before, after = _blocks(node)
        yield FoundProvision(
            provision_id,
            _block(title) if title is not None else None,
            tuple(before),
            tuple(after),
            sum(isinstance(inner, omitted) for inner in _own(node)),
            tuple(_links(node)),
            node.get(PARENT, ""),
        )


def named_nodes(document: nodes.document) -> Iterator[tuple[str, nodes.Element]]:
    """Yield what has a text of its own by its id, in order."""
    for node in document.findall(nodes.Element):
        if provision_id := id_of(node):
            yield provision_id, node


def id_of(node: nodes.Element | None) -> str:
    """Return the id of a node that has a text of its own."""
    if isinstance(node, (nodes.section, provision)) and node["ids"]:
        return str(node["ids"][0])
    return ""


def _is_beside(node: nodes.Element) -> bool:
    """Whether *node* is beside the text, and no part of it."""
    return isinstance(node, plain_summary)


def _own(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the elements inside *node* that are not inside another provision."""
    for child in node.children:
        if isinstance(child, nodes.Element) and not id_of(child) and not _is_beside(child):
            yield child
            yield from _own(child)


def _links(node: nodes.Element) -> Iterator[str]:
    """Yield the addresses outside the site that a provision's own words lead to."""
    for inner in _own(node):
        if address := outside_address(inner):
            yield address


def _blocks(node: nodes.Element) -> tuple[list[FoundBlock], list[FoundBlock]]:
    """Return the blocks of a provision: those before the provisions inside it, and those after the first of them."""
    before: list[FoundBlock] = []
    after: list[FoundBlock] = []
    found = before
    for block in _walk(node):
        if block is None:
            found = after
        elif block.is_printed:
            found.append(block)
    return before, after


def _walk(node: nodes.Element) -> Iterator[FoundBlock | None]:
    """Yield the blocks inside *node*, and None for each provision among them."""
    for found in own_blocks(node):
        if found is None:
            yield None
        elif not isinstance(found.node, omitted):
            yield found_block(found)


class OwnBlock(NamedTuple):
    """A paragraph, a row of a table or the place of a lost one; ``is_pattern``: it is printed once for every earlier version."""

    node: nodes.Element
    is_pattern: bool


def found_block(own: OwnBlock) -> FoundBlock:
    """Return the words of a paragraph or of a row of a table."""
    block = _row(own.node) if isinstance(own.node, nodes.row) else _block(own.node)
    return block._replace(is_pattern=own.is_pattern)


def own_blocks(node: nodes.Element, *, is_pattern: bool = False) -> Iterator[OwnBlock | None]:
    """Yield the nodes of the blocks inside *node*, in order, and None for each provision among them.

    What has no words is among them; the title of a section is not.
    """
    for child in node.children:
        if not isinstance(child, nodes.Element) or _is_beside(child):
            continue
        if id_of(child):
            yield None
        elif isinstance(child, nodes.title) and isinstance(node, nodes.section):
            continue
        elif isinstance(child, (nodes.row, nodes.TextElement, omitted)):
            yield OwnBlock(child, is_pattern)
        else:
            yield from own_blocks(child, is_pattern=is_pattern or isinstance(child, version_links))


def _block(node: nodes.Element) -> FoundBlock:
    """Return a paragraph; the mark of a numbered provision is kept apart, as the id has it."""
    words = pieces_of(node)
    source: Pieces = node.get(SOURCE_WORDS, words)
    if mark := printed_mark(node):
        if id_of(node.parent):
            words = words[1:]
        elif SOURCE_WORDS in node:
            # Marks are printed after translation.
            source = (f"{mark} ", *source)
    return FoundBlock(
        (words,), (source if SOURCE_WORDS in node else words,), bool(node.get(FALLBACK))
    )


def printed_mark(node: nodes.Element) -> str:
    """Return the mark that stands before the words of a paragraph, empty for none."""
    first = node.children[0] if node.children else None
    is_mark = isinstance(first, nodes.Element) and "printed-mark" in first.get("classes", ())
    return first.astext() if first is not None and is_mark else ""


def _row(row: nodes.row) -> FoundBlock:
    """Return a row of a table as one block; each paragraph of a cell is a line of it."""
    entries: list[nodes.Element | None] = [
        entry for entry in row.children if isinstance(entry, nodes.entry)
    ]
    shape = _row_shape(row)
    if shape:
        by_column = {cell.column: entry for cell, entry in zip(shape.cells, entries, strict=True)}
        width = _table_of(row)["policysite_width"]
        entries = [by_column.get(column) for column in range(width)]
    cells = [[block for block in _walk(entry) if block] if entry else [] for entry in entries]
    blocks = [block for cell in cells for block in cell]
    return FoundBlock(
        tuple(_lines([block.words[0] for block in cell]) for cell in cells),
        tuple(_lines([block.source[0] for block in cell]) for cell in cells),
        bool(blocks) and all(block.foreign for block in blocks),
        row=shape,
    )


def _lines(blocks: list[Pieces]) -> Pieces:
    """Return the words of the blocks of a cell, one a line."""
    pieces = [piece for words in blocks for piece in (LINE, *words)]
    return tuple(pieces[1:])


def _table_of(row: nodes.Element) -> nodes.Element:
    return row.parent.parent.parent


def _row_shape(row: nodes.row) -> FoundRow | None:
    """Return what a row of a table that is written as lists is besides its words."""
    table = _table_of(row)
    if not isinstance(table, list_table):
        return None
    cells = tuple(
        CellShape(
            0,
            entry["column"],
            entry.get("morerows", 0) + 1,
            entry.get("morecols", 0) + 1,
            entry["head"],
            tuple(_cell_lines(entry, 0)),
        )
        for entry in row.children
        if isinstance(entry, list_table_cell)
    )
    return FoundRow(cells, isinstance(row.parent, nodes.thead), table.next_node(nodes.row) is row)


def _cell_lines(node: nodes.Element, depth: int) -> Iterator[CellLine]:
    """Yield the paragraphs in *node* with the lists of the cell that each is in."""
    for child in node.children:
        if isinstance(child, nodes.paragraph):
            yield CellLine(depth, printed_mark(child))
        elif isinstance(child, nodes.Element):
            yield from _cell_lines(child, depth + isinstance(child, provision))


def setup(app: Sphinx) -> None:
    """Take the texts when documents are read."""
    app.add_transform(TakeTexts)

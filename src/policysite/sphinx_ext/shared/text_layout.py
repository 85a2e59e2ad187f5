"""What a text has besides its words, for those who set it anew: where its tables, their heads, lost tables and links are.

The words are those of ``version_texts``; block for block, what is said here is about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from policysite.sphinx_ext.shared.provision_nodes import omitted, provision
from policysite.sphinx_ext.shared.text_collector import (
    found_block,
    id_of,
    named_nodes,
    outside_address,
    own_blocks,
    printed_mark,
)
from policysite.sphinx_ext.shared.version_texts import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.sphinx_ext.shared.text_collector import OwnBlock

OMITTED = "omitted"


def layout_of(document: nodes.document, earlier: int) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return how the provisions of a version are set, by id, each with the blocks of its ``text`` and ``after``.

    *document* is its text, as it was read and translated; *earlier* is how many versions come before it.

    A block has a ``kind`` (``paragraph``, ``row``, ``omitted``); a row has the number of its ``table`` in the version and whether it is a ``head``. ``links``
    are its links outside the site: the cell, the words, how often these stand in it before, the address. A paragraph in a list that is no provision, such as one with
    bullets, has the ``depth`` of that, and its words begin with the ``mark`` if it begins an item. A block of ``after`` has the id of the provision that begins right
    before it, ``behind``.
    """
    tables = {id(table): number for number, table in enumerate(document.findall(nodes.tgroup))}
    begun = _begun_before(document)
    found = {}
    for provision_id, node in named_nodes(document):
        parts: dict[str, list[dict[str, Any]]] = {"text": [], "after": []}
        part = parts["text"]
        for own in own_blocks(node):
            if own is None:
                part = parts["after"]
                continue
            blocks = [_block(own, tables)] if _is_printed(own) else []
            if part is parts["after"]:
                blocks = [{**block, "behind": begun[id(own.node)]} for block in blocks]
            part += blocks * (earlier if own.is_pattern else 1)
        found[provision_id] = parts
    return found


def _begun_before(document: nodes.document) -> dict[int, str]:
    """Return the id of the provision that begins right before each element, by the address of the element."""
    found, last = {}, ""
    for node in document.findall(nodes.Element):
        last = id_of(node) or last
        found[id(node)] = last
    return found


def _is_printed(own: OwnBlock) -> bool:
    return isinstance(own.node, omitted) or found_block(own).is_printed


def _block(own: OwnBlock, tables: dict[int, int]) -> dict[str, Any]:
    node = own.node
    if isinstance(node, omitted):
        return {"kind": OMITTED}
    if not isinstance(node, nodes.row):
        found: dict[str, Any] = {"kind": "paragraph", "links": list(_links(node, 0))}
        if depth := _list_depth(node):
            found |= {"depth": depth, "mark": printed_mark(node)}
        return found
    cells = [cell for cell in node.children if isinstance(cell, nodes.entry)]
    return {
        "kind": "row",
        "table": tables[id(node.parent.parent)],
        "head": isinstance(node.parent, nodes.thead),
        # In a table with merged cells, the place of a cell is its column.
        "links": [
            link
            for number, cell in enumerate(cells)
            for link in _links(cell, cell.get("column", number))
        ],
    }


def _list_depth(node: nodes.Element) -> int:
    """Return in how many lists a paragraph is that are in a provision, or beside all of them, and are none themselves."""
    depth = 0
    around = node.parent
    while isinstance(around, nodes.Element) and not id_of(around):
        depth += isinstance(around, provision)
        around = around.parent
    return depth


def _links(node: nodes.Element, cell: int) -> Iterator[tuple[int, str, int, str]]:
    before = ""
    for inner in node.findall():
        if address := outside_address(inner):
            words = folded(inner.astext()).strip(" ")
            yield cell, words, folded(before).count(words), address
        if isinstance(inner, nodes.Text):
            before += inner.astext()

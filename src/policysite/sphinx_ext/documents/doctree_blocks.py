"""The doctree of a policy version as blocks, and what the numbering made of them as nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from policysite.sphinx_ext.shared.node_places import CONTEXTS, forget_ids, heading_of, line_of
from policysite.sphinx_ext.shared.provision_nodes import (
    NOTE_SIGN,
    PARAGRAPH,
    PARENT,
    list_table_cell,
    omitted,
    plain_summary,
    provision,
    provision_list,
    version_links,
)
from policysite.text.blocks import Block, BlockKind
from policysite.text.messages import placed_blocks
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Mapping[type[nodes.Element], BlockKind] = {
    nodes.document: BlockKind.DOCUMENT,
    nodes.section: BlockKind.SECTION,
    nodes.paragraph: BlockKind.PARAGRAPH,
    nodes.term: BlockKind.TERM,
    nodes.enumerated_list: BlockKind.NUMBERED,
    nodes.bullet_list: BlockKind.BULLETS,
    nodes.list_item: BlockKind.ITEM,
    nodes.footnote: BlockKind.NOTE,
    nodes.row: BlockKind.ROW,
    nodes.entry: BlockKind.CELL,
    list_table_cell: BlockKind.CELL,
    omitted: BlockKind.OMITTED,
    plain_summary: BlockKind.SUMMARY,
    version_links: BlockKind.PATTERN,
}


def blocks_of(document: nodes.document) -> Block:
    """Return the blocks of a document as read, before it is translated."""
    return _block(document, document)


def _block(node: nodes.Element, document: nodes.document) -> Block:
    block = Block(_kind(node), line_of(node), origin=node)
    block.explicit = tuple(
        (name, str(document.nameids[name]))
        for name in node["names"]
        if document.nametypes.get(name)
    )
    if isinstance(node, nodes.section):
        block.text = heading_of(node)
        block.unlinked = _unlinked(node.next_node(nodes.title))
    elif isinstance(node, (nodes.paragraph, nodes.term)):
        block.text, block.raw, block.unlinked = node.astext(), node.rawsource, _unlinked(node)
        block.notes = tuple(ref.astext() for ref in node.findall(nodes.footnote_reference))
    elif isinstance(node, nodes.footnote):
        block.mark = node.get(NOTE_SIGN, "")
    elif isinstance(node, nodes.enumerated_list):
        block.start, block.mark = int(node.get("start", 1)), node["suffix"]
    elif isinstance(node, nodes.bullet_list):
        block.mark = node["bullet"]
    if not isinstance(node, (nodes.paragraph, nodes.term)):
        block.children = [
            _block(child, document)
            for child in node.children
            if isinstance(child, nodes.Element)
            # docutils notes that an id says the same as its heading.
            and not isinstance(child, (nodes.system_message, nodes.label))
            and not (isinstance(node, nodes.section) and isinstance(child, nodes.title))
        ]
    return block


def _kind(node: nodes.Element) -> BlockKind:
    if isinstance(node, nodes.entry) and isinstance(node.parent.parent, nodes.thead):
        return BlockKind.HEAD_CELL
    return _KINDS.get(type(node), BlockKind.OTHER)


def _unlinked(node: nodes.Node | None) -> str:
    """Return the words of a block that are in no link."""
    if isinstance(node, (nodes.reference, pending_xref)) or node is None:
        return ""
    if isinstance(node, nodes.Text):
        return str(node)
    return "".join(map(_unlinked, node.children))


def write_back(document: nodes.document, top: Block) -> None:
    """Give the nodes of *document* the ids of their blocks, and put provisions where the blocks have them."""
    node = _identify(document, top)
    if any(block.id for block in top.walk() if block is not top):
        _fill(document, node, top)


def _fill(document: nodes.document, section: nodes.Element, block: Block) -> None:
    """Put the nodes of the blocks in *block* behind the title of its section."""
    titles = [child for child in section.children if isinstance(child, nodes.title)]
    section.children = []
    section.extend([*titles, *(_node(document, child) for child in block.children)])


def note_contexts(document: Block) -> None:
    """Note at the nodes of messages what a catalog may call their places."""
    for block, contexts in placed_blocks(document):
        node = _message_node(block)
        if node is not None and contexts:
            node[CONTEXTS] = contexts


def _message_node(block: Block) -> nodes.Element | None:
    """Return the node of the message of a block; None for what the numbering made, and for what has none."""
    if isinstance(block.origin, nodes.section):
        return block.origin.next_node(nodes.title)
    return (
        block.origin
        if isinstance(block.origin, (nodes.paragraph, nodes.term, nodes.title))
        else None
    )


def _identify(document: nodes.document, block: Block) -> nodes.Element:
    node = _origin(block)
    forget_ids(document, node)
    node["ids"] = [block.id]
    if block.id != TOP:
        node[PARENT] = block.parent
    document.ids[block.id] = node
    return node


def _node(document: nodes.document, block: Block) -> nodes.Element:
    """Return the node of a block inside an article: a new one for what the numbering made, else its own."""
    node: nodes.Element
    if block.kind is BlockKind.SECTION:
        node = _identify(document, block) if block.id else _origin(block)
        _fill(document, node, block)
        return node
    if block.kind is BlockKind.PROVISIONS:
        origin, node = _origin(block), provision_list()
        node.update_basic_atts(origin)
        node.source, node.line = origin.source, origin.line
    elif block.kind is BlockKind.PROVISION:
        node = provision(mark=block.mark, classes=[block.level] if block.level else [])
        node.source, node.line = document["source"], block.line
        if block.id:
            forget_ids(document, _origin(block))
            node["ids"] = [block.id]
            node[PARENT], node[PARAGRAPH] = block.parent, block.paragraph
            document.ids[block.id] = node
    else:
        node = _origin(block)
        _rewrite(node, block)
        for cell in block.walk():
            if isinstance(cell.origin, list_table_cell):
                # Lists in it have become provisions without ids.
                cell.origin.children = []
                cell.origin.extend(_node(document, child) for child in cell.children)
        return node
    node.extend(_node(document, child) for child in block.children)
    return node


def _origin(block: Block) -> nodes.Element:
    if not isinstance(block.origin, nodes.Element):
        raise TypeError(f"a block without a node: {block.kind}")
    return block.origin


def _rewrite(node: nodes.Element, block: Block) -> None:
    """Take a mark out of a paragraph and of its message, or put back what Markdown has taken for one."""
    if block.restored:
        node.insert(0, nodes.Text(block.restored))
    left = block.stripped
    for text in list(node.findall(nodes.Text)) if left else ():
        taken, parent = min(left, len(text)), text.parent
        parent.replace(text, [nodes.Text(str(text)[taken:])] if taken < len(text) else [])
        if not parent.children and parent is not node:
            parent.parent.remove(parent)
        left -= taken
        if not left:
            break
    if block.stripped or block.restored:
        node.rawsource = block.raw

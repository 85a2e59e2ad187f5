"""What the numbering made of a text, as nodes of its doctree: the blocks are those of the outline, and each is found again by its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from policysite.sphinx_ext.shared.node_places import CONTEXTS, forget_ids, give_id
from policysite.sphinx_ext.shared.provision_nodes import (
    JOINT,
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
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.text.outline import Document

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
# The text has the rows of a table, and the terms and their definitions, and not what is around them.
_AROUND_BLOCKS = (nodes.tgroup, nodes.thead, nodes.tbody, nodes.definition_list_item)
# The front matter, what belongs to the block around it, and a note of docutils that an id says the same as its heading.
_NO_BLOCKS = (
    *(nodes.docinfo, nodes.field_list),
    *(nodes.title, nodes.label, nodes.colspec, nodes.system_message),
)


@dataclass(frozen=True)
class ReadDocument:
    """A doctree before it is translated; ``nodes_at`` are its nodes by the places of the blocks of the text that they are."""

    document: nodes.document
    nodes_at: Mapping[int, nodes.Element]

    @classmethod
    def of(
        cls, document: nodes.document, text: Document, places: Sequence[int]
    ) -> ReadDocument | None:
        """Return *document* with the blocks at *places* of its *text*; None if it has others."""
        found = [*_nodes(document)]
        if [*map(_kind, found)] != [text.kinds[place] for place in places]:
            return None
        return cls(document, dict(zip(places, found, strict=True)))

    def write_back(self, top: Block) -> None:
        """Give the nodes the ids of their blocks, and put provisions where the blocks have them."""
        node = self._identify(top)
        if any(block.id for block in top.walk() if block is not top):
            self._fill(node, top)

    def note_contexts(self, blocks: Block) -> None:
        """Note at the nodes of messages what a catalog may call their places."""
        for block, contexts in placed_blocks(blocks):
            if block.origin not in self.nodes_at:
                continue
            node = self.nodes_at[block.origin]
            words = node.next_node(nodes.title) if isinstance(node, nodes.section) else node
            if contexts and isinstance(words, (nodes.paragraph, nodes.term, nodes.title)):
                words[CONTEXTS] = contexts

    def _fill(self, section: nodes.Element, block: Block) -> None:
        """Put the nodes of the blocks in *block* behind the title of its section."""
        titles = [child for child in section.children if isinstance(child, nodes.title)]
        section.children = []
        there = [child for child in block.children if child.origin in self.nodes_at]
        section.extend([*titles, *map(self._node, there)])

    def _identify(self, block: Block) -> nodes.Element:
        node = self.nodes_at[block.origin]
        forget_ids(self.document, node)
        give_id(self.document, node, block.id)
        if block.id != TOP:
            node[PARENT] = block.parent
        return node

    def _node(self, block: Block) -> nodes.Element:
        """Return the node of a block inside an article: a new one for what the numbering made, else its own."""
        node = origin = self.nodes_at[block.origin]
        if block.kind is BlockKind.SECTION:
            node = self._identify(block) if block.id else origin
            self._fill(node, block)
            return node
        if block.kind is BlockKind.PROVISIONS:
            node = provision_list()
            node.update_basic_atts(origin)
            node.source, node.line = origin.source, origin.line
        elif block.kind is BlockKind.PROVISION:
            node = self._provision(block, origin)
        else:
            _rewrite(node, block)
            for cell in block.walk():
                cell_node = self.nodes_at[cell.origin]
                if isinstance(cell_node, list_table_cell):
                    # Lists in it have become provisions without ids.
                    cell_node.children = []
                    cell_node.extend(map(self._node, cell.children))
            return node
        node.extend(map(self._node, block.children))
        return node

    def _provision(self, block: Block, origin: nodes.Element) -> provision:
        node = provision(mark=block.mark, classes=[block.level] if block.level else [])
        node.source, node.line = self.document["source"], block.line
        if block.id:
            forget_ids(self.document, origin)
            give_id(self.document, node, block.id)
            node[PARENT], node[PARAGRAPH] = block.parent, block.paragraph
        if block.joint:
            node[JOINT] = block.joint
        return node


def _nodes(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield *node* and those inside it for which there are blocks of the text, in its order."""
    if not isinstance(node, _AROUND_BLOCKS):
        yield node
    for child in () if isinstance(node, (nodes.paragraph, nodes.term)) else node.children:
        if isinstance(child, nodes.Element) and not isinstance(child, _NO_BLOCKS):
            yield from _nodes(child)


def _kind(node: nodes.Element) -> BlockKind:
    if isinstance(node, nodes.entry) and isinstance(node.parent.parent, nodes.thead):
        return BlockKind.HEAD_CELL
    return _KINDS.get(type(node), BlockKind.OTHER)


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

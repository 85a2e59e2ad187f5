"""What is known of a node: its line, its heading, its place, its names, and whether it fell back to the source language."""

from __future__ import annotations

from docutils import nodes

FALLBACK = "policysite_fallback"
"""The attribute of a block that has no translation, so that the page shows the source."""

PLACES = "policysite_places"
"""What is known of the document that is read, if it has only pieces of its text: the places of their blocks among all of the text."""

CONTEXTS = "policysite_contexts"
"""The attribute of a block, as long as it is not translated, that has what a catalog may call its place."""


def line_of(node: nodes.Node | None) -> int:
    """Return the line of *node* in its source, or that of the nearest node around it."""
    while node is not None:
        if node.line:
            return int(node.line)
        node = node.parent
    return 1


def heading_of(section: nodes.section) -> str:
    """Return the text of a section's heading."""
    title = section.next_node(nodes.title)
    return title.astext() if title else ""


def forget_ids(document: nodes.document, node: nodes.Element) -> None:
    """Take the names away: two versions with the same ones are duplicate labels for Sphinx."""
    for name in node["names"]:
        document.nameids.pop(name, None)
        document.nametypes.pop(name, None)
    for old in node["ids"]:
        document.ids.pop(old, None)
    node["names"], node["ids"] = [], []


def give_id(document: nodes.document, node: nodes.Element, name: str) -> None:
    """Give *node* the id *name*, and no other."""
    node["ids"] = [name]
    document.ids[name] = node

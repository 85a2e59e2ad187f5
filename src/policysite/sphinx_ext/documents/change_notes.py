"""The author's sentence on what a version changed: a message of its catalog, though it is in the front matter.

The list of versions and the pages that compare versions print it. It is not policy text, so no page of a version has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import FALLBACK
from policysite.sphinx_ext.shared.noted import ChangeNote
from policysite.sphinx_ext.shared.provision_nodes import change_note

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class AddChangeNote(SphinxTransform):
    """Put the sentence into the document, right before Sphinx keeps the original messages (10)."""

    default_priority = 9

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Add the sentence of one version."""
        version = site_of(self.config).register.version_of(self.env.current_document.docname)
        if version is None or not version.change_note:
            return
        paragraph = nodes.paragraph(version.change_note, version.change_note)
        node = change_note("", paragraph)
        for part in (node, paragraph):
            part.source = self.document["source"]
            part.line = version.lines.get("change_note", 1)
        self.document.append(node)


class NoteChangeNote(SphinxTransform):
    """Remember the sentence, translated (20) and checked (21)."""

    default_priority = 23

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Remember the sentence of one version."""
        for node in self.document.findall(change_note):
            paragraph = node.next_node(nodes.paragraph)
            if paragraph is not None:
                found = ChangeNote(paragraph.astext(), foreign=FALLBACK in paragraph)
                policy_domain(self.env).note_change_note(self.env.current_document.docname, found)


def setup(app: Sphinx) -> None:
    """Add the node and the transforms."""
    app.add_node(
        change_note,
        html=(_skip, None),
        text=(_skip, None),
        latex=(_skip, None),
        man=(_skip, None),
        texinfo=(_skip, None),
    )
    app.add_transform(AddChangeNote)
    app.add_transform(NoteChangeNote)


def _skip(_translator: HTML5Translator, _node: change_note) -> None:
    raise nodes.SkipNode

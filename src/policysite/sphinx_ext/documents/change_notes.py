"""The author's sentences on what a version changed, and why: messages of its catalog, though they are in the front matter.

The list of versions and the pages that compare versions print the first, the notice both. They are not policy text, so no page of a version has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from policysite.model.front_matter import Field
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import FALLBACK
from policysite.sphinx_ext.shared.noted import ChangeNote
from policysite.sphinx_ext.shared.provision_nodes import (
    SKIPPED,
    add_node,
    append_sentence,
    change_note,
    change_reason,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class AddChangeNote(SphinxTransform):
    """Put the sentences into the document, right before Sphinx keeps the original messages (10)."""

    default_priority = 9

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Add the sentences of one version."""
        version = site_of(self.config).register.version_of(self.env.current_document.docname)
        if version is None:
            return
        for name, node, sentence in (
            (Field.CHANGE_NOTE, change_note(), version.change_note),
            (Field.CHANGE_REASON, change_reason(), version.change_reason),
        ):
            if sentence:
                append_sentence(self.document, node, sentence, version.lines.get(name, 1))


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
    """Add the nodes and the transforms."""
    add_node(app, change_note, html=SKIPPED)
    add_node(app, change_reason, html=SKIPPED)
    app.add_transform(AddChangeNote)
    app.add_transform(NoteChangeNote)

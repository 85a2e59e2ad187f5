"""The lines of a version's labels: messages of its catalog, though they are in the front matter, and no policy text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from policysite.model.front_matter import Field, entry_key
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import FALLBACK
from policysite.sphinx_ext.shared.noted import LabelLine
from policysite.sphinx_ext.shared.provision_nodes import (
    SKIPPED,
    add_node,
    append_sentence,
    label_line,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class AddLabelLines(SphinxTransform):
    """Put the lines at the end of the document, right before Sphinx keeps the original messages (10)."""

    default_priority = 9

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Add the lines of one version."""
        version = site_of(self.config).register.version_of(self.env.current_document.docname)
        if version is None:
            return
        for label in version.labels:
            node = label_line("", label=label.name.value, provision=label.provision)
            line = version.lines.get(entry_key(Field.LABELS, label.name), 1)
            append_sentence(self.document, node, label.line, line)


class NoteLabelLines(SphinxTransform):
    """Remember the lines, translated (20) and checked (21)."""

    default_priority = 23

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Remember the lines of one version."""
        found = tuple(
            LabelLine(node["label"], node["provision"], line.astext(), bool(line.get(FALLBACK)))
            for node in self.document.findall(label_line)
            for line in node.findall(nodes.paragraph)
        )
        if found:
            policy_domain(self.env).note_labels(self.env.current_document.docname, found)


def setup(app: Sphinx) -> None:
    """Add the node and the transforms."""
    add_node(app, label_line, html=SKIPPED)
    app.add_transform(AddLabelLines)
    app.add_transform(NoteLabelLines)

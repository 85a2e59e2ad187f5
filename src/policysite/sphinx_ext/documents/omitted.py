"""``omitted``: a table that was in the published policy and is lost.

The note is set apart from the policy's own words, and the build counts how many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from policysite.sphinx_ext.shared import widgets
from policysite.sphinx_ext.shared.provision_nodes import omitted

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


class Omitted(SphinxDirective):
    """Mark the place of a lost table; it takes no content, as nothing of it is known."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        node = omitted()
        self.set_source_info(node)
        return [node]


class PrintOmitted(SphinxPostTransform):
    """Print the note in the reader's language."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Replace the placeholders of one page."""
        for node in list(self.document.findall(omitted)):
            node.replace_self(widgets.make("omitted"))


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_node(omitted)
    app.add_directive("omitted", Omitted)
    app.add_post_transform(PrintOmitted)

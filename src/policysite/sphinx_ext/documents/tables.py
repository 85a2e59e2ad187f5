"""Tables: their words are translated however they are written, and they scroll inside themselves, by keyboard too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.sphinx_ext.shared.node_places import line_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class scrolling_table(nodes.General, nodes.Element):  # noqa: N801
    """The box around a table."""


class PlaceWords(SphinxTransform):
    """Say where the words of a ``{table}`` are: what is nowhere in the source is no message for Sphinx, and would not be translated.

    Before messages are looked for (10).
    """

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Place the words of the tables of one document."""
        for table in self.document.findall(nodes.table):
            for node in table.findall(nodes.TextElement):
                if not node.source:
                    node.source, node.line = self.document["source"], line_of(node)


class WrapTables(SphinxPostTransform):
    """Put the box in the place of furo's, which a keyboard does not reach."""

    formats = ("html",)
    # After furo's own (500).
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Wrap the tables of one page."""
        for table in list(self.document.findall(nodes.table)):
            around = table.parent
            box = scrolling_table()
            if isinstance(around, nodes.container) and "table-wrapper" in around["classes"]:
                around.replace_self(box)
            else:
                table.replace_self(box)
            box.append(table)


def setup(app: Sphinx) -> None:
    """Add the node and the transforms."""
    app.add_transform(PlaceWords)
    app.add_node(scrolling_table, html=(_visit, _depart))
    app.add_post_transform(WrapTables)


def _visit(translator: HTML5Translator, _node: scrolling_table) -> None:
    translator.body.append(translator.builder.templates.render("policysite/table.html", {}))


def _depart(translator: HTML5Translator, _node: scrolling_table) -> None:
    translator.body.append("</div>\n")

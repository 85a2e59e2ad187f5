"""Tables scroll inside themselves, by keyboard too, so that no page is wider than its window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class scrolling_table(nodes.General, nodes.Element):  # noqa: N801
    """The box around a table."""


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
    """Add the node and the transform."""
    app.add_node(scrolling_table, html=(_visit, _depart))
    app.add_post_transform(WrapTables)


def _visit(translator: HTML5Translator, _node: scrolling_table) -> None:
    translator.body.append(translator.builder.templates.render("policysite/table.html", {}))


def _depart(translator: HTML5Translator, _node: scrolling_table) -> None:
    translator.body.append("</div>\n")

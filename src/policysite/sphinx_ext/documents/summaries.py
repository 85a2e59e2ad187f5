"""``summary``: what an article means in plain words, beside it and no part of it.

It is translated like the text. It is neither cited nor compared nor recorded: the texts of a version are taken without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from policysite.sphinx_ext.shared import widgets
from policysite.sphinx_ext.shared.provision_nodes import add_node, plain_summary

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class Summary(SphinxDirective):
    """Take one paragraph of plain words; whether it is one, and in its place, is checked where the source is."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the summary."""
        self.assert_has_content()
        node = plain_summary()
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class NameSummaries(SphinxPostTransform):
    """Say of each summary, in the reader's language, that it is no part of the policy."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Name the summaries of one page."""
        for node in self.document.findall(plain_summary):
            node.insert(0, widgets.make("plain-words"))


def setup(app: Sphinx) -> None:
    """Add the directive; other builders than HTML leave out what is no part of the text."""
    add_node(app, plain_summary, html=(_visit, _depart))
    app.add_directive("summary", Summary)
    app.add_post_transform(NameSummaries)


def _visit(translator: HTML5Translator, _node: plain_summary) -> None:
    translator.body.append('<aside class="plain-words" role="note">\n')


def _depart(translator: HTML5Translator, _node: plain_summary) -> None:
    translator.body.append("</aside>\n")

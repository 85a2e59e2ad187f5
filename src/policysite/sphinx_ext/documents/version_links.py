"""``version-links``: one sentence for every earlier version, with a link to it.

The body is the sentence, translated like any other; the list comes from the register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.provision_nodes import version_links
from policysite.text.version_pattern import expand

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion


class VersionLinks(SphinxDirective):
    """Take the sentence with ``{version}`` and the parts of the effective date."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the placeholder with the sentence in it."""
        self.assert_has_content()
        node = version_links()
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class ListVersions(SphinxPostTransform):
    """Print the sentence once for each earlier version, the oldest first."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Replace the placeholders of one page."""
        docname = self.env.current_document.docname
        register = site_of(self.config).register
        version = register.version_of(docname)
        for node in list(self.document.findall(version_links)):
            earlier: tuple[PolicyVersion, ...] = ()
            if version:
                earlier = register.policies[version.policy].earlier(version)
            pattern = node.next_node(nodes.paragraph)
            sentences = [self._sentence(pattern, docname, v) for v in earlier if pattern]
            node.replace_self(sentences)

    def _sentence(
        self, pattern: nodes.paragraph, docname: str, version: PolicyVersion
    ) -> nodes.paragraph:
        sentence = nodes.paragraph(classes=["version-link", *pattern["classes"]])
        words = [child.deepcopy() for child in pattern.children]
        link = make_refnode(self.env._app.builder, docname, version.page, None, words)  # noqa: SLF001
        for text in list(link.findall(nodes.Text)):
            expanded = nodes.Text(expand(str(text), version.number, version.effective))
            text.parent.replace(text, expanded)
        sentence.append(link)
        return sentence


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_node(version_links)
    app.add_directive("version-links", VersionLinks)
    app.add_post_transform(ListVersions)

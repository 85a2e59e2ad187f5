"""``version-history``: all versions of a policy with the period each was in force, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from policysite.sphinx_ext import widgets
from policysite.sphinx_ext.config import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class version_history(nodes.General, nodes.Element):  # noqa: N801
    """Where the list stands."""


class VersionHistory(SphinxDirective):
    """Take no content: the list comes from the register of the folder the document stands in."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        policy = self.env.current_document.docname.partition("/")[0]
        if policy not in site_of(self.config).register.policies:
            raise self.error(f"version-history stands outside the folder of a policy: {policy}")
        return [version_history(policy=policy)]


class PrintHistory(SphinxPostTransform):
    """Print the list."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Replace the placeholder of one page."""
        site, docname = site_of(self.config), self.env.current_document.docname
        for node in list(self.document.findall(version_history)):
            policy = site.register.policies[node["policy"]]
            rows = [site.facts(version, docname) for version in reversed(policy.versions)]
            node.replace_self(widgets.make("history", policy=policy.name, rows=rows))


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_node(version_history)
    app.add_directive("version-history", VersionHistory)
    app.add_post_transform(PrintHistory)

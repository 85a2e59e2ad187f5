"""``policy-list``: the policies of the site, and what is in force of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from policysite.model import addresses
from policysite.sphinx_ext.shared import widgets
from policysite.sphinx_ext.shared.config import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.sphinx_ext.shared.site import VersionFacts


class policy_list(nodes.General, nodes.Element):  # noqa: N801
    """Where the list is."""


@dataclass(frozen=True)
class PolicyEntry:
    """One policy, with the version in force and the one that comes next, if there are any."""

    name: str
    title: str
    in_force: VersionFacts | None
    upcoming: VersionFacts | None
    href: str
    history_href: str
    versions: int


class PolicyList(SphinxDirective):
    """Take no content: the list comes from the register."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        return [policy_list()]


class PrintPolicies(SphinxPostTransform):
    """Print the list."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Replace the placeholder of one page."""
        for node in list(self.document.findall(policy_list)):
            node.replace_self(widgets.make("policy-list", policies=self._entries()))

    def _entries(self) -> list[PolicyEntry]:
        site, page = site_of(self.config), self.env.current_document.docname
        entries = []
        for policy in site.register.policies.values():
            version = policy.in_force(site.register.day)
            coming = policy.next_upcoming(site.register.day)
            entries.append(
                PolicyEntry(
                    name=policy.name,
                    title=self.env.titles[site.register.current_or_latest(policy).page].astext(),
                    in_force=site.facts(version, page) if version else None,
                    upcoming=site.facts(coming, page) if coming else None,
                    href=addresses.relative(page, addresses.timeless_page(policy.name)),
                    history_href=addresses.relative(page, addresses.history_page(policy.name)),
                    versions=len(policy.versions),
                )
            )
        return entries


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_node(policy_list)
    app.add_directive("policy-list", PolicyList)
    app.add_post_transform(PrintPolicies)

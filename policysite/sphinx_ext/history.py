"""``version-history``: all versions of a policy with the period each was in force, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from policysite import addresses
from policysite.sphinx_ext import widgets
from policysite.sphinx_ext.config import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.register import Policy, Status
    from policysite.sphinx_ext.config import Day, Site


class version_history(nodes.General, nodes.Element):  # noqa: N801
    """Where the list stands."""


@dataclass(frozen=True)
class HistoryRow:
    """One version. ``last`` is the last day in force, None while it is open."""

    number: str
    status: Status
    announced: Day | None
    start: Day | None
    last: Day | None
    withdrawn: Day | None
    held: bool
    href: str


class VersionHistory(SphinxDirective):
    """Take no content: the list comes from the register of the folder the document stands in."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        policy = self.env.current_document.docname.partition("/")[0]
        if policy not in site_of(self.config).register.policies:
            raise self.error(f"version-history stands outside the folder of a policy: {policy}")
        return [version_history(policy=policy)]


def rows(site: Site, policy: Policy, page: str) -> list[HistoryRow]:
    """Return the versions of *policy* as links from *page*, newest first."""
    return [
        HistoryRow(
            version.number,
            site.register.status(version),
            site.day(version.announced),
            site.day(version.effective),
            site.day(policy.last_day(version)),
            site.day(version.withdrawn),
            version.held,
            addresses.relative(page, version.page),
        )
        for version in reversed(policy.versions)
    ]


class PrintHistory(SphinxPostTransform):
    """Print the list."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Replace the placeholder of one page."""
        site, docname = site_of(self.config), self.env.current_document.docname
        for node in list(self.document.findall(version_history)):
            policy = site.register.policies[node["policy"]]
            node.replace_self(widgets.make("history", rows=rows(site, policy, docname)))


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_node(version_history)
    app.add_directive("version-history", VersionHistory)
    app.add_post_transform(PrintHistory)

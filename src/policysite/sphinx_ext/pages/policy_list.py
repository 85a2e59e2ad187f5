"""``policy-list``: the policies of the site, and what is in force of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.sphinx_ext.shared import widgets
from policysite.sphinx_ext.shared.comparisons import changed_articles, comparison_links
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.domain import policy_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.model.register import Policy
    from policysite.sphinx_ext.shared.noted import ChangeNote
    from policysite.sphinx_ext.shared.site import VersionFacts


class policy_list(nodes.General, nodes.Element):  # noqa: N801
    """Where the list is."""


@dataclass(frozen=True)
class PolicyEntry:
    """One policy, with the version in force and the one that comes next, if there are any.

    ``note`` is what the version in force changed, ``step`` leads to that, ``changed`` is the number of its articles.
    """

    name: str
    title: str
    in_force: VersionFacts | None
    upcoming: VersionFacts | None
    href: str
    history_href: str
    versions: int
    note: ChangeNote | None
    step: str
    changed: int | None


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
            search = addresses.relative(self.env.current_document.docname, addresses.SEARCH_PAGE)
            widget = widgets.make(
                "policy-list",
                policies=self._entries(),
                search_href=search,
                source_language=tag(site_of(self.config).settings.source_language),
            )
            node.replace_self(widget)

    def _entries(self) -> list[PolicyEntry]:
        site, page = site_of(self.config), self.env.current_document.docname
        entries = []
        for policy in site.register.policies.values():
            version = policy.in_force(site.register.day)
            coming = policy.next_upcoming(site.register.day)
            note, step, changed = _last_change(self.env._app, policy, page)  # noqa: SLF001
            entries.append(
                PolicyEntry(
                    name=policy.name,
                    title=self.env.titles[site.register.current_or_latest(policy).page].astext(),
                    in_force=site.facts(version, page) if version else None,
                    upcoming=site.facts(coming, page) if coming else None,
                    href=addresses.relative(page, addresses.timeless_page(policy.name)),
                    history_href=addresses.relative(page, addresses.history_page(policy.name)),
                    versions=len(policy.versions),
                    note=note,
                    step=step,
                    changed=changed,
                )
            )
        return entries


def _last_change(
    app: Sphinx, policy: Policy, page: str
) -> tuple[ChangeNote | None, str, int | None]:
    """Return what the version in force changed: its author's sentence, a link, and the number of articles."""
    site = site_of(app.config)
    version = policy.in_force(site.register.day)
    if version is None:
        return None, "", None
    note = policy_domain(app.env).change_note(version.page)
    before = policy.predecessor_in_force(version)
    changed = changed_articles(app, policy, version)
    if before is None or changed is None:
        return note, "", None
    href = comparison_links(site, policy, page).get((before.number, version.number), "")
    return note, href, changed


def _with_last_changes(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the home page if what it says of the last changes is no longer so."""
    if site_builder(app) is None:
        return []
    home = app.config.root_doc
    policies = site_of(app.config).register.policies.values()
    shown = repr([_last_change(app, policy, home) for policy in policies])
    is_outdated = policy_domain(env).has_changed("comparisons", home, shown)
    return [home] if is_outdated and home in env.all_docs else []


def setup(app: Sphinx) -> None:
    """Add the directive, and have the list rewritten when it makes a difference."""
    app.connect("env-updated", _with_last_changes)
    app.add_node(policy_list)
    app.add_directive("policy-list", PolicyList)
    app.add_post_transform(PrintPolicies)

"""Beside each article: the same article in other languages and versions, as plain links.

So nothing is lost without scripts. Where an article is not in the other version, its page says so on arrival.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.model.provision_ids import is_provision_id
from policysite.sphinx_ext.shared import beside_headings, widgets
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.model.register import Policy, PolicyVersion
    from policysite.sphinx_ext.shared.site import Site
    from policysite.sphinx_ext.shared.widgets import template_node

NOT_HELD = "text-not-held"
"""The id of the notice on a record."""


@dataclass(frozen=True)
class ArticleLink:
    """The article in another version. ``relation``: ``previous``, ``next`` or ``in-force``."""

    relation: str
    number: str
    href: str
    found: bool


def _beside_headings(app: Sphinx, version: PolicyVersion) -> dict[str, template_node]:
    """Return the links of each article, and the notices for missing ones at the title."""
    site, docname, domain = site_of(app.config), version.page, policy_domain(app.env)
    printed = domain.printed(docname)
    found = {}
    for article in filter(is_provision_id, domain.articles(docname)):
        links = list(links_of(site, app.env, version, article))
        languages = [
            (tag(code), name, addresses.in_language(docname, code, article))
            for code, name in site.settings.languages.items()
            if code != site.language
        ]
        label = citation(article, printed, site.language)
        found[article] = widgets.make(
            "article-links", languages=languages, versions=links, label=label
        )
    if absent := list(absent_articles(site, app.env, version)):
        found[TOP] = widgets.make("absent", articles=absent, number=version.number)
    return found


def links_of(
    site: Site, env: BuildEnvironment, version: PolicyVersion, article: str
) -> Iterator[ArticleLink]:
    """Yield links to *article* in the neighbouring versions and the one in force."""
    policy = site.register.policies[version.policy]
    neighbours = _linked(policy, version, policy.in_force(site.register.day))
    for relation, other in neighbours.items():
        fragment, found = arrival(env, policy, article, version, other)
        href = addresses.relative(version.page, other.page, fragment)
        yield ArticleLink(relation, other.number, href, found)


def arrival(
    env: BuildEnvironment,
    policy: Policy,
    article: str,
    start: PolicyVersion,
    end: PolicyVersion,
) -> tuple[str, bool]:
    """Return the fragment at which *article* of *start* is met in *end*, and whether it is there."""
    if not end.held:
        return NOT_HELD, False
    there = policy.trace(article, start, end)
    if there and there in policy_domain(env).marks(end.page):
        return there, True
    return f"absent-{article}", False


def absent_articles(
    site: Site, env: BuildEnvironment, version: PolicyVersion
) -> Iterator[tuple[str, str, str]]:
    """Yield the articles that links to *version* look for in vain: fragment, citation, version number.

    Several versions may have an article of that number; then the version number is empty.
    """
    policy, domain = site.register.policies[version.policy], policy_domain(env)
    in_force = policy.in_force(site.register.day)
    found: dict[str, tuple[str, list[str]]] = {}
    for other in _linking(policy, version, in_force):
        if other.held:
            printed = domain.printed(other.page)
            for article in domain.articles(other.page):
                fragment, is_there = arrival(env, policy, article, other, version)
                if not is_there:
                    cited = citation(article, printed, site.language)
                    found.setdefault(fragment, (cited, []))[1].append(other.number)
    for fragment, (cited, numbers) in found.items():
        yield fragment, cited, numbers[0] if len(numbers) == 1 else ""


def _linked(
    policy: Policy, version: PolicyVersion, in_force: PolicyVersion | None
) -> dict[str, PolicyVersion]:
    """Return the versions that the articles of *version* link to, each once."""
    candidates = {
        "in-force": in_force,
        "previous": policy.before(version),
        "next": policy.after(version),
    }
    found: dict[str, PolicyVersion] = {}
    for relation, other in candidates.items():
        numbers = {v.number for v in found.values()}
        if other and other.number != version.number and other.number not in numbers:
            found[relation] = other
    return found


def _linking(
    policy: Policy, version: PolicyVersion, in_force: PolicyVersion | None
) -> Iterable[PolicyVersion]:
    """Return the versions whose articles link to *version*, in order: all of them to the one in force."""
    if in_force and version.number == in_force.number:
        return (other for other in policy.versions if other.number != version.number)
    return filter(None, (policy.before(version), policy.after(version)))


def setup(app: Sphinx) -> None:
    """Add the links to every page of a policy version."""
    beside_headings.connect(app, _beside_headings, order=100)

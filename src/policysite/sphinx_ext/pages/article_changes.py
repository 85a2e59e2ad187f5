"""On each article: its state in every version, and its last change, right behind its heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.base import digests
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.model.provision_ids import is_provision_id
from policysite.redline import Row, State
from policysite.sphinx_ext.shared import beside_headings, page_context, widgets
from policysite.sphinx_ext.shared.comparisons import comparison_of, digest_of, lives_of
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.model.register import Policy, PolicyVersion
    from policysite.redline import ArticleChange, HistoryEntry
    from policysite.sphinx_ext.shared.widgets import template_node

STRIP_SIZE = 12
"""How many versions a life line shows; the history page has all, so pages stay small for ever."""


@dataclass(frozen=True)
class LifeStop:
    """An article in one version, with a link to it there, or to the version where it is not.

    ``place`` is what it is called there, if that is something else; ``cancelled``: the version never applied.
    """

    number: str
    state: State
    href: str
    current: bool
    place: str
    cancelled: bool


@dataclass(frozen=True)
class ArticleNews:
    """What changed in an article since the text before. ``skipped`` are versions between, whose text is not held."""

    change: ArticleChange
    rows: tuple[Row, ...]
    since: str
    skipped: tuple[str, ...]
    href: str


def _beside_headings(app: Sphinx, version: PolicyVersion) -> dict[str, template_node]:
    """Return the life line and the change of each article."""
    site, domain = site_of(app.config), policy_domain(app.env)
    policy = site.register.policies[version.policy]
    printed = domain.printed(version.page)
    news = _news(app, policy, version)
    found = {}
    for name in (TOP, *domain.articles(version.page)):
        is_article = is_provision_id(name)
        stops = _stops(app, policy, version, name) if is_article else []
        if name in news or stops:
            label = citation(name, printed, site.language) if is_article else ""
            found[name] = widgets.make(
                "article-changes",
                news=news.get(name),
                stops=stops,
                label=label,
                source=site.source_tag,
            )
    return found


def _news(app: Sphinx, policy: Policy, version: PolicyVersion) -> dict[str, ArticleNews]:
    """Return what changed in each article since the nearest earlier text that is held."""
    before = policy.held_predecessor_in_force(version)
    two = comparison_of(app, before, version) if before else None
    if before is None or two is None:
        return {}
    page = addresses.comparison_page(policy.name, before.number, version.number)
    skipped = tuple(other.number for other in policy.not_held_between(before, version))
    found: dict[str, ArticleNews] = {}
    for article in two.shown.articles:
        if article.kinds and article.provision.new is not None:
            rows = tuple(row for row in article.rows if row.provision.kinds)
            href = "" if skipped else addresses.relative(version.page, page, article.id)
            found[article.id] = ArticleNews(article, rows, before.number, skipped, href)
    return found


def _stops(app: Sphinx, policy: Policy, version: PolicyVersion, article: str) -> list[LifeStop]:
    """Return the life line of an article; none where only one text is held, as it would say nothing."""
    lives = lives_of(app, policy)
    if len(lives.steps) < 2:
        return []
    shown = _window(app, policy, version, article)
    return [_life_stop(app, policy, version, article, stop) for stop in shown]


def _window(
    app: Sphinx, policy: Policy, version: PolicyVersion, article: str
) -> tuple[HistoryEntry, ...]:
    """Return the part of the life line of an article that the page of *version* shows."""
    in_force = policy.in_force(site_of(app.config).register.day)
    line = lives_of(app, policy).line(version.number, article)
    return line.window(version.number, [in_force.number] if in_force else [], STRIP_SIZE)


def _life_stop(
    app: Sphinx, policy: Policy, version: PolicyVersion, article: str, stop: HistoryEntry
) -> LifeStop:
    other, place = policy[stop.number], ""
    if stop.id not in {"", article}:
        printed = policy_domain(app.env).printed(other.page)
        place = citation(stop.id, printed, site_of(app.config).language)
    fragment = "text-not-held" if stop.state is State.NOT_HELD else stop.id
    href = addresses.relative(version.page, other.page, fragment)
    is_current = other == version
    return LifeStop(stop.number, stop.state, href, is_current, place, other.withdrawn_before_effect)


def _with_changed_texts(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the outdated pages, because the text of the version before, or the history of an article, changed."""
    if site_builder(app) is None:
        return []
    site, domain = site_of(app.config), policy_domain(env)
    pages = []
    for policy in site.register.policies.values():
        if len(lives_of(app, policy).steps) < 2:
            continue
        for version in policy.versions:
            before = policy.held_predecessor_in_force(version)
            if version.held:
                articles = domain.articles(version.page)
                windows = [_window(app, policy, version, article) for article in articles]
                shown = (digests.of_facts(windows), digest_of(app, before) if before else "")
                if domain.has_changed("comparisons", version.page, shown):
                    pages.append(version.page)
    return [page for page in pages if page in env.all_docs]


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    page = site_of(app.config).page(pagename)
    shown = page and page.version and page.version.held
    context["has_life_lines"] = bool(page and shown and len(lives_of(app, page.policy).steps) > 1)


def setup(app: Sphinx) -> None:
    """Add both, and have pages rewritten when it makes a difference."""
    beside_headings.connect(app, _beside_headings, order=300)
    app.connect("env-updated", _with_changed_texts)
    page_context.connect(app, _add_to_context)

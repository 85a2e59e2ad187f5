"""``version-history``: all versions of a policy, newest first, with the period each was in force and what it changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from policysite.languages.language_data import (
    day_in_numbers,
    month_in_words,
    order_in_numbers,
    tag,
)
from policysite.model import addresses
from policysite.requirements.requirement_map import has_map
from policysite.sphinx_ext.shared import widgets
from policysite.sphinx_ext.shared.comparisons import changed_articles, comparison_links, lives_of
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.later_provisions import LaterProvision, later_provisions
from policysite.sphinx_ext.shared.publication import Publication, publication
from policysite.sphinx_ext.shared.site import VersionFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.model.register import Policy, PolicyVersion, Status
    from policysite.sphinx_ext.shared.noted import ChangeNote
    from policysite.sphinx_ext.shared.site import Day, Site

_MOST_YEARS = 10
"""How many years are written below the timeline at most."""
_LAST_YEAR_AT = 90
"""Behind this many percent a year is not written: on a phone its number would leave the drawing."""


class version_history(nodes.General, nodes.Element):  # noqa: N801
    """Where the list is."""


class GapFacts(NamedTuple):
    """The time after a version in which none applied; ``last`` is its last day, None while it is open."""

    start: Day | None
    last: Day | None


@dataclass(frozen=True)
class HistoryRow(VersionFacts):
    """One version. ``changed`` is the number of articles that it changed, None where it is unknown.

    ``gap`` is the time after it in which none applied, ``later`` its provisions that apply later, ``step`` leads to what it changed, ``since`` to what has changed since: empty where a text is not held.
    """

    gap: GapFacts | None
    later: tuple[LaterProvision, ...]
    note: ChangeNote | None
    publication: Publication
    changed: int | None
    step: str
    since: str
    first: bool


@dataclass(frozen=True)
class Period:
    """A bar of the timeline: where it begins and how long it is, in percent of the whole."""

    number: str
    status: Status
    held: bool
    start: float
    width: float


@dataclass(frozen=True)
class Timeline:
    """The periods in force in a drawing.

    ``years`` are where a year begins, in percent. ``month`` is that of the build: a day would be another one in each build.
    """

    periods: tuple[Period, ...]
    years: tuple[tuple[int, float], ...]
    month: str
    today: float


class VersionHistory(SphinxDirective):
    """Take no content: the list comes from the register of the folder the document is in."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        policy = self.env.current_document.docname.partition("/")[0]
        if policy not in site_of(self.config).register.policies:
            raise self.error(f"version-history is outside the folder of a policy: {policy}")
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
            app = self.env._app  # noqa: SLF001
            widget = widgets.make(
                "history",
                policy=policy.name,
                rows=list(_rows(app, policy, docname)),
                timeline=_timeline(site, policy),
                day_example=day_in_numbers(policy.versions[0].effective, site.language),
                day_order=order_in_numbers(site.language),
                source_language=tag(site.settings.source_language),
                compared=site.settings.has("comparisons"),
                compare_href=addresses.relative(docname, addresses.comparisons_page(policy.name))
                if site.settings.has("comparisons")
                and sum(version.held for version in policy.versions) > 1
                else "",
                requirements_href=_requirements_href(site, policy, docname),
            )
            node.replace_self(widget)


def _requirements_href(site: Site, policy: Policy, docname: str) -> str:
    """Return the link to the page on what laws ask; empty if the policy has none."""
    page = addresses.requirements_page(policy.name)
    return addresses.relative(docname, page) if has_map(site.docs, policy.name) else ""


def _rows(app: Sphinx, policy: Policy, docname: str) -> Iterator[HistoryRow]:
    """Yield the versions, the newest first."""
    site = site_of(app.config)
    pairs = comparison_links(site, policy, docname)
    in_force = policy.in_force(site.register.day)
    gaps = {
        gap.version.number: GapFacts(site.day(gap.first), site.day(gap.last))
        for gap in policy.gaps()
        if gap.first <= site.register.day
    }
    for version in reversed(policy.versions):
        before = policy.predecessor_in_force(version)
        around = (version.number, in_force.number) if in_force else ("", "")
        yield HistoryRow(
            **vars(site.facts(version, docname)),
            gap=gaps.get(version.number),
            later=tuple(later_provisions(site, app.env, version, docname)),
            note=policy_domain(app.env).change_note(version.page),
            publication=publication(app, version, docname),
            changed=changed_articles(app, policy, version),
            step=pairs.get((before.number, version.number), "") if before else "",
            since=pairs.get(around) or pairs.get((around[1], around[0]), ""),
            first=before is None,
        )


def _timeline(site: Site, policy: Policy) -> Timeline | None:
    """Return the drawing of the periods in force; None if no version ever was or will be."""
    effective = [version for version in policy.versions if version.took_effect]
    if not effective:
        return None
    day = site.register.day.replace(day=1)
    first = effective[0].effective
    # What is in force goes on: the drawing ends some time after the last day that is known.
    known = [day, effective[-1].effective, *(v.withdrawn for v in effective if v.withdrawn)]
    last = max(known) + (max(known) - first) / 12 + dt.timedelta(days=30)
    whole = (last - first).days

    def place(when: dt.date) -> float:
        return round(100 * (when - first).days / whole, 3)

    def period(version: PolicyVersion) -> Period:
        end = policy.last_day(version)
        start = place(version.effective)
        width = (place(end + dt.timedelta(days=1)) if end else 100) - start
        return Period(
            version.number,
            site.register.status(version),
            version.held,
            start,
            round(width, 3),
        )

    apart = max(1, round((last.year - first.year) / _MOST_YEARS))
    years = [
        (year, where)
        for year in range(first.year + 1, last.year + 1, apart)
        if (where := place(dt.date(year, 1, 1))) <= _LAST_YEAR_AT
    ]
    shown = month_in_words(day, site.language)
    return Timeline(tuple(map(period, effective)), tuple(years), shown, max(0, place(day)))


def _with_changed_versions(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the outdated pages, because the changes of a version, or the sentence about them, changed."""
    if site_builder(app) is None:
        return []
    site, domain = site_of(app.config), policy_domain(env)
    pages = []
    for policy in site.register.policies.values():
        notes = [domain.change_note(version.page) for version in policy.versions]
        steps = sorted(
            (n, s and (s[0], s[1].changed)) for n, s in lives_of(app, policy).steps.items()
        )
        page = addresses.history_page(policy.name)
        shown = repr((notes, steps, has_map(site.docs, policy.name)))
        if domain.has_changed("comparisons", page, shown):
            pages.append(page)
    return [page for page in pages if page in env.all_docs]


def setup(app: Sphinx) -> None:
    """Add the directive, and have the list rewritten when it makes a difference."""
    app.connect("env-updated", _with_changed_versions)
    app.add_node(version_history)
    app.add_directive("version-history", VersionHistory)
    app.add_post_transform(PrintHistory)

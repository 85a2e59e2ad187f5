"""The page ``requirements.html`` of a policy: where each version says what a law asks, for auditors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.base.problems import PolicysiteError
from policysite.checks.requirement_checks import unknown_provisions
from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.requirements.requirement_map import read_map
from policysite.requirements.requirement_sets import in_language
from policysite.sphinx_ext.shared import generated_pages
from policysite.sphinx_ext.shared.build_abort import abort_build
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.base.problems import Problem
    from policysite.model.register import PolicyVersion
    from policysite.requirements.requirement_map import Answer, RequirementMap
    from policysite.requirements.requirement_sets import Requirement, RequirementSet
    from policysite.sphinx_ext.shared.site import Day, Site, VersionFacts


@dataclass(frozen=True)
class Words:
    """Words for a reader; ``language`` is their tag where it is not that of the page, else empty."""

    text: str
    language: str


@dataclass(frozen=True)
class Place:
    """A provision: how it is cited, what its heading says besides, and where it is; ``language`` is that of both where they are not translated, else empty."""

    citation: str
    title: str
    href: str
    language: str


@dataclass(frozen=True)
class RequirementRow:
    """One requirement: what is asked, by which law, where it is said (``places``), or why it does not apply."""

    name: Words
    citation: Words
    places: tuple[Place, ...]
    reason: Words | None


@dataclass(frozen=True)
class VersionRows:
    """What is said for one version; ``met`` counts the requirements that are answered."""

    version: VersionFacts
    rows: tuple[RequirementRow, ...]
    met: int


@dataclass(frozen=True)
class RequirementTable:
    """A set of requirements, with what is said for each version, the newest first."""

    title: Words
    source: Words
    day: Day | None
    versions: tuple[VersionRows, ...]


class _Table:
    """Makes the tables of one policy."""

    def __init__(self, app: Sphinx, site: Site, mapped: RequirementMap) -> None:
        self.domain = policy_domain(app.env)
        self.site = site
        self.mapped = mapped
        self.page = addresses.requirements_page(mapped.policy.name)

    def tables(self) -> list[RequirementTable]:
        """Return a table for each set."""
        return [self._table(found) for found in self.mapped.sets.values()]

    def _table(self, found: RequirementSet) -> RequirementTable:
        versions = tuple(self._version(found, v) for v in self.mapped.versions(found.name))
        source = self._in(found.source, found.language)
        return RequirementTable(
            self._words(found.titles), source, self.site.day(found.day), versions
        )

    def _version(self, found: RequirementSet, version: PolicyVersion) -> VersionRows:
        answers = self.mapped.of_version(found.name, version)
        rows = tuple(
            self._row(one, found.language, version, answers.get(key))
            for key, one in found.requirements.items()
        )
        met = sum(bool(row.places or row.reason) for row in rows)
        return VersionRows(self.site.facts(version, self.page), rows, met)

    def _row(
        self, asked: Requirement, language: str, version: PolicyVersion, answer: Answer | None
    ) -> RequirementRow:
        places = tuple(self._place(version, one) for one in answer.ids) if answer else ()
        reason = self._words(answer.reasons) if answer and answer.reasons else None
        law = self._in(asked.citation, language)
        return RequirementRow(self._words(asked.names), law, places, reason)

    def _place(self, version: PolicyVersion, provision: str) -> Place:
        printed = self.domain.printed(version.page)
        label = citation(provision, printed, self.site.language)
        article = self.domain.articles(version.page).get(provision)
        title = article.title.removeprefix(label).strip() if article else ""
        is_foreign = article is not None and article.title == article.source_title
        href = addresses.relative(self.page, version.page, provision)
        return Place(label, title, href, self.site.source_tag if is_foreign else "")

    def _words(self, words: Mapping[str, str]) -> Words:
        return self._in(*in_language(words, self.site.language))

    def _in(self, text: str, language: str) -> Words:
        return Words(text, "" if language == self.site.language else tag(language))


def _maps(site: Site) -> Iterator[tuple[RequirementMap | None, list[Problem]]]:
    for policy in site.register.policies.values():
        yield read_map(site.root, site.docs, policy, site.settings.source_language)


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    """Stop before anything is written if a map names what is not there."""
    site, domain = site_of(app.config), policy_domain(env)

    def ids_of(version: PolicyVersion) -> set[str]:
        return {provision.id for provision in domain.provisions(version.page)}

    found: list[Problem] = []
    for mapped, problems in _maps(site):
        found += problems
        found += unknown_provisions(mapped, ids_of) if mapped else ()
    if found and site.checks_sources:
        abort_build(app, PolicysiteError([*domain.problems(), *found]))


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    site = site_of(app.config)
    for mapped, _problems in _maps(site):
        if mapped is None or not mapped.sets:
            continue
        page = addresses.requirements_page(mapped.policy.name)
        title = app.env.titles[site.register.current_or_latest(mapped.policy).page].astext()
        tables = _Table(app, site, mapped).tables()
        if generated_pages.is_stale(app, page, title, repr(tables)):
            yield page, {"requirements_title": title, "requirements": tables}, "requirements.html"


def setup(app: Sphinx) -> None:
    """Check the maps when all documents are read, and write the pages."""
    app.connect("env-updated", _check, priority=860)
    app.connect("html-collect-pages", _pages)

"""The site that the extension works on, its pages, and what readers see of a version, as one language's build knows them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import polib

from policysite.catalogs.catalog_files import Catalog
from policysite.files.project_file import digest
from policysite.languages.language_data import date_in_words, tag
from policysite.model import addresses, settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.catalogs.completeness import Completeness
    from policysite.catalogs.translations import Translations
    from policysite.ledger.chain import Ledger
    from policysite.locale.interface_words import Words
    from policysite.model.register import Policy, PolicyVersion, Register, Status


@dataclass(frozen=True)
class Day:
    """A day for a reader: ``iso`` for machines, ``words`` in the language of the page."""

    iso: str
    words: str


@dataclass(frozen=True)
class VersionFacts:
    """A policy version for a reader. ``last`` is the last day in force, None while it is open; ``until`` is for the script."""

    number: str
    status: Status
    announced: Day | None
    start: Day | None
    last: Day | None
    withdrawn: Day | None
    held: bool
    href: str
    until: str


class PageKind(StrEnum):
    """What a page of a policy shows."""

    VERSION = "version"
    TIMELESS = "timeless"
    HISTORY = "history"
    COMPARISON = "comparison"
    COMPARISONS = "comparisons"
    PARALLEL = "parallel"
    DATE = "date"
    REQUIREMENTS = "requirements"


@dataclass(frozen=True)
class Page:
    """A page of one policy. ``version`` is the one whose text it is: None on all kinds but the first two.

    ``ids_of`` is the version whose provisions have their ids on the page, if there is one.
    """

    name: str
    policy: Policy
    kind: PageKind
    version: PolicyVersion | None = None
    ids_of: PolicyVersion | None = None

    @property
    def timeless(self) -> bool:
        """Whether it always shows the text in force."""
        return self.kind is PageKind.TIMELESS


@dataclass(frozen=True)
class Site:
    """The site as one language's build sees it. ``root`` is the project's root, ``docs`` the sources."""

    root: Path
    docs: Path
    locales: Path
    language: str
    settings: settings.Settings
    register: Register
    completeness: Completeness
    ledgers: Mapping[str, Ledger]

    @property
    def is_translated(self) -> bool:
        """Whether this build's language is not the source language."""
        return self.language != self.settings.source_language

    @property
    def source_tag(self) -> str:
        """The language tag of the source where this build is in another language, else empty."""
        return tag(self.settings.source_language) if self.is_translated else ""

    @cached_property
    def translations(self) -> Translations:
        """The catalogs of this language."""
        translations = self.completeness.translations(self.language)
        # The check ensures that they are unchanged until the build has ended.
        return replace(translations, is_checked=bool(os.environ.get(settings.CHECKED)))

    @property
    def words(self) -> Words:
        """The words of the interface in this language."""
        return self.translations.words

    @property
    def is_published(self) -> bool:
        """Whether this language is published, as opposed to one that is still being translated."""
        return self.language in self.completeness.published

    def catalog(self, docname: str) -> Catalog:
        """Return the catalog of a document; one without entries if there is none."""
        path = self.translations.path(docname)
        return self.translations.catalog(docname) or Catalog(
            self.language, docname, path, polib.POFile()
        )

    def page(self, name: str) -> Page | None:
        """Return the policy page with this name, or None for any other page."""
        policy = self.register.policies.get(name.partition("/")[0])
        if policy is None:
            return None
        if version := self.register.version_of(name):
            return Page(name, policy, PageKind.VERSION, version, version)
        if name == addresses.timeless_page(policy.name):
            in_force = policy.in_force(self.register.day)
            return Page(name, policy, PageKind.TIMELESS, in_force, in_force)
        kinds = {
            addresses.history_page(policy.name): PageKind.HISTORY,
            addresses.comparisons_page(policy.name): PageKind.COMPARISONS,
            addresses.requirements_page(policy.name): PageKind.REQUIREMENTS,
        }
        folders = {
            "compare": PageKind.COMPARISON,
            "parallel": PageKind.PARALLEL,
            "on": PageKind.DATE,
        }
        kind = kinds.get(name) or folders.get(name.split("/")[1])
        number = name.rpartition("/")[2]
        return Page(name, policy, kind, ids_of=policy.get(number)) if kind else None

    @property
    def checks_sources(self) -> bool:
        """Whether this build looks for what is wrong with the sources alone; one of them does where all are built."""
        return not self.is_translated or not os.environ.get(settings.COLLECTED)

    def day(self, day: dt.date | None) -> Day | None:
        """Return *day* for a reader of this language."""
        return Day(day.isoformat(), date_in_words(day, self.language)) if day else None

    def facts(self, version: PolicyVersion, page: str) -> VersionFacts:
        """Return what readers see of *version*, with a link from *page*."""
        policy = self.register.policies[version.policy]
        return VersionFacts(
            version.number,
            self.register.status(version),
            self.day(version.announced),
            self.day(version.effective),
            self.day(policy.last_day(version)),
            self.day(version.withdrawn),
            version.held,
            addresses.relative(page, version.page),
            f"{policy.until(version) or ''}",
        )

    def address(self, from_page: str, to_page: str, language: str = "") -> str:
        """Return the full address of a page if the site has one, else the link from *from_page*."""
        language = language or self.language
        if self.settings.base_url:
            return addresses.absolute(self.settings.base_url, language, to_page)
        return addresses.relative(f"{self.language}/{from_page}", f"{language}/{to_page}")

    def relative_path(self, docname: str) -> str:
        """Return the path of a document's source for a message."""
        return (self.docs / f"{docname}.md").relative_to(self.root).as_posix()

    def catalog_digest(self, domain: str) -> str:
        """Return a digest of the catalog of *domain*; empty if there is none."""
        return digest(self.root, self.translations.file(domain)) if self.is_translated else ""

    def input_digest(self, docname: str) -> str:
        """Return a digest of what a document is made of: its text and its catalog."""
        return digest(self.root, self.docs / f"{docname}.md") + self.catalog_digest(docname)

"""The site that the extension works on: declared, validated once, read through one door."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.builders.html import StandaloneHTMLBuilder

from policysite.base import digests
from policysite.base.package import PACKAGE
from policysite.base.problems import PolicysiteError
from policysite.catalogs.check_catalogs import check_language
from policysite.catalogs.completeness import Completeness
from policysite.catalogs.translations import INTERFACE
from policysite.languages.language_data import date_in_words, tag
from policysite.ledger.ledger_files import load_ledgers
from policysite.model import addresses, settings
from policysite.model.register_reader import load_register, missing_documents
from policysite.sphinx_ext.shared.build_abort import abort_build

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from policysite.catalogs.translations import Translations
    from policysite.ledger.chain import Ledger
    from policysite.model.register import Policy, PolicyVersion, Register, Status

_SITES: WeakKeyDictionary[Config, Site] = WeakKeyDictionary()


@dataclass(frozen=True)
class Day:
    """A day for a reader: ``iso`` for machines, ``words`` in the language of the page."""

    iso: str
    words: str


@dataclass(frozen=True)
class VersionFacts:
    """A policy version for a reader. ``last`` is the last day in force, None while it is open."""

    number: str
    status: Status
    announced: Day | None
    start: Day | None
    last: Day | None
    withdrawn: Day | None
    held: bool
    href: str


class PageKind(StrEnum):
    """What a page of a policy shows."""

    VERSION = "version"
    TIMELESS = "timeless"
    HISTORY = "history"
    COMPARISON = "comparison"
    COMPARISONS = "comparisons"
    PARALLEL = "parallel"
    DATE = "date"


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
        # Who checked them sees to it that they stay as they are until the build has ended.
        return replace(translations, is_checked=bool(os.environ.get(settings.CHECKED)))

    @property
    def is_published(self) -> bool:
        """Whether this language is published, as against one that is still being translated."""
        return self.language in self.completeness.published

    def may_have_gaps(self, docname: str) -> bool:
        """Whether the translation of a document may be incomplete."""
        completeness = self.completeness
        return not completeness.is_strict(self.language) or not completeness.is_published_text(
            docname
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
        """Return what a reader is told of *version*, with a link from *page*."""
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
        return digests.of_file(self.translations.file(domain)) if self.is_translated else ""

    def input_digest(self, docname: str) -> str:
        """Return a digest of what a document is made of: its text and its catalog."""
        return digests.of_file(self.docs / f"{docname}.md") + self.catalog_digest(docname)


def site_builder(app: Sphinx) -> StandaloneHTMLBuilder | None:
    """Return the builder if it writes the pages of the site: ``html``, and none that derives from it."""
    builder = app.builder
    return (
        builder if isinstance(builder, StandaloneHTMLBuilder) and builder.name == "html" else None
    )


def site_of(config: Config) -> Site:
    """Return the site of a build, from ``app.config`` or ``env.config``."""
    return _SITES[config]


def setup(app: Sphinx) -> None:
    """Declare the settings and read the site when they are known."""
    for name, default in settings.DEFAULTS.items():
        app.add_config_value(settings.PREFIX + name, default, "env", (type(default),))
    # What pages show of the register and the ledgers; a change rewrites pages and reads nothing anew.
    app.add_config_value("policysite_register_digest", "", "html", (str,))
    # The words of templates enter doctrees too.
    app.add_config_value("policysite_words_digest", "", "env", (str,))
    app.connect("config-inited", _read_site)
    app.connect("builder-inited", disable_raw_and_includes)
    app.connect("env-before-read-docs", _remember_catalogs)


def _read_site(app: Sphinx, config: Config) -> None:
    try:
        site = _site(app, config)
        if problems := tuple(
            missing_documents(root=site.root, docs=site.docs, policies=site.register.policies)
        ):
            raise PolicysiteError(problems)
        if not os.environ.get(settings.CHECKED):
            problems = check_language(site.completeness, site.language).problems
            if problems:
                raise PolicysiteError(problems)
    except PolicysiteError as error:
        abort_build(app, error)
    _SITES[config] = site
    heads = [ledger.head for ledger in site.ledgers.values()]
    digest = f"{site.register.digest()} {site.completeness.published} {heads}"
    config.policysite_register_digest = digest
    config.policysite_words_digest = site.catalog_digest(INTERFACE)
    config.exclude_patterns.extend(
        f"{policy}/{path.name}"
        for policy in site.register.policies
        for path in (site.docs / policy).glob("*.md")
        if site.completeness.is_left_out(f"{policy}/{path.stem}")
    )
    config.templates_path.append(os.fspath(PACKAGE / "templates"))
    config.html_static_path.append(os.fspath(PACKAGE / "static"))
    _forget_stale_catalogs(app, site)


def _site(app: Sphinx, config: Config) -> Site:
    values = {f"{settings.PREFIX}{n}": config[f"{settings.PREFIX}{n}"] for n in settings.DEFAULTS}
    site_settings = settings.settings_from(values)
    language = config.language
    if language not in site_settings.languages:
        raise PolicysiteError([settings.unknown_language(language, site_settings)])
    root, docs = Path(app.confdir), Path(app.srcdir)
    register = load_register(
        root,
        docs,
        site_settings.policies,
        settings.status_date(os.environ, site_settings.time_zone),
        drafts=settings.wants_drafts(os.environ),
    )
    ledgers, problems = load_ledgers(root, docs, site_settings.policies)
    if problems:
        raise PolicysiteError(problems)
    locales = docs / config.locale_dirs[0]
    completeness = Completeness(
        root, docs, locales, register, site_settings, settings.wants_preview(os.environ)
    )
    return Site(root, docs, locales, language, site_settings, register, completeness, ledgers)


def disable_raw_and_includes(app: Sphinx) -> None:
    """Let no source and no catalog bring in a file or raw markup."""
    app.env.settings.update(file_insertion_enabled=False, raw_enabled=False)


def _forget_stale_catalogs(app: Sphinx, site: Site) -> None:
    """Remove compiled catalogs that are not those that an earlier build made of the same sources.

    Sphinx goes by times alone: it would publish one whose source is gone or was replaced by an older file, or one
    that somebody put there.
    """
    try:
        known = json.loads(_compiled_list(app).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    for compiled in (site.locales / site.language).rglob("*.mo"):
        if known.get(os.fspath(compiled)) != _digests(compiled):
            compiled.unlink()


def _remember_catalogs(app: Sphinx, _env: BuildEnvironment, _docnames: list[str]) -> None:
    """Write down which compiled catalog was made of which source."""
    site = site_of(app.config)
    made = {os.fspath(c): _digests(c) for c in (site.locales / site.language).rglob("*.mo")}
    _compiled_list(app).write_text(json.dumps(made), encoding="utf-8")


def _compiled_list(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "policysite-compiled.json"


def _digests(compiled: Path) -> list[str]:
    """Return digests of a compiled catalog and of its source, empty where there is none."""
    return [digests.of_file(file) for file in (compiled, compiled.with_suffix(".po"))]

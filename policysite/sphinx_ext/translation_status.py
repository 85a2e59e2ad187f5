"""The page ``translations.html`` of a language: how far each translation is, and what is open in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite import addresses
from policysite.catalogs.glossary import glossary_file
from policysite.catalogs.state import DomainState, OpenEntry, State, domain_state
from policysite.catalogs.translations import INTERFACE
from policysite.redline import Change, word_changes
from policysite.sphinx_ext.config import VersionFacts, site_builder, site_of
from policysite.sphinx_ext.domain import policy_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.sphinx_ext.config import Site


@dataclass(frozen=True)
class OpenMessage(OpenEntry):
    """An open entry for the page: ``changes`` lead from the old source to the new one."""

    changes: tuple[Change, ...]
    href: str


@dataclass(frozen=True)
class TranslationRow:
    """One catalog. ``version`` is None for what belongs to no version."""

    name: str
    title: str
    href: str
    version: VersionFacts | None
    state: DomainState
    open: list[OpenMessage]


def _rows(app: Sphinx, site: Site) -> Iterator[TranslationRow]:
    versions = [v.page for p in site.register.policies.values() for v in reversed(p.versions)]
    others = [name for name in site.completeness.documents if name not in versions]
    for name in [*versions, *others, INTERFACE]:
        version = site.register.version_of(name)
        state = _state(app, site, name)
        page = addresses.TRANSLATIONS_PAGE
        yield TranslationRow(
            name,
            app.env.titles[name].astext() if name in app.env.titles else "",
            "" if name == INTERFACE else addresses.relative(page, name),
            site.facts(version, page) if version else None,
            state,
            [_open(site, entry) for entry in state.open],
        )


def _state(app: Sphinx, site: Site, name: str) -> DomainState:
    """Return the state of a catalog, as an earlier build found it if nothing that it rests on has changed."""
    domain = policy_domain(app.env)
    kept = domain.data["translation_states"]
    messages = None if name == INTERFACE else domain.messages(name)[0]
    glossary = glossary_file(site.locales, site.language)
    terms = glossary.read_bytes() if glossary.is_file() else b""
    key = (site.catalog_digest(name), domain.input_of(name), hashlib.sha256(terms).hexdigest())
    found: tuple[object, DomainState] | None = kept.get(name)
    if found is None or found[0] != key:
        found = kept[name] = key, domain_state(site.translations, name, messages)
    return found[1]


def _open(site: Site, entry: OpenEntry) -> OpenMessage:
    pattern = site.settings.source_url
    href = pattern.replace("{path}", entry.path).replace("{line}", str(entry.line or 1))
    changes = word_changes(entry.old, entry.msgid) if entry.old else ()
    return OpenMessage(**vars(entry), changes=changes, href=href)


def _count(app: Sphinx, env: BuildEnvironment) -> list[str]:  # noqa: ARG001
    """Count before the environment is stored, so that the next build knows it."""
    site = site_of(app.config)
    if site.is_translated and site_builder(app):
        list(_rows(app, site))
    return []


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    site = site_of(app.config)
    context: dict[str, Any] = {
        "rows": list(_rows(app, site)) if site.is_translated else [],
        "states": list(State),
        "furo_hide_toc": True,
    }
    yield addresses.TRANSLATIONS_PAGE, context, "translations.html"


def setup(app: Sphinx) -> None:
    """Write the page with every build: what it counts changes with every catalog."""
    app.connect("env-updated", _count)
    app.connect("html-collect-pages", _pages)

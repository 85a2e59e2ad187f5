"""The page ``translations.html`` of a language: how far each translation is, and what is open in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.catalogs.translation_state import DomainState, OpenEntry, State, domain_state
from policysite.model import addresses
from policysite.redline import Change, word_changes
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.domain import policy_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.sphinx_ext.shared.site import Site, VersionFacts


@dataclass(frozen=True, kw_only=True)
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
    for name in _domains(site):
        version = site.register.version_of(name)
        state = _state(app, site, name)
        page = addresses.TRANSLATIONS_PAGE
        yield TranslationRow(
            name,
            app.env.titles[name].astext() if name in app.env.titles else "",
            addresses.relative(page, name),
            site.facts(version, page) if version else None,
            state,
            [_open(site, entry) for entry in state.open],
        )


def _domains(site: Site) -> list[str]:
    """Return the domains of the catalogs: the versions, the newest first, then the other documents."""
    versions = [v.page for p in site.register.policies.values() for v in reversed(p.versions)]
    known = set(versions)
    return [*versions, *(n for n in site.completeness.documents if n not in known)]


def _state(app: Sphinx, site: Site, name: str) -> DomainState:
    """Return the state of a catalog."""
    domain = policy_domain(app.env)

    def find() -> DomainState:
        return domain_state(site.translations, name, domain.messages(name).messages.value)

    key = (domain.input_of(name), site.translations.glossary_digest)
    return domain.cached("translation_states", name, key, find)


def _open(site: Site, entry: OpenEntry) -> OpenMessage:
    pattern = site.settings.source_url
    href = pattern.replace("{path}", entry.path).replace("{line}", str(entry.line or 1))
    changes = word_changes(entry.old, entry.msgid) if entry.old else ()
    return OpenMessage(**vars(entry), changes=changes, href=href)


def _count(app: Sphinx, env: BuildEnvironment) -> list[str]:  # noqa: ARG001
    """Count before the environment is stored, so that the next build knows it."""
    site = site_of(app.config)
    if site.is_translated and site_builder(app):
        for name in _domains(site):
            _state(app, site, name)
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

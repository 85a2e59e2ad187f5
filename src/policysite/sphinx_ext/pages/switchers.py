"""The language switcher and the version switcher: plain relative links, right at build time.

A script only adds the fragment of the provision that the reader is at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.model.provision_ids import ancestors
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.per_build import PerBuild

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.model.register import Policy, PolicyVersion
    from policysite.sphinx_ext.shared.site import Page, Site

MENU_SIZE = 12
"""How many versions the menu lists; the history page lists all, so pages stay small for ever."""


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one language, named in its own script."""

    code: str
    name: str
    href: str
    current: bool
    published: bool


@dataclass(frozen=True)
class VersionLink:
    """One version of the policy. ``moved`` says, as JSON, which ids differ there (empty: none).

    ``attributes`` and ``words`` are the markup that is the same in the menus of all pages.
    """

    href: str
    current: bool
    moved: str
    attributes: str
    words: str


def language_links(site: Site, pagename: str) -> list[LanguageLink]:
    """Return the page in every language of the site."""
    return [
        LanguageLink(
            tag(code),
            name,
            addresses.in_language(pagename, code),
            current=code == site.language,
            published=code in site.completeness.published,
        )
        for code, name in site.settings.languages.items()
    ]


class _Entries:
    """What the menus say of each version, rendered once for all pages of a build."""

    def __init__(self, app: Sphinx) -> None:
        self._site = site_of(app.config)
        self._templates = app.builder.templates
        self._found: dict[str, tuple[str, str]] = {}

    def of(self, version: PolicyVersion) -> tuple[str, str]:
        """Return the attributes and the words of *version*."""
        if version.page not in self._found:
            facts = self._site.facts(version, version.page)
            attributes, words = (
                self._templates.render(
                    "policysite/version-entry.html", {"version": facts, "part": part}
                )
                for part in ("attributes", "words")
            )
            self._found[version.page] = attributes, words
        return self._found[version.page]


_entries = PerBuild(_Entries)


def version_links(app: Sphinx, page: Page, ids: list[str]) -> list[VersionLink]:
    """Return the versions of the policy for the menu, the newest first; *ids* are the page's provisions."""
    site, entries = site_of(app.config), _entries(app)
    links: list[VersionLink] = []
    for version in _menu(page.policy, page.ids_of, page.policy.in_force(site.register.day)):
        href = addresses.relative(page.name, version.page)
        is_current = page.version is not None and version.number == page.version.number
        moved = _moved(page.policy, page.ids_of, version, ids)
        links.append(VersionLink(href, is_current, moved, *entries.of(version)))
    return links


def canonical(site: Site, pagename: str) -> str:
    """Return the address that search engines should show, or empty while the site has none.

    That of a version in force is the timeless one, as it will show what comes after it too.
    """
    page = site.page(pagename)
    if page and page.version and page.version == page.policy.in_force(site.register.day):
        pagename = addresses.timeless_page(page.policy.name)
    base_url = site.settings.base_url
    return addresses.absolute(base_url, site.language, pagename) if base_url else ""


def alternates(site: Site, pagename: str) -> list[tuple[str, str]]:
    """Return the page in every language by code, itself and the default included."""
    base_url = site.settings.base_url
    if not base_url:
        return []
    return addresses.alternates(base_url, site.completeness.published, pagename)


def _menu(
    policy: Policy, current: PolicyVersion | None, in_force: PolicyVersion | None
) -> list[PolicyVersion]:
    """Return the newest versions, the current one with its neighbours, and the one in force."""
    wanted = [v for v in (in_force, current) if v]
    if current:
        wanted += [v for v in (policy.after(current), policy.before(current)) if v]
    shown = {version.number: version for version in wanted}
    for version in reversed(policy.versions):
        if len(shown) >= MENU_SIZE:
            break
        shown.setdefault(version.number, version)
    return policy.newest_first(shown.values())


def _moved(policy: Policy, here: PolicyVersion | None, there: PolicyVersion, ids: list[str]) -> str:
    """Return ``{"id here": "id there"}`` for what was renumbered between two versions; "" is deleted.

    Where a provision is not named, it went with the innermost one around it that is, or stayed. *ids* are the
    provisions of *here*, containers first; of a record they are those that the ``moved`` records name.
    """
    if here is None or here.number == there.number:
        return ""
    between = policy.moves_between(*policy.in_order(here, there))
    named = {i for v in between for pair in v.moved.items() for i in pair}
    if not named:
        return ""
    moved: dict[str, str] = {}
    for provision_id in ids or sorted(named):
        traced = policy.trace(provision_id, here, there) or ""
        container = next((c for c in ancestors(provision_id) if c in moved), None)
        expected = provision_id
        if container is not None:
            to = moved[container]
            expected = to and to + provision_id[len(container) :]
        if traced != expected:
            moved[provision_id] = traced
    return json.dumps(moved) if moved else ""


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    site = site_of(app.config)
    page = site.page(pagename)
    context["language_published"] = site.is_published
    context["language_links"] = language_links(site, pagename)
    context["canonical_url"] = canonical(site, pagename)
    context["alternates"] = alternates(site, pagename)
    shown = page.ids_of.page if page and page.ids_of else ""
    ids = list(policy_domain(app.env).marks(shown))
    context["version_links"] = version_links(app, page, ids) if page else []
    context["policy_links"] = [
        (
            policy.name,
            app.env.titles[site.register.current_or_latest(policy).page].astext(),
            addresses.relative(pagename, addresses.timeless_page(policy.name)),
            addresses.relative(pagename, addresses.history_page(policy.name)),
        )
        for policy in site.register.policies.values()
    ]
    context["policy_page"] = page


def setup(app: Sphinx) -> None:
    """Give every page its switchers."""
    page_context.connect(app, _add_to_context)

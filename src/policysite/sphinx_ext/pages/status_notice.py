"""The status notice above the title: what this version is, since when, and where the text in force is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import rules, tag
from policysite.model import addresses
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.site import VersionFacts

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion
    from policysite.model.settings import Contact
    from policysite.sphinx_ext.shared.site import Page, Site


@dataclass(frozen=True)
class StatusNotice(VersionFacts):
    """What the notice says. ``next`` is the version that takes effect next, if it is known."""

    timeless: bool
    permanent: str
    in_force: VersionFacts | None
    next: VersionFacts | None
    contact: Contact
    contact_name: str


def notice(site: Site, page: Page, version: PolicyVersion) -> StatusNotice:
    """Return the notice of *version* on *page*."""
    policy = page.policy

    def reference(other: PolicyVersion | None) -> VersionFacts | None:
        return site.facts(other, page.name) if other and other != version else None

    contact = site.settings.policies[policy.name].contact
    return StatusNotice(
        **vars(site.facts(version, page.name)),
        timeless=page.timeless,
        permanent=addresses.relative(page.name, version.page),
        in_force=reference(policy.in_force(site.register.day)),
        next=reference(policy.next_upcoming(site.register.day)),
        contact=contact,
        contact_name=contact.name(site.language),
    )


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    site = site_of(app.config)
    page = site.page(pagename)
    context["site_title"] = app.env.titles[app.config.root_doc].astext()
    context["publisher"] = site.settings.publisher_in(site.language)
    context["is_sample"] = site.settings.sample
    context["policy_version"] = page.version if page else None
    context["status_notice"] = notice(site, page, page.version) if page and page.version else None
    context["permanent_url"] = (
        site.address(page.name, page.version.page) if page and page.version else ""
    )
    context["time_zone"] = site.settings.time_zone.key
    context["date_locale"] = rules(site.language).browser
    context["source_language"] = {
        "code": tag(site.settings.source_language),
        "name": site.settings.languages[site.settings.source_language],
    }


def setup(app: Sphinx) -> None:
    """Give every page its notice."""
    page_context.connect(app, _add_to_context)

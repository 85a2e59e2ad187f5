"""The status notice above the title: what this version is, since when, and where the text in force is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite import addresses
from policysite.register import ONE_DAY, Status
from policysite.sphinx_ext.config import site_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from policysite.register import PolicyVersion
    from policysite.settings import Contact
    from policysite.sphinx_ext.config import Day, Page, Site


@dataclass(frozen=True)
class Reference:
    """A version to go to: its number, first day and link."""

    number: str
    start: Day | None
    href: str


@dataclass(frozen=True)
class StatusNotice:
    """What the notice says. ``last`` is the last day in force, None while it is open."""

    status: Status
    number: str
    start: Day | None
    last: Day | None
    withdrawn: Day | None
    held: bool
    timeless: bool
    permanent: str
    in_force: Reference | None
    next: Reference | None
    contact: Contact
    contact_name: str


def notice(site: Site, page: Page, version: PolicyVersion) -> StatusNotice:
    """Return the notice of *version* on *page*."""
    policy = page.policy
    in_force = policy.in_force(site.register.day)
    last = policy.last_day(version)
    following = next(
        (v for v in policy.versions if last and v.effective == last + ONE_DAY and v.took_effect),
        None,
    )

    def reference(other: PolicyVersion | None) -> Reference | None:
        if other is None or other == version:
            return None
        href = addresses.relative(page.name, other.page)
        return Reference(other.number, site.day(other.effective), href)

    contact = site.settings.policies[policy.name].contact
    return StatusNotice(
        status=site.register.status(version),
        number=version.number,
        start=site.day(version.effective),
        last=site.day(last),
        withdrawn=site.day(version.withdrawn),
        held=version.held,
        timeless=page.timeless,
        permanent=addresses.relative(page.name, version.page),
        in_force=reference(in_force),
        next=reference(following),
        contact=contact,
        contact_name=contact.name(site.language),
    )


def _add_to_context(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    site = site_of(app.config)
    page = site.page(pagename)
    context["site_title"] = app.env.titles[app.config.root_doc].astext()
    context["publisher"] = site.settings.publisher
    context["policy_version"] = page.version if page else None
    context["status_notice"] = notice(site, page, page.version) if page and page.version else None
    context["unreviewed_translation"] = (
        addresses.in_language(pagename, site.settings.source_language)
        if page and page.version and site.language in site.settings.unreviewed_translations
        else ""
    )


def setup(app: Sphinx) -> None:
    """Give every page its notice."""
    app.connect("html-page-context", _add_to_context)

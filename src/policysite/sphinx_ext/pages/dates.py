"""The pages ``/<lang>/<policy>/on/<date>.html``: one for every day on which a version took or takes effect, or was to.

So also for one before it was postponed or corrected, and for the first day of a time without a policy. Each leads to the version that applied on that day, with the provision that the address names. A page that sends readers
on without a script would lose the provision, so without scripts it is a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policysite.ledger.day_pages import days_with_pages
from policysite.model import addresses
from policysite.sphinx_ext.shared import generated_pages
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.later_provisions import LaterProvision, later_provisions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    site = site_of(app.config)
    if not site.settings.has("dates"):
        return
    for policy in site.register.policies.values():
        title = app.env.titles[site.register.current_or_latest(policy).page].astext()
        for day in days_with_pages(policy, site.ledgers[policy.name]):
            page = addresses.date_page(policy.name, day)
            if generated_pages.is_stale(app, page, title):
                version = policy.in_force(day)
                context = {
                    "date_title": title,
                    "date_day": site.day(day),
                    "date_facts": site.facts(version, page) if version else None,
                    "date_later": _later(app, version, page, day) if version else [],
                    "date_history": addresses.relative(page, addresses.history_page(policy.name)),
                }
                yield page, context, "on-date.html"


def _later(app: Sphinx, version: PolicyVersion, page: str, day: dt.date) -> list[LaterProvision]:
    """Return the provisions of *version* that did not apply yet on *day*."""
    found = later_provisions(site_of(app.config), app.env, version, page)
    return [provision for provision in found if version.provisions[provision.id] > day]


def setup(app: Sphinx) -> None:
    """Add the pages."""
    app.connect("html-collect-pages", _pages)

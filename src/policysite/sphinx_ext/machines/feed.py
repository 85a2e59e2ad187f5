"""The Atom feed of one language: what happened to the policy versions, the newest first.

Nothing in it comes from the time or the place of the build: the moment of an entry is the midnight with
which its day begins, and its id is made of the site's id and of what happened to which version. So a
rebuild, a new address or another title does not show the same news again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.model.register import Event, Postponement
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.publication import postponement_entry, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

    from policysite.ledger.entries import Entry
    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.site import Site

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# A feed must name a moment, also one in which nothing has happened yet.
_NEVER = "1970-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class FeedEntry:
    """One thing that happened to a version, and the day on which it did.

    ``correction`` is the entry of the ledger if it is a correction, ``postponement`` what was said if it is one.
    """

    version: PolicyVersion
    event: Event
    day: dt.date
    correction: Entry | None = None
    postponement: Postponement | None = None

    @property
    def name(self) -> str:
        """What the entry's id is made of: it must never change."""
        which = f"-{self.correction.number}" if self.correction else ""
        which += f"-{self.postponement.old}" if self.postponement else ""
        return f"{self.version.policy}/{self.version.number}/{self.event}{which}"


def news(site: Site) -> list[FeedEntry]:
    """Return what has happened by the register's day, the newest first."""
    in_order = [
        FeedEntry(version, event, day)
        for policy in site.register.policies.values()
        for version in policy.versions
        for event, day in version.events(site.register.day).items()
    ]
    in_order += [
        FeedEntry(version, Event.CORRECTED, correction.recorded, correction)
        for name, policy in site.register.policies.items()
        for version in policy.versions
        for correction, _ in site.ledgers[name].corrections(version.number, tag(site.language))
    ]
    in_order += [
        FeedEntry(version, Event.POSTPONED, postponement.said, postponement=postponement)
        for policy in site.register.policies.values()
        for version in policy.versions
        for postponement in version.postponements(site.register.day)
    ]
    # Of one day too, what comes last in the register comes first here.
    return sorted(in_order, key=lambda item: item.day)[::-1]


def feed(site: Site, titles: Mapping[str, str], words: Callable[[dict[str, Any]], str]) -> bytes:
    """Return the feed. *titles* maps pages to titles, *words* renders the template of its words."""
    items = news(site)
    language = tag(site.language)
    site_title = titles[addresses.HOME]
    root = etree.Element(f"{{{ATOM}}}feed", {_LANG: language}, nsmap={None: ATOM})
    _add(root, "id", _urn(site, "feed"))
    _add(root, "title", words({"part": "feed", "site": site_title}))
    _add(root, "updated", _midnight(site, items[0].day) if items else _NEVER)
    _add(_add(root, "author"), "name", site.settings.publisher_in(site.language) or site_title)
    _add_page(root, site, addresses.HOME)
    if base_url := site.settings.base_url:
        address = f"{addresses.root(base_url)}{site.language}/{addresses.FEED}"
        _add(root, "link", rel="self", type="application/atom+xml", href=address)
    for item in items:
        _add_entry(root, site, item, titles[item.version.page], words)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _add_entry(
    root: etree._Element,
    site: Site,
    item: FeedEntry,
    title: str,
    words: Callable[[dict[str, Any]], str],
) -> None:
    # What was announced stays what it was: readers have it.
    effective = item.version.announced_for(item.day)
    if item.postponement:
        effective = item.postponement.to
    start, day = site.day(effective), site.day(item.day)
    before = site.day(item.postponement.old) if item.postponement else None
    facts = {
        "event": item.event,
        "policy": title,
        "number": item.version.number,
        "held": item.version.held,
        "reason": _reason(item, site),
        "before": before.words if before else "",
        "day": day.words if day else "",
        "start": start.words if start else "",
    }
    entry = _add(root, "entry")
    _add(entry, "id", _urn(site, item.name))
    _add(entry, "title", words({"part": "title", **facts}))
    _add(entry, "updated", _midnight(site, item.day))
    _add_page(entry, site, item.version.page)
    _add(entry, "summary", words({"part": "summary", **facts}))


def _reason(item: FeedEntry, site: Site) -> str:
    entry = item.correction
    if item.postponement:
        ledger = site.ledgers[item.version.policy]
        entry = postponement_entry(ledger, item.version, item.postponement)
    return reason_of(entry, site).text if entry else ""


def _add_page(parent: etree._Element, site: Site, page: str) -> None:
    # The feed is beside the home page, so links from there hold here.
    href = site.address(addresses.HOME, page)
    _add(parent, "link", rel="alternate", type="text/html", href=href)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _urn(site: Site, name: str) -> str:
    return uuid.uuid5(site.settings.site_id, f"{name}/{site.language}").urn


def _midnight(site: Site, day: dt.date) -> str:
    """Return the moment at which *day* begins where the policy applies (RFC 3339)."""
    moment = dt.datetime.combine(day, dt.time(), site.settings.time_zone)
    offset = moment.utcoffset() or dt.timedelta()
    # Before standard time places had seconds of their own, which RFC 3339 cannot write.
    return (moment.astimezone(dt.UTC) if offset.seconds % 60 else moment).isoformat()


def _add_to_context(_app: Sphinx, _pagename: str, context: dict[str, Any]) -> None:
    context["feed"] = addresses.FEED


def _write(app: Sphinx, exception: Exception | None) -> None:
    builder = site_builder(app)
    if exception or builder is None:
        return
    titles = {name: title.astext() for name, title in app.env.titles.items()}

    def words(facts: dict[str, Any]) -> str:
        text: str = builder.templates.render("policysite/feed-words.html", facts)
        return text.strip()

    content = feed(site_of(app.config), titles, words)
    (app.outdir / addresses.FEED).write_bytes(content)


def setup(app: Sphinx) -> None:
    """Write the feed at the end of every build, and have every page name it."""
    page_context.connect(app, _add_to_context)
    app.connect("build-finished", _write)

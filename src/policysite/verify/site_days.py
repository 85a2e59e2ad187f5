"""Whether a site says of its versions what its ledger says: the list of versions, the feeds, and the pages by day."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import lxml.etree

from policysite.model import addresses, version_names
from policysite.verify.expected_versions import FACTS, folders_of, page_of
from policysite.verify.page_facts import disagrees, one_line, says_name
from policysite.verify.site_pages import wrong
from policysite.verify.site_source import MARK

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from policysite.base.problems import Problem
    from policysite.ledger.chain import Ledger
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.site_pages import Page
    from policysite.verify.version_list import Listed

    Events = Counter[tuple[str, str, str]]

_ATOM = "{http://www.w3.org/2005/Atom}"
_PAGE = re.compile(rf"(?:.*/)?([a-z][a-z0-9-]*)/({version_names.PATTERN})\.html")


def list_problems(listed: Mapping[str, Listed], expected: ExpectedVersions) -> Iterator[Problem]:
    """Yield where ``versions.json`` says something else than *expected*."""
    for version in expected.unproven:
        known = expected.in_force
        yield disagrees(
            MARK,
            f"Version {version.number}, of which nothing is recorded, is said to have taken effect on {version.effective}; "
            f"by the days in the ledger version {known.number if known else '–'} is in force on {expected.day}",
        )
    for number, said in listed.items():
        facts = expected.facts(number)
        if facts is None:
            continue
        if said.status != facts["status"]:
            yield disagrees(
                MARK,
                f"Version {number} is said to be {said.status[:20]}; by the days in the ledger it is {facts['status']} "
                f"on {expected.day}",
            )
        for name in FACTS[2:]:
            if said.days[name] != facts.get(name):
                yield wrong(
                    MARK,
                    f"Version {number}: found {name}: {said.days[name]}, the ledger has {facts.get(name)}",
                )
        yield from _addresses(said, expected.policy.name)


def _addresses(version: Listed, policy: str) -> Iterator[Problem]:
    page = addresses.version_page(policy, version.number)
    for found, suffix in (
        (version.pages, addresses.SUFFIX),
        (version.texts, addresses.TEXT_SUFFIX),
    ):
        for language, path in found.items():
            if path not in {f"{folder}/{page}{suffix}" for folder in folders_of(language)}:
                yield disagrees(
                    MARK,
                    f"Version {version.number} ({language}) is said to be at {path[:80]!r}, which is not its address",
                )


def day_page_problems(page: Page, day: dt.date, expected: ExpectedVersions) -> Iterator[Problem]:
    """Yield where the *page* for a *day* leads to another version than the one in force then."""
    version = expected.policy.in_force(day)
    wanted = [f"../{version.number}{addresses.SUFFIX}"] if version else []
    found = [link for link in page.document.iter("a") if link.get("data-forward") is not None]
    if [link.get("href") for link in found] != wanted:
        what = f"version {version.number}" if version else "no version"
        yield disagrees(
            page.path,
            f"The page leads to another version; on {day} {what} was in force by the days in the ledger",
        )
    elif version and not says_name(one_line(found[0]), version.number):
        yield disagrees(
            page.path, f"The page names another version than {version.number}, to which it leads"
        )


def feed_problems(
    path: str,
    content: bytes,
    language: str,
    versions: Mapping[str, tuple[Ledger, ExpectedVersions]],
) -> Iterator[Problem]:
    """Yield where the feed tells of other events than *versions* (by policy) had by the day that they are for."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        entries = list(lxml.etree.fromstring(content, parser).iter(f"{_ATOM}entry"))
    except (lxml.etree.LxmlError, ValueError) as error:
        yield disagrees(path, f"The feed cannot be read: {str(error)[:100]}")
        return
    found: Events = Counter()
    for entry in entries:
        links = [link.get("href", "") for link in entry.iter(f"{_ATOM}link")]
        match = _PAGE.fullmatch(links[0]) if len(links) == 1 else None
        if match and not version_names.is_version_name(match[2]):
            match = None
        day = (entry.findtext(f"{_ATOM}updated") or "")[:10]
        if match is None:
            yield disagrees(path, f"The feed has an entry that leads to no version: {links!r:.80}")
        elif match[1] in versions:
            found[match[1], match[2], day] += 1
    wanted = _events(language, versions)
    for policy, number, day in sorted((found - wanted) + (wanted - found)):
        what = (
            "tells of something"
            if found[policy, number, day] > wanted[policy, number, day]
            else "tells of nothing"
        )
        yield disagrees(
            path,
            f"The feed {what} that happened to version {number} on {day}, as the ledger does not have it",
        )


def _events(language: str, versions: Mapping[str, tuple[Ledger, ExpectedVersions]]) -> Events:
    found: Events = Counter()
    for policy, (ledger, expected) in versions.items():
        for version in expected.policy.versions:
            days = [*version.events(expected.day).values()]
            days += [said for _, _, said in version.postponements(expected.day)]
            days += [entry.recorded for entry, _ in ledger.corrections(version.number, language)]
            found.update((policy, version.number, day.isoformat()) for day in days)
    return found


def day_page(folder: str, policy: str, day: dt.date) -> str:
    """Return the path of the page for a day."""
    return page_of(folder, addresses.date_page(policy, day))

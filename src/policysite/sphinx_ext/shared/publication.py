"""What readers see of a version from the ledger: its fingerprint, what was corrected, and why it was postponed or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policysite.languages.language_data import date_in_words, tag
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.model.provision_ids import is_provision_id
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.site import Day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from policysite.ledger.chain import Ledger
    from policysite.ledger.entries import Entry
    from policysite.model.register import PolicyVersion, Postponement
    from policysite.sphinx_ext.shared.site import Site


class Reason(NamedTuple):
    """The publisher's sentence; ``foreign``: in the source language, because it is untranslated."""

    text: str
    foreign: bool


class Place(NamedTuple):
    """A provision that a correction changed, with a link to it."""

    citation: str
    href: str


@dataclass(frozen=True)
class Correction:
    """A corrigendum: what was corrected after publication, when, and why."""

    day: Day
    reason: Reason
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Postponed:
    """That the version takes effect on the day ``start`` and not on the one ``before``, as was said on ``day``."""

    day: Day
    before: Day
    start: Day
    reason: Reason | None


@dataclass(frozen=True)
class Publication:
    """What the ledger says of the text of a version in the language of the build.

    ``sha256`` is the digest of the text, ``recorded`` the day of the entry that has it, and ``ledger`` a link to the
    file; empty or None while the text is not frozen in this language.
    """

    sha256: str
    recorded: Day | None
    ledger: str
    corrections: tuple[Correction, ...]
    withdrawal: Reason | None
    postponements: tuple[Postponed, ...]


def publication(app: Sphinx, version: PolicyVersion, page: str) -> Publication:
    """Return what the ledger says of *version*, with links from *page*."""
    site = site_of(app.config)
    ledger, language = site.ledgers[version.policy], tag(site.language)
    entry = ledger.texts.get((version.number, language))
    withdrawal = ledger.withdrawal(version.number)
    up = "../" * (page.count("/") + 1)
    return Publication(
        entry.digest if entry else "",
        _day(entry.recorded, site) if entry else None,
        f"{up}{addresses.ledger_file(version.policy)}",
        tuple(
            Correction(
                _day(correction.recorded, site),
                reason_of(correction, site),
                tuple(_places(app, version, page, changed)),
            )
            for correction, changed in ledger.corrections(version.number, language)
        ),
        reason_of(withdrawal, site) if withdrawal else None,
        tuple(_postponements(version, ledger, site)),
    )


def _postponements(version: PolicyVersion, ledger: Ledger, site: Site) -> Iterable[Postponed]:
    for one in version.postponements(site.register.day):
        entry = postponement_entry(ledger, version, one)
        reason = reason_of(entry, site) if entry else None
        yield Postponed(_day(one.said, site), _day(one.old, site), _day(one.to, site), reason)


def postponement_entry(
    ledger: Ledger, version: PolicyVersion, postponement: Postponement
) -> Entry | None:
    """Return the entry of the ledger that has the reason of a *postponement*; of one that is older there is none."""
    entries = ledger.postponements(version.number)
    return next((entry for entry in entries if entry.postponed == postponement.old), None)


def _day(day: dt.date, site: Site) -> Day:
    return Day(day.isoformat(), date_in_words(day, site.language))


def reason_of(entry: Entry, site: Site) -> Reason:
    """Return why a correction or a withdrawal was made, in the language of the build if it was given in it."""
    own = entry.reasons.get(tag(site.language))
    text = own or next(iter(entry.reasons.values()), "")
    return Reason(text, foreign=own is None)


def _places(app: Sphinx, version: PolicyVersion, page: str, ids: Iterable[str]) -> Iterable[Place]:
    language = site_of(app.config).language
    printed = policy_domain(app.env).printed(version.page)
    for provision_id in ids:
        if is_provision_id(provision_id) and provision_id in printed:
            href = addresses.relative(page, version.page, provision_id)
            yield Place(citation(provision_id, printed, language), href)

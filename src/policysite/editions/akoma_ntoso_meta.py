"""What an Akoma Ntoso file says of the version: what it is, its history, what it changed, when it applies."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from lxml import etree

from policysite.editions.akoma_ntoso_names import (
    MAIN,
    OWN_NAMESPACE,
    eid_of,
    element,
    expression_of,
    first_day,
    work_of,
)
from policysite.editions.edition import VersionDay
from policysite.languages.iso_codes import UNKNOWN_COUNTRY, three_letters
from policysite.redline import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.edition import ChangesSince, Edition

PUBLISHER = "#publisher"
_IN_FORCE = "inForce"
_ONE_DAY = dt.timedelta(days=1)
_MODIFICATIONS = {
    ChangeKind.INSERTED: "insertion",
    ChangeKind.DELETED: "repeal",
    ChangeKind.AMENDED: "substitution",
    ChangeKind.RENUMBERED: "renumbering",
    ChangeKind.MOVED: "renumbering",
}


def meta(edition: Edition) -> etree._Element:
    """Return all that is said of *edition*."""
    periods = _Periods(edition)
    found = element("meta", identification(edition, MAIN))
    if edition.days.announced:
        found.append(
            element(
                "publication",
                date=f"{edition.days.announced}",
                name="announcement",
                showAs=edition.publisher,
            )
        )
    found.append(element("lifecycle", *periods.events, source=PUBLISHER))
    if edition.changes and edition.changes.modifications:
        found.append(_analysis(edition, edition.changes))
    if periods.groups:
        found.append(element("temporalData", *periods.groups, source=PUBLISHER))
    found.append(_references(edition))
    found.append(_own(edition))
    return found


def identification(edition: Edition, component: str) -> etree._Element:
    """Return what names a *component* of the file (``!main``) as a work, an expression and a manifestation."""
    work, day = work_of(edition), edition.days.effective or edition.day
    expression = expression_of(edition, day)
    author = element("FRBRauthor", href=PUBLISHER)

    def core(uri: str, suffix: str, kind: str, date: dt.date) -> Iterator[etree._Element]:
        yield element("FRBRthis", value=f"{uri}/{component}{suffix}")
        yield element("FRBRuri", value=f"{uri}{suffix}")
        if suffix == "" and uri == expression and edition.address:
            yield element("FRBRalias", name="permalink", value=edition.address)
        yield element("FRBRdate", name=kind, date=f"{date}")
        yield element("FRBRauthor", **author.attrib)

    translation = []
    if edition.language != edition.source_language:
        of = expression_of(edition, day, edition.source_language)
        source = three_letters(edition.source_language)
        translation = [element("FRBRtranslation", href=of, fromLanguage=source, by=PUBLISHER)]
    return element(
        "identification",
        element(
            "FRBRWork",
            *core(work, "", "generation", first_day(edition)),
            element("FRBRcountry", value=edition.country or UNKNOWN_COUNTRY),
            element("FRBRsubtype", value="policy"),
            element("FRBRname", value=edition.policy),
        ),
        element(
            "FRBRExpression",
            *core(expression, "", "effective", day),
            element("FRBRversionNumber", value=edition.number),
            element("FRBRlanguage", language=three_letters(edition.language)),
            *translation,
        ),
        element(
            "FRBRManifestation",
            *core(expression, ".xml", "generation", edition.day),
            element("FRBRformat", value="xml"),
        ),
        source=PUBLISHER,
    )


class _Periods:
    """The events of a version, and the periods in which it and some of its provisions are in force."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.events: list[etree._Element] = []
        self.groups: list[etree._Element] = []
        for place, version in enumerate(_versions(edition)):
            kind = "amendment" if place else "generation"
            start = self._event(version.effective, kind, f"#{_reference(place)}")
        days = edition.days
        stop = min(
            (day for day in (days.end and days.end + _ONE_DAY, days.withdrawn) if day), default=None
        )
        end = self._event(stop, "repeal", PUBLISHER) if stop else ""
        if not (days.withdrawn and days.effective and days.withdrawn <= days.effective):
            self._group("period_1", start, end)
            for number, day in enumerate(sorted({*edition.applies_from.values()}), 2):
                self._group(f"period_{number}", self._event(day, "amendment", start), end)

    def _event(self, day: dt.date, kind: str, source: str) -> str:
        name = f"event_{len(self.events) + 1}"
        self.events.append(element("eventRef", eId=name, date=f"{day}", type=kind, source=source))
        return f"#{name}"

    def _group(self, name: str, start: str, end: str) -> None:
        interval = element("timeInterval", start=start, end=end, refersTo=f"#{_IN_FORCE}")
        self.groups.append(element("temporalGroup", interval, eId=name))


def period_of(edition: Edition, provision_id: str) -> str:
    """Return a reference to the period of a provision that applies later than the version; empty for any other."""
    days = sorted({*edition.applies_from.values()})
    day = edition.applies_from.get(provision_id)
    return f"#period_{days.index(day) + 2}" if day else ""


def _versions(edition: Edition) -> Sequence[VersionDay]:
    own = VersionDay(edition.number, edition.days.effective or edition.day)
    return edition.versions or (own,)


def _reference(place: int) -> str:
    return f"version_{place + 1}" if place else "original"


def _analysis(edition: Edition, changes: ChangesSince) -> etree._Element:
    """Return what became of the provisions since the version before."""
    before = expression_of(edition, changes.version.effective)
    source = f"#{_reference(len(_versions(edition)) - 1)}"
    found = element("passiveModifications")
    for number, one in enumerate(changes.modifications, 1):
        old = f"{before}/{MAIN}#{eid_of(one.old)}" if one.old else ""
        new = f"#{eid_of(one.new)}" if one.new else ""
        kind = _MODIFICATIONS[one.kind]
        if one.kind is ChangeKind.MOVED and one.new in changes.split:
            kind = "split"
        found.append(
            element(
                "textualMod",
                element("source", href=source),
                element("destination", href=new or old),
                *([element("old", href=old)] if old else []),
                *([element("new", href=new)] if new else []),
                type=kind,
                eId=f"mod_{number}",
            )
        )
    return element("analysis", found, source=PUBLISHER)


def _references(edition: Edition) -> etree._Element:
    found = element("references", source=PUBLISHER)
    for place, version in enumerate(_versions(edition)):
        found.append(
            element(
                "passiveRef" if place else "original",
                eId=_reference(place),
                href=expression_of(edition, version.effective),
                showAs=version.number,
            )
        )
    found.append(
        element(
            "TLCOrganization",
            eId="publisher",
            href=f"/akn/ontology/organization/{edition.country or UNKNOWN_COUNTRY}/publisher",
            showAs=edition.publisher or edition.policy,
        )
    )
    found.append(
        element(
            "TLCConcept", eId=_IN_FORCE, href="/akn/ontology/concept/inForce", showAs="in force"
        )
    )
    return found


def _own(edition: Edition) -> etree._Element:
    """Return what proves the text, and what the version was on a day."""
    said = {"digest": edition.digest, "address": edition.address}
    if edition.ledger_entry:
        said["ledgerEntry"] = f"{edition.ledger_entry.number}"
        said["ledgerEntryDigest"] = edition.ledger_entry.digest
    if edition.standing.day:
        said |= {"status": edition.standing.sentence, "statusDay": f"{edition.standing.day}"}
    found = element("proprietary", source=PUBLISHER)
    for name, value in said.items():
        if value:
            child = etree.SubElement(
                found, f"{{{OWN_NAMESPACE}}}{name}", nsmap={"edition": OWN_NAMESPACE}
            )
            child.text = value
    return found

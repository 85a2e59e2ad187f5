"""What is known of a version around its text, for an edition of it: what it is on a day, its days, its address, its place in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.editions.edition import (
    ChangesSince,
    Days,
    LedgerEntry,
    Modification,
    Standing,
    VersionDay,
    WithoutText,
)
from policysite.languages.language_data import date_in_words, tag
from policysite.model import addresses
from policysite.model.register import ONE_DAY, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from policysite.editions.edition import Edition
    from policysite.model.register import Policy, PolicyVersion
    from policysite.project.project import Project
    from policysite.redline import Comparison

# The words of the notice above the title of its page.
WORDS = {
    Status.DRAFT: "Draft",
    Status.UPCOMING: "Not yet in force",
    Status.IN_FORCE: "In force",
    Status.SUPERSEDED: "Superseded",
    Status.WITHDRAWN: "Withdrawn",
}
SENTENCES = {
    "draft": "Version %(number)s is a draft. It has not been announced and may change.",
    "cancelled": "Version %(number)s was announced for %(start)s and will not take effect.",
    "upcoming": "Version %(number)s takes effect on %(start)s.",
    "ending": "Version %(number)s applies from %(start)s to %(last)s.",
    "in-force": "Version %(number)s has applied since %(start)s.",
    "superseded": "Version %(number)s applied from %(start)s to %(last)s. It no longer applies.",
    "withdrawn": "Version %(number)s was withdrawn on %(day)s.",
}

ON_DAY = "Status on %(day)s: %(status)s"
ANNOUNCED = "Announced on %(day)s"
TODAY = "Its status today: %(address)s"
RECORDED = "Fingerprint of this text, recorded on %(day)s (SHA-256):"
DIGEST = "Fingerprint of this text (SHA-256): %(digest)s"
ENTRY = "Entry %(number)s of the ledger (SHA-256): %(digest)s"
UNREVIEWED = "This is a translation made for this site. %(publisher)s has not reviewed it."
GAPS = "Parts of this text are not translated. They stand in %(language)s."
NONE_IN_FORCE = "No version of this policy is in force today."
NOT_HELD = "The text of version %(number)s is not held on this site."
NOTES = (
    UNREVIEWED,
    GAPS,
    ON_DAY,
    ANNOUNCED,
    TODAY,
    RECORDED,
    DIGEST,
    ENTRY,
    NONE_IN_FORCE,
    NOT_HELD,
)


def standing_of(
    policy: Policy, version: PolicyVersion, day: dt.date, language: str, say: Callable[[str], str]
) -> Standing:
    """Return what *version* is on *day*, in the words of *language* that *say* gives."""
    status = policy.status(version, day)
    last = policy.last_day(version)
    case: str = status.value
    if status is Status.UPCOMING and version.withdrawn_before_effect:
        case = "cancelled"
    elif status is Status.IN_FORCE and last:
        case = "ending"
    days = {"start": version.effective, "last": last, "day": version.withdrawn}
    values = {name: date_in_words(found, language) for name, found in days.items() if found}
    sentence = say(SENTENCES[case]) % {"number": version.number, **values}
    return Standing(say(WORDS[status]), sentence, day, date_in_words(day, language))


def steady_day(policy: Policy, version: PolicyVersion, day: dt.date) -> dt.date:
    """Return a day on which *version* was what it is on *day*, which stays the same as long as it is that: the first one that is known.

    What is made again on another day says the same then. Of a draft, and of an upcoming version for which no day of announcement is stated, that is *day*.
    """
    status = policy.status(version, day)
    until = policy.until(version)
    days = {
        Status.UPCOMING: version.announced,
        Status.IN_FORCE: version.effective,
        Status.SUPERSEDED: until and until + ONE_DAY,
        Status.WITHDRAWN: version.withdrawn,
    }
    found = days.get(status) or day
    return found if policy.status(version, found) is status else day


def days_of(policy: Policy, version: PolicyVersion) -> Days:
    """Return the days of *version*."""
    return Days(version.announced, version.effective, policy.last_day(version), version.withdrawn)


def versions_to(policy: Policy, version: PolicyVersion) -> tuple[VersionDay, ...]:
    """Return the versions that applied, or will, up to *version*, which is the last of them even if it never did."""
    before = [one for one in policy.earlier(version) if one.took_effect]
    return tuple(VersionDay(one.number, one.effective) for one in (*before, version))


def changes_since(old: PolicyVersion, comparison: Comparison) -> ChangesSince:
    """Return what *comparison* says became of the provisions since version *old*."""
    changed = [one for one in comparison.provisions if one.kinds]
    return ChangesSince(
        VersionDay(old.number, old.effective),
        tuple(
            Modification(kind, one.old.id if one.old else "", one.new.id if one.new else "")
            for one in changed
            for kind in one.kinds
        ),
        tuple(one.new.id for one in changed if one.new and one.split_off),
    )


def permalink(project: Project, version: PolicyVersion, language: str) -> str:
    """Return the full address of *version*; empty while the site has none."""
    base = project.settings.base_url
    return addresses.absolute(base, language, version.page) if base else ""


def without_text(
    project: Project, policy: Policy, language: str, say: Callable[[str], str]
) -> WithoutText:
    """Return what is said where the text in force would be, on a day on which there is none: no version is in force, or its text is not held."""
    day, base = project.register.day, project.settings.base_url
    in_force, upcoming = policy.in_force(day), policy.next_upcoming(day)
    page = in_force.page if in_force else addresses.timeless_page(policy.name)
    sentences = [] if in_force else [say(NONE_IN_FORCE)]
    # Of one that comes it says when: whoever reads it later learns that it has come.
    if version := in_force or upcoming:
        sentences.append(standing_of(policy, version, day, language, say).sentence)
    if in_force:
        sentences.append(say(NOT_HELD) % {"number": in_force.number})
    address = addresses.absolute(base, language, page) if base else ""
    return WithoutText(tuple(sentences), address)


def entry_of(
    project: Project, version: PolicyVersion, language: str, digest: str
) -> LedgerEntry | None:
    """Return the entry that has the text of this *digest*; None if it is not recorded."""
    found = project.ledgers[version.policy].texts.get((version.number, tag(language)))
    if found is None or found.digest != digest:
        return None
    return LedgerEntry(found.number, found.sha256, found.recorded)


def cautions_of(
    project: Project, language: str, gaps: int, say: Callable[[str], str]
) -> Iterator[str]:
    """Yield what readers of a translation into *language* must know, in sentences; *gaps* counts what of the text is not translated."""
    settings = project.settings
    if language in settings.unreviewed_translations:
        yield say(UNREVIEWED) % {"publisher": settings.publisher_in(language) or project.name}
    if gaps:
        yield say(GAPS) % {"language": settings.languages[settings.source_language]}


def notes_of(edition: Edition, say: Callable[[str], str]) -> Iterator[str]:
    """Yield what *edition* says of itself, in sentences."""
    standing, entry = edition.standing, edition.ledger_entry
    if edition.publisher:
        yield edition.publisher
    yield edition.status
    yield from edition.cautions
    if edition.days.announced:
        day = date_in_words(edition.days.announced, edition.language)
        yield say(ANNOUNCED) % {"day": day}
    yield say(ON_DAY) % {"day": standing.day_in_words, "status": standing.word}
    yield standing.sentence
    if edition.address:
        yield say(TODAY) % {"address": edition.address}
    if entry:
        day = date_in_words(entry.recorded, edition.language)
        yield f"{say(RECORDED) % {'day': day}} {edition.digest}"
        yield say(ENTRY) % {"number": entry.number, "digest": entry.digest}
    else:
        yield say(DIGEST) % {"digest": edition.digest}

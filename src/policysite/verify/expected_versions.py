"""What a site must say of its versions on a day: worked out from the days in its ledger, not from the site itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.model.register import Policy, PolicyVersion, Status
from policysite.model.version_order import in_order

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from policysite.ledger.chain import Ledger
    from policysite.verify.version_list import Listed

FACTS = ("version", "status", "effective", "until", "withdrawn")
"""What the elements of a page say of a version, each in an attribute ``data-…``."""


@dataclass(frozen=True)
class ExpectedVersions:
    """The versions of a policy on ``day``.

    The days of those in the ledger are its own. It knows nothing of the others, records and versions that are not frozen, so
    theirs are as the site says; ``unproven`` are those among them that would have taken the place of the version which
    the ledger knows to be in force: they are left out of ``policy``.
    """

    policy: Policy
    day: dt.date
    unproven: tuple[PolicyVersion, ...]

    @property
    def in_force(self) -> PolicyVersion | None:
        """The version in force on the day."""
        return self.policy.in_force(self.day)

    def status(self, version: PolicyVersion) -> str:
        """Return what *version* is on the day."""
        return self.policy.status(version, self.day).value

    def facts(self, number: str) -> dict[str, str] | None:
        """Return what the site must say of a version, without what is not known yet; None if there is no such version."""
        version = self.policy.get(number)
        if version is None:
            return None
        found = {
            "version": number,
            "status": self.status(version),
            "effective": version.effective.isoformat(),
        }
        if until := self.policy.until(version):
            found["until"] = until.isoformat()
        if version.withdrawn:
            found["withdrawn"] = version.withdrawn.isoformat()
        return found


def expected_versions(
    ledger: Ledger, listed: Mapping[str, Listed], day: dt.date
) -> ExpectedVersions:
    """Return what *ledger* says of the versions on *day*; *listed* is what the site says of the others."""
    frozen = {
        entry.version: PolicyVersion(
            ledger.policy,
            entry.version,
            ledger.effective(entry.version) or entry.effective,
            announced=listed[entry.version].day("announced") if entry.version in listed else None,
            withdrawn=ledger.withdrawn(entry.version),
            ended=entry.ended,
            postponed=ledger.postponed(
                entry.version, listed[entry.version].postponed if entry.version in listed else {}
            ),
            after=entry.after,
            provisions=entry.applies_from,
        )
        for entry in ledger.texts.values()
        if entry.effective
    }
    others = [
        PolicyVersion(
            ledger.policy,
            number,
            effective,
            announced=version.day("announced"),
            withdrawn=version.day("withdrawn"),
            held=version.held,
            draft=version.status == Status.DRAFT,
            ended=version.day("ended"),
            postponed=version.postponed,
            after=version.after,
        )
        for number, version in listed.items()
        if number not in frozen and (effective := version.day("effective"))
    ]
    known = _policy(ledger.policy, frozen.values()).in_force(day)
    together = _policy(ledger.policy, [*frozen.values(), *others])
    unproven = tuple(
        version
        for version in others
        if known
        and together.is_before(known, version)
        and version.effective <= day
        and version.took_effect
    )
    kept = [version for version in others if version not in unproven]
    return ExpectedVersions(_policy(ledger.policy, [*frozen.values(), *kept]), day, unproven)


def _policy(name: str, versions: Iterable[PolicyVersion]) -> Policy:
    return Policy(name, in_order(versions))


def folders_of(language: str) -> list[str]:
    """Return the names that the folder of a language may have: with an underscore where its tag has a hyphen, or with it."""
    return list(dict.fromkeys((language.replace("-", "_"), language)))


def page_of(folder: str, page: str) -> str:
    """Return the path of the file of a page in the folder of a language."""
    return f"{folder}/{page}{addresses.SUFFIX}"

"""The register: every version of every policy, with the dates that decide what is in force.

Dates, numbers and states are nowhere else. ``register_files`` reads them from the front matter.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.model.policy_version import Event, Gap, PolicyVersion, Postponement, Status
from policysite.model.provision_ids import is_provision_id
from policysite.model.renumbering import id_after, id_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Event", "Policy", "PolicyVersion", "Postponement", "Register", "Status"]

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Policy:
    """A policy and its versions, the oldest first."""

    name: str
    versions: tuple[PolicyVersion, ...]

    @cached_property
    def _position(self) -> dict[str, int]:
        return {version.number: index for index, version in enumerate(self.versions)}

    def __getitem__(self, number: str) -> PolicyVersion:
        """Return the version with this number.

        :raises KeyError: if there is none.
        """
        return self.versions[self._position[number]]

    def get(self, number: str) -> PolicyVersion | None:
        """Return the version with this number, if there is one."""
        position = self._position.get(number)
        return None if position is None else self.versions[position]

    def __contains__(self, number: object) -> bool:
        """Whether there is a version with this number."""
        return number in self._position

    def before(self, version: PolicyVersion) -> PolicyVersion | None:
        """Return the version right before *version*."""
        index = self._position[version.number]
        return self.versions[index - 1] if index else None

    def after(self, version: PolicyVersion) -> PolicyVersion | None:
        """Return the version right after *version*."""
        index = self._position[version.number] + 1
        return self.versions[index] if index < len(self.versions) else None

    def versions_from(self, start: PolicyVersion, end: PolicyVersion) -> tuple[PolicyVersion, ...]:
        """Return the versions from *start* to *end*, these two among them."""
        return self.versions[self._position[start.number] : self._position[end.number] + 1]

    def predecessor_in_force(self, version: PolicyVersion) -> PolicyVersion | None:
        """Return the version that *version* takes the place of: the one before it, except those that never applied."""
        return self._nearest_before(version, lambda other: not other.withdrawn_before_effect)

    def nearest_held_before(self, version: PolicyVersion) -> PolicyVersion | None:
        """Return the nearest version before *version* whose text is available, whether it applied or not."""
        return self._nearest_before(version, lambda other: other.held)

    def held_predecessor_in_force(self, version: PolicyVersion) -> PolicyVersion | None:
        """Return the nearest version before *version* that applied, or will, and whose text is available."""
        return self._nearest_before(
            version, lambda other: other.held and not other.withdrawn_before_effect
        )

    def _nearest_before(
        self, version: PolicyVersion, is_wanted: Callable[[PolicyVersion], bool]
    ) -> PolicyVersion | None:
        for place in range(self._position[version.number] - 1, -1, -1):
            if is_wanted(self.versions[place]):
                return self.versions[place]
        return None

    def is_before(self, one: PolicyVersion, other: PolicyVersion) -> bool:
        """Whether version *one* comes before version *other*."""
        return self._position[one.number] < self._position[other.number]

    def earlier(self, version: PolicyVersion) -> tuple[PolicyVersion, ...]:
        """Return the versions before *version*, the oldest first."""
        return self.versions[: self._position[version.number]]

    def newest_first(self, versions: Iterable[PolicyVersion]) -> list[PolicyVersion]:
        """Return *versions*, which are some of this policy, the newest first."""
        return sorted(versions, key=lambda v: self._position[v.number], reverse=True)

    def in_order(
        self, one: PolicyVersion, other: PolicyVersion
    ) -> tuple[PolicyVersion, PolicyVersion]:
        """Return two versions, the earlier one first."""
        return (other, one) if self.is_before(other, one) else (one, other)

    def not_held_between(self, old: PolicyVersion, new: PolicyVersion) -> list[PolicyVersion]:
        """Return the versions between two whose texts are not available: what moved there is unknown."""
        first, last = self._position[old.number] + 1, self._position[new.number]
        return [version for version in self.versions[first:last] if not version.held]

    def comparison_pairs(self, day: dt.date) -> list[tuple[PolicyVersion, PolicyVersion]]:
        """Return the pairs of versions that have a page of comparison on *day*, the earlier one of each first.

        Each version with the one before it, the one that it takes the place of, and the one in force, so that their
        number grows with the versions and not with their square. Where a text is not held nothing can be said.
        """
        in_force = self.in_force(day)
        found = {(old.number, new.number): (old, new) for old, new in pairwise(self.versions)}
        for version in self.versions:
            for other in (self.predecessor_in_force(version), in_force):
                if other is not None and other != version:
                    old, new = self.in_order(version, other)
                    found[old.number, new.number] = old, new
        return [(old, new) for old, new in found.values() if old.held and new.held]

    @cached_property
    def _next_starts(self) -> list[dt.date | None]:
        """The day on which the next version that applied, or will, takes effect; for each version."""
        starts: list[dt.date | None] = []
        following: dt.date | None = None
        for version in reversed(self.versions):
            starts.append(following)
            following = version.effective if version.took_effect else following
        return starts[::-1]

    def last_day(self, version: PolicyVersion) -> dt.date | None:
        """Return the last day on which *version* is in force, or None while no end is known.

        It ends the day before the next version takes effect, or the day before it is withdrawn or ended.
        Withdrawing a version in force does not bring an earlier one back. A version that never took
        effect has no last day; of one that was replaced on its first day, that is the last one too.
        """
        until = self.until(version)
        return max(until, version.effective) if until else None

    def until(self, version: PolicyVersion) -> dt.date | None:
        """Return the day before the one on which *version* is no longer in force, for machines.

        Of a version that was replaced on the day on which it took effect that is the day before.
        """
        end = self._end(version)
        return end - ONE_DAY if end else None

    def _end(self, version: PolicyVersion) -> dt.date | None:
        """Return the first day on which *version*, which took effect, is no longer in force."""
        if not version.took_effect:
            return None
        start = self._next_starts[self._position[version.number]]
        return min((day for day in (start, version.withdrawn, version.ended) if day), default=None)

    def gaps(self) -> list[Gap]:
        """Return the times in which none applied because a version ended and no other took its place, the oldest first."""
        return [
            Gap(version, version.ended, start - ONE_DAY if start else None)
            for version, start in zip(self.versions, self._next_starts, strict=True)
            if version.ended and version.ended == self._end(version)
        ]

    def days(self) -> list[dt.date]:
        """Return the days on which something begins or ends, or was to begin, each once."""
        found: dict[dt.date, None] = {}
        for version in self.versions:
            if not version.draft:
                days = (version.effective, *version.postponed, *version.provisions.values())
                found |= dict.fromkeys(days)
        found |= dict.fromkeys(gap.first for gap in self.gaps())
        return list(found)

    def status(self, version: PolicyVersion, day: dt.date) -> Status:
        """Return what *version* is on *day*."""
        if version.draft:
            return Status.DRAFT
        if version.withdrawn and version.withdrawn <= day:
            return Status.WITHDRAWN
        if day < version.effective or not version.took_effect:
            return Status.UPCOMING
        end = self._end(version)
        return Status.IN_FORCE if end is None or day < end else Status.SUPERSEDED

    def in_force(self, day: dt.date) -> PolicyVersion | None:
        """Return the version in force on *day*, if there is one."""
        days, versions = self._in_force_from
        return versions[bisect(days, day)]

    @cached_property
    def _in_force_from(self) -> tuple[list[dt.date], list[PolicyVersion | None]]:
        """The days on which another version, or none, comes into force; and the version before the first of them, and from each on."""
        applied = [version for version in self.versions if version.took_effect]
        ends = {end for version in applied if (end := self._end(version))}
        days = sorted({version.effective for version in applied} | ends)
        found: list[PolicyVersion | None] = [None] * (len(days) + 1)
        for version in applied:
            end = self._end(version)
            first, last = bisect(days, version.effective), bisect(days, end) if end else len(found)
            found[first:last] = [version] * max(last - first, 0)
        return days, found

    def next_upcoming(self, day: dt.date) -> PolicyVersion | None:
        """Return the version that takes effect next after *day*, if there is one."""
        days, versions = self._upcoming_until
        place = bisect(days, day)
        return versions[place] if place < len(days) else None

    @cached_property
    def _upcoming_until(self) -> tuple[list[dt.date], list[PolicyVersion]]:
        """The days on which versions take effect; and for each the version that is the next one before it."""
        first: dict[dt.date, int] = {}
        # Of two that take effect on one day, the second is the one that applies from then on.
        last: dict[dt.date, PolicyVersion] = {}
        for place, version in enumerate(self.versions):
            if version.took_effect:
                first.setdefault(version.effective, place)
                last[version.effective] = version
        days = sorted(first)
        # A reason may be given for a higher number that takes effect earlier: the order of the versions decides.
        soonest = accumulate(reversed(days), partial(min, key=first.__getitem__))
        return days, [last[day] for day in soonest][::-1]

    def trace(self, provision_id: str, start: PolicyVersion, end: PolicyVersion) -> str | None:
        """Return the id that a provision of version *start* has in version *end*.

        None if a ``moved`` record says that it is not there. Without a record it keeps its id; whether *end*
        really has it only the text can tell. The words before the first article have no number, and are in every version.
        """
        if not is_provision_id(provision_id):
            return provision_id
        found: str | None = provision_id
        for version in reversed(self.moves_between(end, start)):
            found = found and id_before(found, version.moved)
        for version in self.moves_between(start, end):
            found = found and id_after(found, version.moved)
        return found

    def moves_between(self, start: PolicyVersion, end: PolicyVersion) -> list[PolicyVersion]:
        """Return the versions after *start*, up to *end*, that renumbered anything; none if *end* comes first."""
        here, there = self._position[start.number], self._position[end.number]
        places = self._renumbering
        return [self.versions[i] for i in places[bisect(places, here) : bisect(places, there)]]

    @cached_property
    def _renumbering(self) -> list[int]:
        """The places of the versions that renumbered anything."""
        return [place for place, version in enumerate(self.versions) if version.moved]


@dataclass(frozen=True)
class Register:
    """All policies of the site on a given day."""

    policies: Mapping[str, Policy]
    day: dt.date

    def version_of(self, page: str) -> PolicyVersion | None:
        """Return the policy version that *page* (``privacy/1.6``) is the permanent page of."""
        name, _, number = page.partition("/")
        policy = self.policies.get(name)
        return policy[number] if policy and number in policy else None

    def status(self, version: PolicyVersion) -> Status:
        """Return what *version* is on the register's day."""
        return self.policies[version.policy].status(version, self.day)

    def current_or_latest(self, policy: Policy) -> PolicyVersion:
        """Return the version whose title names the policy: the one in force, or the newest."""
        return policy.in_force(self.day) or policy.versions[-1]

    def requires_full_translation(self, version: PolicyVersion) -> bool:
        """Whether a translation of *version* must be complete: it is, or was, in force."""
        return self.status(version) not in {Status.DRAFT, Status.UPCOMING}

    def is_in_use(self, page: str) -> bool:
        """Whether *page* is that of a version that is, or was, in force."""
        version = self.version_of(page)
        return version is not None and self.requires_full_translation(version)

    def digest(self) -> str:
        """Return a digest of all that pages show of the register; it changes only when that does."""
        facts = [
            (
                version,
                self.status(version),
                sorted(version.events(self.day)),
                version.postponements(self.day),
            )
            for p in self.policies.values()
            for version in p.versions
        ]
        # The drawing of the periods in force shows the month.
        month = (self.day.year, self.day.month)
        return digests.of_facts((month, facts))

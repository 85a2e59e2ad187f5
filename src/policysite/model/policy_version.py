"""A policy version as its front matter states it, and what has happened to it by a day.

What it is beside the other versions of its policy, the register knows: :mod:`policysite.model.register`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.problems import Code, Problem
from policysite.model.addresses import version_page
from policysite.model.numbering_rules import NumberingRules
from policysite.model.renumbering import Moves

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from policysite.model.notice_periods import VersionChange
    from policysite.model.policy_labels import PolicyLabel


class Status(StrEnum):
    """What a policy version is on a given day."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to a policy version, in this order. Ids of news are made of these words."""

    ANNOUNCED = "announced"
    POSTPONED = "postponed"
    """It may happen more than once, before the version takes effect."""
    IN_FORCE = "in-force"
    CORRECTED = "corrected"
    """Known from the ledger alone; it may happen more than once, at any time."""
    WITHDRAWN = "withdrawn"


class Postponement(NamedTuple):
    """That a version which was to take effect on the day ``old`` does so on another, as was ``said`` on a day."""

    old: dt.date
    to: dt.date
    said: dt.date


class Gap(NamedTuple):
    """The time from ``first`` to ``last``, None while that is open, in which nothing applied after ``version``."""

    version: PolicyVersion
    first: dt.date
    last: dt.date | None


@dataclass(frozen=True)
class PolicyVersion:
    """One version of a policy, as its front matter states it.

    ``held`` is False for a record: a version whose text is not available. ``moved`` maps this
    version's provision ids to the ids in the version before, or to ``new``. ``change_note`` is the author's sentence on what the
    version changed, in the source language. ``waived`` maps codes of what checks find in the text to the reasons why
    it is right. ``ended`` is the first day on which it does not apply, though no other version took its place.
    ``postponed`` maps the days on which it was to take effect to those on which it was said that it will not.
    ``after`` names the version that took effect on the same day, before it. ``provisions`` has the days on which some
    provisions take effect later than the version. ``numbering`` is what its author says of its numbers, ``labels`` are those at the head of its text.
    ``change_kind`` is what it changes for those who rely on the policy, None if that is not stated, ``change_reason`` why, in the source language. ``path`` is the file, relative to the project's
    root; ``lines`` maps fields, and the keys of mappings, to lines of that file.
    """

    policy: str
    number: str
    effective: dt.date
    announced: dt.date | None = None
    withdrawn: dt.date | None = None
    held: bool = True
    draft: bool = False
    moved: Mapping[str, str] = field(default_factory=Moves)
    change_note: str = ""
    waived: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    ended: dt.date | None = None
    postponed: Mapping[dt.date, dt.date] = field(default_factory=dict)
    after: str = ""
    provisions: Mapping[str, dt.date] = field(default_factory=dict)
    numbering: NumberingRules = field(default_factory=NumberingRules)
    labels: tuple[PolicyLabel, ...] = ()
    change_kind: VersionChange | None = None
    change_reason: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def page(self) -> str:
        """The page's name, which is also Sphinx's docname."""
        return version_page(self.policy, self.number)

    @property
    def withdrawn_before_effect(self) -> bool:
        """Whether it was withdrawn before the day it was to take effect, so that it never applied."""
        return self.withdrawn is not None and self.withdrawn <= self.effective

    @property
    def took_effect(self) -> bool:
        """Whether the version was not withdrawn before the day it was to take effect."""
        return not self.draft and not self.withdrawn_before_effect

    def events(self, day: dt.date) -> dict[Event, dt.date]:
        """Return what has happened to the version by *day*, and when; nothing ever happens to a draft."""
        if self.draft:
            return {}
        days = {
            Event.ANNOUNCED: self.announced,
            Event.IN_FORCE: self.effective if self.took_effect else None,
            Event.WITHDRAWN: self.withdrawn,
        }
        return {event: when for event, when in days.items() if when and when <= day}

    def announced_for(self, day: dt.date) -> dt.date:
        """Return the day on which, by what was known on *day*, the version takes effect."""
        for old, said in sorted(self.postponed.items()):
            if day < said:
                return old
        return self.effective

    def postponements(self, day: dt.date) -> list[Postponement]:
        """Return what was said by *day* of days on which the version does not take effect after all, the oldest first."""
        if self.draft:
            return []
        found = [
            Postponement(old, to, self.postponed[old])
            for old, to in pairwise([*sorted(self.postponed), self.effective])
        ]
        return [one for one in found if one.said <= day]

    def problem(self, code: Code, where: str, message: str, remedy: str) -> Problem:
        """Return a problem at the line of the field *where*."""
        return Problem(self.path, self.lines.get(where, 1), code, message, remedy)

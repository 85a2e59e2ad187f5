"""The state of an article in every version of its policy: its life line."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from policysite.redline.provision_changes import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.redline.provision_changes import Comparison


class State(StrEnum):
    """What an article is in one version, as opposed to the previous version whose text is held."""

    FIRST = "first"
    """It is in the first text that is held."""
    UNCHANGED = "unchanged"
    AMENDED = "amended"
    INSERTED = "inserted"
    MOVED = "moved"
    """It is elsewhere, or under another number, with the same words."""
    ABSENT = "absent"
    NOT_HELD = "not-held"
    """The text of the version is not available, so nothing can be said."""


_QUIET = {State.UNCHANGED, State.NOT_HELD, State.ABSENT}


class HistoryEntry(NamedTuple):
    """An article in one version; ``id`` is empty where it is not."""

    number: str
    state: State
    id: str


@dataclass(frozen=True)
class Step:
    """How the articles changed from one text to the next: the ``origin`` of those in the new text, and where those in the old one are ``now``.

    ``deleted`` counts those that are no longer there.
    """

    states: Mapping[str, State]
    origin: Mapping[str, str]
    now: Mapping[str, str]
    deleted: int

    @property
    def changed(self) -> int:
        """How many articles are not what they were."""
        return self.deleted + sum(state != State.UNCHANGED for state in self.states.values())


def step(comparison: Comparison) -> Step:
    """Return what matters of *comparison* for life lines."""
    states: dict[str, State] = {}
    origin: dict[str, str] = {}
    now: dict[str, str] = {}
    deleted = 0
    for article in comparison.articles:
        old, new = article.provision.old, article.provision.new
        if not article.is_article:
            continue
        if new is None:
            deleted += 1
            continue
        states[new.id] = _state(article.kinds)
        if old is not None:
            origin[new.id] = old.id
            if not article.provision.split_off:
                now[old.id] = new.id
    return Step(states, origin, now, deleted)


def _state(kinds: Sequence[ChangeKind]) -> State:
    if ChangeKind.INSERTED in kinds:
        return State.INSERTED
    if ChangeKind.AMENDED in kinds:
        return State.AMENDED
    return State.MOVED if kinds else State.UNCHANGED


@dataclass(frozen=True)
class ProvisionHistories:
    """The life lines of one policy. ``numbers`` are all its versions in order, ``steps`` lead to each text but the first.

    ``steps`` has the number of every version whose text is held, with the version that it takes the place of and the
    step from there; None for the first. A version that never applied is a side branch: no other one comes from it.
    """

    numbers: tuple[str, ...]
    steps: Mapping[str, tuple[str, Step] | None]
    _starts: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict, init=False)
    _lines: dict[tuple[str, str], ProvisionHistory] = field(default_factory=dict, init=False)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {number: place for place, number in enumerate(self.numbers)}

    def line(self, number: str, article: str) -> ProvisionHistory:
        """Return *article* of the version *number* in every version, in their order."""
        start = self._start(number, article)
        if start not in self._lines:
            self._lines[start] = ProvisionHistory(self._stops(*start), self._places)
        return self._lines[start]

    def _start(self, number: str, article: str) -> tuple[str, str]:
        """Return where an article comes from in one line, without a branch: all on the way have the same life line."""
        way = [(number, article)]
        while way[-1] not in self._starts:
            before = self._nearest(*way[-1])
            if before is None:
                break
            # One that was split off has a line of its own from there.
            found = self.steps[way[-1][0]]
            if found is None or found[1].now.get(before[1]) != way[-1][1]:
                break
            way.append(before)
        start = self._starts.get(way[-1], way[-1])
        self._starts.update(dict.fromkeys(way, start))
        return start

    def _stops(self, number: str, article: str) -> tuple[HistoryEntry, ...]:
        ids = {number: article, **dict(self._before(number, article))}
        for other in self.numbers:
            found = self.steps.get(other)
            if other not in ids and found is not None and found[0] in ids:
                now = found[1].now.get(ids[found[0]])
                if now is not None:
                    ids[other] = now
        return tuple(self._stop(other, ids.get(other, "")) for other in self.numbers)

    def _before(self, number: str, article: str) -> Iterator[tuple[str, str]]:
        while (before := self._nearest(number, article)) is not None:
            number, article = before
            yield before

    def _nearest(self, number: str, article: str) -> tuple[str, str] | None:
        """Return the version before whose text is held, and what the article was called there."""
        found = self.steps[number]
        origin = found[1].origin.get(article) if found else None
        return (found[0], origin) if found and origin is not None else None

    def _stop(self, number: str, article: str) -> HistoryEntry:
        if number not in self.steps:
            return HistoryEntry(number, State.NOT_HELD, "")
        found = self.steps[number]
        if not article:
            return HistoryEntry(number, State.ABSENT, "")
        return HistoryEntry(number, found[1].states[article] if found else State.FIRST, article)


class ProvisionHistory:
    """The *stops* of an article in order; *places* are those of the versions by number."""

    def __init__(self, stops: Sequence[HistoryEntry], places: Mapping[str, int]) -> None:
        self.stops = stops
        self._places = places
        self._eventful = [place for place, stop in enumerate(stops) if stop.state not in _QUIET]

    def window(self, current: str, always: Sequence[str], size: int) -> tuple[HistoryEntry, ...]:
        """Return at most *size* stops: the *current* one, those of *always*, and the nearest where something happened.

        So a page stays small however many versions there are.
        """
        if len(self.stops) <= size:
            return tuple(self.stops)
        here = self._places[current]
        wanted = {here - 1, here, here + 1, *(self._places[number] for number in always)}

        def rank(place: int) -> tuple[bool, bool, int, int]:
            quiet = self.stops[place].state in _QUIET
            return place not in wanted, quiet, abs(place - here), place

        kept = sorted(self._candidates(here, wanted, size), key=rank)[:size]
        return tuple(self.stops[place] for place in sorted(kept))

    def _candidates(self, here: int, wanted: set[int], size: int) -> set[int]:
        """Return places that the window is among, so that the time does not grow with the line."""
        middle = bisect(self._eventful, here)
        near = range(here - size, here + size + 1)
        eventful = self._eventful[max(middle - size - 1, 0) : middle + size]
        return {p for p in {*wanted, *near, *eventful} if 0 <= p < len(self.stops)}

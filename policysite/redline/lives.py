"""What became of an article in every version of its policy: its life line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policysite.redline.provisions import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.redline.provisions import Comparison


class State(StrEnum):
    """What an article is in one version, as against the version before whose text is held."""

    FIRST = "first"
    """It stands in the first text that is held."""
    UNCHANGED = "unchanged"
    AMENDED = "amended"
    INSERTED = "inserted"
    MOVED = "moved"
    """It stands elsewhere, or under another number, with the same words."""
    ABSENT = "absent"
    NOT_HELD = "not-held"
    """The text of the version is not at hand, so nothing can be said."""


class Stop(NamedTuple):
    """An article in one version; ``id`` is empty where it is not."""

    number: str
    state: State
    id: str


@dataclass(frozen=True)
class Step:
    """What became of the articles from one text to the next: ``origin`` of those of the new one, ``now`` of the old.

    ``deleted`` counts those that are not there any more.
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
            if not article.provision.parted:
                now[old.id] = new.id
    return Step(states, origin, now, deleted)


def _state(kinds: Sequence[Kind]) -> State:
    if Kind.INSERTED in kinds:
        return State.INSERTED
    if Kind.AMENDED in kinds:
        return State.AMENDED
    return State.MOVED if kinds else State.UNCHANGED


@dataclass(frozen=True)
class Lives:
    """The life lines of one policy. ``numbers`` are all its versions in order, ``steps`` lead to each text but the first.

    ``steps`` has the number of every version whose text is held, with the version that it takes the place of and the
    step from there; None for the first. A version that never applied is a side branch: no other one comes from it.
    """

    numbers: tuple[str, ...]
    steps: Mapping[str, tuple[str, Step] | None]

    def line(self, number: str, article: str) -> tuple[Stop, ...]:
        """Return *article* of the version *number* in every version, in their order."""
        ids = {number: article, **dict(self._before(number, article))}
        for other in self.numbers:
            found = self.steps.get(other)
            if other not in ids and found is not None and found[0] in ids:
                now = found[1].now.get(ids[found[0]])
                if now is not None:
                    ids[other] = now
        return tuple(self._stop(other, ids.get(other, "")) for other in self.numbers)

    def _before(self, number: str, article: str) -> Iterator[tuple[str, str]]:
        while (found := self.steps[number]) is not None:
            number, this_step = found
            origin = this_step.origin.get(article)
            if origin is None:
                return
            article = origin
            yield number, article

    def _stop(self, number: str, article: str) -> Stop:
        if number not in self.steps:
            return Stop(number, State.NOT_HELD, "")
        found = self.steps[number]
        if not article:
            return Stop(number, State.ABSENT, "")
        return Stop(number, found[1].states[article] if found else State.FIRST, article)


def window(
    line: Sequence[Stop], current: str, always: Sequence[str], size: int
) -> tuple[Stop, ...]:
    """Return at most *size* stops of *line*: the *current* one, those of *always*, and the nearest where something happened.

    So a page stays small however many versions there are.
    """
    if len(line) <= size:
        return tuple(line)
    here = next(place for place, stop in enumerate(line) if stop.number == current)
    quiet = {State.UNCHANGED, State.NOT_HELD, State.ABSENT}

    def rank(place: int) -> tuple[bool, bool, int]:
        stop = line[place]
        wanted = place == here or stop.number in always or abs(place - here) == 1
        return not wanted, stop.state in quiet, abs(place - here)

    kept = sorted(range(len(line)), key=rank)[:size]
    return tuple(line[place] for place in sorted(kept))

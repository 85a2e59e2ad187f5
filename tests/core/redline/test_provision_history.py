"""What became of an article in every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policysite.redline import HistoryEntry, ProvisionHistories, ProvisionHistory, State, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

# 1: two articles. 2: not held. 3: art-2 became art-3, and another art-2 was inserted. 4: art-1 is gone, art-3 is art-2.
THIRD = Step(
    {"art-1": State.AMENDED, "art-2": State.INSERTED, "art-3": State.MOVED},
    {"art-1": "art-1", "art-3": "art-2"},
    {"art-1": "art-1", "art-2": "art-3"},
    0,
)
FOURTH = Step(
    {"art-1": State.MOVED, "art-2": State.UNCHANGED},
    {"art-1": "art-2", "art-2": "art-3"},
    {"art-2": "art-1", "art-3": "art-2"},
    1,
)
LIVES = ProvisionHistories(("1", "2", "3", "4"), {"1": None, "3": ("1", THIRD), "4": ("3", FOURTH)})


def line(number: str, article: str) -> list[tuple[str, str]]:
    return [(stop.state.value, stop.id) for stop in LIVES.line(number, article).stops]


@pytest.mark.parametrize(
    ("number", "article", "expected"),
    [
        ("1", "art-1", [("first", "art-1"), ("not-held", ""), ("amended", "art-1"), ("absent", "")]),
        ("1", "art-2", [("first", "art-2"), ("not-held", ""), ("moved", "art-3"), ("unchanged", "art-2")]),
        ("4", "art-2", [("first", "art-2"), ("not-held", ""), ("moved", "art-3"), ("unchanged", "art-2")]),
        ("3", "art-2", [("absent", ""), ("not-held", ""), ("inserted", "art-2"), ("moved", "art-1")]),
    ],
)  # fmt: skip
def test_an_article_is_followed_forward_and_back(
    number: str, article: str, expected: list[tuple[str, str]]
) -> None:
    assert line(number, article) == expected


def test_the_number_of_changed_articles_counts_the_deleted_ones() -> None:
    assert (THIRD.changed, FOURTH.changed) == (3, 2)


def life_line(states: str) -> ProvisionHistory:
    names = {"u": State.UNCHANGED, "a": State.AMENDED, "i": State.INSERTED, "-": State.ABSENT}
    stops = [HistoryEntry(str(place), names[letter], "") for place, letter in enumerate(states)]
    return ProvisionHistory(stops, {stop.number: place for place, stop in enumerate(stops)})


@pytest.mark.parametrize(
    ("states", "current", "always", "size", "shown"),
    [
        ("uuuu", "1", [], 4, "0123"),
        # The current one and its neighbours, then where something happened, then the nearest.
        ("auuuuuuuua", "4", [], 5, "03459"),
        ("auuuuuuuuu", "4", ["9"], 5, "03459"),
        ("uuuuuuuuuu", "4", [], 5, "23456"),
        ("uuuuuuuuuu", "0", [], 3, "012"),
    ],
)
def test_a_long_line_is_shown_in_part(
    states: str, current: str, always: list[str], size: int, shown: str
) -> None:
    found = life_line(states).window(current, always, size)
    assert "".join(stop.number for stop in found) == shown


@given(
    states=st.text("uuuai-", min_size=1, max_size=60),
    current=st.integers(0, 59),
    always=st.lists(st.integers(0, 59), max_size=2),
    size=st.integers(3, 14),
)
def test_a_window_is_the_best_part_of_the_whole_line(
    states: str, current: int, always: list[int], size: int
) -> None:
    here, places = current % len(states), range(len(states))
    wanted = {here - 1, here, here + 1, *(place % len(states) for place in always)}
    best = sorted(places, key=lambda p: (p not in wanted, states[p] in "u-", abs(p - here)))[:size]
    names = [str(place % len(states)) for place in always]
    found = life_line(states).window(str(here), names, size)
    assert [int(stop.number) for stop in found] == sorted(best)


@st.composite
def histories(draw: st.DrawFn) -> ProvisionHistories:
    """Draw versions whose articles come from articles before, or from none; some are split, some versions a side branch."""
    numbers = [str(place) for place in range(draw(st.integers(2, 7)))]
    steps: dict[str, tuple[str, Step] | None] = {}
    articles: dict[str, list[str]] = {}
    for number in numbers:
        names = articles[number] = ["a", "b", "c"][: draw(st.integers(1, 3))]
        if not steps:
            steps[number] = None
            continue
        base = draw(st.sampled_from(list(steps)))
        origin = {n: o for n in names if (o := draw(st.sampled_from([*articles[base], ""])))}
        now = {
            o: draw(st.sampled_from([n for n in origin if origin[n] == o]))
            for o in set(origin.values())
        }
        states = dict.fromkeys(names, State.UNCHANGED)
        steps[number] = base, Step(states, origin, now, 0)
    return ProvisionHistories(tuple(numbers), steps)


@given(histories())
def test_lines_that_are_shared_are_those_that_each_article_has_by_itself(
    lives: ProvisionHistories,
) -> None:
    for number, step in lives.steps.items():
        for article in step[1].states if step else ("a",):
            alone = ProvisionHistories(lives.numbers, lives.steps)
            line = lives.line(number, article).stops
            assert line[int(number)].id == article
            assert line == alone.line(number, article).stops
            assert line == tuple(followed(lives, number, article))


def followed(lives: ProvisionHistories, number: str, article: str) -> Iterator[HistoryEntry]:
    """Follow an article back step by step, then forward from all that was found."""
    ids = {number: article}
    while (found := lives.steps[number]) and article in found[1].origin:
        number, article = found[0], found[1].origin[article]
        ids[number] = article
    for other in lives.numbers:
        found = lives.steps[other]
        if other not in ids and found and found[1].now.get(ids.get(found[0], "")):
            ids[other] = found[1].now[ids[found[0]]]
    for other in lives.numbers:
        state = State.FIRST if lives.steps[other] is None else State.UNCHANGED
        yield HistoryEntry(other, state if other in ids else State.ABSENT, ids.get(other, ""))

"""What became of an article in every version."""

from __future__ import annotations

import pytest

from policysite.redline import Lives, State, Step, Stop, window

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
LIVES = Lives(("1", "2", "3", "4"), {"1": None, "3": ("1", THIRD), "4": ("3", FOURTH)})


def line(number: str, article: str) -> list[tuple[str, str]]:
    return [(stop.state.value, stop.id) for stop in LIVES.line(number, article)]


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


def stops(states: str) -> list[Stop]:
    names = {"u": State.UNCHANGED, "a": State.AMENDED, "i": State.INSERTED, "-": State.ABSENT}
    return [Stop(str(place), names[letter], "") for place, letter in enumerate(states)]


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
    found = window(stops(states), current, always, size)
    assert "".join(stop.number for stop in found) == shown

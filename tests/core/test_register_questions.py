"""What the register answers, over a table of small registers.

A version is written in one line: its number, the day it takes effect, and what else is special about it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from policysite.model.register import Policy, PolicyVersion, Register, Status
from policysite.model.renumbering import Moves

if TYPE_CHECKING:
    from collections.abc import Iterable


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def version(line: str) -> PolicyVersion:
    number, effective, *special = line.split()
    facts = dict(one.partition("=")[::2] for one in special)
    moved = dict(pair.split("<") for pair in facts.get("moved", "").split(",") if pair)
    return PolicyVersion(
        "privacy",
        number,
        day(effective),
        withdrawn=day(facts["withdrawn"]) if "withdrawn" in facts else None,
        held="record" not in facts,
        draft="draft" in facts,
        moved=Moves(moved),
    )


def policy(text: str) -> Policy:
    return Policy("privacy", tuple(map(version, text.strip().splitlines())))


PLAIN = policy("""
1.8  2022-07-01
1.9  2023-01-01
1.10 2024-03-01
""")
# Two never applied, two are records, two renumbered, one was withdrawn while it was in force.
MIXED = policy("""
1.0 2020-01-01
1.1 2021-01-01 record
1.2 2021-06-01 withdrawn=2021-05-01
1.3 2022-01-01 moved=art-3<art-2,art-2<new
1.5 2022-06-01 record withdrawn=2022-05-01
1.6 2023-01-01 withdrawn=2023-06-01 moved=art-1<art-3
2.0 2024-01-01
2.1 2025-01-01 draft
""")
RECORDS = policy("""
1.0 2020-01-01 record
1.1 2021-01-01 record
1.2 2022-01-01
""")
ALONE = policy("1.0 2024-01-01")
NEVER = policy("""
1.0 2020-01-01 withdrawn=2020-01-01
1.1 2021-01-01 draft
""")
# A second draft rests on the first.
DRAFTS = policy("""
1.0 2020-01-01
1.1 2021-01-01 draft
1.2 2022-01-01 draft
""")
# Withdrawn long after the next version had taken its place.
LATE = policy("""
1.0 2020-01-01 withdrawn=2022-01-01
1.1 2021-01-01
""")


def numbers(versions: Iterable[PolicyVersion]) -> str:
    return " ".join(version.number for version in versions)


def number(found: PolicyVersion | None) -> str:
    return found.number if found else "-"


# The versions around one ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("versions", "table"),
    [
        pytest.param(
            PLAIN,
            """
            1.8  -    1.9  -   -   -
            1.9  1.8  1.10 1.8 1.8 1.8
            1.10 1.9  -    1.9 1.9 1.9
            """,
            id="plain",
        ),
        pytest.param(
            MIXED,
            """
            1.0 -   1.1 -   -   -
            1.1 1.0 1.2 1.0 1.0 1.0
            1.2 1.1 1.3 1.1 1.0 1.0
            1.3 1.2 1.5 1.1 1.2 1.0
            1.5 1.3 1.6 1.3 1.3 1.3
            1.6 1.5 2.0 1.3 1.3 1.3
            2.0 1.6 2.1 1.6 1.6 1.6
            2.1 2.0 -   2.0 2.0 2.0
            """,
            id="mixed",
        ),
        pytest.param(
            RECORDS,
            """
            1.0 -   1.1 -   - -
            1.1 1.0 1.2 1.0 - -
            1.2 1.1 -   1.1 - -
            """,
            id="records",
        ),
        pytest.param(ALONE, "1.0 - - - - -", id="alone"),
        pytest.param(
            NEVER,
            """
            1.0 -   1.1 - -   -
            1.1 1.0 -   - 1.0 -
            """,
            id="never",
        ),
        pytest.param(
            DRAFTS,
            """
            1.0 -   1.1 -   -   -
            1.1 1.0 1.2 1.0 1.0 1.0
            1.2 1.1 -   1.1 1.1 1.1
            """,
            id="drafts",
        ),
    ],
)
def test_the_versions_around_one(versions: Policy, table: str) -> None:
    """Before and after it; before it in force, available, and both."""
    found = [
        [
            one.number,
            number(versions.before(one)),
            number(versions.after(one)),
            number(versions.predecessor_in_force(one)),
            number(versions.nearest_held_before(one)),
            number(versions.held_predecessor_in_force(one)),
        ]
        for one in versions.versions
    ]
    assert found == [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1.0", "2.1", "1.0 1.1 1.2 1.3 1.5 1.6 2.0 2.1"),
        ("1.1", "1.3", "1.1 1.2 1.3"),
        ("1.6", "1.6", "1.6"),
        ("1.6", "1.5", ""),
    ],
)
def test_the_versions_from_one_to_another(start: str, end: str, expected: str) -> None:
    assert numbers(MIXED.versions_from(MIXED[start], MIXED[end])) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1.0", "2.1", "1.1 1.5"),
        ("1.0", "1.3", "1.1"),
        # Neither of the two counts itself.
        ("1.1", "1.5", ""),
        ("1.1", "1.6", "1.5"),
        ("1.0", "1.1", ""),
        ("1.2", "1.3", ""),
        ("1.6", "1.0", ""),
    ],
)
def test_the_versions_between_two_that_are_not_held(old: str, new: str, expected: str) -> None:
    assert numbers(MIXED.not_held_between(MIXED[old], MIXED[new])) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1.0", "2.1", "1.3 1.6"),
        ("1.0", "1.2", ""),
        # What the last one changed counts, what the first one changed does not.
        ("1.2", "1.3", "1.3"),
        ("1.3", "1.5", ""),
        ("1.3", "1.6", "1.6"),
        ("1.6", "2.1", ""),
        ("1.3", "1.3", ""),
        ("1.6", "1.0", ""),
    ],
)
def test_the_versions_that_renumbered(start: str, end: str, expected: str) -> None:
    assert numbers(MIXED.moves_between(MIXED[start], MIXED[end])) == expected


@pytest.mark.parametrize(
    ("start", "provision_id", "end", "expected"),
    [
        ("1.0", "art-2", "1.0", "art-2"),
        ("1.0", "art-2", "1.2", "art-2"),
        ("1.0", "art-2", "1.3", "art-3"),
        ("1.0", "art-2-para-1", "1.3", "art-3-para-1"),
        ("1.0", "art-2", "1.6", "art-1"),
        ("1.0", "art-2", "2.1", "art-1"),
        # The place of art-3 was taken in 1.3, and that of art-1 in 1.6.
        ("1.0", "art-3", "1.3", None),
        ("1.0", "art-1", "1.3", "art-1"),
        ("1.0", "art-1", "1.6", None),
        ("1.3", "art-2", "1.6", "art-2"),
        # Back again.
        ("2.1", "art-1", "1.0", "art-2"),
        ("1.6", "art-1", "1.3", "art-3"),
        ("1.6", "art-1", "1.2", "art-2"),
        ("1.3", "art-2", "1.2", None),
        ("1.6", "art-2-para-1", "1.0", None),
        ("1.6", "art-9", "1.0", "art-9"),
    ],
)
def test_where_a_provision_is(
    start: str, provision_id: str, end: str, expected: str | None
) -> None:
    assert MIXED.trace(provision_id, MIXED[start], MIXED[end]) == expected


# On a day -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("versions", "table"),
    [
        pytest.param(
            PLAIN,
            """
            1.8  2022-12-31 2022-06-30 upcoming   2022-07-01 in-force   2023-01-01 superseded
            1.9  2024-02-29 2022-12-31 upcoming   2024-02-29 in-force   2024-03-01 superseded
            1.10 -          2024-02-29 upcoming   2024-03-01 in-force   2099-12-31 in-force
            """,
            id="plain",
        ),
        pytest.param(
            MIXED,
            """
            1.0 2020-12-31 2019-12-31 upcoming   2020-12-31 in-force   2021-01-01 superseded
            1.1 2021-12-31 2020-12-31 upcoming   2021-12-31 in-force   2022-01-01 superseded
            1.2 -          2021-04-30 upcoming   2021-05-01 withdrawn  2021-06-01 withdrawn
            1.3 2022-12-31 2021-12-31 upcoming   2022-12-31 in-force   2023-01-01 superseded
            1.5 -          2022-04-30 upcoming   2022-05-01 withdrawn  2022-06-01 withdrawn
            1.6 2023-05-31 2022-12-31 upcoming   2023-05-31 in-force   2023-06-01 withdrawn
            2.0 -          2023-12-31 upcoming   2024-01-01 in-force   2025-01-01 in-force
            2.1 -          2024-12-31 draft      2025-01-01 draft      2026-01-01 draft
            """,
            id="mixed",
        ),
        pytest.param(
            NEVER,
            """
            1.0 -          2019-12-31 upcoming   2020-01-01 withdrawn  2021-01-01 withdrawn
            1.1 -          2020-12-31 draft      2021-01-01 draft      2099-01-01 draft
            """,
            id="never",
        ),
        pytest.param(
            LATE,
            """
            1.0 2020-12-31 2020-12-31 in-force   2021-12-31 superseded 2022-01-01 withdrawn
            1.1 -          2020-12-31 upcoming   2021-01-01 in-force   2022-01-01 in-force
            """,
            id="late",
        ),
    ],
)
def test_the_last_day_and_the_status(versions: Policy, table: str) -> None:
    lines = [line.split() for line in table.strip().splitlines()]
    assert [line[0] for line in lines] == [one.number for one in versions.versions]
    for name, last, *statuses in lines:
        one = versions[name]
        assert str(versions.last_day(one) or "-") == last
        for when, status in zip(statuses[::2], statuses[1::2], strict=True):
            assert versions.status(one, day(when)) is Status(status), (name, when)


@pytest.mark.parametrize(
    ("versions", "when", "in_force", "upcoming", "latest"),
    [
        (PLAIN, "2022-06-30", "-", "1.8", "1.10"),
        (PLAIN, "2022-07-01", "1.8", "1.9", "1.8"),
        (PLAIN, "2023-12-31", "1.9", "1.10", "1.9"),
        (PLAIN, "2024-03-01", "1.10", "-", "1.10"),
        # What is withdrawn before its day is not waited for, and replaces no version.
        (MIXED, "2021-04-30", "1.1", "1.3", "1.1"),
        (MIXED, "2021-06-01", "1.1", "1.3", "1.1"),
        (MIXED, "2022-06-01", "1.3", "1.6", "1.3"),
        # Nothing is in force after it was withdrawn.
        (MIXED, "2023-06-01", "-", "2.0", "2.1"),
        (MIXED, "2024-06-01", "2.0", "-", "2.0"),
        (MIXED, "2025-06-01", "2.0", "-", "2.0"),
        (ALONE, "2023-12-31", "-", "1.0", "1.0"),
        (ALONE, "2024-01-01", "1.0", "-", "1.0"),
        (NEVER, "2019-01-01", "-", "-", "1.1"),
        (NEVER, "2099-01-01", "-", "-", "1.1"),
        (LATE, "2021-06-01", "1.1", "-", "1.1"),
    ],
)
def test_what_is_in_force_and_what_is_next(
    versions: Policy, when: str, in_force: str, upcoming: str, latest: str
) -> None:
    register = Register({"privacy": versions}, day(when))
    assert number(versions.in_force(day(when))) == in_force
    assert number(versions.next_upcoming(day(when))) == upcoming
    assert register.current_or_latest(versions).number == latest


# The texts of 1.1 and 1.5 are not held: nothing can be said of what differs from them.
NEIGHBOURS = "1.2/1.3 1.6/2.0 2.0/2.1"


@pytest.mark.parametrize(
    ("versions", "when", "expected"),
    [
        # Numbers go by their parts: 1.9 comes before 1.10.
        (PLAIN, "2022-06-30", "1.8/1.9 1.9/1.10"),
        (PLAIN, "2023-06-01", "1.8/1.9 1.9/1.10"),
        (PLAIN, "2022-07-01", "1.8/1.9 1.9/1.10 1.8/1.10"),
        (PLAIN, "2024-03-01", "1.8/1.9 1.9/1.10 1.8/1.10"),
        # None in force: the neighbours, and those whose place was taken past one that never applied.
        (MIXED, "2023-07-01", f"{NEIGHBOURS} 1.3/1.6"),
        (MIXED, "2022-07-01", f"{NEIGHBOURS} 1.3/1.6 1.0/1.3 1.3/2.0 1.3/2.1"),
        (ALONE, "2024-01-01", ""),
        (NEVER, "2021-01-01", "1.0/1.1"),
    ],
)
def test_what_is_compared(versions: Policy, when: str, expected: str) -> None:
    found = [f"{old.number}/{new.number}" for old, new in versions.comparison_pairs(day(when))]
    assert sorted(found) == sorted(expected.split())


@pytest.mark.parametrize(
    ("one", "other"), [("1.8", "1.9"), ("1.9", "1.10"), ("1.8", "1.10"), ("1.9", "1.9")]
)
def test_two_versions_in_order(one: str, other: str) -> None:
    expected = PLAIN[one], PLAIN[other]
    assert PLAIN.in_order(PLAIN[one], PLAIN[other]) == expected
    assert PLAIN.in_order(PLAIN[other], PLAIN[one]) == expected


# The whole register ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "whole"),
    [
        ("2019-12-31", ""),
        ("2020-01-01", "1.0"),
        ("2021-01-01", "1.0 1.1"),
        # A text that was withdrawn was published nevertheless.
        ("2021-05-01", "1.0 1.1 1.2"),
        ("2022-01-01", "1.0 1.1 1.2 1.3"),
        ("2023-12-31", "1.0 1.1 1.2 1.3 1.5 1.6"),
        ("2026-01-01", "1.0 1.1 1.2 1.3 1.5 1.6 2.0"),
    ],
)
def test_which_translations_must_be_whole(when: str, whole: str) -> None:
    register = Register({"terms": ALONE, "privacy": MIXED}, day(when))
    asked = {one.number: register.requires_full_translation(one) for one in MIXED.versions}
    assert " ".join(name for name, answer in asked.items() if answer) == whole
    # A page is in use if its version is; no other page is.
    pages = [*(f"privacy/{one.number}" for one in MIXED.versions), "privacy/index", "index"]
    in_use = [page for page in pages if register.is_in_use(page)]
    assert in_use == [f"privacy/{name}" for name in whole.split()]


def test_each_policy_answers_for_its_own_versions() -> None:
    terms = Policy("terms", (PolicyVersion("terms", "1.0", day("2030-01-01")),))
    register = Register({"privacy": ALONE, "terms": terms}, day("2025-01-01"))
    assert register.status(ALONE["1.0"]) is Status.IN_FORCE
    assert register.status(terms["1.0"]) is Status.UPCOMING
    assert register.version_of("terms/1.0") == terms["1.0"]
    assert register.is_in_use("privacy/1.0")
    assert not register.is_in_use("terms/1.0")
    assert not register.is_in_use("other/1.0")


@pytest.mark.parametrize(
    ("line", "never", "took"),
    [
        ("1.0 2024-01-01", False, True),
        ("1.0 2024-01-01 withdrawn=2024-01-02", False, True),
        ("1.0 2024-01-01 withdrawn=2024-01-01", True, False),
        ("1.0 2024-01-01 withdrawn=2023-12-31", True, False),
        ("1.0 2024-01-01 draft", False, False),
        ("1.0 2024-01-01 record", False, True),
    ],
)
def test_what_took_effect(*, line: str, never: bool, took: bool) -> None:
    assert version(line).withdrawn_before_effect is never
    assert version(line).took_effect is took


def test_a_version_is_found_by_its_number() -> None:
    for one in MIXED.versions:
        assert MIXED[one.number] is MIXED.get(one.number) is one
        assert one.number in MIXED
    assert MIXED.get("1.4") is None
    assert "1.4" not in MIXED
    with pytest.raises(KeyError):
        MIXED["1.4"]

"""Histories as they happened: the order of versions, and what has to be given a reason, over a table of small registers.

A version is one line: its name, the day it takes effect, and further fields of its front matter.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from policysite.base.problems import PolicysiteError
from policysite.model.register import Policy, Status
from policysite.model.register_reader import load_register

if TYPE_CHECKING:
    from pathlib import Path

WHY = 'waive: {register-date: "It was so."}'
NAMED = 'waive: {register-number: "It was named so."}'
BOTH = 'waive: {register-date: "It was so.", register-number: "It was named so."}'


def write(root: Path, lines: str) -> None:
    for line in lines.strip().splitlines():
        fields = line.split(" | ")
        name, effective = fields[0].split()
        path = root / "docs/terms" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        matter = [f'version: "{name}"', f"effective: {effective}", *fields[1:]]
        path.write_text("\n".join(["---", *matter, "---", "", "# Terms", ""]), "utf-8")


def load(root: Path, lines: str) -> Policy:
    write(root, lines)
    return load_register(root, root / "docs", ["terms"], day("2026-01-01")).policies["terms"]


def problems(root: Path, lines: str) -> list[str]:
    try:
        load(root, lines)
    except PolicysiteError as error:
        return [
            f"{one.path.removeprefix('docs/terms/')}:{one.line}: [{one.code}]"
            for one in error.problems
        ]
    return []


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        (
            f"2019.1 2019-05-01\n2019.2 2019-09-01\n1.0 2020-01-01 | {WHY}\n1.1 2021-01-01",
            ["2019.1", "2019.2", "1.0", "1.1"],
        ),
        (
            f"launch 2019-05-01\n2020-01-01 2020-01-01 | {NAMED}\n1.0 2021-01-01 | {NAMED}\nv2 2022-01-01 | {NAMED}",
            ["launch", "2020-01-01", "1.0", "v2"],
        ),
        (f"1.9 2020-01-01\n1.10 2020-01-01 | {WHY}", ["1.9", "1.10"]),
        (f"beta 2020-01-01 | {WHY} | after: alpha\nalpha 2020-01-01", ["alpha", "beta"]),
        (
            f"1.0 2020-01-01\n2.0 2020-01-01 | {WHY}\n1.1 2020-01-01 | {WHY} | after: 1.0",
            ["1.0", "1.1", "2.0"],
        ),
        (
            f"b 2020-01-01\na 2020-01-01 | {WHY} | after: b\nc 2020-01-01 | {WHY} | after: a",
            ["b", "a", "c"],
        ),
        (f"1.0 2020-01-01 | announced: 2020-01-09 | {WHY}", ["1.0"]),
    ],
)
def test_a_history_with_reasons(tmp_path: Path, lines: str, order: list[str]) -> None:
    assert [version.number for version in load(tmp_path, lines).versions] == order


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("2.0 2019-05-01\n1.0 2020-01-01", ["2.0.md:3: [register-date]"]),
        ("1.0 2019-05-01\nv2 2020-01-01", ["v2.md:2: [register-number]"]),
        ("1.0 2020-01-01\n1.1 2020-01-01", ["1.1.md:3: [register-date]"]),
        ("1.0 2020-01-01 | announced: 2020-01-09", ["1.0.md:4: [register-date]"]),
        # A reason does not say which of two came second.
        (f"a 2020-01-01\nb 2020-01-01 | {WHY}", ["b.md:3: [register-field]"]),
        (
            f"a 2020-01-01\nb 2020-01-01 | {WHY} | after: c",
            ["b.md:3: [register-field]", "b.md:5: [register-field]"],
        ),
        (
            f"a 2020-01-01 | {WHY} | after: b\nb 2020-01-01 | {WHY} | after: a",
            ["a.md:5: [register-field]"],
        ),
        # The same address on systems that ignore capitals.
        ("v1 2020-01-01\nV1 2021-01-01", ["v1.md:2: [register-number]"]),
        ("1.0 2020-01-01 | ended: 2020-01-01", ["1.0.md:4: [register-date]"]),
        ("1.0 2020-01-01 | ended: 2022-01-01\n1.1 2021-01-01", ["1.0.md:4: [register-date]"]),
        ("1.0 2020-01-01 | ended: 2021-01-01\n1.1 2021-01-01", ["1.0.md:4: [register-date]"]),
        (
            "1.0 2020-02-01 | postponed: [{from: 2020-03-01, announced: 2020-01-01}]",
            ["1.0.md:4: [register-date]"],
        ),
        (
            "1.0 2020-02-01 | postponed: [{from: 2020-01-01, announced: 2020-01-09}]",
            ["1.0.md:4: [register-date]"],
        ),
        ("1.0 2020-02-01 | postponed: 2020-01-01", ["1.0.md:4: [register-field]"]),
        (
            "1.0 2020-02-01 | postponed: [{from: soon, announced: 2020-01-09}]",
            ["1.0.md:4: [register-date]"],
        ),
        ("1.0 2020-02-01 | provisions: {art-7: 2020-02-01}", ["1.0.md:4: [register-date]"]),
        ("1.0 2020-02-01 | provisions: {Article 7: 2020-03-01}", ["1.0.md:4: [register-field]"]),
        ("index-2 2020-02-01 | after: index-2", ["index-2.md:4: [register-field]"]),
    ],
)
def test_a_history_that_is_refused(tmp_path: Path, lines: str, found: list[str]) -> None:
    assert problems(tmp_path, lines) == found


def test_of_two_on_one_day_the_second_is_in_force(tmp_path: Path) -> None:
    policy = load(tmp_path, f"1.0 2019-01-01\n1.1 2020-01-01\n1.2 2020-01-01 | {WHY}")
    that_day = day("2020-01-01")
    statuses = {v.number: policy.status(v, that_day) for v in policy.versions}
    assert statuses == {"1.0": Status.SUPERSEDED, "1.1": Status.SUPERSEDED, "1.2": Status.IN_FORCE}
    assert policy.in_force(that_day) == policy["1.2"]
    assert policy.next_upcoming(day("2019-12-31")) == policy["1.2"]
    # To readers its first day is its last; to machines, which compare, it never was the one in force.
    assert policy.last_day(policy["1.1"]) == that_day
    assert policy.until(policy["1.1"]) == day("2019-12-31")


def test_a_gap_without_a_policy(tmp_path: Path) -> None:
    policy = load(
        tmp_path, "1.0 2019-01-01 | ended: 2020-05-01\n1.1 2021-01-01 | ended: 2022-01-01"
    )
    assert [(g.version.number, g.first, g.last) for g in policy.gaps()] == [
        ("1.0", day("2020-05-01"), day("2020-12-31")),
        ("1.1", day("2022-01-01"), None),
    ]
    in_force = {
        text: policy.in_force(day(text)) for text in ("2020-04-30", "2020-05-01", "2022-01-01")
    }
    assert in_force == {"2020-04-30": policy["1.0"], "2020-05-01": None, "2022-01-01": None}
    assert policy.status(policy["1.0"], day("2020-05-01")) is Status.SUPERSEDED
    assert day("2020-05-01") in policy.days()


def test_a_version_that_was_postponed_twice(tmp_path: Path) -> None:
    policy = load(
        tmp_path,
        "1.0 2019-01-01\n"
        "1.1 2020-07-01 | announced: 2019-11-01 | postponed: [{from: 2020-03-01, announced: 2020-02-01}, {from: 2020-01-01, announced: 2019-12-01}]",
    )
    version = policy["1.1"]
    assert [version.announced_for(day(text)).isoformat() for text in ("2019-11-30", "2019-12-01", "2020-02-01")] == [
        "2020-01-01", "2020-03-01", "2020-07-01"
    ]  # fmt: skip
    assert [(p.old.month, p.to.month) for p in version.postponements(day("2026-01-01"))] == [
        (1, 3),
        (3, 7),
    ]
    assert [p.old.month for p in version.postponements(day("2020-01-31"))] == [1]
    assert policy.in_force(day("2020-06-30")) == policy["1.0"]
    assert {day("2020-01-01"), day("2020-03-01"), day("2020-07-01")} <= set(policy.days())

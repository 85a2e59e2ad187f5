"""A ledger shows that it was altered, cut off, put in another order or replaced."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_ledgers import LEDGER, SCHEMA, leaves, messages, text_entry, withdrawal
from support import ROOT

from policysite.base.problems import Code
from policysite.ledger.chain import Ledger
from policysite.ledger.entries import Entry, EntryKind
from policysite.ledger.ledger_reading import read_ledger


def codes(text: str) -> list[Code]:
    return [problem.code for problem in read_ledger(text, "ledger.json")[1]]


def test_what_was_written_is_read_again() -> None:
    ledger, problems = read_ledger(LEDGER.text(), "ledger.json")
    assert problems == []
    assert ledger == LEDGER
    assert [entry.number for entry in LEDGER.entries] == [1, 2, 3, 4]
    jsonschema.validate(json.loads(LEDGER.text()), SCHEMA)


def test_the_ledger_of_the_real_policy_is_whole() -> None:
    text = (ROOT / "docs/privacy/ledger.json").read_text("utf-8")
    ledger, problems = read_ledger(text, "ledger.json")
    assert problems == []
    assert ledger
    assert {("1.6", "en"), ("1.6", "ko")} <= ledger.texts.keys()
    jsonschema.validate(json.loads(text), SCHEMA)


@pytest.mark.parametrize(
    "path", leaves(json.loads(LEDGER.text())), ids=lambda p: "/".join(map(str, p))
)
def test_whatever_is_altered_shows(path: tuple[Any, ...]) -> None:
    data = json.loads(LEDGER.text())
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    value = holder[path[-1]]
    if isinstance(value, int):
        holder[path[-1]] = value + 1
    else:
        # Another digit or letter: of the same form wherever that can be.
        holder[path[-1]] = value[:-1] + ("1" if value[-1] != "1" else "2")
    if path == ("policy",):
        ledger, problems = read_ledger(json.dumps(data), "ledger.json")
        # Which policy it is of, the folder says: it is compared where the file is read.
        assert ledger
        assert (ledger.policy, problems) == ("term1", [])
    else:
        assert messages(data)


@given(st.integers(min_value=0, max_value=len(LEDGER.text()) - 3))
def test_a_file_that_is_cut_off_shows(length: int) -> None:
    assert codes(LEDGER.text()[:length]) == [Code.LEDGER_SYNTAX]


@pytest.mark.parametrize("place", range(3))
def test_an_entry_that_is_removed_shows(place: int) -> None:
    data = json.loads(LEDGER.text())
    del data["entries"][place]
    assert any("removed" in message for message in messages(data))


@pytest.mark.parametrize("place", range(3))
def test_entries_in_another_order_show(place: int) -> None:
    data = json.loads(LEDGER.text())
    entries = data["entries"]
    entries[place], entries[place + 1] = entries[place + 1], entries[place]
    assert any("is at position" in message for message in messages(data))


@pytest.mark.parametrize("place", range(5))
def test_an_entry_that_is_added_in_between_shows(place: int) -> None:
    data = json.loads(LEDGER.text())
    data["entries"].insert(place, copy.deepcopy(data["entries"][0]))
    assert messages(data)


def test_provisions_in_another_order_show() -> None:
    data = json.loads(LEDGER.text())
    first = data["entries"][0]
    first["provisions"] = dict(reversed(first["provisions"].items()))
    assert messages(data) == [
        "ledger.json:6: [ledger-chain] Entry 1 is wrong: its digest is not that of its provisions, in their order. "
        "Restore the file: 'git checkout' of the last commit in which it is complete, or ledger/terms.json "
        "of the published site, which is the same file."
    ]


def test_a_history_that_is_made_up_anew_is_whole_but_extends_no_older_copy() -> None:
    forged = Ledger("terms")
    for entry in LEDGER.entries:
        text = "Forged" if entry.kind is EntryKind.CORRECT else ""
        new = text_entry(EntryKind.CORRECT, "1.0", "en", text, entry.recorded) if text else entry
        forged = forged.append(new)
    assert codes(forged.text()) == []
    (problem,) = forged.check_extends(LEDGER, "ledger/terms.json")
    assert problem.code is Code.LEDGER_HISTORY
    assert problem.message.startswith(
        "Entry 3 is not what the older ledger has there: history was rewritten."
    )


@pytest.mark.parametrize("kept", range(4))
def test_a_ledger_that_was_rolled_back_extends_no_later_copy(kept: int) -> None:
    rolled_back = Ledger("terms", LEDGER.entries[:kept])
    assert codes(rolled_back.text()) == []
    (problem,) = rolled_back.check_extends(LEDGER, "ledger/terms.json")
    assert f"ends at entry {kept}; the older one goes on to entry 4" in problem.message
    assert list(LEDGER.check_extends(rolled_back, "")) == []


def test_ledgers_of_two_policies_are_not_compared() -> None:
    (problem,) = LEDGER.check_extends(Ledger("privacy"), "ledger/terms.json")
    assert "that of the policy 'terms', the older one of 'privacy'" in problem.message


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (text_entry(EntryKind.FREEZE, "1.0", "en", "x", dt.date(2027, 1, 1)), "a second time"),
        (text_entry(EntryKind.CORRECT, "1.1", "en", "x", dt.date(2027, 1, 1)), "was never frozen"),
        (withdrawal("1.1", dt.date(2027, 1, 1)), "was never frozen"),
        (text_entry(EntryKind.FREEZE, "1.1", "en", "x"), "before the one before it (2026-01-10)"),
    ],
    ids=["frozen twice", "corrected unfrozen", "withdrawn unfrozen", "earlier day"],
)
def test_an_entry_that_contradicts_those_before_it_shows(entry: Entry, expected: str) -> None:
    found = read_ledger(LEDGER.append(entry).text(), "ledger.json")[1]
    assert [expected in problem.message for problem in found] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "it is not valid JSON"),
        ("[]", "expected an object"),
        ('{"format": "other", "policy": "terms", "entries": []}', "expected an object"),
        (
            '{"format": "policysite-ledger-1", "policy": "terms", "policy": "x", "entries": []}',
            "is duplicated",
        ),
        (
            '{"format": "policysite-ledger-1", "policy": "terms", "entries": [1]}',
            "of entry 1, found int",
        ),
        (
            '{"format": "policysite-ledger-1", "policy": "terms", "entries": [{"entry": 1}]}',
            "'kind' is missing",
        ),
    ],
)
def test_what_is_no_ledger_is_refused(text: str, expected: str) -> None:
    ledger, (problem,) = read_ledger(text, "docs/terms/ledger.json")
    assert ledger is None
    assert problem.path == "docs/terms/ledger.json"
    assert expected in problem.message


def test_a_ledger_tells_what_was_published_of_a_version() -> None:
    english = LEDGER.texts["1.0", "en"]
    assert english.number == 3
    assert LEDGER.languages("1.0") == ["en", "ko"]
    assert [(e.number, ids) for e, ids in LEDGER.corrections("1.0", "en")] == [
        (3, ("top", "art-1", "art-2"))
    ]
    assert LEDGER.corrections("1.0", "ko") == []
    withdrawn = LEDGER.withdrawal("1.0")
    assert withdrawn
    assert withdrawn.withdrawn == dt.date(2026, 5, 1)
    assert LEDGER.withdrawal("1.1") is None

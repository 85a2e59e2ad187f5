"""A ledger says which releases were published, in a chain beside that of the texts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import jsonschema
import pytest
from made_up_ledgers import LEDGER, SCHEMA, leaves, messages, text_entry

from policysite.base.problems import Code
from policysite.ledger.chain import Ledger
from policysite.ledger.entries import EntryKind
from policysite.ledger.ledger_reading import read_ledger

MANIFESTS = [hashlib.sha256(name.encode()).hexdigest() for name in ("one", "two")]


def make_releases() -> Ledger:
    """Return a ledger with a release before its last entry, and one behind it."""
    early = Ledger("terms", LEDGER.entries[:3])
    early = early.append_release(dt.date(2026, 1, 5), MANIFESTS[0])
    return early.append(LEDGER.entries[3]).append_release(dt.date(2026, 1, 2), MANIFESTS[1])


RELEASED = make_releases()


def test_what_was_written_is_read_again() -> None:
    ledger, problems = read_ledger(RELEASED.text(), "ledger.json")
    assert problems == []
    assert ledger == RELEASED
    assert ledger
    assert ledger.entries == LEDGER.entries
    assert [(r.number, r.entries) for r in ledger.releases] == [(1, 3), (2, 4)]
    jsonschema.validate(json.loads(RELEASED.text()), SCHEMA)


def test_releases_change_no_entry_and_no_statement_that_was_signed_without_any() -> None:
    assert json.loads(RELEASED.text())["entries"] == json.loads(LEDGER.text())["entries"]
    assert LEDGER.statement == f"policysite-ledger terms 4 {LEDGER.head}\n".encode()
    assert RELEASED.first(4, 0).statement == LEDGER.statement
    last = RELEASED.releases[-1]
    assert (
        RELEASED.statement == f"policysite-ledger terms 4 {LEDGER.head} 2 {last.sha256}\n".encode()
    )


@pytest.mark.parametrize(
    "path",
    [path for path in leaves(json.loads(RELEASED.text())) if path[0] == "releases"],
    ids=lambda p: "/".join(map(str, p)),
)
def test_whatever_is_altered_shows(path: tuple[Any, ...]) -> None:
    data = json.loads(RELEASED.text())
    record = data["releases"][path[1]]
    value = record[path[2]]
    record[path[2]] = (
        value + 1 if isinstance(value, int) else value[:-1] + str(int(value[-1] == "1") + 1)
    )
    found = messages(data)
    assert found
    assert all("Release" in message or "release" in message for message in found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda releases: releases.pop(0), "Release 2 is at position 1"),
        (lambda releases: releases.reverse(), "Release 2 is at position 1"),
        (lambda releases: releases.append(dict(releases[1])), "Release 2 is at position 3"),
        (lambda releases: releases[0].update(sha256="0"), "of release 1, found sha256: '0', expected 64"),
        (lambda releases: releases[0].update(words="x"), "of release 1, found the unknown field 'words'"),
        (lambda releases: releases[0].pop("head"), "of release 1, the field 'head' is missing"),
    ],
    ids=["removed", "order", "twice", "digest", "field", "missing"],
)  # fmt: skip
def test_a_chain_that_is_not_whole_shows(change: Any, expected: str) -> None:
    data = json.loads(RELEASED.text())
    change(data["releases"])
    assert any(expected in message for message in messages(data)), messages(data)


def test_a_release_whose_texts_are_gone_shows() -> None:
    """Texts cannot be exchanged behind a release: it names the end of their chain."""
    forged = Ledger("terms", releases=RELEASED.releases)
    for entry in LEDGER.entries[:2]:
        forged = forged.append(entry)
    assert any(
        "Release 1 names 3 entries; expected 1 to 2" in m
        for m in messages(json.loads(forged.text()))
    )
    forged = forged.append(text_entry(EntryKind.CORRECT, "1.0", "en", "Forged"))
    assert any(
        "does not name the digest of entry 3" in m for m in messages(json.loads(forged.text()))
    )


def test_a_field_that_no_digest_covers_is_refused() -> None:
    data = json.loads(RELEASED.text()) | {"note": "The text was another one."}
    ledger, (problem,) = read_ledger(json.dumps(data), "ledger.json")
    assert ledger is None
    assert problem.code is Code.LEDGER_SYNTAX


def test_a_release_that_is_gone_or_another_shows_against_an_older_copy() -> None:
    (problem,) = RELEASED.first(4, 1).check_extends(RELEASED, "ledger/terms.json")
    assert "The ledger ends at release 1; the older one goes on to release 2" in problem.message
    assert "Missing: release 2, 2026-01-02" in problem.message
    forged = RELEASED.first(3, 0).append_release(dt.date(2026, 1, 5), MANIFESTS[1])
    (problem,) = forged.check_extends(RELEASED, "ledger/terms.json")
    assert problem.message.startswith("Release 1 is not what the older ledger has there")
    assert list(RELEASED.check_extends(RELEASED.first(3, 1), "")) == []


def test_texts_and_releases_that_are_both_gone_are_one_problem() -> None:
    (problem,) = RELEASED.first(3, 1).check_extends(RELEASED, "ledger/terms.json")
    assert "Missing: withdraw of version 1.0, 2026-01-10" in problem.message
    assert "; release 2, 2026-01-02" in problem.message

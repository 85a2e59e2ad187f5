"""Reading a ledger, and checking its chains."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

from policysite.base.problems import Code, Problem
from policysite.base.strict_json import RepeatedKeyError, read_json
from policysite.ledger import canonical_json
from policysite.ledger.chain import FORMAT, RESTORE, Ledger, short
from policysite.ledger.entries import Entry, EntryKind, MalformedEntryError, entry_from
from policysite.ledger.release_records import chain_problems, record_from

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

_Item = TypeVar("_Item")
_ENTRY_LINE = re.compile(r'\s*\{?\s*"entry"\s*:')
_RELEASE_LINE = re.compile(r'\s*\{?\s*"release"\s*:')


def read_ledger(text: str, path: str) -> tuple[Ledger | None, list[Problem]]:
    """Read the ledger *text* of the file *path*, and check its chain.

    The ledger is None where it cannot be read at all.
    """
    try:
        data = read_json(text)
    except json.JSONDecodeError as error:
        return None, [_no_json(path, text, error)]
    except RepeatedKeyError as error:
        return None, [_unreadable(path, 0, f"the field {error.args[0]!r} is duplicated", "")]
    except ValueError as error:
        return None, [_unreadable(path, 0, f"{type(error).__name__}", "")]
    if not _is_ledger(data):
        expected = f"an object with format: {FORMAT}, policy and entries"
        return None, [_unreadable(path, 1, f"expected {expected}", "")]
    policy: str = data["policy"]
    try:
        entries = _each(entry_from, data["entries"], "entry", _lines_of(_ENTRY_LINE, text))
        releases = data.get("releases", [])
        records = _each(record_from, releases, "release", _lines_of(_RELEASE_LINE, text))
    except _MalformedItemError as error:
        return None, [_unreadable(path, error.line, str(error), policy)]
    ledger = Ledger(policy, entries, records)
    return ledger, list(_chain_problems(ledger, path, text))


def _is_ledger(data: Any) -> bool:
    """Whether *data* has the fields of a ledger, and no others: no digest would cover them."""
    return (
        isinstance(data, dict)
        and data.get("format") == FORMAT
        and isinstance(data.get("policy"), str)
        and isinstance(data.get("entries"), list)
        and isinstance(data.get("releases", []), list)
        and data.keys() <= {"format", "policy", "entries", "releases"}
    )


class _MalformedItemError(ValueError):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def _each(
    read: Callable[[object], _Item], items: Sequence[object], what: str, lines: Sequence[int]
) -> tuple[_Item, ...]:
    """Return each of *items* as it is *read*; *lines* are where they begin."""
    found: list[_Item] = []
    for place, item in enumerate(items):
        try:
            found.append(read(item))
        except MalformedEntryError as error:
            line = lines[place] if place < len(lines) else 0
            raise _MalformedItemError(f"of {what} {place + 1}, {error}", line) from None
    return tuple(found)


def _unreadable(path: str, line: int, why: str, policy: str) -> Problem:
    message = f"The ledger cannot be read: {why}."
    remedy = RESTORE.format(policy=policy or "<policy>")
    return Problem(path, line, Code.LEDGER_SYNTAX, message, remedy)


def _no_json(path: str, text: str, error: json.JSONDecodeError) -> Problem:
    if "\n<<<<<<< " not in f"\n{text}":
        return _unreadable(path, error.lineno, f"it is not valid JSON: {error.msg}", "")
    line = f"\n{text}".split("\n<<<<<<< ", 1)[0].count("\n") + 1
    return Problem(
        path,
        line,
        Code.LEDGER_SYNTAX,
        "Found '<<<<<<<': git left a conflict here, as entries were added on two branches.",
        f"Keep one side, 'git checkout --ours {path}', then record again what the other one had: policysite freeze, policysite correct.",
    )


def _lines_of(pattern: re.Pattern[str], text: str) -> list[int]:
    return [n for n, line in enumerate(text.split("\n"), start=1) if pattern.match(line)]


def _chain_problems(ledger: Ledger, path: str, text: str) -> Iterator[Problem]:
    """Yield where the chains are broken, and entries that contradict those before them."""
    lines = _lines_of(_ENTRY_LINE, text)
    previous, day = canonical_json.NOTHING_BEFORE, None
    frozen: set[tuple[str, str]] = set()
    effective: dict[str, dt.date] = {}
    for place, entry in enumerate(ledger.entries, start=1):
        line = lines[place - 1] if place <= len(lines) else 0
        wrong = [*_wrong_with(entry, place, previous, day, frozen), *_wrong_days(entry, effective)]
        for message in wrong:
            remedy = RESTORE.format(policy=ledger.policy)
            yield Problem(path, line, Code.LEDGER_CHAIN, message, remedy)
        previous, day = entry.sha256, entry.recorded
        if entry.effective:
            effective[entry.version] = entry.effective
        if entry.is_text:
            frozen.add((entry.version, entry.language))
    lines = _lines_of(_RELEASE_LINE, text)
    for place, message in chain_problems(ledger.releases, ledger.entries):
        line = lines[place - 1] if place <= len(lines) else 0
        yield Problem(path, line, Code.LEDGER_CHAIN, message, RESTORE.format(policy=ledger.policy))


def _wrong_with(
    entry: Entry, place: int, previous: str, day: dt.date | None, frozen: set[tuple[str, str]]
) -> Iterator[str]:
    if entry.computed() != entry.sha256:
        yield (
            f"Entry {place} was altered: its contents have the digest {short(entry.computed())}, "
            f"it says {short(entry.sha256)}."
        )
    elif entry.is_text and canonical_json.of_text(entry.provisions) != entry.digest:
        yield f"Entry {place} is wrong: its digest is not that of its provisions, in their order."
    if entry.number != place:
        yield f"Entry {entry.number} is at position {place}: one was removed, added or moved."
    if entry.previous != previous:
        yield (
            f"Entry {place} does not follow the one before it: it names the digest {short(entry.previous)}, "
            f"that one has {short(previous)}. One was removed, added, moved or altered."
        )
    if day and entry.recorded < day:
        yield f"Entry {place} was recorded on {entry.recorded}, before the one before it ({day})."
    key = entry.version, entry.language
    if entry.kind is EntryKind.FREEZE and key in frozen:
        yield f"Entry {place} freezes version {entry.version} ({entry.language}) a second time."
    if entry.kind is EntryKind.CORRECT and key not in frozen:
        yield f"Entry {place} corrects version {entry.version} ({entry.language}), which was never frozen."
    if entry.kind is EntryKind.WITHDRAW and all(version != entry.version for version, _ in frozen):
        yield f"Entry {place} withdraws version {entry.version}, which was never frozen."


def _wrong_days(entry: Entry, effective: Mapping[str, dt.date]) -> Iterator[str]:
    """Yield why a postponement contradicts the day on which the version was to take effect by the entries before it."""
    if entry.kind is not EntryKind.POSTPONE:
        return
    known = effective.get(entry.version)
    if known is None:
        yield f"Entry {entry.number} postpones version {entry.version}, which was never frozen."
    elif entry.postponed != known:
        yield f"Entry {entry.number} postpones version {entry.version} from {entry.postponed}; by the entries before it takes effect on {known}."
    elif entry.effective and entry.effective <= known:
        yield f"Entry {entry.number} postpones version {entry.version} from {known} to {entry.effective}, which is not later."

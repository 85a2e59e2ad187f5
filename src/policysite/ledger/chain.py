"""A ledger as a whole: reading it, checking its chain, and what it says of a version."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, Problem
from policysite.ledger import canonical_json
from policysite.ledger.entries import Entry, EntryKind, MalformedEntryError, entry_from

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

FORMAT = "policysite-ledger-1"
RESTORE = (
    "Restore the file: 'git checkout' of the last commit in which it is complete, or ledger/{policy}.json "
    "of the published site, which is the same file."
)

_ENTRY_LINE = re.compile(r'\s*\{?\s*"entry"\s*:')


@dataclass(frozen=True)
class Ledger:
    """The entries of one policy, the oldest first, as they were read; they are not verified yet."""

    policy: str
    entries: tuple[Entry, ...] = ()

    @cached_property
    def texts(self) -> dict[tuple[str, str], Entry]:
        """The last entry for the text of each version and language."""
        return {(e.version, e.language): e for e in self.entries if e.is_text}

    @cached_property
    def versions(self) -> frozenset[str]:
        """The versions that are frozen, in whatever language."""
        return frozenset(version for version, _ in self.texts)

    @property
    def head(self) -> str:
        """The digest of the last entry: it stands for the whole ledger."""
        return self.entries[-1].sha256 if self.entries else canonical_json.NOTHING_BEFORE

    def languages(self, version: str) -> list[str]:
        """Return the languages in which *version* is frozen."""
        return [language for number, language in self.texts if number == version]

    def withdrawal(self, version: str) -> Entry | None:
        """Return the entry that withdrew *version*, if there is one."""
        found = [e for e in self.entries if e.kind is EntryKind.WITHDRAW and e.version == version]
        return found[-1] if found else None

    def withdrawn(self, version: str) -> dt.date | None:
        """Return the day from which *version* is withdrawn, as far as the ledger knows."""
        days = [e.withdrawn for e in self.entries if e.version == version and e.withdrawn]
        return days[-1] if days else None

    def corrections(self, version: str, language: str) -> list[tuple[Entry, tuple[str, ...]]]:
        """Return the corrections of a text, the oldest first, each with the ids of the provisions that it changed."""
        found = []
        before: Mapping[str, str] = {}
        for entry in self.entries:
            if (entry.version, entry.language) != (version, language) or not entry.is_text:
                continue
            if entry.kind is EntryKind.CORRECT:
                found.append((entry, changed_provisions(before, entry.provisions)))
            before = entry.provisions
        return found

    def append(self, entry: Entry) -> Ledger:
        """Return the ledger with one more entry, linked to the last."""
        linked = dataclasses.replace(entry, number=len(self.entries) + 1, previous=self.head)
        linked = dataclasses.replace(linked, sha256=linked.computed())
        return Ledger(self.policy, (*self.entries, linked))

    def text(self) -> str:
        """Return the file."""
        data = {
            "format": FORMAT,
            "policy": self.policy,
            "entries": [entry.data() for entry in self.entries],
        }
        return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"

    def check_extends(self, older: Ledger, path: str) -> Iterator[Problem]:
        """Yield why this ledger is not *older* with perhaps more entries behind; *path* is that of this one."""
        if older.policy != self.policy:
            yield Problem(
                path,
                0,
                Code.LEDGER_HISTORY,
                f"The ledger is that of the policy {self.policy!r}, the older one of {older.policy!r}.",
                "Compare it with an older ledger of the same policy.",
            )
            return
        for mine, known in zip(self.entries, older.entries, strict=False):
            if mine != known:
                yield Problem(
                    path,
                    0,
                    Code.LEDGER_HISTORY,
                    f"Entry {known.number} is not what the older ledger has there: history was rewritten. "
                    f"Found {_described(mine)}; the older ledger has {_described(known)}.",
                    RESTORE.format(policy=self.policy),
                )
                return
        missing = older.entries[len(self.entries) :]
        if missing:
            yield Problem(
                path,
                0,
                Code.LEDGER_HISTORY,
                f"The ledger ends at entry {len(self.entries)}; the older one goes on to entry {len(older.entries)}: "
                f"it was rolled back or cut off. Missing: {'; '.join(map(_described, missing))}.",
                RESTORE.format(policy=self.policy),
            )


def changed_provisions(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids whose digests differ, those of *after* first, in its order; then those that were removed."""
    changed = [i for i, found in after.items() if before.get(i) != found]
    return (*changed, *(i for i in before if i not in after))


def read_ledger(text: str, path: str) -> tuple[Ledger | None, list[Problem]]:
    """Read the ledger *text* of the file *path*, and check its chain.

    The ledger is None where it cannot be read at all.
    """
    try:
        data = json.loads(text, object_pairs_hook=_without_repeated_keys)
        # A lone surrogate can be written in JSON, and is not text.
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        return None, [_no_json(path, text, error)]
    except _RepeatedKeyError as error:
        return None, [_unreadable(path, 0, f"the field {error.args[0]!r} is duplicated", "")]
    except (RecursionError, ValueError) as error:
        return None, [_unreadable(path, 0, f"{type(error).__name__}", "")]
    policy = data.get("policy") if isinstance(data, dict) else None
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(policy, str) or not isinstance(entries, list) or data.get("format") != FORMAT:
        expected = f"an object with format: {FORMAT}, policy and entries"
        return None, [_unreadable(path, 1, f"expected {expected}", "")]
    lines = _lines_of_entries(text)
    found: list[Entry] = []
    for place, item in enumerate(entries):
        line = lines[place] if place < len(lines) else 0
        try:
            found.append(entry_from(item))
        except MalformedEntryError as error:
            return None, [_unreadable(path, line, f"of entry {place + 1}, {error}", policy)]
    ledger = Ledger(policy, tuple(found))
    return ledger, list(_chain_problems(ledger, path, lines))


class _RepeatedKeyError(ValueError):
    """An object with the same key twice: programs would differ in which of the two they take."""


def _without_repeated_keys(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKeyError(next(key for key in keys if keys.count(key) > 1))
    return found


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


def _lines_of_entries(text: str) -> list[int]:
    return [n for n, line in enumerate(text.split("\n"), start=1) if _ENTRY_LINE.match(line)]


def _chain_problems(ledger: Ledger, path: str, lines: Sequence[int]) -> Iterator[Problem]:
    """Yield where the chain is broken, and entries that contradict those before them."""
    previous, day = canonical_json.NOTHING_BEFORE, None
    frozen: set[tuple[str, str]] = set()
    for place, entry in enumerate(ledger.entries, start=1):
        line = lines[place - 1] if place <= len(lines) else 0
        for message in _wrong_with(entry, place, previous, day, frozen):
            remedy = RESTORE.format(policy=ledger.policy)
            yield Problem(path, line, Code.LEDGER_CHAIN, message, remedy)
        previous, day = entry.sha256, entry.recorded
        if entry.is_text:
            frozen.add((entry.version, entry.language))


def _wrong_with(
    entry: Entry, place: int, previous: str, day: dt.date | None, frozen: set[tuple[str, str]]
) -> Iterator[str]:
    if entry.computed() != entry.sha256:
        yield (
            f"Entry {place} was altered: its contents have the digest {_short(entry.computed())}, "
            f"it says {_short(entry.sha256)}."
        )
    elif entry.is_text and canonical_json.of_text(entry.provisions) != entry.digest:
        yield f"Entry {place} is wrong: its digest is not that of its provisions, in their order."
    if entry.number != place:
        yield f"Entry {entry.number} is at position {place}: one was removed, added or moved."
    if entry.previous != previous:
        yield (
            f"Entry {place} does not follow the one before it: it names the digest {_short(entry.previous)}, "
            f"that one has {_short(previous)}. One was removed, added, moved or altered."
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


def _short(digest: str) -> str:
    return f"{digest[:12]}…"


def _described(entry: Entry) -> str:
    language = f" ({entry.language})" if entry.language else ""
    return f"{entry.kind} of version {entry.version}{language}, {entry.recorded}, {_short(entry.sha256)}"

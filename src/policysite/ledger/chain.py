"""A ledger as a whole: what it says of a version, and how it is added to."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, Problem
from policysite.ledger import canonical_json
from policysite.ledger.entries import Entry, EntryKind
from policysite.ledger.release_records import ReleaseRecord

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

FORMAT = "policysite-ledger-1"
STATEMENT = "policysite-ledger"
"""How the line begins that represents a ledger when it is signed or stamped."""
RESTORE = (
    "Restore the file: 'git checkout' of the last commit in which it is complete, or ledger/{policy}.json "
    "of the published site, which is the same file."
)


@dataclass(frozen=True)
class Ledger:
    """What was recorded of one policy, the oldest first, as it was read; it is not verified yet.

    ``entries`` are on texts, ``releases`` on the releases that were published.
    """

    policy: str
    entries: tuple[Entry, ...] = ()
    releases: tuple[ReleaseRecord, ...] = ()

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
        """The digest of the last entry: it represents all of them."""
        return self.entries[-1].sha256 if self.entries else canonical_json.NOTHING_BEFORE

    @property
    def statement(self) -> bytes:
        """The line that represents the ledger: policy, number of entries, digest of the last; and of releases, if any."""
        line = f"{STATEMENT} {self.policy} {len(self.entries)} {self.head}"
        if self.releases:
            line += f" {len(self.releases)} {self.releases[-1].sha256}"
        return f"{line}\n".encode()

    def first(self, entries: int, releases: int) -> Ledger:
        """Return the ledger as it was with so many entries and releases."""
        return Ledger(self.policy, self.entries[:entries], self.releases[:releases])

    def languages(self, version: str) -> list[str]:
        """Return the languages in which *version* is frozen."""
        return [language for number, language in self.texts if number == version]

    @property
    def days(self) -> list[dt.date]:
        """The days on which something begins or ends, or was to by what was recorded before a correction, the earliest first."""
        found = {
            day for e in self.entries for day in (e.effective, e.ended, *e.applies_from.values())
        }
        return sorted(day for day in found if day)

    def withdrawal(self, version: str) -> Entry | None:
        """Return the entry that withdrew *version*, if there is one."""
        found = [e for e in self.entries if e.kind is EntryKind.WITHDRAW and e.version == version]
        return found[-1] if found else None

    def withdrawn(self, version: str) -> dt.date | None:
        """Return the day from which *version* is withdrawn, as far as the ledger knows."""
        days = [e.withdrawn for e in self.entries if e.version == version and e.withdrawn]
        return days[-1] if days else None

    def effective(self, version: str) -> dt.date | None:
        """Return the day on which *version* takes effect, as the last entry that knows it says."""
        days = [e.effective for e in self.entries if e.version == version and e.effective]
        return days[-1] if days else None

    def postponements(self, version: str) -> list[Entry]:
        """Return the entries that postponed *version*, the oldest first."""
        kind = EntryKind.POSTPONE
        return [e for e in self.entries if e.kind is kind and e.version == version]

    def postponed(self, version: str, stated: Mapping[dt.date, dt.date]) -> dict[dt.date, dt.date]:
        """Return the days on which *version* was to take effect, each with that on which its postponement was said.

        Of what is only *stated*, the ledger can know nothing that was said before it knew the version.
        """
        known = {e.postponed: e.recorded for e in self.postponements(version) if e.postponed}
        first = next((e.recorded for e in self.entries if e.version == version), None)
        found = {old: said for old, said in stated.items() if first is None or said < first}
        return dict(sorted({**found, **known}.items()))

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
        return dataclasses.replace(self, entries=(*self.entries, linked))

    def append_release(self, day: dt.date, manifest: str) -> Ledger:
        """Return the ledger with one more release: that of the *manifest* with this digest, which shows the status of *day*."""
        record = ReleaseRecord(
            number=len(self.releases) + 1,
            day=day,
            manifest=manifest,
            entries=len(self.entries),
            head=self.head,
            previous=self.releases[-1].sha256 if self.releases else canonical_json.NOTHING_BEFORE,
        )
        return dataclasses.replace(self, releases=(*self.releases, record.sealed()))

    def text(self) -> str:
        """Return the file."""
        data: dict[str, Any] = {
            "format": FORMAT,
            "policy": self.policy,
            "entries": [entry.data() for entry in self.entries],
        }
        if self.releases:
            data["releases"] = [record.data() for record in self.releases]
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
        if message := self._rewritten(older) or self._cut_off(older):
            remedy = RESTORE.format(policy=self.policy)
            yield Problem(path, 0, Code.LEDGER_HISTORY, message, remedy)

    def _rewritten(self, older: Ledger) -> str:
        """Return where this ledger has something else than *older*, or an empty string."""
        pairs: list[tuple[str, Entry | ReleaseRecord, Entry | ReleaseRecord]] = [
            *(("Entry", *pair) for pair in zip(self.entries, older.entries, strict=False)),
            *(("Release", *pair) for pair in zip(self.releases, older.releases, strict=False)),
        ]
        for what, mine, known in pairs:
            if mine != known:
                return (
                    f"{what} {known.number} is not what the older ledger has there: history was rewritten. "
                    f"Found {_described(mine)}; the older ledger has {_described(known)}."
                )
        return ""

    def _cut_off(self, older: Ledger) -> str:
        """Return what *older* has behind the end of this ledger, or an empty string."""
        entries = older.entries[len(self.entries) :]
        releases = older.releases[len(self.releases) :]
        if not entries and not releases:
            return ""
        missing: tuple[Entry | ReleaseRecord, ...] = (*entries, *releases)
        what, ends, goes_on = (
            ("entry", len(self.entries), len(older.entries))
            if entries
            else ("release", len(self.releases), len(older.releases))
        )
        return (
            f"The ledger ends at {what} {ends}; the older one goes on to {what} {goes_on}: "
            f"it was rolled back or cut off. Missing: {'; '.join(map(_described, missing))}."
        )


def changed_provisions(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids whose digests differ, those of *after* first, in its order; then those that were removed."""
    changed = [i for i, found in after.items() if before.get(i) != found]
    return (*changed, *(i for i in before if i not in after))


def short(digest: str) -> str:
    """Return the beginning of a digest, as messages have it."""
    return f"{digest[:12]}…"


def _described(entry: Entry | ReleaseRecord) -> str:
    if isinstance(entry, ReleaseRecord):
        return f"release {entry.number}, {entry.day}, {short(entry.sha256)}"
    language = f" ({entry.language})" if entry.language else ""
    return f"{entry.kind} of version {entry.version}{language}, {entry.recorded}, {short(entry.sha256)}"

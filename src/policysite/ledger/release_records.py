"""What a ledger says of releases: each that was published, by the digest of its manifest, in a chain of its own.

Texts are recorded by those who write them, releases by those who publish, often on another machine. In one chain the two
would have to agree in which order; so a release has a chain beside that of the texts, and names the end of that one.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.ledger import canonical_json
from policysite.ledger.entries import Fields, MalformedEntryError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from policysite.ledger.entries import Entry


@dataclass(frozen=True)
class ReleaseRecord:
    """That a release was made to be published.

    ``number`` counts from 1, ``day`` is the day whose status the release shows, ``manifest`` the digest of its manifest.
    ``entries`` is how many entries on texts the ledger had, and ``head`` the digest of the last of them. ``previous`` and
    ``sha256`` are the digests of the record before it and of itself.
    """

    number: int
    day: dt.date
    manifest: str
    entries: int
    head: str
    previous: str
    sha256: str = ""

    def data(self) -> dict[str, Any]:
        """Return the record as the file has it."""
        return {**self._contents(), "sha256": self.sha256}

    def computed(self) -> str:
        """Return the digest that :attr:`sha256` ought to be."""
        return canonical_json.digest(self._contents())

    def sealed(self) -> ReleaseRecord:
        """Return the record with its own digest."""
        return dataclasses.replace(self, sha256=self.computed())

    def _contents(self) -> dict[str, Any]:
        return {
            "release": self.number,
            "day": self.day.isoformat(),
            "manifest": self.manifest,
            "entries": self.entries,
            "head": self.head,
            "previous": self.previous,
        }


def record_from(data: object) -> ReleaseRecord:
    """Return the record that *data*, an object of the file, describes.

    :raises MalformedEntryError: if a field is missing, unknown or of the wrong form.
    """
    if not isinstance(data, dict):
        raise MalformedEntryError(f"found {type(data).__name__}, expected an object")
    fields = Fields(data)
    record = ReleaseRecord(
        number=fields.number("release"),
        day=fields.day("day"),
        manifest=fields.sha256("manifest"),
        entries=fields.number("entries"),
        head=fields.sha256("head"),
        previous=fields.sha256("previous"),
        sha256=fields.sha256("sha256"),
    )
    if unknown := data.keys() - record.data().keys():
        raise MalformedEntryError(f"found the unknown field {min(map(str, unknown))!r}")
    return record


def chain_problems(
    records: Sequence[ReleaseRecord], entries: Sequence[Entry]
) -> Iterator[tuple[int, str]]:
    """Yield where the chain of *records* is broken, or names texts that the *entries* do not have: place and message."""
    previous, known = canonical_json.NOTHING_BEFORE, 1
    for place, record in enumerate(records, start=1):
        if record.computed() != record.sha256:
            yield (
                place,
                f"Release {place} was altered: its contents do not have the digest that it says.",
            )
        if record.number != place:
            yield (
                place,
                f"Release {record.number} is at position {place}: one was removed, added or moved.",
            )
        if record.previous != previous:
            yield (
                place,
                f"Release {place} does not follow the one before it: one was removed, added, moved or altered.",
            )
        if not known <= record.entries <= len(entries):
            yield (
                place,
                f"Release {place} names {record.entries} entries; expected {known} to {len(entries)}.",
            )
        elif entries[record.entries - 1].sha256 != record.head:
            yield (
                place,
                f"Release {place} does not name the digest of entry {record.entries}: one of the two was altered.",
            )
        else:
            known = record.entries
        previous = record.sha256

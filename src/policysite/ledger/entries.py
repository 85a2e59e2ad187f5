"""One entry of a ledger, and how it is written down."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from policysite.base.days import day_of
from policysite.ledger import canonical_json
from policysite.model import version_names
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_DAY = dt.date(1000, 1, 1)
"""No policy is older; so there is a day before every day."""
_LANGUAGE = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,5}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class EntryKind(StrEnum):
    """What an entry records."""

    FREEZE = "freeze"
    """The text of a version in one language, as it is published from now on."""
    CORRECT = "correct"
    """The same after a mistake was corrected, with the reason: a corrigendum."""
    WITHDRAW = "withdraw"
    """That a version is not in force from a day on, with the reason."""
    POSTPONE = "postpone"
    """That a version which was announced takes effect on a later day, with the reason."""


_TEXTS = frozenset({EntryKind.FREEZE, EntryKind.CORRECT})


class MalformedEntryError(ValueError):
    """An entry that cannot be read; the message says what was found and what is expected."""


@dataclass(frozen=True)
class Entry:
    """What was recorded on one day of one version.

    ``number`` counts from 1. ``previous`` and ``sha256`` are the digests of the entry before it and of itself.
    ``language``, ``effective``, ``digest`` and ``provisions`` (digests by id, in the order of the text) belong to a text,
    ``withdrawn`` to a withdrawal, or to a text that was withdrawn before it was recorded; ``ended``, ``after`` and ``applies_from`` (days by
    provision id) to a text whose version has them; ``effective`` and ``postponed``, the day on which it was to take effect, to a postponement; ``reasons`` has the publisher's sentence by language, that of the source first.
    """

    number: int
    kind: EntryKind
    recorded: dt.date
    version: str
    previous: str
    sha256: str = ""
    language: str = ""
    effective: dt.date | None = None
    withdrawn: dt.date | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    provisions: Mapping[str, str] = field(default_factory=dict)
    postponed: dt.date | None = None
    ended: dt.date | None = None
    after: str = ""
    applies_from: Mapping[str, dt.date] = field(default_factory=dict)

    @property
    def particulars(self) -> tuple[dt.date | None, str, dict[str, dt.date]]:
        """What front matter says besides the day on which the version takes effect, and a text is recorded with."""
        return self.ended, self.after, dict(self.applies_from)

    @property
    def is_text(self) -> bool:
        """Whether it records a text, as opposed to a withdrawal or a postponement."""
        return self.kind in _TEXTS

    @property
    def extent(self) -> str:
        """How much of a text is recorded, as summaries say it: ``the title and 14 provisions``.

        The title and what stands before the first article are a part of the text, and no provision that pages count.
        """
        count = len(self.provisions) - (TOP in self.provisions)
        provisions = f"{count} provision{'s' * (count != 1)}"
        return f"the title and {provisions}" if TOP in self.provisions else provisions

    def data(self) -> dict[str, Any]:
        """Return the entry as the file has it."""
        return {**self._contents(), "sha256": self.sha256}

    def computed(self) -> str:
        """Return the digest that :attr:`sha256` must be."""
        return canonical_json.digest(self._contents())

    def _contents(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "entry": self.number,
            "kind": self.kind.value,
            "recorded": self.recorded.isoformat(),
            "version": self.version,
        }
        if self.is_text and self.effective:
            found |= {"language": self.language, "effective": self.effective.isoformat()}
        if self.kind is EntryKind.POSTPONE and self.postponed and self.effective:
            found["postponed"] = self.postponed.isoformat()
            found["effective"] = self.effective.isoformat()
        if self.withdrawn:
            found["withdrawn"] = self.withdrawn.isoformat()
        if self.ended:
            found["ended"] = self.ended.isoformat()
        if self.after:
            found["after"] = self.after
        if self.applies_from:
            found["appliesFrom"] = {name: f"{day}" for name, day in self.applies_from.items()}
        if self.kind is not EntryKind.FREEZE:
            found["reasons"] = dict(self.reasons)
        if self.is_text:
            found |= {"digest": self.digest, "provisions": dict(self.provisions)}
        return {**found, "previous": self.previous}


def entry_from(data: object) -> Entry:
    """Return the entry that *data*, an object of the file, describes.

    :raises MalformedEntryError: if a field is missing, unknown or of the wrong form.
    """
    if not isinstance(data, dict):
        raise MalformedEntryError(f"found {type(data).__name__}, expected an object")
    fields = Fields(data)
    kind = fields.kind()
    entry = Entry(
        number=fields.number("entry"),
        kind=kind,
        recorded=fields.day("recorded"),
        version=fields.version("version"),
        previous=fields.sha256("previous"),
        sha256=fields.sha256("sha256"),
        language=fields.language("language") if kind in _TEXTS else "",
        effective=fields.day("effective") if kind is not EntryKind.WITHDRAW else None,
        postponed=fields.day("postponed") if kind is EntryKind.POSTPONE else None,
        ended=fields.day("ended") if kind in _TEXTS and "ended" in data else None,
        after=fields.version("after") if kind in _TEXTS and "after" in data else "",
        applies_from=fields.days("appliesFrom") if kind in _TEXTS and "appliesFrom" in data else {},
        withdrawn=fields.day("withdrawn")
        if kind is EntryKind.WITHDRAW or (kind in _TEXTS and "withdrawn" in data)
        else None,
        reasons=fields.texts("reasons") if kind is not EntryKind.FREEZE else {},
        digest=fields.sha256("digest") if kind in _TEXTS else "",
        provisions=fields.digests("provisions") if kind in _TEXTS else {},
    )
    if unknown := data.keys() - entry.data().keys():
        raise MalformedEntryError(f"found the unknown field {min(map(str, unknown))!r}")
    return entry


class Fields:
    """The fields of one object, each read in the form that is expected, or refused by a MalformedEntryError."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def _get(self, name: str) -> Any:
        if name not in self.data:
            raise MalformedEntryError(f"the field {name!r} is missing")
        return self.data[name]

    def _malformed(self, name: str, expected: str) -> MalformedEntryError:
        shown = repr(self.data[name])
        shown = shown if len(shown) <= 40 else f"{shown[:37]}…"
        return MalformedEntryError(f"found {name}: {shown}, expected {expected}")

    def number(self, name: str) -> int:
        """Return a whole number."""
        value = self._get(name)
        if type(value) is not int:
            raise self._malformed(name, "a number")
        return int(value)

    def text(self, name: str) -> str:
        """Return a text that is not empty."""
        value = self._get(name)
        if not isinstance(value, str) or not value:
            raise self._malformed(name, "a text")
        return value

    def kind(self) -> EntryKind:
        """Return the kind of an entry."""
        value = self.text("kind")
        try:
            return EntryKind(value)
        except ValueError:
            raise self._malformed("kind", f"one of {', '.join(EntryKind)}") from None

    def day(self, name: str) -> dt.date:
        """Return a day."""
        value = self.text(name)
        try:
            found = day_of(value)
        except ValueError:
            raise self._malformed(name, "a day like 2024-12-27") from None
        if found < FIRST_DAY:
            raise self._malformed(name, f"a day from {FIRST_DAY} on")
        return found

    def days(self, name: str) -> dict[str, dt.date]:
        """Return days by provision id."""
        values = self.texts(name)
        return {provision_id: Fields(values).day(provision_id) for provision_id in values}

    def version(self, name: str) -> str:
        """Return the number of a version."""
        value = self.text(name)
        if not version_names.is_version_name(value):
            raise self._malformed(name, "the number of a version, like 1.6")
        return value

    def language(self, name: str) -> str:
        """Return the tag of a language."""
        value = self.text(name)
        if not _LANGUAGE.fullmatch(value):
            raise self._malformed(name, "the tag of a language, like zh-TW")
        return value

    def sha256(self, name: str) -> str:
        """Return a digest."""
        value = self.text(name)
        if not _SHA256.fullmatch(value):
            raise self._malformed(name, "64 hexadecimal digits")
        return value

    def texts(self, name: str) -> dict[str, str]:
        """Return texts by language."""
        value = self._get(name)
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise self._malformed(name, "texts by language")
        return value

    def digests(self, name: str) -> dict[str, str]:
        """Return digests by provision id."""
        value = self.texts(name)
        if not value or not all(map(_SHA256.fullmatch, value.values())):
            raise self._malformed(name, "a digest for each provision")
        return value

"""How far a translation is, counted honestly: a fuzzy message is not translated, and a missing one counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policysite.base.waivers import waivers_of
from policysite.catalogs.catalog_files import Catalog, line_of
from policysite.catalogs.check_catalogs import check_catalog
from policysite.catalogs.contexts import key_at, key_of
from policysite.files.project_file import is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polib

    from policysite.catalogs.contexts import Key
    from policysite.catalogs.translations import Translations
    from policysite.text.message_templates import Message


class State(StrEnum):
    """What a message is. ``WAIVED`` is one for which a rule was waived, with a reason."""

    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    EMPTY = "empty"
    WAIVED = "waived"


@dataclass(frozen=True)
class OpenEntry:
    """A message that a translator has to translate or review.

    ``old`` is the source that ``translation`` was made of, empty where nothing is known of one. ``path`` is
    relative to the root; ``line`` counts from 1 and is 0 where the catalog lacks the message. ``context`` is that of the
    entry, empty if it has none.
    """

    state: State
    msgid: str
    old: str
    translation: str
    path: str
    line: int
    context: str = ""


@dataclass(frozen=True)
class DomainState:
    """The counts of one catalog by state, and what is open in it."""

    domain: str
    counts: dict[State, int]
    open: tuple[OpenEntry, ...]
    unreadable: str = ""
    exists: bool = True

    @property
    def total(self) -> int:
        """The number of messages."""
        return sum(self.counts.values())

    def share(self, state: State) -> float:
        """Return the share of *state*, in percent."""
        return 100 * self.counts[state] / self.total if self.total else 0.0

    @property
    def percent(self) -> int:
        """What is done, in percent, rounded down: 100 means all."""
        done = self.counts[State.TRANSLATED] + self.counts[State.WAIVED]
        if not self.total:
            return 0 if self.unreadable else 100
        return 100 * done // self.total


def domain_state(
    translations: Translations, domain: str, messages: Iterable[Message] | None
) -> DomainState:
    """Return the state of one catalog; *messages* are those of the text, None for those of the catalog."""
    found = translations.read(domain) if is_there(translations.file(domain)) else None
    catalog = found if isinstance(found, Catalog) else None
    entries = {key_of(entry): entry for entry in catalog.live} if catalog else {}
    # A message counts once for each entry that translates it somewhere.
    keys = list(entries) if messages is None else [key_at(m, entries) for m in messages]
    waived = _waived(translations, catalog) if catalog else set()
    path = translations.path(domain)
    counts = dict.fromkeys(State, 0)
    left: list[OpenEntry] = []
    for key in dict.fromkeys(keys):
        entry = entries.get(key)
        state = _state(entry, waived)
        counts[state] += 1
        if state in {State.FUZZY, State.EMPTY}:
            left.append(_open(state, key, entry, path))
    unreadable = "" if found is None or catalog else str(found)
    if found is None and messages is None:
        unreadable = f"{path}: There is no catalog."
    # Without a catalog that can be read the messages are not a list of what to do.
    listed = tuple(left) if catalog else ()
    return DomainState(domain, counts, listed, unreadable, exists=found is not None)


def _waived(translations: Translations, catalog: Catalog) -> set[int]:
    if not any(waivers_of(entry)[0] for entry in catalog.live):
        return set()
    glossary, _ = translations.glossary
    report = check_catalog(catalog, glossary, translations.source_language, complete=True)
    return {waiver.line for waiver in report.waivers}


def _state(entry: polib.POEntry | None, waived: set[int]) -> State:
    if entry is not None and line_of(entry) in waived:
        return State.WAIVED
    if entry is None or not entry.msgstr.strip():
        return State.EMPTY
    return State.FUZZY if entry.fuzzy else State.TRANSLATED


def _open(state: State, key: Key, entry: polib.POEntry | None, path: str) -> OpenEntry:
    context, msgid = key
    if entry is None:
        return OpenEntry(state, msgid, "", "", path, 0)
    old = entry.previous_msgid or ""
    return OpenEntry(state, msgid, old, entry.msgstr, path, line_of(entry), context)


def total_state(states: Sequence[DomainState]) -> DomainState:
    """Return the counts of several catalogs together."""
    counts = {state: sum(s.counts[state] for s in states) for state in State}
    return DomainState("", counts, ())

"""Bringing a catalog up to date with its text: what stays, what is filled in, what needs review.

A translation in a catalog is never changed. What the text no longer has is kept, as obsolete, only where
it would be lost otherwise. The result is written in one form, without wrapping, in the order of the text: an
update without anything new changes no byte, and an edit changes its entry only.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import polib
from babel.messages.plurals import get_plural
from rapidfuzz import fuzz, process

from policysite.catalogs.catalog_files import Catalog
from policysite.catalogs.contexts import key_at, key_of
from policysite.catalogs.renumbered_contexts import REMOVED, follow_moves
from policysite.languages.language_files import locale_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policysite.catalogs.contexts import Key
    from policysite.text.message_templates import Message

SIMILAR = 70.0
"""How alike two messages must be, of 100, for the translation of one to be offered for the other."""


@dataclass(frozen=True)
class Conflict:
    """A message that earlier versions translate differently; the nearest one's translation was taken."""

    msgid: str
    taken: str
    others: tuple[str, ...]


@dataclass
class Update:
    """An updated catalog. ``filled`` counts entries that another version's catalog translated."""

    catalog: Catalog
    filled: int = 0
    offered: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The catalog as it is written."""
        return str(self.catalog.file)

    @property
    def left(self) -> int:
        """The number of entries that a translator has to translate or review."""
        return sum(entry.fuzzy or not entry.msgstr for entry in self.catalog.live)


class Memory:
    """The translations that may be used again: those of other versions, the nearest first."""

    def __init__(self, catalogs: Iterable[Catalog]) -> None:
        self._catalogs = [
            [entry for entry in catalog.live if entry.msgstr and not entry.fuzzy]
            for catalog in catalogs
        ]
        self._exact: dict[Key, list[polib.POEntry]] = {}
        self._nearest: dict[str, list[polib.POEntry]] = {}
        for entries in self._catalogs:
            here: dict[str, list[polib.POEntry]] = {}
            for entry in entries:
                self._exact.setdefault(key_of(entry), []).append(entry)
                here.setdefault(entry.msgid, []).append(entry)
            self._nearest = here | self._nearest
        every = [entry for entries in self._catalogs for entry in entries]
        self._has_contexts = any(entry.msgctxt for entry in every)
        # The nearest last, so that it stays.
        self._sources = {entry.msgstr: entry.msgid for entry in reversed(every)}

    def exact(self, key: Key) -> list[polib.POEntry]:
        """Return the translations of a message in a context, the nearest first."""
        return self._exact.get(key, [])

    def nearest(self, msgid: str) -> list[polib.POEntry]:
        """Return the translations of *msgid*, in all its contexts, of the nearest version that has any."""
        return self._nearest.get(msgid, [])

    def similar(self, key: Key, gone: Sequence[polib.POEntry]) -> polib.POEntry | None:
        """Return the entry most like a message, if possible in its context: of those *gone* from the text, else of the nearest version."""
        context, msgid = key
        found = self._alike(msgid, gone)
        order = [context, ""] if context else [""]
        best = (e for wanted in order for e in found if (e.msgctxt or "") == wanted)
        return next(best, found[0] if found else None)

    def contexts(self, msgid: str, gone: Sequence[polib.POEntry]) -> set[str]:
        """Return the contexts in which *msgid*, or else what is most like it, has a translation of its own."""
        if not self._has_contexts and not any(entry.msgctxt for entry in gone):
            return set()
        found = self.nearest(msgid) or self._alike(msgid, gone)
        return {entry.msgctxt for entry in found if entry.msgctxt}

    def _alike(self, msgid: str, gone: Sequence[polib.POEntry]) -> list[polib.POEntry]:
        """Return the entries of the message most like *msgid*, in the first catalog that has one."""
        for entries in (gone, *self._catalogs):
            msgids = [entry.msgid for entry in entries]
            if best := process.extractOne(msgid, msgids, scorer=fuzz.ratio, score_cutoff=SIMILAR):
                return [entry for entry in entries if entry.msgid == best[0]]
        return []

    def source_of(self, msgstr: str) -> str | None:
        """Return what another version's catalog translates as *msgstr*, or None."""
        return self._sources.get(msgstr)


def update_catalog(
    catalog: Catalog,
    messages: Sequence[Message],
    memory: Memory,
    moved: Mapping[str, str] = MappingProxyType({}),
) -> Update:
    """Return *catalog* with exactly the *messages* of its text, and an entry for each of their contexts that it had.

    *moved* is the record of the version.
    """
    file = polib.POFile(wrapwidth=0)
    file.header, file.metadata = catalog.file.header, catalog.file.metadata
    file.metadata_is_fuzzy = catalog.file.metadata_is_fuzzy
    update = Update(Catalog(catalog.language, catalog.domain, catalog.path, file))
    wanted: dict[str, list[Message]] = {}
    for message in messages:
        wanted.setdefault(message.msgid, []).append(message)
    here: dict[str, list[polib.POEntry]] = {}
    for entry in catalog.live:
        here.setdefault(entry.msgid, []).append(entry)
    past = [entry for entry in catalog.entries if entry.obsolete]
    gone = [entry for entry in catalog.live if entry.msgid not in wanted and entry.msgstr]
    old = _Old(here, {key_of(entry): entry for entry in past if entry.msgstr}, gone, memory, moved)
    live: list[polib.POEntry] = []
    for places in wanted.values():
        live += old.updated(places, update)
    kept = _useful([*past, *gone], live, memory)
    file.extend([*live, *kept])
    return update


@dataclass(frozen=True)
class _Old:
    """What there is for the messages of a text: the entries ``here`` by msgid, those that are ``obsolete``, or ``gone``."""

    here: Mapping[str, list[polib.POEntry]]
    obsolete: Mapping[Key, polib.POEntry]
    gone: Sequence[polib.POEntry]
    memory: Memory
    moved: Mapping[str, str]

    def updated(self, places: Sequence[Message], update: Update) -> Iterator[polib.POEntry]:
        """Yield the entries of one message, which has these *places*."""
        msgid = places[0].msgid
        contexts = {context for message in places for context in message.contexts}
        nearest = self.memory.nearest(msgid)
        carried = {e.msgctxt: e.msgstr for e in nearest if e.msgctxt and e.msgctxt != REMOVED}
        found = follow_moves(self.here.get(msgid, []), contexts, carried, self.moved)
        here = {key_of(entry): entry for entry in found}
        keys = self._keys(places, here)
        for key in keys:
            known = here.get(key)
            if known is None or not known.msgstr:
                known = _revived(self.obsolete.get(key)) or known
            entry = (
                copy.copy(known) if known else polib.POEntry(msgid=msgid, msgctxt=key[0] or None)
            )
            if not entry.msgstr:
                _fill(entry, self, update, keys)
            _tidy(entry, self.memory)
            yield entry

    def _keys(self, places: Sequence[Message], here: Mapping[Key, polib.POEntry]) -> list[Key]:
        """Return the keys of the entries of one message, in the order of the text.

        Contexts come from other versions with their translations, so not to a message that is translated already. An entry
        that applies in none of its *places* stays if it says something: whether it names a wrong place is for a translator to say.
        """
        msgid, listed = places[0].msgid, set(here)
        if not any(entry.msgstr for entry in here.values()):
            old = {context for context, other in self.obsolete if context and other == msgid}
            contexts = old or self.memory.contexts(msgid, self.gone)
            listed |= {(context, msgid) for context in contexts}
        keys = dict.fromkeys(key_at(message, listed) for message in places)
        return [*(keys | dict.fromkeys(key for key, entry in here.items() if entry.msgstr))]


def _revived(entry: polib.POEntry | None) -> polib.POEntry | None:
    """Return an obsolete *entry* as one of the text again."""
    if entry is None:
        return None
    entry = copy.copy(entry)
    entry.obsolete = False
    return entry


def _fill(entry: polib.POEntry, old: _Old, update: Update, keys: Sequence[Key]) -> None:
    """Translate *entry* as an earlier version does, or offer what is nearest, for review.

    *keys* are those of all entries of its message.
    """
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if known := old.memory.exact(key_of(entry)):
        entry.msgstr = known[0].msgstr
        entry.tcomment = entry.tcomment or known[0].tcomment
        update.filled += 1
        # What is said in a place that this version does not have is among them.
        elsewhere = [e for e in old.memory.nearest(entry.msgid) if key_of(e) not in keys]
        others = dict.fromkeys(
            e.msgstr for e in [*known[1:], *elsewhere] if e.msgstr != entry.msgstr
        )
        if others:
            update.conflicts.append(Conflict(entry.msgid, entry.msgstr, tuple(others)))
    elif similar := old.memory.similar(key_of(entry), old.gone):
        entry.msgstr = similar.msgstr
        entry.tcomment = entry.tcomment or similar.tcomment
        # What the translation is one of: for a fuzzy entry that is not its msgid.
        entry.previous_msgid = (similar.fuzzy and similar.previous_msgid) or similar.msgid
        entry.flags = ["fuzzy", *entry.flags]
        update.offered += 1


def _tidy(entry: polib.POEntry, memory: Memory) -> None:
    """Keep of an entry what tools made no sense of, and the old msgid exactly where it is fuzzy."""
    entry.occurrences = []
    # Babel takes "100% of" for a format of Python; msgfmt would then refuse a right translation.
    entry.flags = [flag for flag in entry.flags if not flag.endswith("-format")]
    if not entry.fuzzy:
        entry.previous_msgid = entry.previous_msgctxt = None
    elif not entry.previous_msgid:
        entry.previous_msgid = memory.source_of(entry.msgstr)


def _useful(
    entries: Iterable[polib.POEntry], live: Sequence[polib.POEntry], memory: Memory
) -> Iterator[polib.POEntry]:
    """Yield, as obsolete, the translations that would be lost without them."""
    used = {entry.msgstr for entry in live}
    for entry in entries:
        if entry.msgstr and entry.msgstr not in used and memory.source_of(entry.msgstr) is None:
            kept = copy.copy(entry)
            kept.obsolete, kept.previous_msgid = True, None
            kept.occurrences = []
            used.add(kept.msgstr)
            yield kept


def new_catalog(project: str, language: str, domain: str, path: str, day: dt.date) -> Catalog:
    """Return a catalog with a header and no entry, as ``msgfmt --check-header`` wants it."""
    locale = locale_of(language)
    date = f"{day.isoformat()} 00:00+0000"
    file = polib.POFile(wrapwidth=0)
    file.header = f"{locale.get_display_name('en')} translation of {project}."
    file.metadata = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        # Without a date Babel would not compile the catalog again.
        "POT-Creation-Date": date,
        "PO-Revision-Date": date,
        "Last-Translator": "policysite",
        "Language-Team": locale.get_display_name("en") or language,
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": get_plural(locale).plural_forms,
    }
    return Catalog(language, domain, path, file)

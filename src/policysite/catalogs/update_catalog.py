"""Bringing a catalog up to date with its text: what stays, what is filled in, what needs review.

A translation in a catalog is never changed. What the text no longer has is kept, as obsolete, only where
it would be lost otherwise. The result is written in one form, without wrapping, in the order of the text: an
update without anything new changes no byte, and an edit changes its entry only.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polib
from babel.messages.plurals import get_plural
from rapidfuzz import fuzz, process

from policysite.catalogs.catalog_files import Catalog
from policysite.languages.language_files import locale_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

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
        self._exact: dict[str, list[polib.POEntry]] = {}
        for entries in self._catalogs:
            for entry in entries:
                self._exact.setdefault(entry.msgid, []).append(entry)
        every = [entry for entries in self._catalogs for entry in entries]
        # The nearest last, so that it stays.
        self._sources = {entry.msgstr: entry.msgid for entry in reversed(every)}

    def exact(self, msgid: str) -> list[polib.POEntry]:
        """Return the translations of *msgid*, the nearest first."""
        return self._exact.get(msgid, [])

    def similar(self, msgid: str, gone: Sequence[polib.POEntry]) -> polib.POEntry | None:
        """Return the entry most like *msgid*: of those *gone* from the text, else of the nearest version."""
        for entries in (gone, *self._catalogs):
            found = process.extractOne(
                msgid, [e.msgid for e in entries], scorer=fuzz.ratio, score_cutoff=SIMILAR
            )
            if found:
                return entries[found[2]]
        return None

    def source_of(self, msgstr: str) -> str | None:
        """Return what another version's catalog translates as *msgstr*, or None."""
        return self._sources.get(msgstr)


def update_catalog(catalog: Catalog, messages: Sequence[Message], memory: Memory) -> Update:
    """Return *catalog* with exactly the *messages* of its text."""
    file = polib.POFile(wrapwidth=0)
    file.header, file.metadata = catalog.file.header, catalog.file.metadata
    file.metadata_is_fuzzy = catalog.file.metadata_is_fuzzy
    update = Update(Catalog(catalog.language, catalog.domain, catalog.path, file))
    wanted = dict.fromkeys(message.msgid for message in messages)
    here = {entry.msgid: entry for entry in catalog.live}
    past = [entry for entry in catalog.entries if entry.obsolete]
    obsolete = {entry.msgid: entry for entry in past if entry.msgstr}
    gone = [entry for entry in catalog.live if entry.msgid not in wanted and entry.msgstr]
    live: list[polib.POEntry] = []
    for msgid in wanted:
        known = here.get(msgid)
        if known is None or not known.msgstr:
            known = _revived(obsolete.get(msgid)) or known
        entry = copy.copy(known) if known else polib.POEntry(msgid=msgid)
        if not entry.msgstr:
            _fill(entry, memory, gone, update)
        _tidy(entry, memory)
        live.append(entry)
    kept = _useful([*past, *gone], live, memory)
    file.extend([*live, *kept])
    return update


def _revived(entry: polib.POEntry | None) -> polib.POEntry | None:
    """Return an obsolete *entry* as one of the text again."""
    if entry is None:
        return None
    entry = copy.copy(entry)
    entry.obsolete = False
    return entry


def _fill(
    entry: polib.POEntry, memory: Memory, gone: Sequence[polib.POEntry], update: Update
) -> None:
    """Translate *entry* as an earlier version does, or offer what is nearest, for review."""
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if known := memory.exact(entry.msgid):
        entry.msgstr = known[0].msgstr
        entry.tcomment = entry.tcomment or known[0].tcomment
        update.filled += 1
        others = dict.fromkeys(e.msgstr for e in known[1:] if e.msgstr != entry.msgstr)
        if others:
            update.conflicts.append(Conflict(entry.msgid, entry.msgstr, tuple(others)))
    elif similar := memory.similar(entry.msgid, gone):
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
        entry.previous_msgid = None
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

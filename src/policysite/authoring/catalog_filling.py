"""Filling a catalog with what a published translation says: nothing that is translated already is changed unless that is asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import polib

from policysite.base.problems import Code
from policysite.base.waivers import waivers_of
from policysite.catalogs.contexts import Key, key_at, key_of
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.glossary import Glossary
    from policysite.importing.translation_alignment import Fit


class Kept(NamedTuple):
    """A translation that stays as it is, where the published text says something else."""

    fit: Fit
    msgstr: str
    fuzzy: bool


@dataclass
class Filling:
    """What became of the entries of a catalog: ``filled`` are their keys, ``same`` counts those that said it already.

    ``kept`` say something else; ``unlike`` are places of one message that the text translates otherwise than another place of it,
    which no context tells apart; ``untranslated`` are words that are the same as in the source.
    """

    filled: list[Key] = field(default_factory=list)
    same: int = 0
    kept: list[Kept] = field(default_factory=list)
    unlike: list[Fit] = field(default_factory=list)
    untranslated: list[Fit] = field(default_factory=list)


def fill(
    catalog: Catalog, fits: Sequence[Fit], checked_with: tuple[Glossary, str], *, overwrite: bool
) -> Filling:
    """Write the words of *fits* into the entries of *catalog*, which has one for each message; *overwrite* what they say already.

    It is *checked_with* a glossary, and for the source language: what a check takes for the words of the source translates nothing.
    """
    return _Filler(catalog, fits, *checked_with, overwrite=overwrite).filled()


class _Filler:
    def __init__(
        self,
        catalog: Catalog,
        fits: Sequence[Fit],
        glossary: Glossary,
        source: str,
        *,
        overwrite: bool,
    ) -> None:
        self._catalog, self._fits, self._overwrite = catalog, fits, overwrite
        self._glossary, self._source = glossary, source
        self._entries = {key_of(entry): entry for entry in catalog.live}
        self._filling = Filling()

    def filled(self) -> Filling:
        """Fill the catalog."""
        groups: dict[Key, list[Fit]] = {}
        for fit in self._fits:
            groups.setdefault(key_at(fit.message, self._entries), []).append(fit)
        for key, fits in groups.items():
            if key in self._entries:
                self._group(key, fits)
        return self._filling

    def _group(self, key: Key, fits: Sequence[Fit]) -> None:
        """Fill one entry with what its places say; those that say something else get entries of their own."""
        entry = self._entries[key]
        was = entry.msgstr
        counts = Counter(fit.words for fit in fits)
        said = next((words for words in counts if _folded(words) == _folded(was)), "")
        chosen = said or counts.most_common(1)[0][0]
        others = [fit for fit in fits if fit.words != chosen]
        self._set(entry, next(fit for fit in fits if fit.words == chosen))
        if was and not self._overwrite:
            # A place of its own would change what is published there.
            self._filling.kept += [Kept(fit, was, entry.fuzzy) for fit in others]
            return
        for fit in _by_words(others):
            self._apart(entry, fit, fits)

    def _apart(self, entry: polib.POEntry, fit: Fit, fits: Sequence[Fit]) -> None:
        """Give the words of *fit* an entry for its place, if that tells it from the other places of the message."""
        contexts = fit.message.contexts
        narrower = contexts.index(entry.msgctxt) if entry.msgctxt else len(contexts)
        for context in contexts[:narrower]:
            inside = [other for other in fits if context in other.message.contexts]
            key = context, fit.message.msgid
            if key not in self._entries and {other.words for other in inside} == {fit.words}:
                made = polib.POEntry(msgid=key[1], msgctxt=context)
                self._catalog.file.insert(self._catalog.file.index(entry) + 1, made)
                self._entries[key] = made
                self._set(made, fit)
                return
        self._filling.unlike.append(fit)

    def _set(self, entry: polib.POEntry, fit: Fit) -> None:
        is_same = _folded(entry.msgstr) == _folded(fit.words)
        if is_same and not entry.fuzzy:
            self._filling.same += 1
        elif entry.msgstr and not is_same and not self._overwrite:
            self._filling.kept.append(Kept(fit, entry.msgstr, entry.fuzzy))
        elif self._is_untranslated(entry, fit.words):
            self._filling.untranslated.append(fit)
        else:
            entry.msgstr = entry.msgstr if is_same else fit.words
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = entry.previous_msgctxt = None
            self._filling.filled.append(key_of(entry))

    def _is_untranslated(self, entry: polib.POEntry, words: str) -> bool:
        """Whether *words* are those of the source, which a check would refuse."""
        if words != entry.msgid or Code.CATALOG_UNTRANSLATED in waivers_of(entry)[0]:
            return False
        pair = Pair(entry.msgid, words, self._source, self._catalog.language)
        faults = check_text(pair, self._glossary)
        return any(fault.code is Code.CATALOG_UNTRANSLATED for fault in faults)


def _folded(words: str) -> str:
    """Return *words* with white space of one kind: a page does not tell which it was."""
    return " ".join(words.split())


def _by_words(fits: Sequence[Fit]) -> Iterator[Fit]:
    """Yield one of the *fits* for each of their words and places."""
    yield from {(fit.words, fit.message.contexts): fit for fit in fits}.values()

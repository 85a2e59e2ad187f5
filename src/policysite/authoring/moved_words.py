"""Words of the interface that a site has in ``sphinx.po``, from before the engine had any: they move to a catalog of their own.

Nothing that a translator wrote is lost: what the engine says too goes; what differs is kept, and used where the engine does not
speak the language. Where it does, they are fuzzy: they may be an older translation, or a choice.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.catalogs.translations import INTERFACE, TEMPLATES
from policysite.catalogs.update_catalog import new_catalog
from policysite.locale.interface_words import (
    forms_of,
    known_messages,
    message_of,
    plural_forms,
    shipped,
)

if TYPE_CHECKING:
    import datetime as dt

    import polib

    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.translations import Translations

_COMMENT = "It was in sphinx.po. Without the fuzzy mark it is used instead of the engine's: {}"


@dataclass(frozen=True)
class MovedWords:
    """Two catalogs without and with the words that move: ``left`` is None where nothing is left of the old one.

    ``used`` counts the words that are used as they were, ``offered`` those that differ from the engine's.
    """

    old: Catalog
    own: Catalog
    left: str | None
    used: int
    offered: int

    def __str__(self) -> str:
        """Return what moved where, and what is to be done about it."""
        kept = f"{self.used} used as before, {self.offered} kept as fuzzy, for review"
        return f"{self.old.path}: words of the interface moved to {self.own.path}: {kept}"


def move_words(project: str, translations: Translations, day: dt.date) -> MovedWords | None:
    """Return what moves from the catalog of a site's own templates; None where it has no word of the engine."""
    old = translations.catalog(TEMPLATES)
    known = known_messages()
    moving = [entry for entry in old.entries if message_of(entry) in known] if old else []
    if old is None or not moving:
        return None
    own = translations.catalog(INTERFACE) or _empty(project, translations, day)
    said, had = shipped(translations.language), {message_of(entry) for entry in own.entries}
    used = offered = 0
    for entry in moving:
        message, forms = message_of(entry), forms_of(entry)
        old.file.remove(entry)
        if not forms or message in had or said.get(message) == forms:
            continue
        had.add(message)
        own.file.append(_moved(entry, said.get(message, ())))
        used += not entry.fuzzy and message not in said
        offered += entry.fuzzy or message in said
    left = str(old.file) if old.entries else None
    return MovedWords(old, own, left, used, offered)


def _moved(entry: polib.POEntry, engine: tuple[str, ...]) -> polib.POEntry:
    moved = copy.copy(entry)
    moved.occurrences, moved.obsolete = [], False
    if engine:
        moved.flags = ["fuzzy"]
        moved.tcomment = "\n".join(filter(None, [entry.tcomment, _COMMENT.format(engine[0])]))
    return moved


def _empty(project: str, translations: Translations, day: dt.date) -> Catalog:
    language = translations.language
    catalog = new_catalog(project, language, INTERFACE, translations.path(INTERFACE), day)
    catalog.file.metadata["Plural-Forms"] = plural_forms(language)
    return catalog

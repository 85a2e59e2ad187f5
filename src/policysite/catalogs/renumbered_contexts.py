"""Contexts of entries when provisions are renumbered: a version's catalog names them by the ids of that version."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import polib

from policysite.catalogs.contexts import context_after, context_before, key_of
from policysite.model.provision_ids import is_provision_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from policysite.catalogs.catalog_files import Catalog

REMOVED = "(removed)"
"""The context of an entry whose provision the version does not have; no place is called so."""


def with_ids_of(catalog: Catalog, trace: Callable[[str], str | None]) -> Catalog:
    """Return *catalog*, that of another version, with contexts as in this one; *trace* tells what an id is in it."""
    if not any(entry.msgctxt for entry in catalog.live):
        return catalog
    file = polib.POFile(wrapwidth=0)
    file.header, file.metadata = catalog.file.header, catalog.file.metadata
    for entry in catalog.entries:
        if entry.msgctxt and is_provision_id(entry.msgctxt):
            file.append(_moved(entry, trace(entry.msgctxt) or REMOVED))
        else:
            file.append(entry)
    return replace(catalog, file=file)


def follow_moves(
    entries: Sequence[polib.POEntry],
    contexts: Iterable[str],
    carried: Mapping[str, str],
    moved: Mapping[str, str],
) -> list[polib.POEntry]:
    """Return the *entries* of one message with their contexts as the version numbers its provisions now.

    *contexts* are those that the message has there, *moved* is the record of the version. An entry moves if its context is wrong
    and that of its new place is free. All move if they are as they came from the version before: *carried* are the contexts that
    its translations should have here.
    """
    here = {entry.msgctxt: entry.msgstr for entry in entries if entry.msgctxt}
    before = {context_before(context, moved): said for context, said in carried.items()}
    as_before = here == before != carried
    known, found = set(contexts), []
    for entry in entries:
        now = context_after(entry.msgctxt, moved) if entry.msgctxt else ""
        is_wrong = entry.msgctxt not in known and now not in here
        moves = now in known and now != entry.msgctxt and (as_before or is_wrong)
        found.append(_moved(entry, now) if moves else entry)
    # A record that would put two into one place is not followed.
    return found if len(set(map(key_of, found))) == len(set(map(key_of, entries))) else [*entries]


def _moved(entry: polib.POEntry, context: str) -> polib.POEntry:
    entry = copy.copy(entry)
    entry.msgctxt = context
    return entry

"""A catalog against the document that it translates: messages without an entry, and entries without a place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, excerpt, quoted
from policysite.catalogs.catalog_files import line_of
from policysite.catalogs.contexts import context_after, key_at, key_of, named_entry, shown_context
from policysite.text.messages import PlaceClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import polib

    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.contexts import Key
    from policysite.text.message_templates import Message

_MOST_PLACES = 5


def update_command(language: str, *, in_use: bool) -> str:
    """Return the command that brings a catalog up to date; *in_use*: it is that of a published version."""
    return f"policysite update-po --language {language}{' --published' if in_use else ''}"


def missing_entries(catalog: Catalog, messages: Iterable[Message]) -> Iterator[Message]:
    """Yield the *messages* of a document for whose place its catalog does not even list an entry."""
    listed = set(map(key_of, catalog.live))
    yield from (message for message in messages if key_at(message, listed) not in listed)


def missing_problem(message: Message, catalog: Catalog, path: str, update: str) -> Problem:
    """Return the problem of a *message* of the document *path* that is published without a translation."""
    return Problem(
        path,
        message.line,
        Code.CATALOG_INCOMPLETE,
        f"{excerpt(message.msgid)} has no translation in {catalog.path}.",
        f"Run '{update}' and translate it: this text is published.",
    )


def stale_problem(entry: polib.POEntry, catalog: Catalog, update: str, found: str = "") -> Problem:
    """Return the problem of a translation that is on no page, or (*found*) not whole."""
    found = (
        found
        or "The entry is obsolete: the text does not have this message, so its translation is on no page."
    )
    return _unreached(
        entry, catalog, found, f"Run '{update}'; it keeps the translation, for review."
    )


def _unreached(entry: polib.POEntry, catalog: Catalog, found: str, remedy: str) -> Problem:
    shown = f"{named_entry(entry)}: {found}"
    return Problem(catalog.path, line_of(entry), Code.CATALOG_UNREACHED, shown, remedy)


def stale_problems(
    catalog: Catalog, messages: Sequence[Message], update: str, moved: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the problems of entries that translate none of *messages*, those of the document, in any place.

    An entry that would not be published is none, unless its context is wrong. *moved* is the record of the version.
    """
    yield from wrong_contexts(catalog, messages, moved)
    places, applying = _by_place(catalog, messages)
    for entry in catalog.live:
        if key_of(entry) in applying or entry.fuzzy or not entry.msgstr.strip():
            continue
        if entry.msgid not in places:
            yield stale_problem(entry, catalog, update)
        elif entry.msgctxt is None:
            yield _unreached(entry, catalog, _OVERRULED, _ONE_TOO_MANY)


def wrong_contexts(
    catalog: Catalog, messages: Sequence[Message], moved: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the problems of entries whose context is that of no place that their message has in the text.

    *moved* is the record of the version. A message that the text does not have has no wrong places.
    """
    places, applying = _by_place(catalog, messages)
    known = {context for message in messages for context in message.contexts}
    for entry in catalog.live:
        # An empty context is not the same as none.
        applies = bool(entry.msgctxt) and key_of(entry) in applying
        if entry.msgctxt is not None and entry.msgid in places and not applies:
            found, remedy = _wrong_context(entry.msgctxt, places[entry.msgid], known, moved)
            yield _unreached(entry, catalog, found, remedy)


def _by_place(
    catalog: Catalog, messages: Iterable[Message]
) -> tuple[dict[str, list[Message]], set[Key]]:
    """Return the *messages* by msgid, and the keys of the entries that apply to them."""
    listed = set(map(key_of, catalog.live))
    places: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        places[message.msgid].append(message)
    return places, {key_at(message, listed) for message in messages}


_OVERRULED = "Entries with a more specific context translate every place that has this message, so this one is on no page."
_ONE_TOO_MANY = "Remove it, or the context that is one too many."


def _wrong_context(
    context: str, places: list[Message], known: set[str], moved: Mapping[str, str]
) -> tuple[str, str]:
    """Return what is wrong with a *context* that applies in none of the *places* of its message, and the remedy."""
    if any(context in message.contexts for message in places):
        return _OVERRULED, _ONE_TOO_MANY
    names = contexts_of(places)
    shown = quoted(names[:_MOST_PLACES]) + (" …" if len(names) > _MOST_PLACES else "")
    expected = f"expected {shown}, where the text has it" if names else "expected none"
    if context not in known and context not in set(PlaceClass):
        found = f"Found the context {shown_context(context)}, which names no provision with words and no class of places"
    else:
        found = f"The message is not in {shown_context(context)}"
    now = context_after(context, moved)
    if now != context and any(now in message.contexts for message in places):
        return f"{found}; {context} is now {now}.", f'Write msgctxt "{now}".'
    remedy = f'Write msgctxt "{names[0]}"' if len(names) == 1 else "Write one of these as msgctxt"
    if not names:
        remedy = "Remove the line msgctxt"
    return f"{found}; {expected}.", f"{remedy}, or remove the entry."


def contexts_of(places: Iterable[Message]) -> list[str]:
    """Return what a context may call the *places* of one message: the innermost provisions, and the classes."""
    innermost = [m.contexts[0] for m in places if m.contexts]
    classes = [m.contexts[-1] for m in places if m.contexts and m.contexts[-1] in set(PlaceClass)]
    return list(dict.fromkeys([*innermost, *classes]))

"""A catalog against the document that it translates: messages without an entry, and entries without a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, excerpt
from policysite.catalogs.catalog_files import line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import polib

    from policysite.catalogs.catalog_files import Catalog
    from policysite.text.message_templates import Message


def update_command(language: str, *, in_use: bool) -> str:
    """Return the command that brings a catalog up to date; *in_use*: it is that of a published version."""
    return f"policysite update-po --language {language}{' --published' if in_use else ''}"


def missing_entries(catalog: Catalog, messages: Iterable[Message]) -> Iterator[Message]:
    """Yield the *messages* of a document that its catalog does not even list."""
    listed = {entry.msgid for entry in catalog.live}
    yield from (message for message in messages if message.msgid not in listed)


def stale_entries(catalog: Catalog, msgids: Collection[str]) -> Iterator[polib.POEntry]:
    """Yield the translations whose message is not among *msgids*, those of the document."""
    for entry in catalog.live:
        if entry.msgstr.strip() and not entry.fuzzy and entry.msgid not in msgids:
            yield entry


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
    return Problem(
        catalog.path,
        line_of(entry),
        Code.CATALOG_UNREACHED,
        f"{excerpt(entry.msgid)}: {found}",
        f"Run '{update}'; it keeps the translation, for review.",
    )

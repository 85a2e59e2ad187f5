"""Which entry of a catalog translates a message in which place: one with a context goes before one without.

In the catalog of a policy version a ``msgctxt`` names a place: a provision by its id, or a class of places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import excerpt
from policysite.model.provision_ids import is_provision_id
from policysite.model.register_reader import NOT_VERSIONS
from policysite.model.renumbering import id_after, id_before

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    import polib

    from policysite.text.message_templates import Message

_LONGEST = 60
Key = tuple[str, str]
"""What gettext knows an entry by: its context, empty if it has none, and its msgid."""


def key_of(entry: polib.POEntry) -> Key:
    """Return the key of *entry*."""
    return entry.msgctxt or "", entry.msgid


def key_at(message: Message, listed: Container[Key]) -> Key:
    """Return the key of the entry that applies to *message* in its place: of those *listed* the most specific.

    That of an entry without a context is returned too where there is none: it is the one that is missing. Whether the entry
    is translated does not count: an empty one leaves its place untranslated.
    """
    keys = ((context, message.msgid) for context in message.contexts)
    return next((key for key in keys if key in listed), ("", message.msgid))


def context_after(context: str, moved: Mapping[str, str]) -> str:
    """Return what a *context* of the version before is in that with the record *moved*: empty for a removed provision."""
    return (id_after(context, moved) or "") if is_provision_id(context) else context


def context_before(context: str, moved: Mapping[str, str]) -> str:
    """Return what a *context* of the version with the record *moved* was in the one before: empty for a new provision."""
    return (id_before(context, moved) or "") if is_provision_id(context) else context


def shown_context(context: str) -> str:
    """Return *context* for a message, cut where it is long."""
    return repr(context if len(context) <= _LONGEST else f"{context[:_LONGEST]}…")


def named_entry(entry: polib.POEntry) -> str:
    """Return how messages name *entry*."""
    where = f" in {shown_context(entry.msgctxt)}" if entry.msgctxt else ""
    return f"{excerpt(entry.msgid)}{where}"


def may_have_contexts(domain: str) -> bool:
    """Whether *domain* is that of a policy version, whose places have names."""
    policy, _, page = domain.partition("/")
    return bool(policy and page) and page not in NOT_VERSIONS

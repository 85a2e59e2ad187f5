"""A message with its translation, and what may be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policysite.base.problems import Code


class Fault(NamedTuple):
    """What is wrong with one message, before its place is known."""

    code: Code
    message: str
    remedy: str


class Pair(NamedTuple):
    """A message and its translation, with their languages."""

    msgid: str
    msgstr: str
    source_language: str
    language: str

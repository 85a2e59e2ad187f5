"""What a fact is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ValueKind(StrEnum):
    """The kinds of fact."""

    PROVISION = "provision"
    NUMBER = "number"
    DATE = "date"
    PERIOD = "period"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


class Fact(NamedTuple):
    """A value, its place in the text, and the number in it.

    ``spelled``: written without a digit. ``loose``: may be a fact of another kind with the same number.
    ``repeats``: how often it is stated does not matter. ``counts``: a word that says how many.
    ``parts``: the numbers with which a time of day is written. ``also``: what it may be as well, as kind and value.
    ``aged``: a number of years, or what may be one.
    """

    kind: ValueKind
    value: str
    start: int
    end: int
    number: str = ""
    optional: bool = False
    spelled: bool = False
    loose: bool = False
    repeats: bool = False
    counts: bool = False
    parts: tuple[str, ...] = ()
    also: tuple[tuple[ValueKind, str], ...] = ()
    aged: bool = False

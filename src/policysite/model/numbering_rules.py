"""What the author of a version says of its numbers: what was printed with a slip, and where they begin again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class NumberingRules:
    """The slips that were published, and where numbers begin again.

    ``as_printed`` are ids whose number is missing the one before it, or stands twice, with what is said of that;
    ``restart`` has the level in which the numbers of a level begin again: ``{"art": "chp"}``; ``levels`` the level of a kind of
    marks, by the first one of it as it is printed: ``{"1.": "para"}``.
    """

    as_printed: Mapping[str, str] = field(default_factory=dict)
    restart: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)

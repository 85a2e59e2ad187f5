"""What verifying a site has found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from policysite.base.problems import error_count

if TYPE_CHECKING:
    from policysite.base.problems import Problem


class Attest(StrEnum):
    """What is to be attested."""

    AUTO = "auto"
    """The bytes, if the site has a manifest; else the words of its texts."""
    BYTES = "bytes"
    """The bytes: a site without a manifest is a problem."""
    WORDS = "words"
    """The words alone, as of a host that rewrites files."""


WORDS = "Every text that is recorded is on the site, word for word."
BYTES = (
    "Every file is the one that was recorded when it was published, and every text that is recorded is on the site, "
    "word for word."
)


@dataclass
class VerificationReport:
    """What was found: ``facts`` that hold, ``notes`` on what could not be said, and ``problems``.

    ``has_bytes``: all bytes are attested, and not the words of the texts alone. ``not_attested`` names what is not.
    """

    facts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_bytes: bool = False
    not_attested: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the report, one fact a line, the problems last."""
        lines = [*self.facts, *(f"note: {note}" for note in self.notes)]
        lines += [f"not attested: {what}" for what in self.not_attested]
        found = sorted(set(self.problems))
        lines += map(str, found)
        if found:
            lines.append(f"{error_count(found)}: this site is not what was recorded.")
        else:
            lines.append(BYTES if self.has_bytes else WORDS)
        return "\n".join(lines)

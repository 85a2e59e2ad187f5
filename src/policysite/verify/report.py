"""What verifying a site has found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base.problems import error_count

if TYPE_CHECKING:
    from policysite.base.problems import Problem


@dataclass
class VerificationReport:
    """What was found: ``facts`` that hold, ``notes`` on what could not be said, and ``problems``."""

    facts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the report, one fact a line, the problems last."""
        lines = [*self.facts, *(f"note: {note}" for note in self.notes)]
        lines += map(str, sorted(set(self.problems)))
        lines.append(
            f"{error_count(set(self.problems))}: this site is not what was recorded."
            if self.problems
            else "Every text that is recorded is on the site, word for word. Not judged: menus, notices and tools beside "
            "the texts, comparisons, parallel texts, style sheets and scripts."
        )
        return "\n".join(lines)

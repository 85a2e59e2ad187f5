"""Waivers: a translator says in a comment why a rule does not hold for one entry.

``# waive catalog-term: the law's own name``, as a translator's comment above the entry. A reason is needed, and a
waiver that no longer waives anything is an error, so that the list of waivers stays true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, quoted

if TYPE_CHECKING:
    import polib

WAIVABLE = frozenset(
    {
        Code.CATALOG_LINK,
        Code.CATALOG_EMPHASIS,
        Code.CATALOG_MARK,
        Code.CATALOG_NUMBER,
        Code.CATALOG_FIGURE,
        Code.CATALOG_MEANING,
        Code.CATALOG_SENTENCE,
        Code.CATALOG_DATE,
        Code.CATALOG_PERIOD,
        Code.CATALOG_CONTACT,
        Code.CATALOG_TERM,
        Code.CATALOG_FORBIDDEN,
        Code.CATALOG_UNTRANSLATED,
        Code.CATALOG_INCOMPLETE,
        Code.TEXT_REFERENCE,
        Code.STALE_REFERENCE,
    }
)
"""The rules that are a matter of judgement. The rest keep a translation whole and a site safe."""
OF_WHOLE_TEXTS = frozenset({Code.TEXT_REFERENCE, Code.STALE_REFERENCE})
"""Those among them that no entry can be checked for without the text that it is of."""

_COMMENT = re.compile(r"\s*waives?\b[\s:]*(?P<code>[\w-]*)[\s:]*(?P<reason>.*)", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Waiver:
    """One rule that was waived for one entry; ``path`` is relative to the root, ``line`` counts from 1."""

    path: str
    line: int
    code: Code
    msgid: str
    reason: str

    def __str__(self) -> str:
        """Return ``path:line: [code] waived: reason``."""
        return f"{self.path}:{self.line}: [{self.code}] waived: {self.reason}"


def waivers_of(entry: polib.POEntry) -> tuple[dict[Code, str], list[str]]:
    """Return the reasons by code that the comments of *entry* give, and what is wrong with the rest."""
    reasons: dict[Code, str] = {}
    wrong: list[str] = []
    for line in entry.tcomment.splitlines():
        match = _COMMENT.fullmatch(line)
        if match is None:
            continue
        try:
            code = Code(match["code"].lower())
        except ValueError:
            wrong.append(
                f"Found a waiver of {match['code']!r}, which is not a rule; the rules are {quoted(sorted(WAIVABLE))}."
            )
            continue
        if code not in WAIVABLE:
            wrong.append(
                f"The rule {code.value!r} cannot be waived: it keeps the page complete and safe."
            )
        elif not any(map(str.isalpha, match["reason"])):
            wrong.append(f"The waiver of {code.value!r} gives no reason.")
        else:
            reasons[code] = match["reason"].strip()
    return reasons, wrong

"""What can be said of a whole text: its language, and the days that it names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from policysite.languages.language_data import rules
from policysite.languages.language_files import script_of
from policysite.text.facts.fact import ValueKind
from policysite.text.facts.fact_reading import facts_of
from policysite.text.facts.letters import lower

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from policysite.importing.recognised_text import Entry

# A text in another script may have many Latin names; the other way round hardly a word.
_LEAST = 0.3
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHORTEST_SENTENCE = 30
"""Characters: what is shorter and has a date is hardly more than that date."""


def is_in(language: str, text: str) -> bool:
    """Whether *text* may be in *language*, by its script; a language whose script is not known here has any."""
    wanted = script_of(language).get("letters")
    letters = [character for character in text if character.isalpha()]
    if wanted is None or not letters:
        return True
    counted = Counter(
        unicodedata.name(character, "?").split(maxsplit=1)[0] for character in letters
    )
    share = sum(counted[script] for script in wanted) / len(letters)
    most = max(counted.values()) / len(letters)
    return share >= _LEAST or share >= most


def dates_in(text: str, language: str) -> list[str]:
    """Return the days that *text* names with a year, like ``2024-01-18``."""
    days = (fact.value for fact in facts_of(text, language) if fact.kind is ValueKind.DATE)
    return [day for day in days if _DAY.fullmatch(day)]


def _speaks_of_effect(text: str, language: str) -> bool:
    own = rules(language).own
    return any(re.search(pattern, lower(text)) for pattern in (own.effect, own.effective))


def other_dates(
    entries: Sequence[Entry], effective: dt.date, language: str
) -> list[tuple[int, str]]:
    """Return the places of the entries that seem to state another day of effect than *effective*, with what they state.

    They are those that speak of taking effect, and paragraphs that are hardly more than a date.
    """
    found = []
    for place, entry in enumerate(entries):
        text = entry.piece.text
        if not any(c.isdigit() for c in text):
            continue
        if len(text) > _SHORTEST_SENTENCE and not _speaks_of_effect(text, language):
            continue
        days = dates_in(text, language)
        if days and effective.isoformat() not in days:
            found.append((place, ", ".join(days)))
    return found

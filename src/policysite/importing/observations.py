"""What can be said of a whole text: its language, and the days that it names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from policysite.base.days import has_day_form
from policysite.languages.language_data import rules
from policysite.languages.language_files import script_of
from policysite.text.facts.fact import ValueKind
from policysite.text.facts.fact_reading import facts_of
from policysite.text.facts.letters import lower, plain

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from policysite.importing.recognised_text import Entry

# Korean texts have many Latin names; an English text has hardly a Korean word.
_LEAST = 0.3
_SHORT = 30


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
    """Return the days that *text* in *language* names with a year, as they are in ISO 8601."""
    facts = facts_of(text, language)
    return [f.value for f in facts if f.kind is ValueKind.DATE and has_day_form(f.value)]


def other_dates(
    entries: Sequence[Entry], effective: dt.date, language: str
) -> list[tuple[int, str]]:
    """Return the places of the entries that seem to state another day of effect than *effective*, with what they state.

    They are those that speak of taking effect, and paragraphs that are hardly more than a date.
    """
    speaks = _speaks_of_effect(language)
    found = []
    for place, entry in enumerate(entries):
        text = entry.piece.text
        days = dates_in(text, language)
        is_meant = len(text) <= _SHORT or speaks.search(lower(plain(text)))
        if days and effective.isoformat() not in days and is_meant:
            found.append((place, ", ".join(days)))
    return found


@cache
def _speaks_of_effect(language: str) -> re.Pattern[str]:
    own = rules(language).own
    return re.compile(f"{own.effect}|{own.effective}")

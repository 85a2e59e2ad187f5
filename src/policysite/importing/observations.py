"""What can be said of a whole text: its language, and the days that it names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from policysite.languages.language_files import script_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from policysite.importing.recognised_text import Entry

# Korean texts have many Latin names; an English text has hardly a Korean word.
_LEAST = 0.3
_EFFECT = re.compile(r"effect|in force|enforce|시행|적용|효력", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - readable
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DATES = (
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})\s*(?:[.\-/]|년)\s*(?P<m>[0-9]{1,2})\s*(?:[.\-/]|월)\s*(?P<d>[0-9]{1,2})(?![0-9])"),
    re.compile(rf"{_MONTH}\s+(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)[0-9]{{2}})", re.IGNORECASE),
    re.compile(rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<y>(?:19|20)[0-9]{{2}})", re.IGNORECASE),
)  # fmt: skip


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


def dates_in(text: str) -> list[tuple[int, int, int]]:
    """Return the days that *text* names with a year, as year, month and day."""
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = groups.get("name")
            month = _MONTHS.index(name.lower()) + 1 if name else int(groups["m"])
            found.append((int(groups["y"]), month, int(groups["d"])))
    return found


def other_dates(entries: Sequence[Entry], effective: dt.date) -> list[tuple[int, str]]:
    """Return the places of the entries that seem to state another day of effect than *effective*, with what they state.

    They are those that speak of taking effect, and paragraphs that are hardly more than a date.
    """
    wanted = (effective.year, effective.month, effective.day)
    found = []
    for place, entry in enumerate(entries):
        text = entry.piece.text
        days = dates_in(text)
        if days and wanted not in days and (_EFFECT.search(text) or len(text) <= 30):
            found.append((place, ", ".join(f"{y:04}-{m:02}-{d:02}" for y, m, d in days)))
    return found

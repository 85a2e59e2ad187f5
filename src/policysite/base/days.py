"""A day as it is written everywhere: 2024-12-27."""

from __future__ import annotations

import datetime as dt
import re

_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def has_day_form(text: str) -> bool:
    """Whether *text* has the form of a day, even if no calendar has it (2024-02-30)."""
    return _FORM.fullmatch(text) is not None


def day_of(text: str) -> dt.date:
    """Return the day that *text* names; other forms of ISO 8601 (20241227, 2024-W52-5) are not accepted.

    :raises ValueError: if it does not name a day of the calendar.
    """
    if not has_day_form(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def is_day(text: str) -> bool:
    """Whether *text* names a day of the calendar."""
    try:
        day_of(text)
    except ValueError:
        return False
    return True

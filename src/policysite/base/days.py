"""A day as it is written everywhere: 2024-12-27."""

from __future__ import annotations

import datetime as dt
import re

_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def has_day_form(text: str) -> bool:
    """Whether *text* is written like a day, be it one of the calendar or 2024-02-30."""
    return _FORM.fullmatch(text) is not None


def day_of(text: str) -> dt.date:
    """Return the day that *text* names; what else ISO 8601 knows (20241227, 2024-W52-5) names none.

    :raises ValueError: if it names none, or one that the calendar does not have.
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

"""A day as it is written everywhere: 2024-12-27."""

from __future__ import annotations

import datetime as dt
import re

FIRST, LAST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
"""The days on which something may happen to a policy: some years more or less are in the calendar too."""

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


def day_of_policy(text: str) -> dt.date:
    """Return the day that *text* names, on which something happens to a policy.

    :raises ValueError: if it does not name one from :data:`FIRST` to :data:`LAST`.
    """
    day = day_of(text)
    if not FIRST <= day <= LAST:
        raise ValueError(text)
    return day


def is_day(text: str) -> bool:
    """Whether *text* names a day of the calendar."""
    try:
        day_of(text)
    except ValueError:
        return False
    return True

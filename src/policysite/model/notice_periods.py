"""Kinds of change that a version can be, and the period of notice that a publisher promises for each."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERIOD = re.compile(r"([1-9][0-9]{0,3}) (day|month)s?")
_MONTHS_A_YEAR = 12


class VersionChange(StrEnum):
    """What a version changes for those who rely on the policy: the publisher's judgement, stated in its front matter."""

    EDITORIAL = "editorial"
    """Nothing in substance: words are put better, a mistake in writing is gone."""
    MATERIAL = "material"
    """Rights, duties or what is done with data."""
    ADVERSE = "adverse"
    """The same, to the disadvantage of those who rely on it."""


@dataclass(frozen=True)
class NoticePeriod:
    """How long before a version takes effect it is announced: days, or months of the calendar."""

    days: int = 0
    months: int = 0

    def __str__(self) -> str:
        """Return it as it is written in settings: ``7 days``, ``1 month``."""
        count, unit = (self.months, "month") if self.months else (self.days, "day")
        return f"{count} {unit}{'s' * (count != 1)}"

    def __bool__(self) -> bool:
        """Whether anything is promised."""
        return bool(self.days or self.months)

    def before(self, day: dt.date) -> dt.date:
        """Return the last day on which something may be announced that begins on *day*.

        A month before the 31st is the last day of a shorter month.
        """
        return self._moved(day, -1)

    def after(self, day: dt.date) -> dt.date:
        """Return the first day on which something may begin that is announced on *day*."""
        found = self._moved(day, 1)
        # A month after 31 January is the end of February, a month before which is earlier than it was announced.
        while self.before(found) < day:
            found += dt.timedelta(days=1)
        return found

    def _moved(self, day: dt.date, direction: int) -> dt.date:
        if not self.months:
            return day + direction * dt.timedelta(days=self.days)
        months = day.year * _MONTHS_A_YEAR + day.month - 1 + direction * self.months
        year, month = divmod(months, _MONTHS_A_YEAR)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last))


def notice_period(value: object) -> NoticePeriod:
    """Return the period that a setting says: ``7``, ``"7 days"``, ``"1 month"``.

    :raises ValueError: if it says none.
    """
    # True is a number for Python.
    if type(value) is int and 0 <= value < 10_000:
        return NoticePeriod(value)
    match = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r:.60} is no period")
    count = int(match[1])
    return NoticePeriod(months=count) if match[2] == "month" else NoticePeriod(count)


def promised(
    periods: Mapping[VersionChange, NoticePeriod], days: int, change: VersionChange | None
) -> tuple[NoticePeriod, str]:
    """Return the period that holds for a version of the kind *change*, and the name of the setting that says so.

    *days* is what is promised for every version of which *periods* says nothing.
    """
    if change is not None and change in periods:
        return periods[change], f"notice_periods in conf.py, for {change.value!r}"
    return NoticePeriod(days), "notice_days in conf.py"

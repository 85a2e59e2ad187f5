"""Periods of notice: days, and months of the calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from policysite.model.notice_periods import NoticePeriod, notice_period


@pytest.mark.parametrize(
    ("period", "effective", "last"),
    [
        (7, "2027-01-01", "2026-12-25"),
        ("1 day", "2027-03-01", "2027-02-28"),
        ("1 month", "2027-01-15", "2026-12-15"),
        ("1 month", "2027-03-31", "2027-02-28"),
        ("2 months", "2028-04-30", "2028-02-29"),
        ("12 months", "2028-02-29", "2027-02-28"),
        (0, "2027-01-01", "2027-01-01"),
    ],
)
def test_the_last_day_to_announce(period: object, effective: str, last: str) -> None:
    found = notice_period(period).before(dt.date.fromisoformat(effective))
    assert found.isoformat() == last


@pytest.mark.parametrize(
    "period", [NoticePeriod(30), NoticePeriod(months=1), NoticePeriod(months=3)]
)
def test_the_first_day_to_take_effect_is_the_earliest_that_keeps_the_period(
    period: NoticePeriod,
) -> None:
    day = dt.date(2027, 1, 1)
    for _ in range(800):
        first = period.after(day)
        assert period.before(first) >= day
        assert period.before(first - dt.timedelta(days=1)) < day
        day += dt.timedelta(days=1)

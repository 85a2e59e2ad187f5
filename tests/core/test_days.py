"""Days as they are written."""

from __future__ import annotations

import datetime as dt

import pytest

from policysite.base.days import FIRST, LAST, day_of, day_of_policy, has_day_form, is_day


@pytest.mark.parametrize("text", ["2024-12-27", "2024-02-29", "0001-01-01"])
def test_a_day_is_read(text: str) -> None:
    assert day_of(text).isoformat() == text
    assert is_day(text)


def test_the_day_is_that_of_the_text() -> None:
    assert day_of("2024-12-27") == dt.date(2024, 12, 27)


# What the standard library reads too, or what looks like a day.
@pytest.mark.parametrize(
    "text",
    [
        "",
        "20241227",
        "2024-W52-5",
        "2024-12-27T00:00",
        " 2024-12-27",
        "2024-12-27\n",
        "24-12-27",
        "２０２４-12-27",
        "2023-02-29",
        "2024-13-01",
        "0000-01-01",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert not is_day(text)


def test_the_form_is_not_the_calendar() -> None:
    assert has_day_form("2024-02-30")
    assert not has_day_form("2024-2-30")
    assert not has_day_form("2024-02")


@pytest.mark.parametrize("day", [FIRST, LAST, dt.date(2024, 12, 27)])
def test_something_may_happen_on_a_day(day: dt.date) -> None:
    assert day_of_policy(day.isoformat()) == day


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31", "soon"])
def test_nothing_happens_on_days_from_which_no_others_can_be_counted(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        day_of_policy(text)

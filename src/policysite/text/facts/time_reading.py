"""Reading days, times of day and periods from a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.text.facts.fact import Fact, ValueKind
from policysite.text.facts.fact_patterns import UNITS
from policysite.text.facts.fact_rules import times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.text.facts.fact_rules import Rules

_DIGITS = re.compile("[0-9]+")
_A_YEAR = re.compile("[12][0-9]{3}")


def read_date(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    """Read a day or several, or a month, with a year or without."""
    groups = match.groupdict()
    year = groups.get("y") or ""
    day = 1 if groups.get("first_day") else int(groups.get("d") or 0)
    month = own.months.get(groups["m"]) or int(groups["m"])
    if day and month > 12 >= day:
        month, day = day, month  # 27/12/2024 where 12/27/2024 is usual
    since = groups.get("since")
    months = [own.months.get(since) or int(since), month] if since else [month]
    days = [*map(int, _DIGITS.findall(groups.get("more") or "")), day]
    if (
        not all(1 <= m <= 12 for m in months)
        or not 0 <= day <= 31
        or (day == 0 and groups.get("d") is not None)
    ):
        return
    for m in months if day == 0 else (month,):
        for d in days:
            parts = [f"20{year}" if len(year) == 2 else year, f"{m:02}", f"{d:02}" if d else ""]
            yield Fact(ValueKind.DATE, "-".join(filter(None, parts)), *match.span())


def read_time(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    """Read a time of day, or two: of "9 to 10 p.m." the first has the half of the day of the second."""
    groups = match.groupdict("")
    if moment := groups.get("moment"):
        yield Fact(ValueKind.NUMBER, own.moments[moment], *match.span(), optional=True)
        return
    ends = [to for to in ("", "to_") if groups.get(f"{to}time")]
    written = [
        (groups[f"{to}time"], *(groups.get(f"{to}{name}", "") for name in ("minute", "colon")))
        for to in ends
    ]
    parts = [tuple(_DIGITS.findall(" ".join(time))) for time in written]
    halves = [groups.get(f"{to}part", "") for to in ends]
    found = []
    for to, part, hour in zip(
        ends, parts, own.hours([int(p[0]) for p in parts], halves), strict=True
    ):
        minutes = part[1:] or (("30",) if groups.get(f"{to}half") else ("00",))
        if hour > 24 or int(minutes[0]) > 59:
            return
        value = ":".join((str(hour % 24), minutes[0].zfill(2), *minutes[1:]))
        number = "" if part[1:] or groups.get(f"{to}half") else str(int(part[0]))
        loose = bool(number) and not any(halves)
        found.append(Fact(ValueKind.NUMBER, value, *match.span(), number, loose=loose, parts=part))
    yield from found


def read_periods(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    """Read a period, or two of one unit."""
    groups = match.groupdict()
    if fixed := groups.get("fixed"):
        lengths, unit = own.fixed[re.sub(r"[-\s](?:an?\s)?", " ", fixed) if own.strict else fixed]
        fact = _period(match, f"{lengths[0]}", unit, spelled=True, optional=fixed in own.vague)
        others = tuple((ValueKind.PERIOD, _length(str(other), unit)) for other in lengths[1:])
        yield fact._replace(also=others)
        return
    if days := groups.get("days"):
        hours = (ValueKind.PERIOD, _length(str(int(days) * 24), "hour"))
        yield _period(match, days, "day", spelled=False, optional=False)._replace(also=(hours,))
        return
    counts = [groups.get("word") or groups.get("paren") or groups["count"]]
    if groups.get("first"):
        counts.insert(0, groups["first"])
    unit, factor = own.units[_unit(groups)]
    for written in counts:
        spelled = not written[0].isdigit()
        count = own.spelled(written) if spelled else own.canonical(written)
        optional = spelled and count == "1"
        if groups.get("age") or (factor == 12 and _A_YEAR.fullmatch(written)):
            yield Fact(ValueKind.NUMBER, count, *match.span(), count, spelled, spelled, loose=True)
        else:
            total = times(count, factor)
            fact = _period(match, total, unit, count, spelled=spelled, optional=optional)
            is_hour = unit == "hour" and count.isdigit() and int(count) <= 24
            # "18 h", "18 giờ" is a time of day as well.
            clock = (
                ((ValueKind.NUMBER, f"{int(count) % 24}:00"),) if is_hour and not own.strict else ()
            )
            yield fact._replace(also=clock, aged=factor == 12)


def _unit(groups: Mapping[str, str | None]) -> str:
    """Return the word of a unit, or its name."""
    word = groups.get("unit") or groups.get("stem")
    return word.strip() if word else next(unit for unit in UNITS if groups.get(unit))


def _period(
    match: re.Match[str], count: str, unit: str, number: str = "", *, spelled: bool, optional: bool
) -> Fact:
    value = _length(count, unit)
    return Fact(ValueKind.PERIOD, value, *match.span(), number or count, optional, spelled)


def _length(count: str, unit: str) -> str:
    return f"{count} {unit}" if count == "1" else f"{count} {unit}s"


def read_month(match: re.Match[str], own: Rules) -> Iterator[Fact]:
    """Read the name of a month that stands alone, as its number."""
    number = str(own.months[match[0]])
    yield Fact(ValueKind.NUMBER, number, *match.span(), number, optional=True, spelled=True)

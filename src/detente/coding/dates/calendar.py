"""Arithmetic with days, weeks, months, quarters, seasons, years and decades.

Weeks run from Monday to Sunday (ISO 8601). Seasons are the meteorological ones of the northern
hemisphere: spring is March to May, and winter 2016 is December 2016 to February 2017.
"""

from __future__ import annotations

import calendar
import datetime

Day = datetime.date
Interval = tuple[Day | None, Day | None]
"""First and last day; None on one side is open, on both sides unknown."""

SEASON_START = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_PARTS = {"early": 0, "mid": 1, "late": 2}
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def day(year: int, month: int, number: int) -> Day | None:
    """Return the day, or None where the calendar has none."""
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def add_months(start: Day, count: int) -> Day:
    """Return the day ``count`` months on, or the last day of that month where it has none."""
    index = min(max(start.year * 12 + start.month - 1 + count, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return datetime.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def add(start: Day, unit: str, count: int) -> Day:
    """Return the day ``count`` units on; the calendar's ends are held."""
    if unit in {"day", "week"}:
        days = count * (7 if unit == "week" else 1)
        ordinal = min(max(start.toordinal() + days, 1), datetime.date.max.toordinal())
        return datetime.date.fromordinal(ordinal)
    return add_months(start, count * _MONTHS_OF[unit])


def months(year: int, month: int, count: int) -> tuple[Day, Day]:
    """Return first and last day of ``count`` months from ``month`` on."""
    first = datetime.date(year, month, 1)
    return first, add_months(first, count) - datetime.timedelta(days=1)


def unit_of(unit: str, inside: Day) -> tuple[Day, Day]:
    """Return first and last day of the week, month, ... that a day lies in."""
    if unit == "day":
        return inside, inside
    if unit == "week":
        monday = add(inside, "day", -inside.weekday())
        return monday, add(monday, "day", 6)
    if unit == "quarter":
        return months(inside.year, 1 + (inside.month - 1) // 3 * 3, 3)
    if unit == "half":
        return months(inside.year, 1 + (inside.month - 1) // 6 * 6, 6)
    if unit == "month":
        return months(inside.year, inside.month, 1)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    start = max(inside.year // years * years, 1)
    return datetime.date(start, 1, 1), datetime.date(start + years - 1, 12, 31)


def season(name: str, year: int) -> tuple[Day, Day]:
    """Return first and last day of a season; a winter starts in ``year``."""
    return months(year, SEASON_START[name], 3)


def narrow(part: str, unit: str, whole: tuple[Day, Day]) -> tuple[Day, Day]:
    """Return the early, middle or late part of a unit, or its beginning or end.

    A month falls into days 1-10, 11-20 and the rest; a year into thirds of four months; a decade
    into years 0-3, 4-6, 7-9. The beginning and the end are a week of a month, two months of a
    year, a day of a week.
    """
    first, last = whole
    if part in _PARTS:
        return _third(_PARTS[part], unit, first, last)
    size = {"day": ("day", 0), "week": ("day", 1), "month": ("day", 7)}.get(unit, ("month", 2))
    if unit == "quarter":
        size = ("month", 1)
    if part == "beginning":
        return first, max(first, add(first, *size) - datetime.timedelta(days=1))
    return min(last, add(last + datetime.timedelta(days=1), size[0], -size[1])), last


def _third(index: int, unit: str, first: Day, last: Day) -> tuple[Day, Day]:
    if unit == "month":
        return (
            (first, first.replace(day=10)),
            (first.replace(day=11), first.replace(day=20)),
            (first.replace(day=21), last),
        )[index]
    if unit == "decade":
        start, size = ((0, 4), (4, 3), (7, 3))[index]
        return months(first.year + start, 1, 12 * size)
    if unit in {"year", "quarter", "season", "half"}:
        size = {"year": 4, "half": 2}.get(unit, 1)
        begin = add_months(first, index * size)
        return months(begin.year, begin.month, size)
    span = (last - first).days + 1
    begin = add(first, "day", span * index // 3)
    return begin, add(first, "day", max(span * (index + 1) // 3 - 1, span * index // 3))


def shifted(previous: Interval, unit: str, count: int) -> Interval:
    """Return the day, week, month or year that lies ``count`` units from an earlier date."""
    base = previous[0] or previous[1]
    if base is None:
        return (None, None)
    if count > 0 and previous[1] is not None:
        base = previous[1]
    return unit_of(unit, add(base, unit, count))

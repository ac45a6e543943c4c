"""Days, weeks, months and issue periods as bins of a series."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

Unit = Literal["day", "week", "month", "two months", "quarter", "year"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "two months", "quarter", "year")
_MONTHS = {"month": 1, "two months": 2, "quarter": 3, "year": 12}
MOST = 40_000
"""Bins in one series: over a hundred years of days."""


def start_of(day: date, unit: Unit) -> date:
    """Return the first day of the bin that a day falls in; weeks begin on Monday."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _months(unit)
    index = (day.year * 12 + day.month - 1) // months * months
    return date(index // 12, index % 12 + 1, 1)


def next_start(start: date, unit: Unit) -> date:
    """Return the first day of the next bin."""
    if unit in {"day", "week"}:
        return start + timedelta(days=1 if unit == "day" else 7)
    index = start.year * 12 + start.month - 1 + _months(unit)
    return date(index // 12, index % 12 + 1, 1)


def _months(unit: str) -> int:
    if unit not in _MONTHS:
        raise InputError(f"{unit}: no such unit; there are {', '.join(UNITS)}")
    return _MONTHS[unit]


def truncation(unit: Unit) -> str:
    """Return what ``date_trunc`` calls a unit.

    Raises:
        InputError: There is no such unit, or it is ``two months``, which has no such name.
    """
    if unit not in UNITS or unit == "two months":
        raise InputError(f"{unit}: take one of {', '.join(u for u in UNITS if u != 'two months')}")
    return unit


def bins(since: date, until: date, unit: Unit) -> list[tuple[date, date]]:
    """Return the bins from ``since`` to ``until``: first and last day of each, whole bins.

    Raises:
        InputError: The period ends before it begins, or has more than ``MOST`` bins.
    """
    if until < since:
        raise InputError(f"the period ends on {until}, before it begins on {since}")
    found = []
    start = start_of(since, unit)
    while start <= until:
        after = next_start(start, unit)
        found.append((start, after - timedelta(days=1)))
        start = after
        if len(found) > MOST:
            raise InputError(f"more than {MOST:,} bins; take a longer unit or a shorter period")
    return found


def issues(since: date, until: date, *, count: int) -> list[tuple[date, date]]:
    """Return ``count`` periods as long as the one from ``since`` to ``until``, which is the last.

    Whole months go back by months (January and February after November and December); any other
    period by days.
    """
    months = _whole_months(since, until)
    found = [(since, until)]
    for _ in range(count - 1):
        first = found[-1][0]
        last = first - timedelta(days=1)
        if months:
            index = first.year * 12 + first.month - 1 - months
            found.append((date(index // 12, index % 12 + 1, 1), last))
        else:
            found.append((first - (until - since) - timedelta(days=1), last))
    return found[::-1]


def _whole_months(since: date, until: date) -> int:
    after = until + timedelta(days=1)
    if since.day != 1 or after.day != 1:
        return 0
    return (after.year - since.year) * 12 + after.month - since.month


def bin_of(day: date, periods: Sequence[tuple[date, date]]) -> int | None:
    """Return the number of the period that a day falls in, None where it falls in none."""
    index = bisect_right(periods, (day, date.max)) - 1
    return index if index >= 0 and day <= periods[index][1] else None

"""Atoms: the date expressions before ranges and "since", "until", "by" are put on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding.dates import calendar
from detente.coding.dates.calendar import Interval
from detente.coding.dates.records import Anchor, DateBasis
from detente.model import DatePrecision

if TYPE_CHECKING:
    import re


NEAR_DAYS = 45
"""A day without a year that lies at most so far ahead is taken as ahead, without other signs."""

UNKNOWN: Interval = (None, None)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What expressions are counted from."""

    published: calendar.Day | None
    previous: Interval = UNKNOWN


class Atom(msgspec.Struct, frozen=True, kw_only=True):
    """One date expression.

    Attributes:
        start: First character.
        end: One past the last character.
        precision: The unit that the words name.
        form: The rule's name.
        past: Interval in a context that looks back, or in every context.
        future: Interval in a context that looks ahead, where it differs.
        ahead: True where the words alone say that it lies ahead.
        near: True where it lies just ahead, so that it is taken so without other signs.
        month: Month, and ``days`` the first and last day in it, of a date without a year.
        days: See ``month``.
        year: The year that the words name.
        shift: For what is counted from an earlier date: unit and number.
        anchor: What it is counted from.
        basis: ``text`` or ``occasion``.
        duration: True for a stretch of time that dates nothing by itself.
    """

    start: int
    end: int
    precision: DatePrecision
    form: str
    past: Interval = UNKNOWN
    future: Interval | None = None
    ahead: bool = False
    near: bool = False
    month: int | None = None
    days: tuple[int, int] | None = None
    year: int | None = None
    shift: tuple[str, int] | None = None
    anchor: Anchor = "none"
    basis: DateBasis = "text"
    duration: bool = False


def in_year(
    month: int, days: tuple[int, int] | None, year: int, part: str | None = None
) -> tuple[calendar.Day, calendar.Day] | None:
    """Return the month, or the days of it, in a year; None where the days do not exist."""
    whole = calendar.months(year, month, 1)
    if days is not None:
        first, last = calendar.day(year, month, days[0]), calendar.day(year, month, days[1])
        return (first, last) if first is not None and last is not None else None
    return calendar.narrow(part, "month", whole) if part else whole


def yearless(
    match: re.Match[str],
    context: Context,
    *,
    month: int,
    days: tuple[int, int] | None,
    part: str | None = None,
) -> Atom | None:
    """Return a date without a year: the last one by default, the next one when looking ahead."""
    precision: DatePrecision = "day" if days else "month"
    base = {
        "start": match.start(),
        "end": match.end(),
        "precision": precision,
        "form": "day-month" if days else "month",
        "month": month,
        "days": days,
        "anchor": "published",
    }
    published = context.published
    if published is None:
        if days and in_year(month, days, 2000) is None:
            return None
        return Atom(**base)  # type: ignore[arg-type]
    for reach in (1, 8):  # the 29th of February is up to eight years away
        years = range(published.year - reach, published.year + reach + 1)
        options = [span for y in years if (span := in_year(month, days, y, part)) is not None]
        before = [span for span in options if span[0] <= published]
        after = [span for span in options if span[1] >= published]
        if before and after:
            break
    else:
        return None
    near = days is not None and (after[0][0] - published).days <= NEAR_DAYS
    return Atom(**base, past=before[-1], future=after[0], near=near)  # type: ignore[arg-type]

"""Dates, numbers and counted nouns in prose."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.model import DatePrecision

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_QUARTERS = ("first", "second", "third", "fourth")
_SEASONS = {12: "winter", 3: "spring", 6: "summer", 9: "autumn"}
_YEAR = 360


def plain(day: date) -> str:
    """Return a day as ``20 September 2016``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short(day: date) -> str:
    """Return a day as ``20 Sep 2016``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def number(count: int, *, zero: str = "no") -> str:
    """Return a count as a word up to twelve, as figures from 13: ``three``, ``1,240``."""
    if count == 0:
        return zero
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return a counted noun: ``one incident``, ``three incidents``."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def figures(count: int, noun: str, plural: str | None = None) -> str:
    """Return a counted noun in figures: ``1 incident``, ``1,240 incidents``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def mixed(coded: int, imported: int, noun: str = "incident") -> str:
    """Say that acts coded here stand beside imported ones; empty where all are of one sort.

    The two are not folded: an import has no words that would tell whether it is the same act.
    """
    if not (coded and imported):
        return ""
    return f"{counted(coded, noun)} coded here and {number(imported)} imported: an act told in both counts twice"


def pause(months: int) -> str:
    """Return full months as a time that passed: ``eight months``, ``more than seven years``."""
    return counted(months, "month") if months < 24 else f"more than {number(months // 12)} years"


def signed(points: float) -> str:
    """Return points with their sign: ``+4.5``, ``-3``, ``0``."""
    text = f"{points:+.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"+0", "-0"} else text.replace("-", "−")


def worth(points: float) -> str:
    """Return points with their unit: ``+4.5 points``, ``−1 point``."""
    return f"{signed(points)} point{'' if abs(points) == 1 else 's'}"


def percent(share: float) -> str:
    """Return a share, or a change of one, in hundredths: ``29 %``, ``−20 %``."""
    return f"{share * 100:z.0f} %".replace("-", "−")


def inner(text: str) -> str:
    """Return what stands between quotation marks: those inside it become single."""
    single = re.sub(r'"([^"]*)"', r"‘\1’", text).replace('"', "’")
    return single.replace("“", "‘").replace("”", "’")


def leading(text: str) -> str:
    """Return text with a capital at its beginning: ``Head of state``."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return text with a capital and a full stop, its blanks and commas tidied."""
    text = " ".join(text.split()).replace(" ,", ",").replace(",,", ",").replace(",.", ".")
    text = text.rstrip(" ,")
    if text.startswith("the "):
        text = "The " + text[4:]
    text = leading(text)
    return text if text.endswith((".", "!", "?")) else text + "."


def span(start: date, end: date) -> str:
    """Return two days as a phrase: ``from 5 to 8 December 2016``."""
    if start == end:
        return f"on {plain(start)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"from {start.day} to {plain(end)}"
    if start.year == end.year:
        return f"from {start.day} {MONTHS[start.month - 1]} to {plain(end)}"
    return f"from {plain(start)} to {plain(end)}"


def period(start: date, end: date) -> str:
    """Return a period as a heading: ``January and February 2018``, ``5 to 20 March 2018``."""
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if not whole:
        return span(start, end).removeprefix("on ").removeprefix("from ")
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 1:
        return _month(start)
    if (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    first = MONTHS[start.month - 1] if start.year == end.year else _month(start)
    return f"{first} {'and' if months == 2 else 'to'} {_month(end)}"


def within(start: date, end: date) -> str:
    """Return a period as a phrase: ``in January and February 2018``, ``from 5 to 20 March 2018``."""
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    return f"in {period(start, end)}" if whole else span(start, end)


def told(value: str) -> str:
    """Return a date that accounts give: ``29 March 2016``, ``28 to 30 March 2016``, else the words."""
    try:
        first, _, last = value.partition("..")
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return value
    return span(start, end).removeprefix("on ").removeprefix("from ")


def between(start: date, end: date) -> str:
    """Return a period as ``between 1 January 2016 and 31 December 2016``, or ``on 1 January 2016``."""
    if start == end:
        return f"on {plain(start)}"
    return f"between {plain(start)} and {plain(end)}"


def when(start: date | None, end: date | None, precision: DatePrecision | None) -> str:
    """Return when something happened: ``on 20 September 2016``, ``in September 2016``.

    Empty where it is not known.
    """
    if start is None:
        return ""
    last = end or start
    if precision in {None, "day"}:
        return span(start, last)
    if precision == "vague":
        return f"around {_month(start)}" if last - start < timedelta(45) else _vague(start, last)
    return _UNITS[precision](start)


def label(start: date | None, end: date | None, precision: DatePrecision | None) -> str:
    """Return a short heading for a date: ``20 September 2016``, ``September 2016``, ``No date``."""
    if start is None:
        return "No date"
    if precision in {None, "day"}:
        last = end or start
        if last == start:
            return plain(start)
        text = span(start, last).removeprefix("from ")
        return text.replace(" to ", "–", 1) if start.month == last.month else text
    text = when(start, end, precision)
    for lead in ("in the ", "in "):
        text = text.removeprefix(lead)
    return leading(text)


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _vague(start: date, end: date) -> str:
    if (end - start).days >= _YEAR:
        return f"at some time between {start.year} and {end.year}"
    return f"at some time between {_month(start)} and {_month(end)}"


def _season(day: date) -> str:
    month = (day.month // 3 * 3) or 12
    if month != 12:
        return f"in the {_SEASONS[month]} of {day.year}"
    return f"in the winter of {day.year if day.month == 12 else day.year - 1}"


_UNITS: dict[str, Callable[[date], str]] = {
    "week": lambda day: f"in the week of {plain(day)}",
    "month": lambda day: f"in {_month(day)}",
    "quarter": lambda day: f"in the {_QUARTERS[(day.month - 1) // 3]} quarter of {day.year}",
    "season": _season,
    "year": lambda day: f"in {day.year}",
    "decade": lambda day: f"in the {day.year // 10 * 10}s",
}

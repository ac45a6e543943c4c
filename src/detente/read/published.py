"""Publication dates: read strictly, never guessed.

A date is taken only where one reading is possible. ``03/04/2016`` is two dates, so it is none; a
date with dots is day, month, year, as everywhere where dots are used. A time is cut off: the date
is the one that the source itself writes, in its own time zone.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.model import Document, DocumentRecord

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?P<year>\d{4})"
_TIME = (
    r"(?:[T\s,|–—-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|UTC|GMT|[A-Z]{2,5}|[+-]\d{2}:?\d{2})?(?:\s*\([A-Za-z ]{1,40}\))?)?"
)
_ISO = r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
_WORDED = (
    rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
)
WORDED = "|".join(re.sub(r"\?P<\w+>", "?:", form) for form in _WORDED)
"""A date with a month's name and a year, as a pattern without groups."""

_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (_ISO, r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", *_WORDED)
)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})" + _TIME)
_PDF = re.compile(r"D:(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})[\d+'Z-]*")
_URL = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>\d{1,2}|[a-z]{3})(?P=mark)(?P<day>\d{1,2})"
    r"(?=[/_.-]|$)"
)
_FILE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)"
)
_FILE_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-_.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
EARLIEST_YEAR = 1800
"""A date before it is taken for a slip."""
WHY = {
    "date_unparsed": "is no date",
    "date_impossible": "is no day of the calendar",
    "date_ambiguous": "may have the day or the month first",
    "date_future": "lies in the future",
}
"""What the flags of a date that was not taken say of it."""

_LONGEST = 100
"""Characters; nothing longer is a date."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date that was looked for.

    Attributes:
        date: ``YYYY-MM-DD``, or None.
        flag: Why there is none, one of ``WHY``.
    """

    date: str | None
    flag: str | None = None


def parse(text: str) -> Found:
    """Read one date, such as ``26 September 2016`` or ``2016-09-26T10:00:00Z``."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return Found(None, "date_unparsed" if text else None)
    for form in (*_FORMS, _PDF):
        if found := form.fullmatch(text):
            return _checked(found["year"], found["month"], found["day"])
    if found := _NUMERIC.fullmatch(text):
        return _numeric(found[1], found[2], found[3], found[4])
    return Found(None, "date_unparsed")


def unread(document: Document | DocumentRecord) -> str | None:
    """Return why a document has no date although it brought one; None where that is not so.

    For instance ``rows.csv#2: the date may have the day or the month first``.
    """
    if document.published is not None:
        return None
    reason = next((WHY[flag] for flag in document.flags if flag in WHY), None)
    return None if reason is None else f"{document.source}: the date {reason}"


def from_url(url: str) -> Found:
    """Read the date in the path of an address, such as ``/2016/09/26/``."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    for found in _URL.finditer(path.lower()):
        if not found["mark"] and len(found["month"] + found["day"]) != 4:
            continue
        checked = _checked(found["year"], found["month"], found["day"])
        if checked.date is not None:
            return checked
    return Found(None)


def from_name(name: str) -> Found:
    """Read the date in the name of a file, such as ``2016-09-26-note.txt``."""
    if found := _FILE.search(name):
        return _checked(found["year"], found["month"], found["day"])
    if found := _FILE_DAY_FIRST.search(name):
        return _numeric(found[1], "-", found[3], found[4])
    return Found(None)


def _numeric(first: str, mark: str, second: str, year: str) -> Found:
    one, two = int(first), int(second)
    if mark == "." or one > 12 or one == two:
        return _checked(year, second, first)
    if two > 12:
        return _checked(year, first, second)
    return Found(None, "date_ambiguous")


def _checked(year: str, month: str, day: str) -> Found:
    number = int(month) if month.isdecimal() else _MONTHS.get(month.lower(), 0)
    try:
        date = datetime.date(int(year), number, int(day))
    except ValueError:
        return Found(None, "date_impossible")
    if date.year < EARLIEST_YEAR:
        return Found(None, "date_impossible")
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    if date > tomorrow:
        return Found(None, "date_future")
    return Found(date.isoformat())

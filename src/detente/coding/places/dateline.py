"""Read the dateline of an agency report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.coding import dates
from detente.coding.places.find import find_text

if TYPE_CHECKING:
    import datetime

    from detente.coding.places.records import PlaceMention

_CAPITALS = r"[A-Z][A-Z.'’]+(?:[ /-][A-Z.'’]{2,})*(?:,\s[A-Z][A-Za-z.]+(?:\s[A-Z][A-Za-z.]+)?)?"
_TITLE = r"[A-Z][a-zé]+(?:[ -][A-Z][a-zé]+){0,2}"
_DAY = r"(?:\d{1,2}\.?\s(?:[A-Z][a-z]{2,8})\.?|(?:[A-Z][a-z]{2,8})\.?\s\d{1,2})(?:,?\s\d{4})?"
_AGENCY = r"\([^()]{2,70}\)"
_DASH = r"\s*(?:[-–—]{1,2}|:)\s+"
_DATELINE = re.compile(
    rf"(?P<place>{_CAPITALS})(?:,\s(?P<day>{_DAY}))?(?:\s?{_AGENCY})?{_DASH}(?=\S)"
    rf"|(?P<place2>{_TITLE}),\s(?P<day2>{_DAY})(?:\s?{_AGENCY})?(?:{_DASH}|\.\s)(?=\S)"
    rf"|(?P<place3>{_TITLE})\s?{_AGENCY}{_DASH}(?=\S)"
    rf"|(?P<place4>{_TITLE}):\s(?=[A-Z]\S*\s\S+\s\S+\s)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, day and length of a dateline ("MINSK, Sept 20 (Agency) -").

    Attributes:
        place: Where the report was filed.
        date: The day it names, if any.
        end: Offset of the first character of the report itself.
    """

    place: PlaceMention | None
    date: datetime.date | None
    end: int


def dateline_end(text: str) -> int:
    """Return the offset at which the report begins after a dateline; 0 where there is none."""
    match = _DATELINE.match(text)
    if match is None:
        return 0
    place = _place(match)
    if match["place4"]:
        return match.end() if place is not None and place.kind == "P" else 0
    if not (match["day"] or "(" in match[0] or match["place2"] or place):
        return 0
    return match.end()


def dateline(text: str, *, published: datetime.date | None = None) -> Dateline | None:
    """Return the dateline that a text opens with, or None.

    Args:
        text: A report from its first sentence.
        published: Publication date; a day without a year is counted back from it.
    """
    match = _DATELINE.match(text)
    if match is None:
        return None
    place = _place(match)
    day = None
    for mention in dates.find(match["day"] or match["day2"] or "", published=published):
        if mention.precision == "day":
            day = mention.past[0] if mention.past is not None else mention.first
    if place is None and day is None:
        return None
    return Dateline(place=place, date=day, end=match.end())


def _place(match: re.Match[str]) -> PlaceMention | None:
    name = match["place"] or match["place2"] or match["place3"] or match["place4"]
    found = find_text(name.title() if name.isupper() else name)
    return found[0] if found else None

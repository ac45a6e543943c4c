"""Read the dateline of an agency report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from detente.coding import dates
from detente.coding.places.find import find_text

if TYPE_CHECKING:
    import datetime

    from detente.coding.places.records import PlaceMention

_CAPITALS = r"[A-ZÀ-Ý][A-ZÀ-Ý'’.-]*(?:[ -][A-ZÀ-Ý][A-ZÀ-Ý'’.-]*){0,3}"
_DATELINE = re.compile(
    rf"\s*(?P<place>{_CAPITALS}(?:,\s[A-Z][\w.’' -]{{1,25}})?)"
    r"(?:,?\s(?P<date>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?))?"
    r"(?:,?\s?[(/\[][^)/\]\n]{2,40}[)/\]])?\s?(?:--|-|–|—|:)\s+"
)
_MIXED = re.compile(
    r"\s*(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}(?:,\s[A-Z][\w.’' -]{1,25})?)"
    r"(?:,\s(?P<date>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?))?"
    r"(?:,?\s?[(/\[][^)/\]\n]{2,40}[)/\]])\s?(?:--|-|–|—|:)\s+"
)
_REACH = 120


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


def dateline(text: str, *, published: datetime.date | None = None) -> Dateline | None:
    """Return the dateline that a text opens with, or None.

    It is a place in capitals, or a place with an agency in brackets, then a dash or a colon; a
    day may stand between. A place that the gazetteer does not know makes no dateline.

    Args:
        text: A paragraph or a document's text.
        published: Gives a day without a year its year.
    """
    head = text[:_REACH]
    match = _DATELINE.match(head) or _MIXED.match(head)
    if match is None:
        return None
    found = find_text("In " + match["place"].title())
    if not found or found[0].start != len("In "):
        return None
    shift = match.start("place") - len("In ")
    first = found[0]
    start, end = first.start + shift, first.end + shift
    place = replace(
        first,
        start=start,
        end=end,
        surface=text[start:end],
        place=msgspec.structs.replace(first.place, span=(start, end)),
        literal=True,
    )
    day = None
    if match["date"]:
        days = dates.find(match["date"], published=published)
        day = days[0].first if days else None
    return Dateline(place=place, date=day, end=match.end())

"""What the date stage hands out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

import msgspec

from detente.coding.dates.calendar import Interval, shifted
from detente.model import DatePrecision

DateBasis = Literal["text", "occasion", "context", "published", "none"]
"""Where a predicate's date comes from.

``text``: a date expression in its sentence; ``occasion``: a named occasion with known dates;
``context``: carried from an earlier sentence; ``published``: the day of the dateline, or else of the
publication, for an actual event that its report leaves undated; ``none``: no date.
"""

Anchor = Literal["none", "published", "previous"]
"""What an expression is counted from."""


class DateMention(msgspec.Struct, frozen=True, kw_only=True):
    """A date expression and the interval that it stands for.

    Attributes:
        start: First character in the document's text.
        end: One past the last character.
        surface: The words.
        first: First day, or None where unknown or open ("until April").
        last: Last day, or None where unknown or open ("since 2014").
        precision: Of the expression; ``vague`` has no bounds that could be trusted.
        basis: ``text`` or ``occasion``.
        anchor: What it is counted from: ``published`` ("last week"), ``previous`` ("three days
            earlier") or nothing ("20 September 2016").
        form: Name of the rule that read it.
        past: The interval under a predicate that looks back ("on Monday").
        future: The interval under a predicate that looks ahead, where it differs.
        shift: Unit and number, for what is counted from an earlier date of the text.
        ahead: True where the words alone say that it lies ahead ("next week").
        duration: True for a stretch of time that dates nothing by itself ("for two years").
    """

    start: int
    end: int
    surface: str
    first: datetime.date | None
    last: datetime.date | None
    precision: DatePrecision
    basis: DateBasis = "text"
    anchor: Anchor = "none"
    form: str = ""
    past: Interval = (None, None)
    future: Interval | None = None
    shift: tuple[str, int] | None = None
    ahead: bool = False
    duration: bool = False

    @property
    def date(self) -> str | None:
        """The first day, ISO 8601."""
        return self.first.isoformat() if self.first is not None else None

    @property
    def date_end(self) -> str | None:
        """The last day, ISO 8601, or None where it is the first day."""
        if self.last is None or self.last == self.first:
            return None
        return self.last.isoformat()

    def counted_from(self, earlier: DateMention) -> DateMention:
        """Return this expression counted from an earlier one ("three days later")."""
        if self.shift is None:
            return self
        first, last = shifted((earlier.first, earlier.last), *self.shift)
        return msgspec.structs.replace(self, first=first, last=last, past=(first, last))


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The date of one predicate, in the form of an event record.

    Attributes:
        date: First day, ISO 8601.
        date_end: Last day, ISO 8601, or None where it is the first day or open.
        precision: Of the expression.
        basis: How the date was found.
        mention: The expression behind it; pass it on as ``previous`` for the next sentence.
    """

    date: str | None = None
    date_end: str | None = None
    precision: DatePrecision | None = None
    basis: DateBasis = "none"
    mention: DateMention | None = None

"""Days of a stay that a verb begins or ends: "ended a three-day visit on Thursday"."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from detente.coding.dates import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.dates.records import When
    from detente.coding.grammar.tree import Token

ENDING = frozenset({"end", "conclude", "finish", "complete", "wrap"})
BEGINNING = frozenset({"begin", "start", "open"})
LONGEST = 14
"""Days of a stay whose every day belongs to it."""


def spread(when: When, verb: Token, nouns: Sequence[Token]) -> When:
    """Return all days of a stay of which the date told is the first or the last.

    Args:
        when: The date of the act.
        verb: The act's verb.
        nouns: What it begins or ends.
    """
    length = next((days for noun in nouns if (days := _days(noun))), 0)
    ends = verb.lemma_ in ENDING
    told = when.precision == "day" and when.basis in {"text", "context"} and when.date_end is None
    if not told or not 1 < length <= LONGEST or not (ends or verb.lemma_ in BEGINNING):
        return when
    day = datetime.date.fromisoformat(when.date or "")
    rest = datetime.timedelta(days=length - 1)
    first, last = (day - rest, day) if ends else (day, day + rest)
    return replace(when, date=first.isoformat(), date_end=last.isoformat())


def _days(noun: Token) -> int:
    """Return how many days the words before a noun give it: "three-day", "two days'"."""
    for day in noun.subtree:
        number = day.nbor(-2) if day.i > 1 and day.nbor(-1).text == "-" else None
        if day.i < noun.i and day.lower_ == "day" and number is not None:
            return lexicon.number_of(number.lower_) or 0
    return 0

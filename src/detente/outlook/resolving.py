"""From a query to an outcome: yes, no, void or still open."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING

import msgspec

from detente.outlook.incidents import Incident, stands_for
from detente.outlook.queries import check, counted
from detente.outlook.records import Outcome, Resolution, day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.outlook.records import Query, Version


LATE = datetime.timedelta(days=45)
"""How long after the deadline a document may still tell of the days before it."""
READ = 0.9
"""Share of a query's days up to which the casebook must have been read for silence to tell."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A document that the casebook holds.

    Attributes:
        day: Day of publication, ISO 8601.
        parties: Codes of countries and organisations that its records name.
    """

    day: str
    parties: frozenset[str] = frozenset()


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What outcomes are decided by.

    Attributes:
        incidents: All incidents, each known since its earliest document was published.
        readings: The documents, by day.
    """

    incidents: tuple[Incident, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def first(self) -> str | None:
        """The first publication day."""
        return self.readings[0].day if self.readings else None

    def before(self, issued: str) -> list[Incident]:
        """Return the incidents that were known before a day."""
        return [i for i in self.incidents if i.recorded is None or i.recorded < issued]


def resolve(version: Version, facts: Facts, *, as_of: str) -> Resolution:
    """Answer a query.

    Args:
        version: The version that is asked.
        facts: What the casebook holds; what was recorded after ``as_of`` is left out.
        as_of: The day up to which the casebook is believed.

    Returns:
        ``yes`` or ``no`` with the deciding incidents; ``void`` where the casebook was not read for
        the days in question; ``open`` before the deadline.
    """
    query = check(version.query)
    limit = day(as_of, "as_of").isoformat()
    seen = [i for i in facts.incidents if i.recorded is None or i.recorded <= limit]
    hits = [i for i in counted(query, seen) if i.date is not None and i.date <= limit]
    read = [r for r in facts.readings if r.day <= limit]
    outcome, reason = _outcome(query, len(hits), limit, read)
    decides = (
        hits[: query.threshold] if query.comparison == "at least" and outcome == "yes" else hits
    )
    return Resolution(
        forecast=version.forecast,
        version=version.number,
        outcome=outcome,
        reason=reason,
        incidents=tuple(i.id for i in decides) if outcome in {"yes", "no"} else (),
        as_of=limit,
    )


def _outcome(query: Query, count: int, limit: str, read: Sequence[Reading]) -> tuple[Outcome, str]:
    found = f"{count} found, {query.comparison} {query.threshold} asked"
    if query.comparison == "at least" and count >= query.threshold:
        return "yes", found
    if query.comparison == "at most" and count > query.threshold:
        return "no", found
    if limit < query.deadline:
        return "open", f"{found}; the deadline {query.deadline} has not come"
    last = max((r.day for r in read), default=None)
    if last is None or last < _read_until(query):
        end = f"ends on {last}" if last else "holds no document"
        return "void", f"{found}; the casebook {end}, before the deadline {query.deadline}"
    if not _covers(query, read):
        parties = " and ".join(query.parties)
        return "void", (
            f"{found}; no document from {query.first} to {query.deadline}, or in the {LATE.days} "
            f"days after it, speaks of {parties}"
        )
    return ("no" if query.comparison == "at least" else "yes"), found


def _read_until(query: Query) -> str:
    """Return the day until which the casebook must have been read for silence to tell."""
    first = day(query.first, "first")
    length = (day(query.deadline, "deadline") - first).days
    return (first + datetime.timedelta(days=math.ceil(length * READ))).isoformat()


def _covers(query: Query, read: Iterable[Reading]) -> bool:
    """Whether a document of the query's days, or just after them, speaks of all its parties.

    Where nothing was read of two parties, silence says nothing of them.
    """
    last = (day(query.deadline, "deadline") + LATE).isoformat()
    return any(
        all(
            any(stands_for(code, _state(party), day=r.day) for code in r.parties)
            for party in query.parties
        )
        for r in read
        if query.first <= r.day <= last
    )


def _state(party: str) -> str:
    """Return the country or bloc of each code of a party."""
    return "|".join(one.partition(".")[0] for one in party.split("|"))

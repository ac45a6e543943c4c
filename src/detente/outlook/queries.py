"""From a forecast's words to a query on the casebook, and from a query to an outcome."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, get_args

import msgspec

from detente.errors import InputError
from detente.model import Domain, EventType, Status
from detente.outlook.records import Query, Resolution, Version, day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Event
    from detente.outlook.records import Outlook

COOPERATION: tuple[EventType, ...] = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID")
CONFLICT: tuple[EventType, ...] = (
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
DIALOGUE: tuple[EventType, ...] = ("AGREE", "CONSULT")
DEFAULT_DAYS = 181
"""Deadline where a forecast names none: half a year, as in ``registers/data/claims/horizons.yaml``."""
LOOKBACK_DAYS = 365
"""Days before the issue over which the base rate is counted."""
_CONFLICT_WORDS = frozenset(
    "tension tensions conflict war sanctions sanction dispute violence clash clashes standoff "
    "confrontation fighting pressure crisis hostilities embargo attack attacks threats protest "
    "protests shelling".split()
)
_DIALOGUE_WORDS = frozenset(
    "dialogue talks contact contacts negotiations meeting meetings visit visits summit "
    "consultations communication".split()
)


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """What a query counts: one thing that happened, however often it was told.

    Attributes:
        id: Id of the incident.
        date: Day, ISO 8601; None where unknown.
        type: PLOVER type.
        status: Status.
        domain: Domain.
        source: Codes of one side.
        target: Codes of the other.
        recorded: Day on which it became known, ISO 8601; None where unknown.
    """

    id: str
    type: EventType
    date: str | None = None
    status: Status = "actual"
    domain: Domain = "other"
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    recorded: str | None = None


def incidents_of(
    events: Iterable[Event], *, recorded: dict[str, str] | None = None
) -> tuple[Incident, ...]:
    """Return one incident for each group of events that share one, by date and id.

    Args:
        events: Coded events, ``incident`` folded.
        recorded: Day on which each document became known, by document id.
    """
    found: dict[str, Incident] = {}
    for event in events:
        key = event.incident or event.id
        known = (recorded or {}).get(event.doc)
        made = Incident(
            id=key,
            date=event.date,
            type=event.type,
            status=event.status,
            domain=event.domain,
            source=tuple(a.code for a in event.source),
            target=tuple(a.code for a in event.target),
            recorded=known,
        )
        old = found.get(key)
        if old is None or (old.date is None and made.date is not None):
            found[key] = made
        elif known is not None and (old.recorded is None or known < old.recorded):
            found[key] = msgspec.structs.replace(old, recorded=known)
    return tuple(sorted(found.values(), key=lambda i: (i.date or "", i.id)))


def check(query: Query, *, issued: str | None = None) -> Query:
    """Return a query that can be answered.

    Raises:
        InputError: It can never resolve, or its deadline lies before the issue; the message names
            the field and the reason.
    """
    for field, values, known in (
        ("types", query.types, get_args(EventType)),
        ("statuses", query.statuses, get_args(Status)),
    ):
        if not values:
            raise InputError(f"{field}: there are none, so nothing could ever count")
        for value in values:
            if value not in known:
                raise InputError(f"{field}: {value!r} is none of {', '.join(known)}")
    if query.domain is not None and query.domain not in get_args(Domain):
        raise InputError(f"domain: {query.domain!r} is none of {', '.join(get_args(Domain))}")
    _check_parties(query.parties)
    first, deadline = day(query.first, "first"), day(query.deadline, "deadline")
    if issued is not None and deadline < day(issued, "issued"):
        raise InputError(f"deadline: {query.deadline} is before the issue date {issued}")
    if first > deadline:
        raise InputError(f"first: {query.first} is after the deadline {query.deadline}")
    if query.threshold < 0 or (query.comparison == "at least" and query.threshold < 1):
        raise InputError(
            f"threshold: '{query.comparison} {query.threshold}' is settled beforehand; "
            "no incident could change the outcome"
        )
    return query


def _check_parties(parties: tuple[str, ...]) -> None:
    if not parties or len(set(parties)) != len(parties):
        raise InputError(f"parties: {list(parties)} are no one party or two different ones")
    if len(parties) > 2:
        raise InputError("parties: a relation has two")


def matches(query: Query, incident: Incident) -> bool:
    """Tell whether an incident is of the query's class, whatever its date."""
    if incident.type not in query.types or incident.status not in query.statuses:
        return False
    if query.domain is not None and incident.domain != query.domain:
        return False
    sides = incident.source, incident.target
    if len(query.parties) == 1:
        return any(_within(code, query.parties[0]) for side in sides for code in side)
    one, two = query.parties
    return any(
        any(_within(code, a) for code in sides[0]) and any(_within(code, b) for code in sides[1])
        for a, b in ((one, two), (two, one))
    )


def _within(code: str, party: str) -> bool:
    return code == party or code.startswith((f"{party}.", f"{party}/"))


def counted(query: Query, incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the incidents of the query's class within its days, by date."""
    found = [
        i
        for i in incidents
        if i.date is not None and query.first <= i.date <= query.deadline and matches(query, i)
    ]
    return tuple(sorted(found, key=lambda i: (i.date or "", i.id)))


def classes_of(outlook: Outlook) -> tuple[EventType, ...]:
    """Return the types that a forecast is about, by its words."""
    words = {word.strip(".,;:()'\"").lower() for word in outlook.text.split()}
    if words & _CONFLICT_WORDS:
        return CONFLICT
    return DIALOGUE if words & _DIALOGUE_WORDS else COOPERATION


def parties_of(outlook: Outlook) -> tuple[str, ...]:
    """Return the one or two parties that a query asks about."""
    codes = list(dict.fromkeys((*outlook.subject[:1], *outlook.object[:1], *outlook.about)))
    kept: list[str] = []
    for code in codes:
        if not any(_within(code, k) or _within(k, code) for k in kept):
            kept.append(code)
    return tuple(kept[:2])


def operationalise(
    outlook: Outlook,
    history: Sequence[Incident],
    *,
    number: int = 1,
    lookback_days: int = LOOKBACK_DAYS,
    since: str | None = None,
) -> Version:
    """Propose a query that answers a forecast.

    Args:
        outlook: The forecast.
        history: Incidents known at the issue; later ones are left out.
        number: Of the version.
        lookback_days: Days before the issue over which the base rate is counted.
        since: First day that the casebook covers; a shorter past shortens the base rate's time.

    Returns:
        A version to accept or edit. An increase must exceed what the base rate lets expect, a
        decrease fall below it; a start, a return or a continuation needs one incident, an end none.

    Raises:
        InputError: Parties or direction are missing, or a fall from nothing is forecast.
    """
    parties = parties_of(outlook)
    if not parties:
        raise InputError("parties: the forecast names none; write a query by hand")
    if outlook.direction == "none":
        raise InputError(
            "direction: the forecast says of nothing that it moves; write a query by hand"
        )
    issued = day(outlook.issued, "issued")
    first = max(outlook.first or outlook.issued, outlook.issued)
    deadline = outlook.deadline or (issued + datetime.timedelta(days=DEFAULT_DAYS)).isoformat()
    blank = Query(
        types=classes_of(outlook),
        parties=parties,
        domain=outlook.domain if outlook.domain not in {"other", "diplomatic"} else None,
        first=first,
        deadline=deadline,
    )
    rate, days = _base_rate(blank, history, issued, lookback_days, since)
    length = (day(deadline, "deadline") - day(first, "first")).days + 1
    expected = rate * length
    query = _set_threshold(blank, outlook.direction, expected)
    query = msgspec.structs.replace(query, base_rate=rate, lookback=days)
    reason = (
        f"{outlook.direction}: {query.comparison} {query.threshold} in {length} days; "
        f"the {days} days before the issue let {expected:.1f} expect"
    )
    return Version(
        forecast=outlook.id, number=number, query=check(query, issued=outlook.issued), reason=reason
    )


def _base_rate(
    query: Query,
    history: Sequence[Incident],
    issued: datetime.date,
    lookback_days: int,
    since: str | None,
) -> tuple[float, int]:
    start = issued - datetime.timedelta(days=lookback_days)
    if since is not None:
        start = max(start, day(since, "since"))
    days = (issued - start).days
    if days <= 0:
        return 0.0, 0
    last = issued - datetime.timedelta(days=1)
    before = msgspec.structs.replace(query, first=start.isoformat(), deadline=last.isoformat())
    return len(counted(before, history)) / days, days


def _set_threshold(query: Query, direction: str, expected: float) -> Query:
    if direction == "increase":
        return msgspec.structs.replace(query, threshold=math.floor(expected) + 1)
    if direction == "decrease":
        most = math.ceil(expected) - 1
        if most < 0:
            raise InputError(
                "threshold: no incident is expected, so a decrease could never be seen"
            )
        return msgspec.structs.replace(query, comparison="at most", threshold=most)
    if direction == "stop":
        return msgspec.structs.replace(query, comparison="at most", threshold=0)
    return query


def base_probability(query: Query) -> float | None:
    """Return the chance of a yes if incidents go on at the base rate (Poisson), clipped to 0.01-0.99."""
    if query.base_rate is None:
        return None
    length = (day(query.deadline, "deadline") - day(query.first, "first")).days + 1
    mean = query.base_rate * length
    limit = query.threshold - 1 if query.comparison == "at least" else query.threshold
    below = sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(limit + 1))
    chance = 1 - below if query.comparison == "at least" else below
    return min(0.99, max(0.01, chance))


def resolve(
    version: Version,
    incidents: Iterable[Incident],
    *,
    as_of: str,
    covered_until: str | None = None,
    condition_met: bool | None = None,
) -> Resolution:
    """Answer a query.

    Args:
        version: The version that is asked.
        incidents: All that the casebook holds; those recorded after ``as_of`` are left out.
        as_of: The day up to which the casebook is believed.
        covered_until: Day of the casebook's newest document; None where unknown.
        condition_met: A person's judgement on the forecast's condition; None where none was made.

    Returns:
        ``yes`` or ``no`` with the deciding incidents; ``void`` where the condition failed or the
        casebook holds nothing from the days in question; ``open`` before the deadline.
    """
    query = check(version.query)
    limit = day(as_of, "as_of").isoformat()
    seen = [i for i in incidents if i.recorded is None or i.recorded <= limit]
    hits = [i for i in counted(query, seen) if i.date is not None and i.date <= limit]
    if condition_met is False:
        outcome, reason = "void", "the condition was not met"
    else:
        outcome, reason = _outcome(query, len(hits), limit, covered_until)
    decides = (
        hits[: query.threshold] if query.comparison == "at least" and outcome == "yes" else hits
    )
    return Resolution(
        forecast=version.forecast,
        version=version.number,
        outcome=outcome,  # type: ignore[arg-type]
        reason=reason,
        incidents=tuple(i.id for i in decides) if outcome in {"yes", "no"} else (),
        as_of=limit,
    )


def _outcome(query: Query, count: int, limit: str, covered_until: str | None) -> tuple[str, str]:
    found = f"{count} found, {query.comparison} {query.threshold} asked"
    if query.comparison == "at least" and count >= query.threshold:
        return "yes", found
    if query.comparison == "at most" and count > query.threshold:
        return "no", found
    if limit < query.deadline:
        return "open", f"{found}; the deadline {query.deadline} has not come"
    if covered_until is not None and covered_until < query.first:
        return "void", f"the casebook holds no document after {covered_until}"
    if covered_until is not None and covered_until < query.deadline and not count:
        return "void", f"the casebook ends on {covered_until}, before {query.deadline}"
    return ("no" if query.comparison == "at least" else "yes"), found

"""From a forecast's words to a query on the casebook."""

from __future__ import annotations

import datetime
import math
import re
from typing import TYPE_CHECKING, get_args

import msgspec

from detente.errors import InputError
from detente.model import Domain, EventType, Status
from detente.outlook.incidents import Incident, members, stands_for, within
from detente.outlook.records import Query, Version, day
from detente.registers import classes, ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.outlook.records import Outlook
    from detente.registers.classes import EventClass

DEFAULT_DAYS = 181
"""Deadline where a forecast names none: half a year, as in ``registers/data/claims/horizons.yaml``."""
LOOKBACK_DAYS = 365
"""Days before the issue over which the base rate is counted."""
_GENERAL = frozenset({"other", "diplomatic", "political"})
"""Domains that say too little of what a forecast is about to be asked for."""
_FORMATS = ("bilateral", "multilateral", "third-party")


def check(query: Query, *, issued: str | None = None) -> Query:
    """Return a query that can be answered.

    Raises:
        InputError: It can never resolve, or its deadline lies before the issue; the message names
            the field and the reason.
    """
    _check_known("types", query.types, get_args(EventType))
    _check_known("statuses", query.statuses, get_args(Status))
    modes = {mode for one in query.types for mode in ontology.load().types[one].modes}
    if query.modes and not modes:
        raise InputError(
            f"modes: {' and '.join(query.types)} has none, so nothing could ever count"
        )
    if query.modes:
        _check_known("modes", query.modes, sorted(modes))
    if query.domain is not None:
        _check_known("domain", (query.domain,), get_args(Domain))
    if query.format is not None:
        _check_known("format", (query.format,), _FORMATS)
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


def _check_known(field: str, values: Sequence[str], known: Sequence[str]) -> None:
    if not values:
        raise InputError(f"{field}: there are none, so nothing could ever count")
    for value in values:
        if value not in known:
            raise InputError(f"{field}: {value!r} is none of {', '.join(known)}")


def _check_parties(parties: tuple[str, ...]) -> None:
    if not parties or len(set(parties)) != len(parties):
        raise InputError(f"parties: {list(parties)} are no one party or two different ones")
    if len(parties) > 2:
        raise InputError("parties: a relation has two")
    for party in parties:
        if not all(party.split("|")):
            raise InputError(f"parties: {party!r} names nobody between its strokes")


def matches(query: Query, incident: Incident) -> bool:
    """Tell whether an incident is of the query's class, whatever its date."""
    if incident.type not in query.types or incident.status not in query.statuses:
        return False
    if query.modes and incident.mode not in query.modes:
        return False
    if query.domain is not None and incident.domain != query.domain:
        return False
    if query.format is not None and not _of_format(incident.format, query.format):
        return False
    return concerns(query, incident)


def _of_format(given: str | None, asked: str) -> bool:
    """A meeting of two on neutral ground is bilateral, and so is an act without a format."""
    if asked == "bilateral":
        return given in {None, "bilateral", "third-party"}
    return given == asked


def concerns(query: Query, incident: Incident) -> bool:
    """Whether an incident is of the query's party, or between its two, in either direction."""
    sides = incident.source, incident.target
    if len(query.parties) == 1:
        return any(_present(side, query.parties[0], incident, query) for side in sides)
    one, two = query.parties
    return any(
        _present(sides[0], a, incident, query) and _present(sides[1], b, incident, query)
        for a, b in ((one, two), (two, one))
    )


def _present(side: Sequence[str], party: str, incident: Incident, query: Query) -> bool:
    return any(
        stands_for(code, party, day=incident.date, format=query.format or incident.format)
        for code in side
    )


def counted(query: Query, incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the incidents of the query's class within its days, by date.

    Of one type, day and pair of countries one counts: a meeting may be told from either side.
    """
    found = [
        i
        for i in incidents
        if i.date is not None and query.first <= i.date <= query.deadline and matches(query, i)
    ]
    once = {
        (i.type, i.date, frozenset(c.partition(".")[0] for c in (*i.source, *i.target))): i
        for i in sorted(found, key=lambda i: i.id, reverse=True)
    }
    return tuple(sorted(once.values(), key=lambda i: (i.date or "", i.id)))


def parties_of(outlook: Outlook, *, focus: str | None = None) -> tuple[str, ...]:
    """Return the one or two parties that a query asks about.

    Args:
        outlook: The forecast; several parties on one side are joined by ``|``.
        focus: The country that the document is mostly about; it stands in where a side is not
            named.
    """
    given, across = _narrowed(outlook)
    ours = set(given)
    both = _outer((*given, *across), outlook.issued)
    subject = tuple(code for code in both if code in ours)
    target = _without((code for code in both if code not in ours), subject)
    if subject and target:
        return "|".join(subject), "|".join(target)
    about = _outer(outlook.about, outlook.issued)
    named = subject or target or ((focus,) if focus else ())
    if not named:
        return about[:2]
    if focus is not None and not any(_same(focus, code) for code in named):
        return "|".join(named), focus
    others = _without(about, named) or named[1:]
    first = named[:1] if others == named[1:] else named
    return ("|".join(first), "|".join(others)) if others else ("|".join(first),)


def _narrowed(outlook: Outlook) -> tuple[list[str], list[str]]:
    """Return the codes of both sides; a bloc gives way to members that are named across from it.

    "Contacts with NATO states will multiply, above all with Poland" is about Poland.
    """
    subject = [_plain(code) for code in outlook.subject]
    target = [_plain(code) for code in outlook.object]
    blocs = {code for code in subject if code.startswith("BLOC:")}
    for bloc in blocs:
        known = members(bloc, outlook.issued)[0]
        named = [code for code in target if code.partition(".")[0] in known]
        if named and set(named) == set(target):
            at = subject.index(bloc)
            subject[at : at + 1] = named
            target = []
    return subject, target


def _plain(code: str) -> str:
    """A government without a name is its state: ``USA`` for ``USA.GOV``."""
    return code.removesuffix(".GOV")


def _outer(codes: Iterable[str], issued: str) -> tuple[str, ...]:
    """Return codes each once, without institutions and members of another one of them."""
    given = list(dict.fromkeys(codes))
    return tuple(
        code
        for code in given
        if not any(
            other != code
            and (within(code, other) or code.partition(".")[0] in members(other, issued)[0])
            for other in given
        )
    )


def _without(codes: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    kept = tuple(others)
    return tuple(code for code in codes if not any(_same(code, other) for other in kept))


def _same(one: str, two: str) -> bool:
    return within(one, two) or within(two, one)


def operationalise(
    outlook: Outlook,
    history: Sequence[Incident],
    *,
    number: int = 1,
    parties: tuple[str, ...] | None = None,
    since: str | None = None,
) -> Version:
    """Propose a query that answers a forecast.

    Args:
        outlook: The forecast.
        history: Incidents known at the issue; later ones are left out.
        number: Of the version.
        parties: What ``parties_of`` gives; asked of the forecast alone where None.
        since: First day that the casebook covers; a shorter past shortens the base rate's time.

    Returns:
        A version to accept or edit. An increase must exceed what the base rate lets expect, a
        decrease fall below it; a start, a return or a continuation needs one incident, an end none
        (or, for what can be lifted or withdrawn, one such act). A plain denial turns all that.

    Raises:
        InputError: Parties or direction are missing, or a fall from nothing is forecast.
    """
    parties = parties_of(outlook) if parties is None else parties
    if not parties:
        raise InputError("parties: the forecast names none; write a query by hand")
    if len(parties) == 2 and len({party.partition(".")[0] for party in parties}) == 1:
        raise InputError(
            f"parties: {parties[0]} and {parties[1]} are of one state; write a query by hand"
        )
    if outlook.direction == "none":
        raise InputError(
            "direction: the forecast says of nothing that it moves; write a query by hand"
        )
    kind = classes.of_text(_without_condition(outlook))
    relieved = bool(kind.relief) and outlook.direction in {"stop", "decrease"}
    deadline = deadline_of(outlook)
    blank = Query(
        types=kind.relief if relieved else kind.types,
        modes=() if relieved else kind.modes,
        parties=parties,
        domain=_domain_of(outlook, kind),
        format=outlook.format,
        first=first_day(outlook, deadline),
        deadline=deadline,
    )
    query = with_base_rate(blank, history, issued=outlook.issued, since=since)
    length = days_of(query)
    expected = (query.base_rate or 0.0) * length
    direction = "stop" if _stays_away(outlook) else outlook.direction
    query = _set_threshold(query, "start" if relieved else direction, expected)
    if outlook.denied:
        query = _turned(query)
    return Version(
        forecast=outlook.id,
        number=number,
        query=check(query, issued=outlook.issued),
        reason=_reason(outlook, kind, query, expected),
    )


_HALTED = re.compile(
    r"\b(?:remain|stay|keep|continue to be|be kept|be left)\s(?:\w+ly\s)?"
    r"(?:frozen|suspended|stalled|blocked|closed|shut|absent|deadlocked|interrupted|on hold|off)\b"
)


def _stays_away(outlook: Outlook) -> bool:
    """Whether what goes on is a standstill: "talks will remain frozen" asks for none."""
    return outlook.direction == "continue" and _HALTED.search(outlook.text.lower()) is not None


def _domain_of(outlook: Outlook, kind: EventClass) -> Domain | None:
    """Return the class's own domain, else the forecast's; None for any."""
    if kind.domain is not None:
        return None if kind.domain == "any" else kind.domain
    return None if outlook.domain in _GENERAL else outlook.domain


def deadline_of(outlook: Outlook) -> str:
    """Return the last day on which a forecast can come true; a default where it names none."""
    if outlook.deadline is not None:
        return outlook.deadline
    return (day(outlook.issued, "issued") + datetime.timedelta(days=DEFAULT_DAYS)).isoformat()


def first_day(outlook: Outlook, deadline: str) -> str:
    """Return the first day on which a forecast can come true: what it was issued on is known."""
    after = (day(outlook.issued, "issued") + datetime.timedelta(days=1)).isoformat()
    return min(max(outlook.first or after, after), deadline)


def _without_condition(outlook: Outlook) -> str:
    rest = outlook.text.replace(outlook.condition, " ") if outlook.condition else outlook.text
    return rest if rest.strip() else outlook.text


def _reason(outlook: Outlook, kind: EventClass, query: Query, expected: float) -> str:
    guess = "" if kind.words else " (no word names a class)"
    horizon = "the horizon" if outlook.deadline else f"a default of {DEFAULT_DAYS} days"
    base = (
        f"by the {query.lookback} days before the issue {expected:.1f} are expected"
        if query.lookback
        else "nothing before the issue says how many to expect"
    )
    return (
        f"{'no ' * outlook.denied}{outlook.direction} of {kind.name}{guess}: {query.comparison} {query.threshold} in "
        f"{days_of(query)} days ({horizon}); {base}"
    )


def days_of(query: Query) -> int:
    """Return how many days a query spans."""
    return (day(query.deadline, "deadline") - day(query.first, "first")).days + 1


def lookback_of(issued: str) -> tuple[str, str]:
    """Return the first and the last day over which the base rate of a forecast is counted."""
    end = day(issued, "issued")
    one = datetime.timedelta(days=1)
    return (end - LOOKBACK_DAYS * one).isoformat(), (end - one).isoformat()


def with_base_rate(
    query: Query, history: Iterable[Incident], *, issued: str, since: str | None = None
) -> Query:
    """Return a query with the rate of its class before the issue.

    Args:
        query: The query.
        history: Incidents known at the issue.
        issued: Day of issue; up to ``LOOKBACK_DAYS`` before it are counted.
        since: First day that the casebook covers.
    """
    first, last = lookback_of(issued)
    if since is not None:
        first = max(first, since)
    days = (day(issued, "issued") - day(first, "since")).days
    if days <= 0:
        return msgspec.structs.replace(query, base_rate=None, lookback=0)
    before = msgspec.structs.replace(query, first=first, deadline=last)
    rate = len(counted(before, history)) / days
    return msgspec.structs.replace(query, base_rate=rate, lookback=days)


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


def _turned(query: Query) -> Query:
    """Return the query that says yes where the given one says no: "will not be lifted"."""
    if query.comparison == "at least":
        return msgspec.structs.replace(query, comparison="at most", threshold=query.threshold - 1)
    return msgspec.structs.replace(query, comparison="at least", threshold=query.threshold + 1)


def base_probability(query: Query) -> float | None:
    """Return the chance of a yes if incidents go on as before the issue; None without a past.

    The rate is not known exactly: with Jeffreys' prior, ``n`` incidents in ``lookback`` days give
    a gamma posterior, and the count in the query's days is negative binomial with shape n + 1/2.
    """
    if query.base_rate is None or query.lookback <= 0:
        return None
    shape = query.base_rate * query.lookback + 0.5
    stay = query.lookback / (query.lookback + days_of(query))
    limit = query.threshold - 1 if query.comparison == "at least" else query.threshold
    term = float(stay**shape)
    below = term
    for k in range(1, limit + 1):
        term *= (shape + k - 1) / k * (1 - stay)
        below += term
    return 1 - below if query.comparison == "at least" else below

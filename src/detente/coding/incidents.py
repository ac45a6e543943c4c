"""Folds events that tell the same happening into incidents.

Two events fold where type, status and countries are the same, institutions and persons do not
contradict each other, places do not lie in different countries, and dates meet. Firm accounts, which
tell the day, are joined first. A loose one (no day, or a day taken from the publication) joins the
firm happening that it fits best and joins no two happenings to each other; loose ones that fit none
fold among themselves. Every step looks at the set of events, so the order of reading changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from detente.model import record_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Actor, Event

ONCE_A_DAY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
"""Types of which two parties seldom have two on neighbouring days; accounts of one that differ by
a day fold. Shellings, accusations and the like do happen daily."""

_INFERRED = frozenset({"published", "context"})
_DAY = timedelta(days=1)
LAG = 2 * _DAY
"""Days between a contact and a report of it that gives no day."""

RETELLING = 45 * _DAY
"""How far back the undated half of a report may speak of what its dated half tells: a monthly review
tells of a meeting once by its day and once without."""

_UNKNOWN_INSTITUTION = frozenset({None, "GOV"})

Side = tuple[tuple[str, ...], frozenset[str | None], frozenset[str]]


def fold(events: Iterable[Event]) -> dict[str, str]:
    """Assign every event to an incident.

    Args:
        events: Events of any number of documents, in any order.

    Returns:
        Event id to incident id. The incident id depends on its first event id alone.
    """
    blocks: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in {event.id: event for event in events}.values():
        blocks[_key(event)].append(event)
    incident: dict[str, str] = {}
    for block in blocks.values():
        for members in _happenings(sorted(block, key=_order)):
            name = record_id("i", min(event.id for event in members))
            incident.update((event.id, name) for event in members)
    return incident


def _happenings(block: Sequence[Event]) -> list[list[Event]]:
    """Return the groups of a block, sorted by date: firm ones first, loose ones added to them."""
    firm = [event for event in block if _is_firm(event)]
    groups = _components(firm)
    starts = sorted((_first_day(group[0]), number) for number, group in enumerate(groups))
    joined: list[list[Event]] = [[] for _ in groups]
    left = []
    for event in block:
        if _is_firm(event):
            continue
        number = _best(event, groups, starts)
        if number is None:
            left.append(event)
        else:
            joined[number].append(event)
    whole = [[*group, *added] for group, added in zip(groups, joined, strict=True)]
    return whole + _components(left)


def _is_firm(event: Event) -> bool:
    """Whether an event's own sentence tells its day."""
    return (
        event.date is not None
        and event.date_precision in {None, "day"}
        and event.date_basis not in _INFERRED
    )


def _best(
    event: Event, groups: Sequence[Sequence[Event]], starts: Sequence[tuple[date, int]]
) -> int | None:
    """Return the firm happening that a loose event tells of: one of its own report, else the nearest."""
    span = _interval(event)
    near = starts
    if span is not None:
        first, last = (span[0] - RETELLING, -1), (span[1] + LAG, len(groups))
        near = starts[bisect_left(starts, first) : bisect_left(starts, last)]
    ranked = []
    for _, number in near:
        fitting = [member for member in groups[number] if same(event, member)]
        if fitting:
            ranked.append((min(_rank(event, member) for member in fitting), number))
    return min(ranked, default=(None, None))[1]


def _rank(event: Event, member: Event) -> tuple[bool, bool, int, str]:
    """Return how far a firm event is from a loose one: other report, other people, days, id."""
    span, firm = _interval(event), _interval(member)
    days = abs((span[0] - firm[0]).days) if span and firm else 0
    return event.doc != member.doc, not _people_meet(event, member), days, member.id


def _first_day(event: Event) -> date:
    span = _interval(event)
    return span[0] if span else date.min


def same(a: Event, b: Event) -> bool:
    """Whether two events of one type, status and set of countries tell the same happening."""
    return (
        _kind(a) == _kind(b) and _sides_agree(a, b) and _places_agree(a, b) and _dates_agree(a, b)
    )


def _key(event: Event) -> tuple[object, ...]:
    sides = [_countries(event.source), _countries(event.target)]
    if event.channel.symmetric:
        sides.sort()
    return event.type, event.status, event.channel.symmetric, *sides


def _countries(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(sorted({actor.country for actor in actors}))


def _order(event: Event) -> tuple[str, str]:
    return event.date or "", event.id


def _components(block: Sequence[Event]) -> list[list[Event]]:
    """Return the connected components of ``same`` over events sorted by date."""
    parent = list(range(len(block)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    dated = [(_interval(event) or (date.min, date.min)) for event in block]
    longest = max(((end - start) for start, end in dated), default=_DAY) + LAG
    for j, later in enumerate(block):
        for i in range(j - 1, -1, -1):
            if dated[j][0] - dated[i][0] > longest:
                break
            if root(i) != root(j) and same(block[i], later):
                parent[root(j)] = root(i)
    members: dict[int, list[Event]] = defaultdict(list)
    for i, event in enumerate(block):
        members[root(i)].append(event)
    return list(members.values())


def _kind(event: Event) -> str:
    """Contacts fold whatever the verb; other acts by the frame that found them."""
    if event.type == "CONSULT":
        return "phone" if event.channel.medium in {"phone", "video", "letter"} else "meeting"
    return event.cameo or event.rule


def _sides_agree(a: Event, b: Event) -> bool:
    if _agree(a.source, b.source) and _agree(a.target, b.target):
        return True
    symmetric = a.channel.symmetric and b.channel.symmetric
    return symmetric and _agree(a.source, b.target) and _agree(a.target, b.source)


def _agree(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    if _countries(a) != _countries(b):
        return False
    institutions_a = {x.institution for x in a} - _UNKNOWN_INSTITUTION
    institutions_b = {x.institution for x in b} - _UNKNOWN_INSTITUTION
    if institutions_a and institutions_b and not institutions_a & institutions_b:
        return False
    people_a = {_surname(x.person) for x in a if x.person}
    people_b = {_surname(x.person) for x in b if x.person}
    return not (people_a and people_b and not people_a & people_b)


def _surname(person: str | None) -> str:
    return (person or "").split()[-1].casefold() if person else ""


def _places_agree(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None:
        return True
    if a.place.geonameid is not None and a.place.geonameid == b.place.geonameid:
        return True
    return a.place.country is None or b.place.country is None or a.place.country == b.place.country


def _interval(event: Event) -> tuple[date, date] | None:
    if event.date is None:
        return None
    try:
        start = date.fromisoformat(event.date)
        return start, date.fromisoformat(event.date_end) if event.date_end else start
    except ValueError:
        return None


def _dates_agree(a: Event, b: Event) -> bool:
    first, second = _interval(a), _interval(b)
    if first is None or second is None:
        return a.doc == b.doc and ((first is None) == (second is None) or _is_retold(a, b))
    slack = _slack(a, b)
    meet = first[0] <= second[1] + slack and second[0] <= first[1] + slack
    if not meet:
        return a.doc == b.doc and _is_retold(a, b)
    if a.date_precision == b.date_precision == "day":
        return True
    return a.doc == b.doc or _people_meet(a, b) or a.date_precision == b.date_precision


def _is_retold(a: Event, b: Event) -> bool:
    """Whether one of two events of a report has no day of its own and may be the other's."""
    loose, firm = (a, b) if _is_firm(b) else (b, a)
    if loose.type not in ONCE_A_DAY or _is_firm(loose) or not _is_firm(firm):
        return False
    if loose.date is None:
        return True
    told, done = _interval(loose), _interval(firm)
    if loose.date_basis != "published" or told is None or done is None:
        return False
    return timedelta(0) <= told[0] - done[0] <= RETELLING


def _slack(a: Event, b: Event) -> timedelta:
    inferred = a.date_basis in _INFERRED or b.date_basis in _INFERRED
    if a.type not in ONCE_A_DAY:
        return timedelta(0)
    return LAG if inferred else _DAY


def _people_meet(a: Event, b: Event) -> bool:
    people = [{_surname(x.person) for x in (*e.source, *e.target) if x.person} for e in (a, b)]
    return bool(people[0] & people[1])

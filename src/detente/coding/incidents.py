"""Folds events that tell the same happening into incidents.

Two events fold where type, status and countries are the same, institutions and persons do not
contradict each other, places do not lie in different countries, and dates meet. The relation is
symmetric and incidents are its connected components, so the order of reading changes nothing.
"""

from __future__ import annotations

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
        for members in _components(sorted(block, key=_order)):
            name = record_id("i", min(event.id for event in members))
            incident.update((event.id, name) for event in members)
    return incident


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
    longest = max(((end - start) for start, end in dated), default=_DAY)
    for j, later in enumerate(block):
        for i in range(j - 1, -1, -1):
            if dated[j][0] - dated[i][0] > longest + _DAY:
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
        return a.doc == b.doc and (first is None) == (second is None)
    slack = _slack(a, b)
    meet = first[0] <= second[1] + slack and second[0] <= first[1] + slack
    if not meet:
        return False
    if a.date_precision == b.date_precision == "day":
        return True
    return a.doc == b.doc or _people_meet(a, b) or a.date_precision == b.date_precision


def _slack(a: Event, b: Event) -> timedelta:
    inferred = a.date_basis in _INFERRED or b.date_basis in _INFERRED
    if a.type not in ONCE_A_DAY:
        return timedelta(0)
    return 2 * _DAY if inferred else _DAY


def _people_meet(a: Event, b: Event) -> bool:
    people = [{_surname(x.person) for x in (*e.source, *e.target) if x.person} for e in (a, b)]
    return bool(people[0] & people[1])

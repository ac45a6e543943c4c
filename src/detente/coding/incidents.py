"""Folds events that tell the same happening into incidents.

Two events fold where their accounts agree (``accounts``). Firm accounts, which tell the day, are
joined first. A loose one (no day, or a day taken from the publication) joins the firm happening that
it fits best and joins no two happenings to each other, but for a visit, which holds the talks within
it together; loose ones that fit none fold among themselves. Where two reports share a happening, what
both tell without a date is one too. Every step looks at the set of events, so the order of reading
changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from detente.coding.accounts import (
    LAG,
    RETELLING,
    countries,
    host,
    interval,
    is_contact,
    is_firm,
    people_meet,
    same,
    sort,
    visitors_meet,
)
from detente.model import record_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Event

Group = list["Event"]


def fold(events: Iterable[Event]) -> dict[str, str]:
    """Assign every event to an incident.

    Args:
        events: Events of any number of documents, in any order.

    Returns:
        Event id to incident id. The incident id depends on its first event id alone.
    """
    blocks: dict[tuple[object, ...], Group] = defaultdict(list)
    for event in {event.id: event for event in events}.values():
        blocks[_key(event)].append(event)
    found = [_happenings(sorted(block, key=_order)) for block in blocks.values()]
    shared = _shared_by_reports(found)
    incident: dict[str, str] = {}
    for groups in found:
        for members in _undated_joined(groups, shared):
            name = record_id("i", min(event.id for event in members))
            incident.update((event.id, name) for event in members)
    return incident


def _key(event: Event) -> tuple[object, ...]:
    """Return what all accounts of a happening have in common."""
    if is_contact(event):
        return event.type, event.status, countries((*event.source, *event.target))
    sides = [countries(event.source), countries(event.target)]
    if event.channel.symmetric:
        sides.sort()
    return sort(event), event.status, event.channel.symmetric, *sides


def _order(event: Event) -> tuple[str, str]:
    return event.date or "", event.id


def _happenings(block: Sequence[Event]) -> list[Group]:
    """Return the groups of a block, sorted by date: firm ones first, loose ones added to them.

    Loose accounts of visits are added before others, so that talks may join the visit.
    """
    loose = [event for event in block if not is_firm(event)]
    groups = _components([event for event in block if is_firm(event)])
    visits = [event for event in loose if host(event) is not None]
    groups = _held_together(groups, [event for event in loose if is_contact(event)])
    left = _add(groups, visits)
    left += _add(groups, [event for event in loose if host(event) is None])
    return groups + _components(sorted(left, key=_order))


def _add(groups: list[Group], loose: Sequence[Event]) -> list[Event]:
    """Add each loose event to the group that it fits best; return those that fit none."""
    starts = sorted((_first_day(group), number) for number, group in enumerate(groups))
    best = [(event, _best(event, groups, starts)) for event in loose]
    for event, number in best:
        if number is not None:
            groups[number].append(event)
    return [event for event, number in best if number is None]


def _best(event: Event, groups: Sequence[Group], starts: Sequence[tuple[date, int]]) -> int | None:
    """Return the happening that a loose event tells of: one of its own report, else the nearest."""
    ranked = [
        (min(_rank(event, member) for member in fitting), number)
        for number in _near(event, groups, starts)
        if (fitting := _fitting(event, groups[number]))
    ]
    return min(ranked, default=(None, None))[1]


def _near(event: Event, groups: Sequence[Group], starts: Sequence[tuple[date, int]]) -> list[int]:
    """Return the numbers of the groups whose first day a loose event may mean."""
    span = interval(event)
    near = starts
    if span is not None:
        first, last = (span[0] - RETELLING, -1), (span[1] + LAG, len(groups))
        near = starts[bisect_left(starts, first) : bisect_left(starts, last)]
    return [number for _, number in near]


def _fitting(event: Event, group: Group) -> list[Event]:
    """Return the firm members of a group that an event may tell of, itself or by way of a visit."""
    firm = [member for member in group if is_firm(member)]
    found = [member for member in firm if same(event, member)]
    if found or not is_contact(event):
        return found
    hosts = {at for member in group if not is_firm(member) and (at := host(member)) is not None}
    return [member for member in firm if any(visitors_meet(event, member, at) for at in hosts)]


def _rank(event: Event, member: Event) -> tuple[bool, bool, int, int, str]:
    """Return how far a firm event is: other report, other people, days, sentences, id."""
    span, firm = interval(event), interval(member)
    days = abs((span[0] - firm[0]).days) if span and firm else 0
    apart = abs(event.sentence - member.sentence) if event.doc == member.doc else 0
    return event.doc != member.doc, not people_meet(event, member), days, apart, member.id


def _first_day(group: Group) -> date:
    """Return the first day of a happening by its firm accounts; "in 2016" does not make it January's."""
    firm = [event for event in group if is_firm(event)]
    span = interval(min(firm or group, key=_order))
    return span[0] if span else date.min


def _held_together(groups: list[Group], loose: Sequence[Event]) -> list[Group]:
    """Join firm talks of one guest that a loose account of his visit, or of both talks, holds together."""
    starts = sorted((_first_day(group), number) for number, group in enumerate(groups))
    joined = _Joined(len(groups))
    for event in loose:
        at = host(event)
        hosts = countries((*event.source, *event.target)) if at is None else (at,)
        fits = [n for n in _near(event, groups, starts) if _fitting(event, groups[n])]
        for one, two in combinations(fits, 2):
            if joined.root(one) == joined.root(two):
                continue
            pairs = product(groups[one], groups[two], hosts)
            if any(visitors_meet(x, y, home) for x, y, home in pairs):
                joined.join(one, two)
    return [
        sorted((event for number in numbers for event in groups[number]), key=_order)
        for numbers in joined.parts()
    ]


def _components(block: Sequence[Event]) -> list[Group]:
    """Return the connected components of ``same`` over events sorted by date."""
    dated = [(interval(event) or (date.min, date.min)) for event in block]
    longest = max(((end - start) for start, end in dated), default=LAG) + LAG
    joined = _Joined(len(block))
    for j, later in enumerate(block):
        for i in range(j - 1, -1, -1):
            if dated[j][0] - dated[i][0] > longest:
                break
            if joined.root(i) != joined.root(j) and same(block[i], later):
                joined.join(i, j)
    return [[block[i] for i in numbers] for numbers in joined.parts()]


def _shared_by_reports(found: Sequence[Sequence[Group]]) -> dict[str, set[tuple[int, int]]]:
    """Return the dated happenings, by place in ``found``, that each document tells of."""
    told: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for block, groups in enumerate(found):
        for number, group in enumerate(groups):
            documents = {event.doc for event in group}
            if len(documents) > 1 and any(event.date is not None for event in group):
                for document in documents:
                    told[document].add((block, number))
    return told


def _undated_joined(
    groups: Sequence[Group], shared: dict[str, set[tuple[int, int]]]
) -> list[Group]:
    """Join groups without any date of reports that have a dated happening in common."""
    undated: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        if all(event.date is None for event in group):
            for happening in {one for event in group for one in shared.get(event.doc, ())}:
                undated[happening].append(number)
    joined = _Joined(len(groups))
    for numbers in undated.values():
        for i, j in combinations(numbers, 2):
            if joined.root(i) != joined.root(j) and _retell(groups[i], groups[j]):
                joined.join(i, j)
    return [[event for number in numbers for event in groups[number]] for numbers in joined.parts()]


def _retell(one: Group, two: Group) -> bool:
    """Whether undated accounts of two reports would be one if they stood in one report."""
    return any(same(x, replace(y, doc=x.doc, sentence=-1)) for x in one for y in two)


class _Joined:
    """Numbers that are joined to groups."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, i: int) -> int:
        """Return the first number of the group of ``i``."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make one group of two."""
        one, two = sorted((self.root(i), self.root(j)))
        self._parent[two] = one

    def parts(self) -> list[list[int]]:
        """Return the groups, by their first number."""
        members: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            members[self.root(i)].append(i)
        return list(members.values())

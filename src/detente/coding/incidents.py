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
    Account,
    countries,
    is_contact,
    people_meet,
    same,
    sort,
    sums_up,
    visitors_meet,
)
from detente.coding.portions import uncollected
from detente.model import record_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Event

Group = list[Account]


@uncollected()
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
    alone = [block[0].id for block in blocks.values() if len(block) == 1]
    incident = {event: record_id("i", event) for event in alone}
    several = [list(map(Account, block)) for block in blocks.values() if len(block) > 1]
    found = [_happenings(sorted(block, key=_order)) for block in several]
    shared = _shared_by_reports(found)
    for groups in found:
        for members in _undated_joined(groups, shared):
            name = record_id("i", min(one.event.id for one in members))
            incident.update((one.event.id, name) for one in members)
    return incident


def _key(event: Event) -> tuple[object, ...]:
    """Return what all accounts of a happening have in common."""
    if is_contact(event):
        return event.type, event.status, countries((*event.source, *event.target))
    sides = [countries(event.source), countries(event.target)]
    if event.channel.symmetric:
        sides.sort()
    return sort(event), event.status, event.channel.symmetric, *sides


def _order(account: Account) -> tuple[str, str]:
    return account.event.date or "", account.event.id


def _happenings(block: Sequence[Account]) -> list[Group]:
    """Return the groups of a block, sorted by date: firm ones first, loose ones added to them.

    Loose accounts of visits are added before others, so that talks may join the visit.
    """
    loose = [account for account in block if not account.is_firm]
    groups = _components([account for account in block if account.is_firm])
    visits = [account for account in loose if account.host is not None]
    groups = _held_together(groups, [account for account in loose if account.is_contact])
    left = _add(groups, visits)
    left += _add(groups, [account for account in loose if account.host is None])
    return groups + _components(sorted(left, key=_order))


def _add(groups: list[Group], loose: Sequence[Account]) -> list[Account]:
    """Add each loose account to the group that it fits best; return those that fit none."""
    starts = sorted((_first_day(group), number) for number, group in enumerate(groups))
    best = [(account, _best(account, groups, starts)) for account in loose]
    for account, number in best:
        if number is not None:
            groups[number].append(account)
    return [account for account, number in best if number is None]


def _best(
    account: Account, groups: Sequence[Group], starts: Sequence[tuple[date, int]]
) -> int | None:
    """Return the happening that a loose account tells of: one of its own report, else the nearest.

    What is told of a whole year is the only such happening of that year, where there is just one.
    """
    near = _near(account, groups, starts)
    ranked = [
        (min(_rank(account, member) for member in fitting), number)
        for number in near
        if (fitting := _fitting(account, groups[number]))
    ]
    if ranked:
        return min(ranked)[1]
    summed = [n for n in near if any(x.is_firm and sums_up(account, x) for x in groups[n])]
    return summed[0] if len(summed) == 1 else None


def _near(
    account: Account, groups: Sequence[Group], starts: Sequence[tuple[date, int]]
) -> list[int]:
    """Return the numbers of the groups whose first day a loose account may mean."""
    span = account.interval
    near = starts
    if span is not None:
        first, last = (span[0] - RETELLING, -1), (span[1] + LAG, len(groups))
        near = starts[bisect_left(starts, first) : bisect_left(starts, last)]
    return [number for _, number in near]


def _fitting(account: Account, group: Group) -> list[Account]:
    """Return the firm members of a group that an account may tell of, itself or by way of a visit."""
    firm = [member for member in group if member.is_firm]
    found = [member for member in firm if same(account, member)]
    if found or not account.is_contact:
        return found
    hosts = {m.host for m in group if not m.is_firm and m.host is not None}
    return [member for member in firm if any(visitors_meet(account, member, at) for at in hosts)]


def _rank(account: Account, member: Account) -> tuple[bool, bool, int, int, str]:
    """Return how far a firm account is: other report, other people, days, sentences, id."""
    span, firm = account.interval, member.interval
    days = abs((span[0] - firm[0]).days) if span and firm else 0
    one, two = account.event, member.event
    apart = abs(one.sentence - two.sentence) if one.doc == two.doc else 0
    return one.doc != two.doc, not people_meet(account, member), days, apart, two.id


def _first_day(group: Group) -> date:
    """Return the first day of a happening by its firm accounts; "in 2016" does not make it January's."""
    firm = [account for account in group if account.is_firm]
    span = min(firm or group, key=_order).interval
    return span[0] if span else date.min


def _held_together(groups: list[Group], loose: Sequence[Account]) -> list[Group]:
    """Join firm talks of one guest that a loose account of his visit, or of both talks, holds together."""
    starts = sorted((_first_day(group), number) for number, group in enumerate(groups))
    joined = _Joined(len(groups))
    for account in loose:
        hosts = account.states if account.host is None else (account.host,)
        fits = [n for n in _near(account, groups, starts) if _fitting(account, groups[n])]
        for one, two in combinations(fits, 2):
            if joined.root(one) == joined.root(two):
                continue
            pairs = product(groups[one], groups[two], hosts)
            if any(visitors_meet(x, y, home) for x, y, home in pairs):
                joined.join(one, two)
    return [
        sorted((account for number in numbers for account in groups[number]), key=_order)
        for numbers in joined.parts()
    ]


def _components(block: Sequence[Account]) -> list[Group]:
    """Return the connected components of ``same`` over accounts sorted by date."""
    dated = [account.interval or (date.min, date.min) for account in block]
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
            documents = {account.event.doc for account in group}
            if len(documents) > 1 and any(account.event.date is not None for account in group):
                for document in documents:
                    told[document].add((block, number))
    return told


def _undated_joined(
    groups: Sequence[Group], shared: dict[str, set[tuple[int, int]]]
) -> list[Group]:
    """Join groups without any date of reports that have a dated happening in common."""
    undated: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        if all(account.event.date is None for account in group):
            told = (shared.get(account.event.doc, ()) for account in group)
            for happening in {one for happenings in told for one in happenings}:
                undated[happening].append(number)
    joined = _Joined(len(groups))
    for numbers in undated.values():
        for i, j in combinations(numbers, 2):
            if joined.root(i) != joined.root(j) and _retell(groups[i], groups[j]):
                joined.join(i, j)
    return [[one for number in numbers for one in groups[number]] for numbers in joined.parts()]


def _retell(one: Group, two: Group) -> bool:
    """Whether undated accounts of two reports would be one if they stood in one report."""
    return any(
        same(x, Account(replace(y.event, doc=x.event.doc, sentence=-1))) for x in one for y in two
    )


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

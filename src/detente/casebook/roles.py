"""Learned roles as rows: under a surname, without dates and evidence, so that they can be counted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors.learned import Learned, name_key
from detente.coding.actors.taught import surname

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Row = tuple[str, str | None, str | None, int]
    """A role as JSON, its first and last date, and how many documents state it."""

_ENTRY = msgspec.json.Decoder(Learned)


def kept(entry: Learned) -> tuple[str, str]:
    """Return the spelling-blind surname and the JSON under which a role is kept."""
    bare = msgspec.structs.replace(entry, first=None, last=None, support=0, evidence=())
    return surname(name_key(entry.person)), msgspec.json.encode(bare).decode()


def gathered(rows: Iterable[Row]) -> tuple[Learned, ...]:
    """Join rows of one role, whatever their order; the best supported spelling stands."""
    groups: dict[tuple[str | None, ...], list[Learned]] = defaultdict(list)
    for line, first, last, support in rows:
        entry = msgspec.structs.replace(
            _ENTRY.decode(line), first=first, last=last, support=support
        )
        groups[entry.key].append(entry)
    found = [_joined(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda one: tuple(part or "" for part in one.key)))


def _joined(group: Sequence[Learned]) -> Learned:
    spelled: dict[tuple[str, str], int] = defaultdict(int)
    for one in group:
        spelled[one.person, one.role or ""] += one.support
    person, role = max(spelled, key=lambda words: (spelled[words], words))
    days = sorted(day for one in group for day in (one.first, one.last) if day is not None)
    return msgspec.structs.replace(
        group[0],
        person=person,
        role=role or None,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        support=sum(one.support for one in group),
    )

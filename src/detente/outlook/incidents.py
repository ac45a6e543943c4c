"""What a resolver counts: incidents with the day on which they became known, and who is a party."""

from __future__ import annotations

import datetime
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from detente.model import Domain, EventType, Status
from detente.registers import register

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RETOLD = datetime.timedelta(days=45)
"""An act without a day of its own is taken for one of the same kind that was told so long before."""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, however often it was told.

    Attributes:
        id: Id of the incident.
        type: PLOVER type.
        mode: PLOVER mode.
        date: Day, ISO 8601; None where unknown.
        own: False where the day is only that of the publication.
        exact: False where it is only the first of a month or a year.
        status: Status.
        domain: Domain.
        format: ``bilateral``, ``multilateral``, ``third-party`` or None.
        source: Codes of one side.
        target: Codes of the other.
        recorded: Day on which it became known, ISO 8601; None where unknown.
    """

    id: str
    type: EventType
    mode: str | None = None
    date: str | None = None
    own: bool = True
    exact: bool = True
    status: Status = "actual"
    domain: Domain = "other"
    format: str | None = None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    recorded: str | None = None


def incidents_of(mentions: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return one incident for each group of mentions that share its id, by date and id.

    An incident that is dated by its publication alone, and is of the type and between the
    countries of one that was told with its day up to ``RETOLD`` before, is left out: notes look
    back.

    Args:
        mentions: The incident as each mention tells it.
    """
    found: dict[str, Incident] = {}
    for made in mentions:
        old = found.get(made.id)
        found[made.id] = made if old is None else _joined(old, made)
    kept = _without_retold(list(found.values()))
    return tuple(sorted(kept, key=lambda i: (i.date or "", i.id)))


def _joined(old: Incident, made: Incident) -> Incident:
    """One incident of two mentions: the better day stands, and it is known since the earlier one."""
    best = max(old, made, key=lambda one: (one.date is not None, one.own, one.exact))
    known = min((day for day in (old.recorded, made.recorded) if day is not None), default=None)
    return msgspec.structs.replace(best, mode=old.mode or made.mode, recorded=known)


def _without_retold(incidents: Sequence[Incident]) -> list[Incident]:
    told: dict[tuple[str, frozenset[str]], list[datetime.date]] = defaultdict(list)
    for one in incidents:
        if one.own and one.date is not None:
            told[_kind(one)].append(datetime.date.fromisoformat(one.date))
    return [one for one in incidents if not _is_retold(one, told)]


def _is_retold(
    one: Incident, told: Mapping[tuple[str, frozenset[str]], list[datetime.date]]
) -> bool:
    if one.own or one.date is None:
        return False
    day = datetime.date.fromisoformat(one.date)
    return any(day - RETOLD <= known <= day for known in told.get(_kind(one), ()))


def _kind(one: Incident) -> tuple[str, frozenset[str]]:
    return one.type, frozenset(code.partition(".")[0] for code in (*one.source, *one.target))


def stands_for(code: str, party: str, *, day: str | None, format: str | None = None) -> bool:
    """Whether an actor's code is a party, lies under it, or is a member of it on a day.

    ``party`` may name several, parted by ``|``. A bloc stands for its members (``POL`` for
    ``BLOC:nato-states``) and, in multilateral dealings, for the body that it is named after.
    """
    return any(_stands_for(code, one, day, format) for one in party.split("|"))


def _stands_for(code: str, party: str, day: str | None, format: str | None) -> bool:
    if within(code, party):
        return True
    name, _, institution = party.partition(".")
    if not name.startswith("BLOC:"):
        return False
    states, bodies = members(name, day)
    known = states | bodies if format == "multilateral" else states
    tail = f".{institution}" if institution else ""
    return any(within(code, member + tail) for member in known)


def countries_of(party: str, first: str, last: str) -> frozenset[str]:
    """Return the countries and organisations that may stand for a party between two days."""
    found: set[str] = set()
    for one in party.split("|"):
        name = one.partition(".")[0].partition("/")[0]
        found.add(name)
        if name.startswith("BLOC:"):
            for when in (first, last):
                found.update(*members(name, when))
    return frozenset(found)


def within(code: str, party: str) -> bool:
    """Whether a code is the party's or lies under it: ``BLR.MFA`` in ``BLR``."""
    return code == party or code.startswith((f"{party}.", f"{party}/"))


@lru_cache(maxsize=1024)
def members(bloc: str, day: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the states of a bloc on a day, and the bodies through which they belong to it."""
    return register.load().states_on(bloc, day)

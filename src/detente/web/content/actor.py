"""One actor: its people and their roles over time, its counterparts, and what it did last."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from detente.errors import InputError
from detente.model import Event
from detente.registers.ontology import is_conflict
from detente.relations.parties import within
from detente.web.content.shown import Shown, shown
from detente.web.words import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.casebook.browser import Browser
    from detente.model import Actor
    from detente.web.desk import Desk

EVENTS = 200
"""The newest events that the page rests on."""
LISTED = 25
NODES = 24
"""Counterparts in the network."""


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A person in an office, as the documents tell it.

    Attributes:
        person: Name.
        code: Institution.
        role: The office in the text's words.
        rank: Protocol rank.
        first: Day of the first event in which the person is so named.
        last: Day of the last.
        events: How many events.
    """

    person: str
    code: str
    role: str | None
    rank: str | None
    first: str | None
    last: str | None
    events: int


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A counterpart.

    Attributes:
        code: Its code.
        name: Its name.
        country: Its country, for the address of the relation.
        events: Events in which both stand.
        conflict: Of these, acts of conflict.
        last: Day of the last.
    """

    code: str
    name: str
    country: str
    events: int
    conflict: int
    last: str | None


class ActorPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of an actor.

    Attributes:
        code: Its code.
        title: Its name.
        country: Code of its country or body.
        events: Events that the page rests on: the newest.
        most: The most that it would rest on.
        roles: People and offices, the latest first.
        contacts: Counterparts, the busiest first.
        institutions: Its institutions with how many events each has.
        listed: Its last events.
    """

    code: str
    title: str
    country: str
    events: int
    most: int
    roles: tuple[Role, ...]
    contacts: tuple[Contact, ...]
    institutions: tuple[tuple[str, int], ...]
    listed: tuple[Shown, ...]


def load(desk: Desk, code: str) -> ActorPage:
    """Return the page of a country, organisation, institution or person.

    Raises:
        InputError: The casebook tells nothing of it.
    """
    with desk.view(counting=True) as view:
        return desk.remember(
            view, ("actor", code), lambda found: _load(found, code), parties=(code,)
        )


def _load(view: Browser, code: str) -> ActorPage:
    body, _, person = code.partition("/")
    events = view.page(parties=[body if person else code], limit=EVENTS)
    if person:
        events = [event for event in events if any(_is(actor, code) for actor in _all(event))]
    if not events:
        raise InputError(f"{code}: there is no such actor in the newest events of this casebook")
    met: dict[str, list[Event]] = defaultdict(list)
    bodies: Counter[str] = Counter()
    for event in events:
        sides = [
            {_code(actor) for actor in actors if actor.code}
            for actors in (event.source, event.target)
        ]
        mine = [bool(side & {c for c in side if within(c, code) or c == code}) for side in sides]
        for number, is_mine in enumerate(mine):
            if is_mine:
                for other in sides[1 - number] or sides[number]:
                    if not within(other, code):
                        met[other].append(event)
        bodies.update({c for side in sides for c in side if within(c, code) and c != code})
    latest = events[:LISTED]
    quotes = view.quotes([(event.doc, event.sentence) for event in latest])
    contacts = [
        Contact(
            code=other,
            name=named(other),
            country=other.partition(".")[0],
            events=len(both),
            conflict=sum(is_conflict(event.type) for event in both),
            last=max((event.date for event in both if event.date), default=None),
        )
        for other, both in met.items()
    ]
    return ActorPage(
        code=code,
        title=_title(code, events),
        country=code.partition("/")[0].partition(".")[0],
        events=len(events),
        most=EVENTS,
        roles=_roles(code, events),
        contacts=tuple(sorted(contacts, key=lambda c: (-c.events, c.code))[:NODES]),
        institutions=tuple(bodies.most_common(LISTED)),
        listed=shown(latest, quotes=quotes),
    )


def _all(event: Event) -> tuple[Actor, ...]:
    return (*event.source, *event.target)


def _code(actor: Actor) -> str:
    """Return country and institution of an actor."""
    return actor.code.partition("/")[0]


def _is(actor: Actor, code: str) -> bool:
    return actor.code == code or person_code(actor) == code


def person_code(actor: Actor) -> str | None:
    """Return a person's code, such as ``BLR.MFA/vladimir-makei``; None for bodies."""
    if not actor.person:
        return None
    if "/" in actor.code:
        return actor.code
    return f"{actor.code}/{'-'.join(actor.person.casefold().split())}"


def _title(code: str, events: Sequence[Event]) -> str:
    if "/" in code:
        for event in events:
            for actor in _all(event):
                if _is(actor, code) and actor.person:
                    return actor.person
    return named(code)


def _roles(code: str, events: Sequence[Event]) -> tuple[Role, ...]:
    """Return who held which office, the office as the text words it."""
    groups: dict[tuple[str, str, str | None], list[tuple[Actor, str | None]]] = defaultdict(list)
    for event in events:
        for actor in _all(event):
            own = within(_code(actor), code.partition("/")[0]) and (
                "/" not in code or _is(actor, code)
            )
            if actor.person and own:
                groups[actor.person, _code(actor), actor.role].append((actor, event.date))
    found = []
    for (person, body, role), told in groups.items():
        days = sorted(day for _, day in told if day)
        found.append(
            Role(
                person=person,
                code=person_code(told[0][0]) or body,
                role=role,
                rank=next((actor.rank for actor, _ in told if actor.rank), None),
                first=days[0] if days else None,
                last=days[-1] if days else None,
                events=len(told),
            )
        )
    return tuple(sorted(found, key=lambda r: (r.last or "", r.person), reverse=True))

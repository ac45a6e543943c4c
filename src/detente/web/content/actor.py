"""One actor: its people and their roles over time, its counterparts, and what it did last."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from detente.casebook.browser import Browser
from detente.errors import InputError
from detente.model import Event
from detente.registers import offices
from detente.registers.ontology import is_conflict
from detente.relations.parties import within
from detente.web.content.shown import Shown, shown
from detente.web.words import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Actor
    from detente.web.desk import Desk

EVENTS = 200
"""The newest events that the page rests on."""
LISTED = 25
NODES = 24
"""Counterparts on the page."""
HOLDERS = 12
"""Office-holders of the register on the page."""


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A person in an office, as the documents tell it.

    Attributes:
        person: Name, as most sentences give it in full.
        code: The person's code.
        role: The office in the words that most sentences use.
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


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """What two countries or bodies of the network have with each other.

    Attributes:
        a: Code of the one.
        b: Code of the other.
        mentions: Sentences of the casebook that tell of both.
    """

    a: str
    b: str
    mentions: int


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Who held an office when, by the register; fields of ``registers.offices.Office``."""

    person: str
    role: str
    rank: str
    since: str
    until: str


class ActorPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of an actor.

    Attributes:
        code: Its code.
        title: Its name.
        country: Code of its country or body.
        events: Events that the page rests on: the newest.
        most: The most that it would rest on.
        roles: People and offices, the latest first.
        holders: Office-holders of the register, the latest first: those of an institution, the offices
            of a person, none for a country.
        contacts: Counterparts, the busiest first.
        ties: What the countries and bodies of these counterparts have with each other.
        institutions: Its institutions with how many events each has.
        listed: Its last events.
    """

    code: str
    title: str
    country: str
    events: int
    most: int
    roles: tuple[Role, ...]
    holders: tuple[Holder, ...]
    contacts: tuple[Contact, ...]
    ties: tuple[Tie, ...]
    institutions: tuple[tuple[str, int], ...]
    listed: tuple[Shown, ...]


def load(desk: Desk, code: str) -> ActorPage:
    """Return the page of a country, organisation, institution or person.

    Raises:
        InputError: The casebook tells nothing of it.
    """
    with desk.view(counting=True) as view:
        return desk.remember(
            view, ("actor", code), lambda found: _load(desk, found, code), parties=(code,)
        )


def _load(desk: Desk, view: Browser, code: str) -> ActorPage:
    body, _, person = code.partition("/")
    events = view.page(parties=[body], limit=EVENTS)
    if person:
        events = [event for event in events if any(_is(actor, code) for actor in _all(event))]
    if not events:
        raise InputError(f"{code}: there is no such actor in the newest events of this casebook")
    latest, title = events[:LISTED], _title(code, events)
    quotes = view.quotes([(event.doc, event.sentence) for event in latest])
    contacts = _contacts(code, events)
    return ActorPage(
        code=code,
        title=title,
        country=body.partition(".")[0],
        events=len(events),
        most=EVENTS,
        roles=_roles(code, events),
        holders=_holders(code, title),
        contacts=contacts,
        ties=_ties(contacts, desk.remember(view, "pairs", Browser.pairs)),
        institutions=tuple(_bodies(code, events).most_common(LISTED)),
        listed=shown(latest, quotes=quotes),
    )


def _contacts(code: str, events: Iterable[Event]) -> tuple[Contact, ...]:
    """Return who stands on the other side; on the same one where there is no other."""
    body = code.partition("/")[0]
    met: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for here, there in ((event.source, event.target), (event.target, event.source)):
            if any(_own(actor, code) for actor in here):
                for other in {_code(actor) for actor in there or here if actor.code}:
                    if not within(other, body):
                        met[other].append(event)
    found = [
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
    return tuple(sorted(found, key=lambda c: (-c.events, c.code))[:NODES])


def _ties(
    contacts: Sequence[Contact], pairs: Iterable[tuple[str, str, int, object]]
) -> tuple[Tie, ...]:
    countries = {contact.country for contact in contacts}
    return tuple(
        Tie(a=a, b=b, mentions=count)
        for a, b, count, _ in pairs
        if a in countries and b in countries
    )


def _bodies(code: str, events: Iterable[Event]) -> Counter[str]:
    """Return the institutions of an actor with how many events each has."""
    return Counter(
        found
        for event in events
        for found in {_code(actor) for actor in _all(event) if actor.code}
        if within(found, code) and found != code
    )


def _holders(code: str, name: str) -> tuple[Holder, ...]:
    body, _, person = code.partition("/")
    country, _, institution = body.partition(".")
    if person:
        found = [one for one in offices.of_person(name) if one.code == country]
    elif institution:
        found = [one for one in offices.of_code(country) if one.institution == institution]
    else:
        return ()
    found.sort(key=lambda one: (one.since, one.person), reverse=True)
    return tuple(
        Holder(
            person=one.also or one.person, role=one.role, rank=one.rank, since=one.since,
            until=one.until,
        )
        for one in found[:HOLDERS]
    )  # fmt: skip


def _all(event: Event) -> tuple[Actor, ...]:
    return (*event.source, *event.target)


def _code(actor: Actor) -> str:
    """Return country and institution of an actor."""
    return actor.code.partition("/")[0]


def _own(actor: Actor, code: str) -> bool:
    """Whether an actor is of a country or an institution, or is just this person."""
    return _is(actor, code) if "/" in code else within(_code(actor), code)


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
    """Return who held which office: names and words for one office of one body stand together."""
    told = [
        (actor, event.date)
        for event in events
        for actor in _all(event)
        if actor.person and actor.code and _own(actor, code)
    ]
    full = _full_names(actor for actor, _ in told)
    groups: dict[tuple[str, str, str], list[tuple[Actor, str | None]]] = defaultdict(list)
    for actor, day in told:
        person = full[_code(actor), actor.person or ""]
        groups[person, _code(actor), actor.rank or (actor.role or "").casefold()].append(
            (actor, day)
        )
    found = []
    for (person, body, _), named_so in groups.items():
        days = sorted(day for _, day in named_so if day)
        words = Counter(actor.role for actor, _ in named_so if actor.role)
        bearer = next((a for a, _ in named_so if a.person == person), named_so[0][0])
        found.append(
            Role(
                person=person,
                code=person_code(bearer) or body,
                role=words.most_common(1)[0][0] if words else None,
                rank=next((actor.rank for actor, _ in named_so if actor.rank), None),
                first=days[0] if days else None,
                last=days[-1] if days else None,
                events=len(named_so),
            )
        )
    return tuple(sorted(found, key=lambda r: (r.last or "", r.person), reverse=True))


def _full_names(actors: Iterable[Actor]) -> dict[tuple[str, str], str]:
    """Return for each body and name the commonest name of two words or more that ends alike.

    ``Makei`` and ``H.E. Mr. Vladimir Makei`` of one ministry are its ``Vladimir Makei``.
    """
    counts = Counter((_code(actor), actor.person or "") for actor in actors)
    found = {}
    for body, name in counts:
        alike = [
            (-count, other)
            for (its, other), count in counts.items()
            if its == body and " " in other and _ends_alike(name.split(), other.split())
        ]
        found[body, name] = min(alike)[1] if alike else name
    return found


def _ends_alike(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the shorter of two names is the end of the longer one."""
    length = min(len(one), len(two))
    return list(one[-length:]) == list(two[-length:])

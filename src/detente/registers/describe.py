"""What the register says of a code, a name or a person: names, members, office-holders."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import msgspec

from detente.registers import offices, roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.registers.entries import PersonEntry
    from detente.registers.offices import Office
    from detente.registers.register import Register, Sense

LEADING = frozenset({"head of state", "head of government", "minister", "head of organisation"})
"""Ranks that are shown of a state or body."""
FIRST = ("HOS", "HOG", "MFA", "MOD", "INT", "FIN", "ECO", "ENE", "JUD")
"""Institutions whose ministers are shown first."""
PART = 0.6
"""Likeness of a name from which it is offered in place of an unknown one."""


class NameEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One name.

    Attributes:
        surface: As in running text.
        kind: ``state``, ``adjective``, ``demonym``, ``capital``, ``institution`` and so on.
        institution: Institution that the name stands for.
        since: First day on which it means this, ISO 8601.
        until: First day on which it no longer does.
        ambiguous: True where it counts only beside other names of the same country.
    """

    surface: str
    kind: str
    institution: str | None = None
    since: str | None = None
    until: str | None = None
    ambiguous: bool = False


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A member of a body, or a body that has the member; days in ISO 8601.

    Attributes:
        code: The member, or the body.
        name: Its name.
        since: First day; None where it is not recorded.
        until: First day on which it is no member.
        through: The body with which the membership comes: the EU's for a member of the West. For a
            body that follows another, ``since`` is then that body's day: the earliest one possible.
    """

    code: str
    name: str
    since: str | None = None
    until: str | None = None
    through: str | None = None


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """A person in an office.

    Attributes:
        person: Full name.
        code: Country or body.
        institution: Institution.
        role: Name of the office.
        rank: Protocol rank.
        since: First day, ISO 8601.
        until: Last day.
        source: Wikidata id; ``added`` for the project's own list, ``own register`` for the user's.
        closed: How an open end was closed, as in ``offices.Office``.
    """

    person: str
    code: str
    institution: str | None = None
    role: str | None = None
    rank: str | None = None
    since: str | None = None
    until: str | None = None
    source: str = ""
    closed: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A state, institution, organisation, bloc or group.

    Attributes:
        code: Its code; ``BLR.MFA`` for an institution.
        name: Main name.
        within: State that a state of little recognition lies in.
        parent: Body or group that it is an organ or a part of.
        names: All its names.
        members: Its members, on the day where one was given.
        member_of: Bodies and blocs that it belongs to.
        holders: Who leads it on the day.
    """

    code: str
    name: str
    within: str | None = None
    parent: str | None = None
    names: tuple[NameEntry, ...] = ()
    members: tuple[Membership, ...] = ()
    member_of: tuple[Membership, ...] = ()
    holders: tuple[Holding, ...] = ()


def entry(register: Register, code: str, *, day: str) -> Entry | None:
    """Return what the register holds on a code, as of a day (ISO 8601); None for no such code."""
    country, _, institution = code.partition(".")
    known = country in register.names
    if not known:
        return None
    name = register.names[country]
    if institution:
        name = f"{name}, {institution}"
    return Entry(
        code=code,
        name=name,
        within=register.within.get(code),
        parent=register.parents.get(code),
        names=tuple(_names(register, country, institution)),
        members=tuple(_members(register, code, day)),
        member_of=() if institution else tuple(_bodies(register, code, day)),
        holders=tuple(holders(register, country, institution or None, day=day)),
    )


def codes(register: Register, name: str, *, day: str) -> tuple[str, ...]:
    """Return the codes that a name stands for on a day, the case of letters aside where need be."""
    senses = register.surfaces.get(name, ())
    if not senses:
        low = name.casefold()
        senses = tuple(
            sense
            for surface, found in register.surfaces.items()
            if surface.casefold() == low
            for sense in found
        )
    meant = [sense for sense in senses if sense.kind not in {"none", "person"}]
    then = [sense for sense in meant if sense.on(day)] or meant
    return tuple(dict.fromkeys(_code(sense) for sense in then))


def career(register: Register, name: str) -> tuple[Holding, ...]:
    """Return every office that bearers of a full name hold or held, the earliest first."""
    found = [_holding(office) for office in offices.of_person(name)]
    wanted = " ".join(offices.key_of(word) for word in name.split())
    for person in register.persons:
        spellings = (person.person, *person.names)
        if wanted in {" ".join(offices.key_of(w) for w in one.split()) for one in spellings}:
            found.append(_own(person))
    return tuple(sorted(found, key=lambda one: (one.since or "", one.until or "9")))


def holders(register: Register, code: str, institution: str | None, *, day: str) -> list[Holding]:
    """Return who leads a state, or everyone in one institution, on a day, by rank."""
    order = roles.load().ranks
    found = [
        _holding(office)
        for office in offices.of_code(code)
        if office.held_on(day)
        and (office.institution == institution if institution else office.rank in LEADING)
    ]
    for person in register.persons:
        held = person.code == code and (person.since or "") <= day < (person.until or "9999")
        if held and (institution is None or person.institution == institution):
            found.append(_own(person))
    return sorted(
        found,
        key=lambda one: (
            order.index(one.rank) if one.rank else len(order),
            FIRST.index(one.institution) if one.institution in FIRST else len(FIRST),
            one.role or "",
            one.person,
        ),
    )


def like(register: Register, name: str) -> list[str]:
    """Return up to three office-holders of a surname, else codes or names that are written alike."""
    bearers = dict.fromkeys(office.person for office in offices.of_surname(name))
    if bearers:
        return list(bearers)[:3]
    pool = dict.fromkeys((*register.names, *register.names.values(), *register.surfaces))
    return difflib.get_close_matches(name, pool, n=3, cutoff=PART)


def _code(sense: Sense) -> str:
    bare = sense.institution is None or sense.kind in {"organisation", "bloc"}
    return sense.code if bare else f"{sense.code}.{sense.institution}"


def _names(register: Register, country: str, institution: str) -> Iterable[NameEntry]:
    wanted = institution or None
    for surface, senses in register.surfaces.items():
        for sense in senses:
            own = sense.institution if sense.kind in {"institution", "group"} else None
            if sense.code == country and sense.kind != "person" and own == wanted:
                yield NameEntry(
                    surface=surface, kind=sense.kind, institution=own, since=sense.since,
                    until=sense.until, ambiguous=sense.ambiguous,
                )  # fmt: skip


def _members(register: Register, code: str, day: str) -> list[Membership]:
    other, told = register.followed.get(code, (None, frozenset()))
    return [
        Membership(
            code=member, name=register.names.get(member, member), since=since, until=until,
            through=None if member in told else other,
        )
        for member, since, until in sorted(register.members.get(code, ()), key=_by_code)
        if not (since and day < since) and not (until and day >= until)
    ]  # fmt: skip


def _by_code(span: tuple[str, str | None, str | None]) -> tuple[str, str]:
    return span[0], span[1] or ""


def _bodies(register: Register, code: str, day: str) -> Iterable[Membership]:
    for body in sorted(register.members):
        own = next((one for one in _members(register, body, day) if one.code == code), None)
        if own is not None:
            yield msgspec.structs.replace(own, code=body, name=register.names[body])
            continue
        with_it = [
            inner
            for inner in (register.members_on(body, day) if body.startswith("BLOC:") else ())
            if inner in register.members and register.is_member(code, inner, day)
        ]
        if with_it:
            yield Membership(code=body, name=register.names[body], through=with_it[0])


def _own(person: PersonEntry) -> Holding:
    return Holding(
        person=person.person, code=person.code, institution=person.institution, role=person.role,
        rank=person.rank, since=person.since, until=person.until, source="own register",
    )  # fmt: skip


def _holding(office: Office) -> Holding:
    own = office.wikidata.startswith("+")
    return Holding(
        person=office.person, code=office.code, institution=office.institution, role=office.role,
        rank=office.rank, since=office.since or None, until=office.until or None,
        source="added" if own or office.closed == "added" else office.wikidata,
        closed="" if office.closed == "added" else office.closed,
    )  # fmt: skip


def kinds(names: Sequence[NameEntry]) -> dict[str, list[NameEntry]]:
    """Return names by kind, in the order of their kinds' first names."""
    found: dict[str, list[NameEntry]] = {}
    for name in names:
        found.setdefault(name.kind, []).append(name)
    return found

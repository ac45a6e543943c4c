"""Checks that hold between the entries of a register."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.errors import RegisterError
from detente.registers import membership, ontology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.registers.entries import BodyEntry, Entries, PersonEntry

INSTITUTIONS = frozenset(
    "HOS HOG GOV MFA MOD MIL LEG JUD INT SPY FIN ECO ENE SEC EMB ATT IGO PTY OPP CVL NGO MED BUS "
    "REL EDU REB UAF".split()
)
"""Institutions of DESIGN.md, section 2."""

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")


def check(read: Entries) -> None:
    """Check codes, dates, parents and aliases.

    Raises:
        RegisterError: An unknown code, a wrong or overlapping date, a cycle of parents, or one
            name given to two states.
    """
    _check_codes(read)
    _check_dates(read)
    _check_parents(read)
    _check_aliases(read)
    _check_persons(read)


def _fault(read: Entries, reason: str, *needles: str) -> RegisterError:
    for source in reversed(read.sources):
        if source.line_of(*needles) and all(needle in source.text for needle in needles):
            return source.error(reason, *needles)
    return RegisterError(read.sources[-1].name if read.sources else "register", 0, reason)


def _check_codes(read: Entries) -> None:
    states = {state.code for state in read.states}
    bodies = {body.code for body in (*read.organisations, *read.blocs)}
    known = states | bodies | {group.code for group in read.groups}
    for one in read.dated:
        needle = one.names[0] if one.names else one.code
        if one.code not in known:
            raise _fault(read, f"unknown code {one.code!r}", one.code, needle)
        if one.institution is not None and one.institution not in INSTITUTIONS:
            raise _fault(read, f"unknown institution {one.institution!r}", one.institution)
    _check_bodies(read, known)
    for group in read.groups:
        if group.country is not None and group.country not in known:
            raise _fault(read, f"unknown code {group.country!r}", group.country, group.code)
        if group.institution not in INSTITUTIONS:
            raise _fault(read, f"unknown institution {group.institution!r}", group.institution)
    for state in read.states:
        if state.within is not None and state.within not in states:
            raise _fault(read, f"unknown code {state.within!r}", state.within, state.code)
    _check_sectors(read)


def _check_bodies(read: Entries, known: set[str]) -> None:
    for body in (*read.organisations, *read.blocs):
        for member, _since, _until in body.dated_members():
            if member not in known:
                raise _fault(read, f"{body.code} has an unknown member {member!r}", member)
        if body.institution is not None and body.institution not in INSTITUTIONS:
            raise _fault(read, f"unknown institution {body.institution!r}", body.institution)
    _check_following(read, known)
    for entry in read.nested:
        if entry.parent is not None and entry.parent not in known:
            raise _fault(read, f"unknown code {entry.parent!r}", entry.parent, entry.code)


def _check_following(read: Entries, known: set[str]) -> None:
    bodies = {body.code: body for body in (*read.organisations, *read.blocs)}
    for body in bodies.values():
        rule = body.follows
        if rule is None:
            continue
        if rule.body not in bodies:
            raise _fault(read, f"{body.code} follows an unknown body {rule.body!r}", rule.body)
        for member in rule.without:
            if member not in known:
                raise _fault(read, f"{body.code} has an unknown member {member!r}", member)
        if not _DAY.match(rule.since):
            raise _fault(read, f"{rule.since!r} is no date (YYYY-MM-DD)", rule.since)
        steps = membership.chain(body.code, bodies)
        if len(set(steps)) < len(steps):
            reason = f"cycle of bodies that follow each other: {' -> '.join(steps)}"
            raise _fault(read, reason, body.code, "follows")


def _left_before(body: BodyEntry) -> Iterator[tuple[str, str]]:
    """Yield the day and the member of every leave that ends no membership."""
    for day, members in body.left.items() if body.follows is None else ():
        joined = {one for since in body.joined if since < day for one in body.joined[since]}
        for member in members:
            if member not in joined and member not in body.members:
                yield day, member


def _check_sectors(read: Entries) -> None:
    sectors = ontology.load().sectors
    for entry in (*read.institutions, *read.nested):
        if entry.sector is not None and entry.sector not in sectors:
            raise _fault(read, f"unknown sector {entry.sector!r}", entry.sector)


def _check_dates(read: Entries) -> None:
    _check_members(read)
    _check_periods(read)
    for entry in read.dated:
        for value in (entry.since, entry.until):
            if value is not None and not _DAY.match(value):
                raise _fault(read, f"{value!r} is no date (YYYY-MM-DD)", value)
        if entry.since and entry.until and entry.until <= entry.since:
            raise _fault(read, f"ends before it begins: {entry.since}, {entry.until}", entry.until)


def _check_members(read: Entries) -> None:
    for body in (*read.organisations, *read.blocs):
        for day in (*body.joined, *body.left):
            if not _DAY.match(day):
                raise _fault(read, f"{day!r} is no date (YYYY-MM-DD)", day)
        spans = sorted((m, s or "", u or "9999") for m, s, u in body.dated_members())
        for (one, _s, until), (two, since, _u) in pairwise(spans):
            if one == two and since < until:
                raise _fault(read, f"{body.code} has {one} as a member twice at once", body.code)
        for day, member in _left_before(body):
            reason = f"{body.code} has {member} leave on {day}, but not join before"
            raise _fault(read, reason, body.code)


def _check_periods(read: Entries) -> None:
    for group in read.groups:
        spans = sorted((one.since or "", one.until or "9999", one) for one in group.periods)
        for since, until, period in spans:
            for day in (period.since, period.until):
                if day is not None and not _DAY.match(day):
                    raise _fault(read, f"{day!r} is no date (YYYY-MM-DD)", day)
            if until <= since:
                raise _fault(read, f"ends before it begins: {since}, {until}", until)
            if period.institution not in INSTITUTIONS:
                raise _fault(read, f"unknown institution {period.institution!r}", group.code)
        for (_, until, _), (since, _, _) in pairwise(spans):
            if since < until:
                raise _fault(read, f"the periods of {group.code} overlap", group.code)


def _check_parents(read: Entries) -> None:
    parents = {entry.code: entry.parent for entry in read.nested if entry.parent is not None}
    for code in parents:
        seen = [code]
        while (above := parents.get(seen[-1])) is not None:
            if above in seen:
                chain = " -> ".join([*seen, above])
                raise _fault(read, f"cycle of parents: {chain}", code, "parent")
            seen.append(above)


def _check_aliases(read: Entries) -> None:
    owners: dict[str, str] = {}
    for entry in read.named:
        for name in {entry.name, *entry.aliases}:
            owner = owners.setdefault(name, entry.code)
            if owner != entry.code:
                raise _fault(
                    read, f"{name!r} names both {owner} and {entry.code}", name, entry.code
                )
    for group in read.groups:
        for name in {group.name, *group.aliases}:
            owners[name] = group.country or group.code
    for one in read.institutions:
        for name in one.names:
            owner = owners.setdefault(name, one.code)
            if owner != one.code and name not in one.ambiguous:
                reason = f"{name!r} names both {owner} and {one.code}; mark it ambiguous"
                raise _fault(read, reason, name, one.code)


def _check_persons(read: Entries) -> None:
    offices: dict[tuple[str, str, str], list[PersonEntry]] = {}
    for person in read.persons:
        key = (person.person, person.code, person.institution or "")
        for other in offices.setdefault(key, []):
            starts, ends = (
                max(person.since or "", other.since or ""),
                min(person.until or "9999", other.until or "9999"),
            )
            if starts < ends:
                raise _fault(
                    read, f"{person.person} holds the same office twice at once", person.person
                )
        offices[key].append(person)

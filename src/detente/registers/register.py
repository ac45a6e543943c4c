"""The register of actors: states, institutions, organisations, blocs, groups and persons.

``load`` reads the YAML files under ``data`` and the user's overlay files, checks all of them, and
returns a ``Register``; a fault raises ``RegisterError`` and nothing is half loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from detente.registers import checks, entries, membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from detente.registers.entries import Entries, PersonEntry, RejectedEntry

SenseKind = Literal[
    "state", "adjective", "demonym", "capital", "institution", "organisation", "bloc", "group",
    "person", "none",
]  # fmt: skip
"""What a surface form is; ``none`` marks a longer name that is no actor, such as a newspaper's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One meaning of a surface form.

    Attributes:
        code: Country, organisation, bloc or group code; empty for ``none``.
        kind: What the words are.
        institution: Institution of DESIGN.md section 2, or None for the state as such.
        name: The entry's main name.
        rank: Rank of a person's own entry.
        role: Office of a person's own entry.
        since: First day on which the words mean this, ISO 8601.
        until: First day on which they no longer do.
        ambiguous: True where the words often mean something else, such as ``Jordan``.
        sector: PLOVER's sector where it is not the institution's.
        alone: True for names that are read only where a phrase stands alone.
    """

    code: str
    kind: SenseKind
    institution: str | None = None
    name: str = ""
    rank: str | None = None
    role: str | None = None
    since: str | None = None
    until: str | None = None
    ambiguous: bool = False
    sector: str | None = None
    alone: bool = False

    def on(self, day: str | None) -> bool:
        """Say whether the words mean this on a day (ISO 8601); True where the day is unknown."""
        if day is None:
            return True
        return not (self.since and day < self.since) and not (self.until and day >= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Every surface form with its senses, and who belongs to what when.

    Attributes:
        surfaces: Senses by surface form, as written in running text.
        names: Main name by code.
        members: For organisations and blocs: (member, since, until).
        nouns: Codes by the common nouns that can stand for them ("alliance", "bloc").
        unnamed: Codes by the nouns that mean them though nothing named them ("Union").
        states: Codes of all states.
        persons: Entries of persons from the user's own files.
        adjectives: First adjective of each state.
        within: State that a state of little recognition lies in, by its code.
        bodies: Institution of the organisations that are not intergovernmental, by code.
        parents: Body or group that another is an organ or a part of, by code.
        followed: For a body whose members come with another body: that one, and whom its own entry
            tells of.
        rejected: Roles that the user does not believe.
    """

    surfaces: Mapping[str, tuple[Sense, ...]]
    names: Mapping[str, str]
    members: Mapping[str, tuple[tuple[str, str | None, str | None], ...]]
    nouns: Mapping[str, tuple[str, ...]]
    unnamed: Mapping[str, tuple[str, ...]]
    states: frozenset[str]
    persons: tuple[PersonEntry, ...] = ()
    adjectives: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    followed: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    rejected: tuple[RejectedEntry, ...] = ()

    def members_on(self, code: str, day: str | None = None) -> tuple[str, ...]:
        """Return the members of an organisation or bloc on a day (ISO 8601), sorted by code.

        Without a day, every member that has not left.
        """
        found = set()
        for member, since, until in self.members.get(code, ()):
            if day is None:
                inside = until is None
            else:
                inside = not (since and day < since) and not (until and day >= until)
            if inside:
                found.add(member)
        return tuple(sorted(found))

    def states_on(self, code: str, day: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
        """Return the states of an organisation or bloc on a day, and the bodies that belong to it.

        A bloc has the states of the bodies in it: the West has Poland on a day on which NATO or the
        EU has it. An organisation has not: the EU is in the G20, Poland is not.
        """
        states: set[str] = set()
        bodies: set[str] = set()
        pending = [code]
        while pending:
            outer = pending.pop()
            for member in self.members_on(outer, day):
                if member in self.states:
                    states.add(member)
                elif member not in bodies:
                    bodies.add(member)
                    if outer.startswith("BLOC:"):
                        pending.append(member)
        return frozenset(states), frozenset(bodies)

    def is_member(self, code: str, body: str, day: str | None = None) -> bool:
        """Say whether a state belongs to an organisation or bloc on a day (ISO 8601)."""
        states, bodies = self.states_on(body, day)
        return code in states or code in bodies


def load(overlays: Sequence[Path] = ()) -> Register:
    """Load the shipped register with the user's files laid over it; kept for the process.

    Args:
        overlays: The user's own register files; an entry with a known code adds to that entry.

    Returns:
        The register.

    Raises:
        RegisterError: A file is wrong; names file, line and reason.
    """
    stamps = tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in overlays)
    return _load(stamps)


@lru_cache(maxsize=8)
def _load(stamps: tuple[tuple[Path, int], ...]) -> Register:
    read = entries.shipped()
    for path, _stamp in stamps:
        read = read.plus(entries.overlay(path))
    checks.check(read)
    return build(read)


def build(read: Entries) -> Register:
    """Build a register out of checked entries."""
    table: dict[str, list[Sense]] = {}
    for surface, sense in _senses(read):
        senses = table.setdefault(surface, [])
        if sense not in senses:
            senses.append(sense)
    names = {e.code: e.name for e in read.named}
    members = membership.of_bodies((*read.organisations, *read.blocs))
    nouns: dict[str, tuple[str, ...]] = {}
    unnamed: dict[str, tuple[str, ...]] = {}
    for body in (*read.organisations, *read.blocs):
        for noun in body.nouns:
            nouns[noun] = (*nouns.get(noun, ()), body.code)
        for noun in body.unnamed:
            unnamed[noun] = (*unnamed.get(noun, ()), body.code)
    return Register(
        surfaces={surface: tuple(senses) for surface, senses in table.items()},
        names=names,
        members=members,
        nouns=nouns,
        unnamed=unnamed,
        states=frozenset(state.code for state in read.states),
        persons=tuple(read.persons),
        adjectives={s.code: s.adjectives[0] for s in read.states if s.adjectives},
        within={s.code: s.within for s in read.states if s.within is not None},
        rejected=read.rejected,
        bodies={b.code: b.institution for b in read.organisations if b.institution is not None},
        parents={e.code: e.parent for e in read.nested if e.parent is not None},
        followed={
            body.code: (body.follows.body, frozenset(told for told, _s, _u in body.dated_members()))
            for body in (*read.organisations, *read.blocs)
            if body.follows is not None
        },
    )


def _senses(read: Entries) -> Iterable[tuple[str, Sense]]:
    for state in read.states:
        yield from _state(state)
    for one in read.institutions:
        for name in one.names:
            yield name, Sense(
                code=one.code, kind="institution", institution=one.institution,
                name=one.names[0], since=one.since, until=one.until,
                ambiguous=name in one.ambiguous, sector=one.sector, alone=one.alone,
            )  # fmt: skip
    yield from _bodies(read)
    for person in read.persons:
        for name in (person.person, *person.names):
            yield name, Sense(
                code=person.code, kind="person", institution=person.institution,
                name=person.person, rank=person.rank, role=person.role,
                since=person.since, until=person.until,
            )  # fmt: skip
    for name in read.others:
        yield name, Sense(code="", kind="none", name=name)


def _bodies(read: Entries) -> Iterable[tuple[str, Sense]]:
    for body in read.organisations:
        for name in (body.name, *body.aliases):
            yield name, Sense(
                code=body.code, kind="organisation", institution=body.institution, name=body.name,
                ambiguous=name in body.ambiguous, sector=body.sector,
            )  # fmt: skip
    for bloc in read.blocs:
        for name in (bloc.name, *bloc.aliases):
            yield name, Sense(code=bloc.code, kind="bloc", name=bloc.name)
        for name in bloc.adjectives:
            yield name, Sense(code=bloc.code, kind="adjective", name=bloc.name)
    for group in read.groups:
        for name in (group.name, *group.aliases):
            for institution, since, until in group.stages():
                own = institution == group.institution
                yield name, Sense(
                    code=group.country or group.code, kind="group", institution=institution,
                    name=group.name, since=since, until=until,
                    ambiguous=name in group.ambiguous, sector=group.sector if own else None,
                )  # fmt: skip


def _state(state: entries.StateEntry) -> Iterable[tuple[str, Sense]]:
    def sense(
        name: str, kind: SenseKind, since: str | None = None, until: str | None = None
    ) -> Sense:
        return Sense(
            code=state.code, kind=kind, name=state.name, since=since, until=until,
            ambiguous=name in state.ambiguous, sector="PRE" if state.within else None,
        )  # fmt: skip

    adjectives = set(state.adjectives)
    for name in (state.name, *state.aliases):
        yield name, sense(name, "state")
    for name in state.adjectives:
        yield name, sense(name, "adjective")
        if not state.demonyms and name not in {state.name, *state.aliases}:
            yield name + "s", sense(name + "s", "demonym")
    for name in state.demonyms:
        if name not in adjectives:
            yield name, sense(name, "demonym")
    for name in (*([state.capital] if state.capital else []), *state.seats):
        yield name, sense(name, "capital")
    for old in state.former:
        yield old.name, sense(old.name, "adjective" if old.adjective else "state", None, old.until)

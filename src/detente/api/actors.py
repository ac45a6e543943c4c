"""Questions on the register of actors, and changes to the user's own register file."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import msgspec

from detente.api.coding import overlays
from detente.api.opening import as_date, view
from detente.coding.actors.learned import Learned
from detente.errors import InputError
from detente.model import Actor
from detente.registers.describe import Entry, Holding
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.casebook.view import View
    from detente.model import Record
    from detente.registers import Register
    from detente.registers.entries import UserFile

Kind = Literal["person", "name", "group", "organisation", "bloc", "not-actor"]
"""What an added entry is; ``name`` is a further name of a state or of one of its institutions."""


class Details(TypedDict, total=False):
    """What may be said of an added entry.

    Attributes:
        institution: Institution; ``REB`` for a group where not given.
        role: A person's office.
        rank: Protocol rank of the office; read from the role where not given.
        since: First day.
        until: Day on which it ends.
        also: Other spellings.
        members: Codes of the members of an organisation or bloc; the state of a group.
        note: Where it is known from.
    """

    institution: str | None
    role: str | None
    rank: str | None
    since: str | datetime.date | None
    until: str | datetime.date | None
    also: Sequence[str]
    members: Sequence[str]
    note: str | None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says of a query.

    Attributes:
        query: The code, name or phrase.
        on: The day that is asked about, ISO 8601.
        entries: States, institutions, bodies, blocs and groups of that code or name.
        offices: Offices of the person of that name.
        reading: Who the phrase means, where it is no name of the register.
        sectors: PLOVER's sectors of the reading.
    """

    query: str
    on: str
    entries: tuple[Entry, ...] = ()
    offices: tuple[Holding, ...] = ()
    reading: Actor | None = None
    sectors: tuple[str, ...] = ()


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What was written to a register file: how many entries are new, how many lines were left out."""

    file: str
    entries: int
    skipped: tuple[tuple[int, str], ...] = ()


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A role that texts state, and what is to be said of it.

    Attributes:
        id: Its id, for accepting and rejecting.
        state: ``new``, ``known`` to the register, ``accepted`` or ``rejected``.
        learned: The entry with its evidence.
        conflicts: What it contradicts, in words.
    """

    id: str
    state: Literal["new", "known", "accepted", "rejected"]
    learned: Learned
    conflicts: tuple[str, ...] = ()


def show(
    query: str,
    *,
    on: str | datetime.date | None = None,
    register: Sequence[str | Path] | None = None,
    settings: Settings | None = None,
) -> Shown:
    """Say what the register holds on a code, a name, a person or a phrase.

    Args:
        query: ``BLR``, ``BLR.MFA``, ``NATO``, ``Minsk``, ``Vladimir Makei``, ``Ukrainian farmers``.
        on: The day; today where None.
        register: As in ``coder``.
        settings: Limits and the model; from the environment where None.

    Raises:
        InputError: Nobody is meant; the message names what is written alike.
        RegisterError: A register file is wrong.
    """
    from detente.registers import describe, load
    from detente.registers.sectors import sectors

    chosen = settings or Settings.from_environment()
    day = (as_date(on) or datetime.datetime.now(datetime.UTC).date()).isoformat()
    book = load(overlays(chosen, register))
    codes = (
        (query,) if query.partition(".")[0] in book.names else describe.codes(book, query, day=day)
    )
    entries = tuple(
        found for code in codes if (found := describe.entry(book, code, day=day)) is not None
    )
    career = describe.career(book, query)
    if entries or career:
        return Shown(query=query, on=day, entries=entries, offices=career)
    from detente.coding.actors.alone import PhraseAlone
    from detente.coding.grammar.parse import Parser

    reading = PhraseAlone(book, Parser(chosen.model)).read(query, day=day)
    if reading is None:
        alike = describe.like(book, query)
        hint = f"; did you mean {', '.join(alike)}?" if alike else ""
        raise InputError(f"{query!r}: no actor is known by this{hint}")
    return Shown(query=query, on=day, reading=reading, sectors=sectors(reading))


def add(
    name: str,
    *,
    code: str = "",
    kind: Kind = "person",
    file: str | Path | None = None,
    **details: Unpack[Details],
) -> Added:
    """Add an entry to the user's own register file.

    Args:
        name: The name as in running text.
        code: The state or body; for a group, organisation or bloc its own code.
        kind: What is added.
        file: The register file; that of the settings where None.
        details: What else is known of it.

    Raises:
        RegisterError: The entry does not fit the register; the file stays as it was.
    """
    from detente.registers import additions

    path = Path(file if file is not None else Settings.from_environment().register)
    before = _count(path)
    additions.add(path, _entry(name, code, kind, details))
    return Added(file=str(path), entries=_count(path) - before)


def import_(dictionary: str | Path, *, file: str | Path | None = None) -> Added:
    """Read an actor dictionary in PETRARCH's format into the user's own register file.

    Args:
        dictionary: The dictionary.
        file: The register file; that of the settings where None.

    Raises:
        RegisterError: The dictionary is wrong or holds nothing of use; the file stays as it was.
    """
    from detente.errors import RegisterError
    from detente.registers import additions, load, petrarch

    source = Path(dictionary)
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(str(source), 0, f"cannot be read: {error}") from error
    path = Path(file if file is not None else Settings.from_environment().register)
    own = (path,) if path.is_file() else ()
    found = petrarch.read(text, name=str(source), countries=load(own).states)
    before = _count(path)
    additions.add(path, found.file)
    return Added(file=str(path), entries=_count(path) - before, skipped=found.skipped)


def learned(
    *,
    casebook: str | Path | None = None,
    register: Sequence[str | Path] | None = None,
    as_of: str | datetime.date | None = None,
) -> list[Lesson]:
    """Return the roles that the documents of a casebook state, best supported first.

    Every sentence counts, whether or not it tells an event.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        register: As in ``coder``.
        as_of: Day up to whose end the casebook is believed.

    Raises:
        CasebookError: There is no casebook.
    """
    from detente.coding.actors import learned as lessons_of
    from detente.registers import load, offices

    settings = Settings.from_environment()
    book = load(overlays(settings, register))
    with view(casebook, as_of=as_of) as opened:
        days = {row["id"]: row["published"] for row in opened.documents().to_pylist()}
        records: list[Record] = [*opened.records(), *opened.claims(), *opened.forecasts()]
        read = _in_texts(opened, book)
        found = lessons_of.merge(*lessons_of.of_records(records, days), *read)
    rejected = {(lessons_of.name_key(r.person), r.code, r.institution) for r in book.rejected}
    own = {(lessons_of.name_key(p.person), p.code, p.institution) for p in book.persons}
    against = lessons_of.contradictions(found)
    lessons = []
    for entry in found:
        office = offices.lookup(entry.person, day=entry.last, countries=(entry.code,))
        known = office is not None and (office.code, office.institution) == entry.key[1:3]
        state: Literal["new", "known", "accepted", "rejected"] = "known" if known else "new"
        if entry.key[:3] in own:
            state = "accepted"
        if entry.key[:3] in rejected:
            state = "rejected"
        lessons.append(
            Lesson(id=entry.id, state=state, learned=entry, conflicts=against.get(entry.key, ()))
        )
    return sorted(lessons, key=lambda one: (-one.learned.support, one.learned.code, one.id))


def _in_texts(opened: View, book: Register) -> Iterator[tuple[Learned, ...]]:
    """Yield what the words of each document state, in whichever sentence."""
    from detente.coding.actors import learned as lessons_of
    from detente.coding.actors.mentions import Scanner
    from detente.coding.actors.resolver import Resolver

    scanner, resolver = Scanner(book), Resolver(book)
    for document, offsets in opened.texts():
        if offsets:
            hits = scanner.scan(document.text)
            yield lessons_of.learn(document, resolver.stated(document, hits, offsets))


def judge(
    *,
    accept: Sequence[str] = (),
    reject: Sequence[str] = (),
    casebook: str | Path | None = None,
    file: str | Path | None = None,
) -> Added:
    """Write learned roles to the user's own register file: as believed, or as not to be learned again.

    Args:
        accept: Ids of lessons that are right.
        reject: Ids of lessons that are wrong.
        casebook: As in ``learned``.
        file: The register file; that of the settings where None.

    Raises:
        InputError: There is no lesson of that id.
        RegisterError: An entry contradicts the file; the file stays as it was.
    """
    from detente.registers import additions
    from detente.registers.entries import PersonEntry, RejectedEntry, UserFile

    path = Path(file if file is not None else Settings.from_environment().register)
    own = (path,) if path.is_file() else ()
    lessons = {one.id: one.learned for one in learned(casebook=casebook, register=own)}
    for wanted in (*accept, *reject):
        if wanted not in lessons:
            raise InputError(f"{wanted}: no learned role has this id")
    persons = tuple(
        PersonEntry(
            person=one.person, code=one.code, institution=one.institution, role=one.role,
            rank=one.rank, since=one.first,
            note=f"learned: documents {one.support}, first {one.first}, last {one.last}",
        )
        for one in (lessons[wanted] for wanted in accept)
    )  # fmt: skip
    rejected = tuple(
        RejectedEntry(person=one.person, code=one.code, institution=one.institution)
        for one in (lessons[wanted] for wanted in reject)
    )
    before = _count(path)
    additions.add(path, UserFile(persons=persons, rejected=rejected))
    return Added(file=str(path), entries=_count(path) - before)


def _entry(name: str, code: str, kind: Kind, details: Details) -> UserFile:
    """Return a register file of one entry."""
    from detente.registers import entries, load, offices

    since, until = _iso(details.get("since")), _iso(details.get("until"))
    also, members = tuple(details.get("also", ())), tuple(details.get("members", ()))
    institution, role, note = details.get("institution"), details.get("role"), details.get("note")
    if kind == "not-actor":
        return entries.UserFile(not_actors=(name, *also))
    if kind == "person":
        read = offices.classify(role) if role else (None, None)
        person = entries.PersonEntry(
            person=name, code=code, names=also, institution=institution or read[0], role=role,
            rank=details.get("rank") or read[1], since=since, until=until, note=note,
        )  # fmt: skip
        return entries.UserFile(persons=(person,))
    if kind == "name" and institution is not None:
        named = entries.InstitutionEntry(
            code=code, institution=institution, names=(name, *also), since=since, until=until,
            note=note,
        )  # fmt: skip
        return entries.UserFile(institutions=(named,))
    if kind == "name":
        main = load().names.get(code, name)
        state = entries.StateEntry(code=code, name=main, aliases=(name, *also), note=note)
        return entries.UserFile(states=(state,))
    if kind == "group":
        group = entries.GroupEntry(
            code=code, name=name, institution=institution or "REB", aliases=also,
            country=members[0] if members else None, note=note,
        )  # fmt: skip
        return entries.UserFile(groups=(group,))
    joined: dict[str, tuple[str, ...]] = {since: members} if since is not None else {}
    body = entries.BodyEntry(
        code=code, name=name, aliases=also, members=() if joined else members, joined=joined,
        note=note,
    )  # fmt: skip
    if kind == "organisation":
        return entries.UserFile(organisations=(body,))
    return entries.UserFile(blocs=(body,))


def _iso(day: str | datetime.date | None) -> str | None:
    found = as_date(day)
    return found.isoformat() if found is not None else None


def _count(path: Path) -> int:
    """Return how many entries a register file holds; 0 where it is not there."""
    from detente.registers import entries

    if not path.is_file():
        return 0
    found = entries.overlay(path)
    kinds = (
        found.states, found.institutions, found.organisations, found.blocs, found.groups,
        found.persons, found.others, found.rejected,
    )  # fmt: skip
    return sum(len(kind) for kind in kinds)

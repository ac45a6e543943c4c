"""``detente actors``: the register of actors, and the user's own file over it."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import AsOf, CasebookOption, Json, RegisterFiles
from detente.cli.rehearsing import rehearsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.api.actors import Added, Lesson, Shown
    from detente.cli.tables import Table
    from detente.registers.describe import Entry, Holding, Membership, NameEntry


class Kind(StrEnum):
    """What ``detente actors add`` adds."""

    person = "person"
    name = "name"
    group = "group"
    organisation = "organisation"
    bloc = "bloc"
    not_actor = "not-actor"


Own = Annotated[
    Path | None,
    typer.Option(
        "--register",
        metavar="FILE",
        help="Your own register file; DETENTE_REGISTER or detente.register.yaml where not given.",
    ),
]
SHOWN = 40
"""Most members, offices or names of one kind that a terminal shows."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(
        name="actors",
        help="Ask the register of actors, and keep a register file of your own.",
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.command(
        epilog="Examples:\n\n\b\n  detente actors show BLR --on 2016-09-20\n"
        '  detente actors show "Vladimir Makei"\n  detente actors show "Ukrainian farmers" --json'
    )(show)
    group.command(
        epilog="Examples:\n\n\b\n"
        '  detente actors add "Ada Example" --code LVA --role "Foreign Minister" '
        "--from 2024-04-19 --register own.yaml\n"
        '  detente actors add "Blue Tower" --kind name --code LVA --institution MFA '
        "--register own.yaml"
    )(rehearsed(add, "register"))
    group.command(
        epilog="Examples:\n\n\b\n  detente actors learned --casebook minsk.casebook\n"
        "  detente actors learned --conflicts --casebook minsk.casebook --json"
    )(rehearsed(learned, "register"))
    group.command(
        name="import",
        epilog="Examples:\n\n\b\n  detente actors import dictionary.txt --register own.yaml",
    )(rehearsed(import_dictionary, "register"))
    app.add_typer(group)


def show(
    query: Annotated[str, typer.Argument(metavar="CODE|NAME", help="A code, name or phrase.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="As of this day; today if not given.")
    ] = None,
    register: RegisterFiles = None,
    json: Json = False,
) -> None:
    """Show what the register holds on a code, a name, a person or a phrase."""
    from detente import api
    from detente.cli.tables import show as write
    from detente.cli.tables import write_json

    found = api.actors.show(query, on=on, register=register)
    if json:
        write_json(found)
        return
    for number, table in enumerate(_tables(found)):
        sys.stdout.write("\n" if number else "")
        write(table)


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name as in running text.")],
    code: Annotated[
        str, typer.Option(metavar="CODE", help="The state or body; a group's or bloc's own code.")
    ] = "",
    kind: Annotated[
        Kind, typer.Option(help="What is added; name: a further name of a state or institution.")
    ] = Kind.person,
    institution: Annotated[
        str | None, typer.Option(metavar="INST", help="Institution, such as MFA.")
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="WORDS", help="A person's office.")] = None,
    rank: Annotated[
        str | None, typer.Option(metavar="RANK", help="Protocol rank; read from the role.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day, YYYY-MM-DD.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Day on which it ends.")
    ] = None,
    also: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Another spelling; may be repeated.")
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="A member of a body; the state of a group."),
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Where it is known from.")
    ] = None,
    register: Own = None,
    json: Json = False,
) -> None:
    """Add an entry to your own register file.

    The file changes only where the entry fits the register; a wrong one is refused with the reason.
    """
    from detente import api
    from detente.errors import InputError

    if not code and kind is not Kind.not_actor:
        raise InputError("--code is missing: whose is it? For instance --code LVA")
    added = api.actors.add(
        name, code=code, kind=kind.value, institution=institution, role=role, rank=rank,
        since=since, until=until, also=also or (), members=member or (), note=note, file=register,
    )  # fmt: skip
    _report(added, json=json)


def learned(
    casebook: CasebookOption = None,
    accept: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Believe it; may be repeated.")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Never learn it again; may be repeated.")
    ] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Only what contradicts the register or each other.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Also what is known, accepted or rejected.")
    ] = False,
    as_of: AsOf = None,
    register: Own = None,
    json: Json = False,
) -> None:
    """Review the roles that the documents of a casebook state.

    Accepted and rejected ones are written to your own register file, where coding finds them.
    """
    from detente import api
    from detente.cli.tables import show as write
    from detente.cli.tables import write_json

    if accept or reject:
        added = api.actors.judge(
            accept=accept or (), reject=reject or (), casebook=casebook, file=register
        )
        _report(added, json=json)
        return
    files = None if register is None else (register,) if register.is_file() else ()
    lessons = api.actors.learned(casebook=casebook, register=files, as_of=as_of)
    chosen = [
        one for one in lessons if (one.conflicts if conflicts else every or one.state == "new")
    ]
    if json:
        write_json([_with_key(one) for one in chosen])
        return
    write(_lessons(chosen, len(lessons)))


def import_dictionary(
    dictionary: Annotated[
        Path, typer.Argument(metavar="FILE", help="Actor dictionary in PETRARCH's format.")
    ],
    register: Own = None,
    json: Json = False,
) -> None:
    """Read an actor dictionary of PETRARCH and its kin into your own register file."""
    from detente import api

    _report(api.actors.import_(dictionary, file=register), json=json)


def _report(added: Added, *, json: bool) -> None:
    from detente.cli.tables import write_json

    if json:
        write_json(added)
        return
    from detente.brief.wording import figures

    made = figures(added.entries, "new entry", "new entries")
    sys.stdout.write(f"{added.file}: {made}\n")
    for line, reason in added.skipped:
        sys.stderr.write(f"line {line} left out: {reason}\n")


def _tables(found: Shown) -> Iterable[Table]:
    from detente.cli.tables import Table

    for entry in found.entries:
        yield from _entry(entry, found.on)
    if found.offices:
        rows = _offices(found.offices)
        yield Table(title=f"Offices of {found.offices[0].person}", columns=HOLDING, rows=rows)
    if found.reading is not None:
        actor = found.reading
        rows = tuple(
            (label, value)
            for label, value in (
                ("code", actor.code), ("country", actor.country),
                ("institution", actor.institution), ("person", actor.person),
                ("role", actor.role), ("rank", actor.rank),
                ("sectors", ", ".join(found.sectors)), ("how", actor.how),
            )
            if value
        )  # fmt: skip
        yield Table(
            title=f"{found.query} on {found.on}, read as a phrase",
            columns=("Field", "Value"),
            rows=rows,
        )


HOLDING = ("Person", "Code", "Office", "Rank", "From", "To", "Source")


def _entry(entry: Entry, day: str) -> Iterable[Table]:
    from detente.cli.tables import Table
    from detente.registers.describe import kinds

    names = tuple(
        (
            kind,
            ", ".join(_name(one) for one in found[:SHOWN]),
        )
        for kind, found in kinds(entry.names).items()
    )
    doubtful = any(name.ambiguous for name in entry.names)
    notes = ("A name with ? counts only beside others of the same country.",) if doubtful else ()
    within = f", within {entry.within}" if entry.within else ""
    within += f", part of {entry.parent}" if entry.parent else ""
    yield Table(
        title=f"{entry.code}: {entry.name}{within}",
        columns=("Kind", "Names"),
        rows=names,
        notes=notes,
    )
    if entry.holders:
        yield Table(title=f"In office on {day}", columns=HOLDING, rows=_offices(entry.holders))
    for title, members in (("Members", entry.members), ("Member of", entry.member_of)):
        if members:
            yield Table(
                title=f"{title} on {day}", columns=("Code", "Name", "From", "With"),
                rows=tuple(_member(one) for one in members),
            )  # fmt: skip


def _name(one: NameEntry) -> str:
    days = " ".join(
        f"{word} {day}" for word, day in (("from", one.since), ("until", one.until)) if day
    )
    return one.surface + (f" ({days})" if days else "") + ("?" if one.ambiguous else "")


def _member(one: Membership) -> tuple[str, str, str, str]:
    return one.code, one.name, one.since or "", one.through or ""


def _offices(found: Sequence[Holding]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            one.person,
            f"{one.code}.{one.institution}" if one.institution else one.code,
            one.role or "",
            one.rank or "",
            one.since or "",
            (one.until or "") + (f" (by rule: {one.closed})" if one.until and one.closed else ""),
            one.source,
        )
        for one in found[:SHOWN]
    )


def _lessons(found: Sequence[Lesson], size: int) -> Table:
    from detente.cli.tables import Table

    rows = tuple(
        (
            one.id, one.learned.person,
            ".".join(part for part in (one.learned.code, one.learned.institution) if part),
            one.learned.role or "", one.learned.first or "", one.learned.last or "",
            str(one.learned.support), one.state, "; ".join(one.conflicts),
        )
        for one in found
    )  # fmt: skip
    hint = "Accept with --accept ID, reject with --reject ID." if rows else "Nothing to review."
    return Table(
        title=f"Roles stated in the documents: {len(found)} of {size}",
        columns=("Id", "Person", "Code", "Role", "First", "Last", "Documents>", "State", "Conflicts"),
        rows=rows, notes=(hint,),
    )  # fmt: skip


def _with_key(one: Lesson) -> dict[str, object]:
    import msgspec

    found: dict[str, object] = msgspec.to_builtins(one)
    return found

"""``detente review``: what people say of the records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import CasebookOption, Json
from detente.cli.rehearsing import rehearsed
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.casebook.review import Verdict

RecordId = Annotated[str, typer.Argument(metavar="ID", help="Id of an event, claim or forecast.")]
Reviewer = Annotated[str, typer.Option(metavar="NAME", help="Who judges.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]
SOME = "--casebook minsk.casebook"
EVENT = "e0123456789abcdef"
WRITING = {"gold": "out"} | dict.fromkeys(("accept", "correct", "reject", "undo"), "casebook")
"""Commands that write, and what they write."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True,
        help="Accept, correct and reject records; agreement, gold and register entries.",
        epilog="Start with: detente review queue",
    )
    for command, name, examples in (
        (queue, "queue", (SOME, f"--limit 5 --json {SOME}")),
        (accept, "accept", (f"{EVENT} --reviewer Ada {SOME}",)),
        (correct, "correct", (f"{EVENT} --status planned --place - --reviewer Ada {SOME}",)),
        (reject, "reject", (f'{EVENT} --reviewer Ada --reason "nobody met" {SOME}',)),
        (undo, "undo", (f"{EVENT} --reviewer Ada {SOME}",)),
        (judgements, "judgements", (SOME,)),
        (agreement, "agreement", (SOME,)),
        (gold, "gold", (f"--out reviewed.yaml {SOME}",)),
    ):
        lines = "\n".join(f"  detente review {name} {example}" for example in examples)
        group.command(name, epilog=f"Examples:\n\n\b\n{lines}")(
            rehearsed(command, WRITING[name]) if name in WRITING else command
        )
    group.command(
        "entry",
        epilog="Examples:\n\n\b\n  detente review entry --words Hudson --code USA.MFA",
    )(entry)
    app.add_typer(group, name="review")


def queue(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most records.")] = 20,
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """List the events that nobody has judged, those of least confidence first."""
    from detente import api
    from detente.brief.wording import figures
    from detente.cli.tables import Table, show, write_json

    total, events = api.unjudged(limit=limit, casebook=casebook)
    if json:
        write_json(events)
        return
    show(
        Table(
            title=f"{figures(total, 'event')} {'waits' if total == 1 else 'wait'}",
            columns=("Id", "Day", "Type", "Status", "Source", "Target", "Confidence>"),
            rows=tuple(
                (
                    event.id,
                    event.date or "",
                    event.type,
                    event.status,
                    ",".join(actor.code for actor in event.source),
                    ",".join(actor.code for actor in event.target),
                    f"{event.confidence:.2f}",
                )
                for event in events
            ),
        )
    )


def accept(
    record: RecordId,
    reviewer: Reviewer,
    reason: Reason = "",
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Say that a record is right as it is."""
    _judge(record, "accept", reviewer, reason, casebook, json=json)


def reject(
    record: RecordId,
    reviewer: Reviewer,
    reason: Reason,
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Say that a record should not be there, and why."""
    _judge(record, "reject", reviewer, reason, casebook, json=json)


def correct(
    record: RecordId,
    reviewer: Reviewer,
    reason: Reason = "",
    type: Annotated[str, typer.Option(metavar="TYPE", help="PLOVER type.")] = "",
    mode: Annotated[str, typer.Option(metavar="MODE", help="PLOVER mode.")] = "",
    status: Annotated[str, typer.Option(metavar="STATUS", help="Status.")] = "",
    domain: Annotated[str, typer.Option(metavar="DOMAIN", help="Domain.")] = "",
    date: Annotated[str, typer.Option(metavar="DATE", help="First day, YYYY-MM-DD.")] = "",
    date_end: Annotated[str, typer.Option(metavar="DATE", help="Last day.")] = "",
    source: Annotated[str, typer.Option(metavar="CODES", help="Who acts: BLR.MFA,RUS.")] = "",
    target: Annotated[str, typer.Option(metavar="CODES", help="Upon whom.")] = "",
    place: Annotated[str, typer.Option(metavar="NAME", help="Place.")] = "",
    incident: Annotated[
        str, typer.Option(metavar="ID", help="Fold into this incident; - for one of its own.")
    ] = "",
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Say what is right of a record; a dash takes a value away."""
    from detente import api
    from detente.casebook.corrections import FIELDS, corrections

    given = (type, mode, status, domain, date, date_end, source, target, place, incident)
    with api.view(casebook) as opened:
        changes = corrections(dict(zip(FIELDS, given, strict=True)), opened.record(record))
    if not changes:
        raise InputError("nothing is changed: name at least one field with another value")
    made = api.judge(
        record,
        "correct",
        reviewer=reviewer,
        reason=reason,
        corrections=changes,
        casebook=casebook,
    )
    done = {"judgement": made, "record": record, "verdict": "correct", "corrections": changes}
    _tell(done, f"{made}: corrected {', '.join(changes)}", json=json)


def undo(
    judgement: Annotated[
        str, typer.Argument(metavar="ID", help="A judgement, or the record that it is about.")
    ],
    reviewer: Reviewer,
    reason: Reason = "",
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Take a judgement back; the one before it counts again."""
    from detente import api

    found = [one.id for one in api.judgements(casebook) if judgement in {one.record, one.id}]
    if not found:
        raise InputError(f"{judgement}: there is no such judgement to undo")
    made = api.undo(found[-1], reviewer=reviewer, reason=reason, casebook=casebook)
    _tell({"judgement": made, "undoes": found[-1]}, f"{made}: {found[-1]} is undone", json=json)


def judgements(casebook: CasebookOption = None, json: Json = False) -> None:
    """List what reviewers said last of each record."""
    from detente import api
    from detente.brief.wording import figures
    from detente.cli.tables import Table, show, write_json

    found = api.judgements(casebook)
    if json:
        write_json(found)
        return
    show(
        Table(
            title=figures(len(found), "judgement"),
            columns=("Id", "Record", "Verdict", "Reviewer", "Corrected", "Reason"),
            rows=tuple(
                (
                    one.id,
                    one.record,
                    one.verdict,
                    one.reviewer,
                    ",".join(one.corrections),
                    one.reason,
                )
                for one in found
            ),
        )
    )


def agreement(casebook: CasebookOption = None, json: Json = False) -> None:
    """Show how far reviewers agree: Krippendorff's alpha, field by field."""
    from detente import api
    from detente.brief.wording import percent
    from detente.cli.tables import Table, show, write_json

    found = api.agreement(casebook)
    if json:
        write_json(found)
        return
    if not any(one.records for one in found):
        sys.stdout.write("No record was judged by two people or more.\n")
        return
    show(
        Table(
            title="Records that two or more people judged",
            columns=("Field", "Records>", "Same>", "Alpha>"),
            rows=tuple(
                (
                    one.field,
                    str(one.records),
                    "" if one.same is None else percent(one.same),
                    "" if one.alpha is None else f"{one.alpha:.2f}",
                )
                for one in found
            ),
        )
    )


def gold(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Write there.")],
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Write documents whose events are all judged as gold, for ``detente eval --gold``."""
    from detente import api
    from detente.brief.wording import figures
    from detente.casebook.files import write_atomically

    text, documents, waiting = api.gold(casebook)
    write_atomically(out, text.encode("utf-8"))
    if json:
        _tell({"out": str(out), "documents": documents, "waiting": waiting}, "", json=True)
        return
    sys.stderr.write(
        f"Wrote {out}: {figures(documents, 'document')}; {waiting:,} more "
        f"{'has' if waiting == 1 else 'have'} events that nobody judged.\n"
    )


def entry(
    words: Annotated[str, typer.Option(metavar="WORDS", help="The words in the text.")],
    code: Annotated[str, typer.Option(metavar="CODE", help="The right actor; - for no actor.")],
    person: Annotated[str, typer.Option(metavar="NAME", help="Full name of a person.")] = "",
    json: Json = False,
) -> None:
    """Print the register entry that makes words name an actor."""
    from detente.registers.additions import dump
    from detente.registers.suggestions import suggest

    made = suggest(words, None if code == "-" else code, person=person or None)
    _tell(made, dump(made).rstrip("\n"), json=json)


def _judge(
    record: str,
    verdict: Verdict,
    reviewer: str,
    reason: str,
    casebook: Path | None,
    *,
    json: bool,
) -> None:
    from detente import api

    made = api.judge(record, verdict, reviewer=reviewer, reason=reason, casebook=casebook)
    done = {"judgement": made, "record": record, "verdict": verdict}
    _tell(done, f"{made}: {verdict}ed", json=json)


def _tell(done: object, words: str, *, json: bool) -> None:
    """Say what was done, in words or as JSON."""
    from detente.cli.tables import write_json

    if json:
        write_json(done)
    else:
        sys.stdout.write(f"{words}\n")

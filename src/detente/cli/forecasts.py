"""``detente forecasts``: the ledger of what was expected and how it turned out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli import OK
from detente.cli.options import CasebookOption, Json, Since, Until
from detente.cli.rehearsing import rehearsed
from detente.errors import InputError


class Outcome(StrEnum):
    """Outcomes of a forecast."""

    yes = "yes"
    no = "no"
    void = "void"
    open = "open"


class Form(StrEnum):
    """Forms of the ledger outside a casebook."""

    csv = "csv"
    json = "json"


Name = Annotated[
    str, typer.Argument(metavar="ID", help="The forecast's id, or the beginning of it.")
]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="ID...", help="Only these; all where none is named.")
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with it.")]
Party = Annotated[
    list[str] | None,
    typer.Option("--party", metavar="CODE", help="A party; twice for the two of a relation."),
]

WRITING = {"export": "out"} | dict.fromkeys(
    ("add", "operationalise", "accept", "edit", "judge", "resolve", "import"), "casebook"
)
"""Commands that write, and what they write."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(
        no_args_is_help=True,
        help="Keep, resolve and score what authors expected.",
        epilog="Start with: detente forecasts list",
    )
    some = "--casebook minsk.casebook"
    for command, name, examples in (
        (list_, "list", (some, f"--party BLR --outcome yes {some}")),
        (show, "show", (f"f-visit {some}",)),
        (add, "add", (
            f'"A visit to Minsk is likely" --issued 2016-09-26 --party USA --party BLR '
            f"--direction start --hedge likely --deadline 2016-12-31 {some}",
        )),
        (operationalise, "operationalise", (some, f"f-visit {some}")),
        (accept, "accept", (f"f-visit {some}",)),
        (edit, "edit", (f"f-visit --type CONSULT --at-least 2 --deadline 2016-12-31 {some}",)),
        (judge, "judge", (
            f'f-visit void --by "A. Reader" --reason "the condition failed" --as-of 2016-12-31 '
            f"{some}",
        )),
        (resolve, "resolve", (f"--as-of 2016-12-31 {some}",)),
        (score, "score", (some, f"--accepted --json {some}")),
        (export, "export", (f"csv {some}", f"json --out ledger.jsonl {some}")),
        (import_, "import", (f"csv forecasts.csv {some}",)),
    ):  # fmt: skip
        lines = "\n".join(f"  detente forecasts {name} {example}" for example in examples)
        group.command(name, epilog=f"Examples:\n\n\b\n{lines}")(
            rehearsed(command, WRITING[name]) if name in WRITING else command
        )
    app.add_typer(group, name="forecasts")


def list_(
    party: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only those that concern this party.")
    ] = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Only this author's.")] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this publisher's.")
    ] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="Only those that turned out so.")] = None,
    since: Since = None,
    until: Until = None,
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """List forecasts with their outcomes, by day of issue."""
    from detente.api import forecasts
    from detente.cli import ledger, tables

    found = forecasts.listed(
        casebook=casebook,
        party=party,
        author=author,
        publisher=publisher,
        outcome=outcome.value if outcome else None,
        since=since,
        until=until,
    )
    if json:
        tables.write_json([ledger.as_fields(case) for case in found])
    else:
        tables.show(ledger.listing(found))


def show(forecast: Name, casebook: CasebookOption = None, json: Json = False) -> None:
    """Show one forecast with all its queries and outcomes."""
    from detente.api import forecasts
    from detente.cli import ledger, tables

    found = forecasts.show(forecast, casebook=casebook)
    if json:
        tables.write_json(ledger.as_fields(found))
    else:
        tables.show(ledger.one(found))


def add(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The words of the forecast.")],
    issued: Annotated[str, typer.Option(metavar="DATE", help="Day of issue.")],
    party: Party = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Who expects it.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    domain: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Domain.")] = None,
    direction: Annotated[
        str | None,
        typer.Option(
            metavar="WAY", help="start, resume, increase, continue, decrease, stop or none."
        ),
    ] = None,
    hedge: Annotated[
        str | None, typer.Option(metavar="WORD", help="Word of likelihood, such as likely.")
    ] = None,
    scale: Annotated[
        str | None, typer.Option(metavar="NAME", help="Scale of that word; icd-203 if not given.")
    ] = None,
    probability: Annotated[
        float | None, typer.Option(metavar="P", help="A number between 0 and 1, in its place.")
    ] = None,
    first: Annotated[
        str | None, typer.Option(metavar="DATE", help="First day on which it can come true.")
    ] = None,
    deadline: Annotated[str | None, typer.Option(metavar="DATE", help="Last such day.")] = None,
    condition: Annotated[str | None, typer.Option(metavar="TEXT", help="What it rests on.")] = None,
    id: Annotated[
        str | None, typer.Option(metavar="ID", help="Its id; made from the content if not given.")
    ] = None,
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Add a forecast written by hand; it is frozen as it is."""
    from detente.api import forecasts
    from detente.cli import tables

    sides = tuple(party or ())
    made = forecasts.add(
        text,
        issued=issued,
        casebook=casebook,
        subject=sides[:1],
        object=sides[1:],
        author=author,
        publisher=publisher,
        domain=domain,
        direction=direction,
        hedge=hedge,
        scale=scale,
        probability=probability,
        first=first,
        deadline=deadline,
        condition=condition,
        id=id,
    )
    if json:
        tables.write_json(made)
    else:
        sys.stdout.write(f"Added {made.id}.\n" if made else "The ledger holds it already.\n")


def operationalise(
    forecasts: Names = None, casebook: CasebookOption = None, json: Json = False
) -> None:
    """Propose a query over the casebook for each forecast without one, or for those named.

    A query counts incidents of a class between parties up to a deadline, against what the year
    before the issue lets expect. Look at it with 'show', then 'accept' or 'edit' it.
    """
    from detente import api
    from detente.cli import ledger, tables

    made, refused = api.forecasts.operationalise(*(forecasts or ()), casebook=casebook)
    if json:
        tables.write_json({"proposed": made, "refused": refused})
    else:
        tables.show(ledger.proposals(made, refused))


def accept(
    forecast: Name, reason: Reason = "", casebook: CasebookOption = None, json: Json = False
) -> None:
    """Accept the query that was proposed last."""
    from detente.api import forecasts
    from detente.cli import ledger, tables

    version = forecasts.accept(forecast, reason=reason, casebook=casebook)
    if json:
        tables.write_json(version)
    else:
        sys.stdout.write(ledger.taken(version))


def edit(
    forecast: Name,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="PLOVER type that counts; may be repeated."),
    ] = None,
    modes: Annotated[
        list[str] | None,
        typer.Option("--mode", metavar="MODE", help="PLOVER mode that counts; may be repeated."),
    ] = None,
    party: Party = None,
    domain: Annotated[
        str | None, typer.Option(metavar="DOMAIN", help="Only this domain; 'any' for all.")
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help="bilateral or multilateral; 'any' for both."),
    ] = None,
    at_least: Annotated[
        int | None, typer.Option(metavar="N", help="Yes from so many incidents on.")
    ] = None,
    at_most: Annotated[
        int | None, typer.Option(metavar="N", help="Yes up to so many incidents.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")] = None,
    deadline: Annotated[str | None, typer.Option(metavar="DATE", help="Last day.")] = None,
    reason: Reason = "",
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Word the query oneself: the last one with these changes. Earlier ones are kept."""
    from detente.api import forecasts
    from detente.cli import ledger, tables

    if at_least is not None and at_most is not None:
        raise InputError("threshold: take --at-least or --at-most, not both")
    changes = {
        "types": types or None,
        "modes": modes or None,
        "parties": party or None,
        "domain": domain,
        "format": format,
        "threshold": at_least if at_most is None else at_most,
        "comparison": "at least" if at_least is not None else "at most" if at_most is not None else None,
        "first": first,
        "deadline": deadline,
    }  # fmt: skip
    version = forecasts.edit(forecast, reason=reason, casebook=casebook, **changes)
    if json:
        tables.write_json(version)
    else:
        sys.stdout.write(ledger.taken(version))


def judge(
    forecast: Name,
    outcome: Annotated[Outcome, typer.Argument(help="How it turned out.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who says so.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with it.")],
    as_of: Annotated[str, typer.Option(metavar="DATE", help="Day up to which this is known.")],
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Settle a forecast oneself, as where its condition failed; no rule overturns it."""
    from detente.api import forecasts
    from detente.cli import tables

    made = forecasts.judge(
        forecast, outcome.value, by=by, reason=reason, as_of=as_of, casebook=casebook
    )
    if json:
        tables.write_json(made)
    else:
        sys.stdout.write(
            f"{made.forecast}: {made.outcome}.\n" if made else "The ledger says so already.\n"
        )


def resolve(
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="Nothing that was published later is looked at.")
    ],
    forecasts: Names = None,
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Answer every forecast that has a query: yes, no, void or still open, with the reason.

    An outcome is kept with the incidents that decided it. A document that comes late changes it
    only by a new entry that names the old one.
    """
    from detente import api
    from detente.cli import ledger, tables

    found = api.forecasts.resolve(*(forecasts or ()), as_of=as_of, casebook=casebook)
    if json:
        tables.write_json(found)
        return
    cases = {case.outlook.id: case for case in api.forecasts.listed(casebook=casebook)}
    tables.show(ledger.outcomes(found, cases, as_of))


def score(
    accepted: Annotated[
        bool, typer.Option("--accepted", help="Count no outcome of a query nobody accepted.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", help="Of the bootstrap's random numbers.")] = 0,
    casebook: CasebookOption = None,
    json: Json = False,
) -> None:
    """Score what was resolved: all, by author, by publisher and by hedge word."""
    from detente.api import forecasts
    from detente.cli import ledger, tables

    found = forecasts.score(casebook=casebook, accepted=accepted, seed=seed)
    if json:
        tables.write_json(found)
    else:
        tables.show(ledger.scores(found))


def export(
    form: Annotated[Form, typer.Argument(help="csv: forecasts; json: every entry.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file, not to the screen.")
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Write the ledger as CSV or as JSON lines."""
    from detente.api import forecasts
    from detente.casebook.files import explained, write_atomically

    text = forecasts.export(form.value, casebook=casebook)
    if out is None:
        sys.stdout.write(text)
        return
    with explained(out):
        write_atomically(out, text.encode())
    sys.stderr.write(f"Wrote {out}.\n")


def import_(
    form: Annotated[Form, typer.Argument(help="What kind of file it is.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'export' writes.")],
    casebook: CasebookOption = None,
    json: Json = False,
) -> int:
    """Add the forecasts of a file, with queries and outcomes where it is JSON.

    A CSV needs the columns text and issued. One bad line, and nothing is added.
    """
    from detente.api import forecasts
    from detente.cli import tables

    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            text = lines.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read: {error}") from error
    try:
        found = forecasts.import_(text, form.value, casebook=casebook)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error
    if json:
        tables.write_json(found)
    else:
        from detente.brief.wording import figures

        sys.stdout.write(f"Added {figures(len(found), 'entry', 'entries')}.\n")
    return OK

"""The commands on a relation: index, agenda, competence, channels, shifts, proposals and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.counting import By, Csv, Length, asked_for, asking, counted_for, unit
from detente.cli.options import Json, Other, Party, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from detente.api.opening import Asked, Counted
    from detente.cli.tables import Table
    from detente.relations.series import Series


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    some = "--casebook minsk.casebook"
    for command, examples in (
        (
            index,
            (f"BLR USA {some}", f"BLR USA --by quarter --scale goldstein-1992 --csv {some}"),
        ),
        (agenda, (f"BLR USA {some}", f"BLR USA --by quarter --json {some}")),
        (competence, (f"BLR USA {some}", f"BLR USA --domain military {some}")),
        (channels, (f"BLR USA {some}", f"BLR USA --to 2016-12-31 --csv {some}")),
        (shifts, (f"BLR USA {some}", f"BLR USA --domain military --by quarter {some}")),
        (proposals, (f"BLR USA {some}", f"BLR USA --from 2016-01-01 --to 2016-12-31 {some}")),
        (ceiling, (f"BLR USA RUS {some}",)),
        (compare, (f"BLR USA RUS EU {some}", f"BLR USA RUS --by quarter --csv {some}")),
    ):
        lines = "\n".join(f"  detente {command.__name__} {example}" for example in examples)
        app.command(epilog=f"Examples:\n\n\b\n{lines}")(command)


@asking(counted_for)
def index(
    party: Party,
    other: Other,
    *,
    by: Length = By.month,
    asked: Counted,
    scale: Scale = "barometer-1",
    corrected: Annotated[
        bool,
        typer.Option("--corrected", help="Correct for how many documents a period has."),
    ] = False,
    catalogue: Annotated[
        bool, typer.Option("--catalogue", help="List the incidents behind the numbers.")
    ] = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show counts and index of a relation by period."""
    from detente import api
    from detente.cli import shapes
    from detente.relations.series import Bin, Entry

    found = api.index(party, other, by=unit(by), scale=scale, corrected=corrected, **asked)
    parties = (party, other)
    if catalogue:
        _print(
            found.catalogue,
            lambda: shapes.catalogue(parties, found),
            (Entry.__struct_fields__, found.catalogue),
            json=json,
            csv=csv,
        )
        return
    _print(
        found,
        lambda: shapes.index(parties, found, by.value),
        (Bin.__struct_fields__, found.bins),
        json=json,
        csv=csv,
    )


@asking(counted_for)
def agenda(
    party: Party,
    other: Other,
    *,
    by: Length = By.year,
    asked: Counted,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show what a relation is about by period."""
    from detente import api
    from detente.cli import shapes
    from detente.relations.agenda import Share

    shares, replaced = api.agenda(party, other, by=unit(by), **asked)
    _print(
        {"agenda": shares, "substitutions": replaced},
        lambda: shapes.agenda((party, other), shares, replaced),
        (
            ("start", "end", *Share.__struct_fields__),
            _spread(shares, "shares"),
        ),
        json=json,
        csv=csv,
    )


@asking(counted_for)
def competence(
    party: Party,
    other: Other,
    *,
    by: Length = By.year,
    asked: Counted,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show which institutions spoke for PARTY with OTHER by period."""
    from detente import api
    from detente.cli import shapes
    from detente.relations.competence import Holding

    held, change = api.competence(party, other, by=unit(by), **asked)
    _print(
        {"competence": held, "takeover": change},
        lambda: shapes.competence((party, other), held, change),
        (("start", "end", *Holding.__struct_fields__), _spread(held, "holdings")),
        json=json,
        csv=csv,
    )


@asking(asked_for)
def channels(
    party: Party,
    other: Other,
    *,
    asked: Asked,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show who of one party meets whom of the other."""
    from detente import api
    from detente.cli import shapes
    from detente.relations.channels import ChannelPair

    pairs, fresh = api.channels(party, other, **asked)
    _print(
        {"channels": pairs, "novelties": fresh},
        lambda: shapes.channels((party, other), pairs, fresh),
        (ChannelPair.__struct_fields__, pairs),
        json=json,
        csv=csv,
    )


@asking(counted_for)
def shifts(
    party: Party,
    other: Other,
    *,
    by: Length = By.month,
    asked: Counted,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show when the number of incidents shifted."""
    from detente import api
    from detente.cli import shapes
    from detente.relations.shifts import Shift

    found = api.shifts(party, other, by=unit(by), **asked)
    _print(
        found,
        lambda: shapes.shifts((party, other), found, by.value),
        (Shift.__struct_fields__, found.shifts),
        json=json,
        csv=csv,
    )


@asking(asked_for)
def proposals(
    party: Party,
    other: Other,
    *,
    asked: Asked,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show plans and proposals, and what became of them."""
    from detente import api
    from detente.cli import shapes

    found = api.proposals(party, other, **asked)
    rows = [
        {
            "told": one.told,
            "status": one.incident.status,
            "type": one.incident.type,
            "domain": one.incident.domain,
            "outcome": one.outcome,
            "incident": one.incident.id,
            "follow_up": one.follow_up.id if one.follow_up else None,
            "words": shapes.proposed(one),
        }
        for one in found
    ]
    fields = ("told", "status", "type", "domain", "outcome", "incident", "follow_up", "words")
    _print(
        found,
        lambda: shapes.proposals((party, other), found),
        (fields, rows),
        json=json,
        csv=csv,
    )


@asking(asked_for)
def ceiling(
    party: Party,
    other: Other,
    third: Annotated[str, typer.Argument(metavar="THIRD", help="Code of a third party.")],
    *,
    asked: Asked,
    scale: Scale = "barometer-1",
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show whether two parties deal less after reactions of a third."""
    from detente import api
    from detente.cli import shapes
    from detente.relations.ceiling import Ceiling

    found = api.ceiling(party, other, third, scale=scale, **asked)
    _print(
        found,
        lambda: shapes.ceiling((party, other), found),
        (Ceiling.__struct_fields__, [found]),
        json=json,
        csv=csv,
    )


@asking(counted_for)
def compare(
    party: Party,
    others: Annotated[
        list[str], typer.Argument(metavar="OTHER...", help="Codes of the other parties.")
    ],
    *,
    by: Length = By.month,
    asked: Counted,
    scale: Scale = "barometer-1",
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show the index of PARTY with several others side by side."""
    from detente import api
    from detente.cli import shapes
    from detente.relations.series import Bin

    found = api.compare(party, others, by=unit(by), scale=scale, **asked)
    _print(
        found,
        lambda: shapes.compare(party, found, by.value),
        (("other", *Bin.__struct_fields__), _side_by_side(found)),
        json=json,
        csv=csv,
    )


def _print(
    found: object,
    table: Callable[[], Table],
    flat: tuple[Sequence[str], Iterable[Any]],
    *,
    json: bool,
    csv: bool,
) -> None:
    """Print a result as JSON, as the flat rows of CSV, or as a table."""
    from detente.cli import tables

    if json and csv:
        raise typer.BadParameter("take --json or --csv, not both")
    if json:
        tables.write_json(found)
    elif csv:
        fields, rows = flat
        tables.write_csv(fields, (_fields(row) for row in rows))
    else:
        tables.show(table())


def _fields(row: Any) -> Mapping[str, Any]:  # noqa: ANN401
    import msgspec

    return row if isinstance(row, dict) else msgspec.structs.asdict(row)


def _spread(periods: Iterable[Any], name: str) -> list[dict[str, Any]]:
    """One row for each part of each period."""
    return [
        {"start": one.start, "end": one.end, **_fields(part)}
        for one in periods
        for part in getattr(one, name)
    ]


def _side_by_side(found: Mapping[str, Series]) -> list[dict[str, Any]]:
    return [
        {"other": other, **_fields(one)} for other, series in found.items() for one in series.bins
    ]

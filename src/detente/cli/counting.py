"""Options of the commands that count incidents, and what they ask of the library."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

if TYPE_CHECKING:
    from detente.model import Status
    from detente.relations.periods import Unit


class By(StrEnum):
    """Lengths of a period, those of ``detente.relations.periods``."""

    day = "day"
    week = "week"
    month = "month"
    two_months = "two months"
    quarter = "quarter"
    year = "year"


class StatusName(StrEnum):
    """Statuses of an event, those of ``detente.model.Status``."""

    actual = "actual"
    planned = "planned"
    proposed = "proposed"
    possible = "possible"
    negated = "negated"
    habitual = "habitual"


class Events(StrEnum):
    """Where events come from."""

    all = "all"
    coded = "coded"
    imported = "imported"


Institution = Annotated[
    str | None,
    typer.Option("--institution", metavar="CODE", help="Only acts of this one, such as BLR.MFA."),
]
Statuses = Annotated[
    list[StatusName] | None,
    typer.Option(
        "--status", help="Count this status; several times for several.  [default: actual]"
    ),
]
Told = Annotated[
    str | None, typer.Option("--publisher", metavar="NAME", help="Only what this publisher tells.")
]
Origin = Annotated[
    Events, typer.Option("--events", help="Events coded here, imported ones, or all.")
]
Length = Annotated[By, typer.Option("--by", help="Length of a period.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


class AskedFor(TypedDict):
    """Keywords of a question."""

    casebook: Path | None
    domain: str | None
    since: str | None
    until: str | None
    as_of: str | None


def asked_for(
    casebook: Path | None,
    domain: str | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
) -> AskedFor:
    """Return what a question may be narrowed by, as its keywords."""
    return {
        "casebook": casebook,
        "domain": domain,
        "since": since,
        "until": until,
        "as_of": as_of,
    }


class Narrowed(TypedDict):
    """Keywords of a count."""

    institution: str | None
    statuses: tuple[Status, ...] | None
    publisher: str | None
    imported: bool | None


def narrowed(
    institution: str | None,
    status: list[StatusName] | None,
    publisher: str | None,
    events: Events,
) -> Narrowed:
    """Return what a count may be narrowed by besides, as its keywords."""
    return {
        "institution": institution,
        "statuses": tuple(one.value for one in status) if status else None,
        "publisher": publisher,
        "imported": None if events is Events.all else events is Events.imported,
    }


def unit(by: By) -> Unit:
    """Return the length of a period by its name."""
    return by.value

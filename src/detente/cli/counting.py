"""Options of the commands that count incidents, and what they ask of the library."""

from __future__ import annotations

import functools
import inspect
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.options import AsOf, CasebookOption, Domain, Since, Until

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.api.opening import Asked, Counted
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


def asked_for(
    domain: Domain = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    casebook: CasebookOption = None,
) -> Asked:
    """Return what a question may be narrowed by, as the keywords of the library."""
    return {
        "casebook": casebook,
        "domain": domain,
        "since": since,
        "until": until,
        "as_of": as_of,
    }


def counted_for(
    domain: Domain = None,
    institution: Institution = None,
    status: Statuses = None,
    publisher: Told = None,
    events: Origin = Events.all,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    casebook: CasebookOption = None,
) -> Counted:
    """Return what a count may be narrowed by, as the keywords of the library."""
    return {
        **asked_for(domain, since, until, as_of, casebook),
        "institution": institution,
        "statuses": tuple(one.value for one in status) if status else ("actual",),
        "publisher": publisher,
        "imported": None if events is Events.all else events is Events.imported,
    }


def asking(narrowing: Callable[..., Asked]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of ``asked_for`` or ``counted_for``.

    Args:
        narrowing: One of the two; the command takes what it returns as ``asked``, and its options stand in the
            place of that parameter.
    """
    options = _signature(narrowing).parameters

    def given(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**values: Any) -> None:  # noqa: ANN401
            asked = narrowing(**{name: values.pop(name) for name in options})
            command(**values, asked=asked)

        own = _signature(command)
        parameters: list[inspect.Parameter] = []
        for one in own.parameters.values():
            parameters += options.values() if one.name == "asked" else [one]
        keyword = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
        run.__signature__ = inspect.Signature(keyword)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in keyword}
        return run

    return given


def _signature(function: Callable[..., Any]) -> inspect.Signature:
    """Return a signature with its annotations; the library's keywords are types for mypy alone."""
    return inspect.signature(function, eval_str=True, locals={"Asked": dict, "Counted": dict})


def unit(by: By) -> Unit:
    """Return the length of a period by its name."""
    return by.value

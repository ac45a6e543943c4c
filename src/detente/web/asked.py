"""What the pages of a relation may be narrowed by, as query parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Literal, get_args

from litestar.di import NamedDependency
from litestar.params import FromQuery, PathParameter, QueryParameter

from detente.api.opening import as_domain, as_period, moment
from detente.casebook.times import stamp
from detente.errors import InputError
from detente.model import Domain, EventType, Status
from detente.outlook.records import Outcome
from detente.registers import scales
from detente.relations.scope import Scope
from detente.web.desk import Desk

Unit = Literal["day", "week", "month", "two months", "quarter", "year"]
MOST = 1_000
"""Rows on one page."""
FURTHEST = 10_000_000
"""Rows that can be skipped."""

Since = Annotated[date | None, QueryParameter(name="from", description="First day, YYYY-MM-DD.")]
Until = Annotated[date | None, QueryParameter(name="to", description="Last day, YYYY-MM-DD.")]
AsOf = Annotated[
    str | None,
    QueryParameter(
        name="as-of",
        max_length=40,
        description="Day up to whose end the casebook is believed, or a moment; now where not given.",
    ),
]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="Most rows.")]
Offset = Annotated[int, QueryParameter(ge=0, le=FURTHEST, description="Rows to skip.")]
DomainName = Annotated[
    str | None,
    QueryParameter(description="Only this domain.", schema_extra={"enum": ["", *get_args(Domain)]}),
]
ScaleName = Annotated[
    str,
    QueryParameter(
        description="Name of an index scale.",
        max_length=60,
        schema_extra={"enum": list(scales.names())},
    ),
]
_CODE = r"^[A-Za-z][A-Za-z0-9:._ -]{0,79}$"
"""A name, which is answered with its code, passes too."""
Code = Annotated[str | None, QueryParameter(pattern=_CODE, description="Code of a party.")]
Party = Annotated[str, PathParameter(pattern=_CODE, description="Code of a party.")]
TypeName = Annotated[
    str | None,
    QueryParameter(description="PLOVER type.", schema_extra={"enum": list(get_args(EventType))}),
]
StatusName = Annotated[
    str | None, QueryParameter(schema_extra={"enum": list(get_args(Status))}, max_length=40)
]
OutcomeName = Annotated[
    str | None, QueryParameter(schema_extra={"enum": list(get_args(Outcome))}, max_length=10)
]
Name = Annotated[str, PathParameter(schema_extra={"pattern": "^[A-Za-z0-9][A-Za-z0-9:_-]{0,99}$"})]
"""Id of a record, document, forecast or judgement in the path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A period, a domain, a unit, a scale, and as of when.

    Attributes:
        since: First day.
        until: Last day.
        domain: Only this domain.
        by: Length of a period.
        scale: Name of the scale.
        as_of: Recorded time up to which the casebook is believed; None is now.
    """

    since: date | None = None
    until: date | None = None
    domain: str | None = None
    by: Unit = "month"
    scale: str = "barometer-1"
    as_of: datetime | None = None

    @property
    def today(self) -> date:
        """The day on which the casebook is asked: that of ``as_of``, or today in UTC."""
        return (self.as_of or datetime.now(UTC)).date()

    @property
    def scope(self) -> Scope:
        """The same as the questions of ``relations`` take it."""
        return Scope(since=self.since, until=self.until, domain=self.domain)


OpenDesk = NamedDependency[Desk]
"""The desk, as routes take it."""
Narrowed = NamedDependency[Narrowing]
"""What was asked, as routes take it."""


def narrowing(
    since: Since = None,
    until: Until = None,
    domain: DomainName = None,
    by: FromQuery[Unit] = "month",
    scale: ScaleName = "barometer-1",
    as_of: AsOf = None,
) -> Narrowing:
    """Return what was asked, checked.

    Raises:
        InputError: There is no such domain or scale, the period ends before it begins, or ``as_of`` is
            neither a day nor a moment.
    """
    if scale not in scales.names():
        raise InputError(f"{scale!r} is no scale; there are {', '.join(scales.names())}")
    as_period(since, until)
    return Narrowing(
        since=since,
        until=until,
        domain=as_domain(domain or None),
        by=by,
        scale=scale,
        as_of=moment(as_of or None),
    )


def told_as_of(as_of: datetime | None) -> str | None:
    """Return a recorded time as addresses hold it: a day where it is the end of one."""
    if as_of is None:
        return None
    given = as_of.date().isoformat()
    return given if as_of == moment(given) else stamp(as_of)

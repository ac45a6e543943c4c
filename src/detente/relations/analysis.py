"""One call for each question about a relation, straight from a casebook.

Each function reads the events that it needs, the user's own and imported ones alike, and returns a
frozen result; ``to_table`` gives any of them as an Arrow table.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import InputError
from detente.registers import scales
from detente.relations import agenda as topics
from detente.relations import channels as contacts
from detente.relations import competence as speakers
from detente.relations import periods, rows
from detente.relations.agenda import Agenda, Substitution
from detente.relations.ceiling import Ceiling
from detente.relations.ceiling import ceiling as ceiling_of
from detente.relations.channels import (
    MISSIONS,
    ChannelPair,
    Novelty,
    accreditations,
)
from detente.relations.competence import Competence, Takeover
from detente.relations.incidents import day, gather
from detente.relations.parties import select
from detente.relations.proposals import Proposal
from detente.relations.proposals import proposals as proposals_of
from detente.relations.scope import Scope
from detente.relations.series import Series, reading, series
from detente.relations.shifts import Shifts
from detente.relations.shifts import shifts as shifts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from detente.casebook.view import View
    from detente.relations.channels import Accreditation
    from detente.relations.periods import Unit
    from detente.relations.rows import Row


EVERYTHING = Scope()
_CHANNEL_STATUSES = ("actual", "negated", "habitual")


def index(
    view: View,
    a: str,
    b: str,
    *,
    scope: Scope = EVERYTHING,
    unit: Unit = "month",
    scale: str = "barometer-1",
    corrected: bool = False,
) -> Series:
    """Return counts and index of a relation by period, with the catalogue behind them.

    Args:
        view: The casebook.
        a: One party.
        b: The other one.
        scope: What to count.
        unit: Length of a period.
        scale: Name or file of the index scale.
        corrected: Correct the index for how many documents were published in each period.

    Raises:
        InputError: There is no such scale or unit, or the period is impossible.
    """
    found = _rows(view, a, b, scope)
    span = _span(found, scope)
    if span is None:
        return series([], scales.load(scale), unit=unit)
    spans = periods.bins(*span, unit)
    read = _reading(view, scope, spans) if corrected else None
    return series(found, scales.load(scale), periods=spans, reading=read)


def agenda(
    view: View, a: str, b: str, *, scope: Scope = EVERYTHING, unit: Unit = "year"
) -> tuple[tuple[Agenda, ...], tuple[Substitution, ...]]:
    """Return the agenda of each period, and what replaced what from one period to the next."""
    found = _rows(view, a, b, scope)
    span = _span(found, scope)
    shares = topics.agenda(found, periods.bins(*span, unit)) if span else ()
    return shares, topics.substitutions(shares)


def competence(
    view: View, state: str, other: str, *, scope: Scope = EVERYTHING, unit: Unit = "year"
) -> tuple[tuple[Competence, ...], Takeover | None]:
    """Return who spoke for ``state`` with ``other`` by period, and a tested take-over."""
    found = _rows(view, state, other, scope)
    span = _span(found, scope)
    if span is None:
        return (), None
    held = speakers.competence(found, state, periods.bins(*span, unit))
    return held, speakers.takeover(found, state)


def channels(
    view: View, a: str, b: str, *, scope: Scope = EVERYTHING
) -> tuple[tuple[ChannelPair, ...], tuple[Novelty, ...]]:
    """Return the matrix of institution pairs, and contacts that were the first for some time."""
    wide = _with(scope, statuses=_CHANNEL_STATUSES)
    found = _rows(view, a, b, wide)
    until = scope.until or max((row.first for row in found if row.first), default=None)
    if until is None:
        return (), ()
    how = _accredited(view, (a, b), found, scope, until)
    return contacts.both(found, a, b, until=until, accredited=how)


def _accredited(
    view: View, parties: tuple[str, str], found: Sequence[Row], scope: Scope, until: date
) -> dict[str, Accreditation]:
    """Return how missions of two parties are accredited by what was published up to a day."""
    sides = {side for row in found for side in (row.source, row.target)}
    if not any(code.partition("/")[0].endswith(MISSIONS) for side in sides for code in side):
        return {}
    told = view.claims(parties=parties, kind="channel", as_of=scope.as_of)
    if not told:
        return {}
    published = _published(view, scope)
    days = ((published.get(claim.doc, date.min), claim) for claim in told)
    return accreditations((day, claim) for day, claim in days if day <= until)


def proposals(view: View, a: str, b: str, *, scope: Scope = EVERYTHING) -> tuple[Proposal, ...]:
    """Return what was planned, proposed or possible between two parties, and its outcome."""
    events = select(view.records(parties=(a, b), as_of=scope.as_of), a, b)
    incidents = [x for x in gather(events) if scope.domain in {None, x.domain}]
    published = _published(view, scope)
    last = max([*published.values(), *(x.start for x in incidents if x.start)], default=date.min)
    found = proposals_of(incidents, published=published, as_of=scope.until or last)
    return tuple(p for p in found if _inside(p.told or p.incident.start, scope))


def shifts(
    view: View, a: str, b: str, *, scope: Scope = EVERYTHING, unit: Unit = "month"
) -> Shifts:
    """Return the shifts in the number of incidents of a relation."""
    return _shifts(index(view, a, b, scope=scope, unit=unit), scope, unit)


def _shifts(found: Series, scope: Scope, unit: Unit) -> Shifts:
    what = f"{scope.domain.replace('_', ' ')} incidents" if scope.domain else "incidents"
    return shifts_of(found, name=what, per=unit)


def ceiling(
    view: View,
    a: str,
    b: str,
    third: str,
    *,
    scope: Scope = EVERYTHING,
    scale: str = "barometer-1",
) -> Ceiling:
    """Return whether dealings of ``a`` and ``b`` fall off after reactions of ``third``.

    Raises:
        InputError: Nothing of the three parties has a date.
    """
    pairs = ((a, b), (third, a), (third, b))
    held = {row.id: row for pair in pairs for row in _rows(view, *pair, scope)}
    found = list(held.values())
    span = _span(found, scope)
    if span is None:
        raise InputError(f"nothing dated is known of {a}, {b} and {third}")
    return ceiling_of(found, a, b, third, scales.load(scale), since=span[0], until=span[1])


def compare(
    view: View,
    a: str,
    others: Sequence[str],
    *,
    scope: Scope = EVERYTHING,
    unit: Unit = "month",
    scale: str = "barometer-1",
) -> dict[str, Series]:
    """Return the index of ``a`` with each of ``others``, over the same periods."""
    held = {other: _rows(view, a, other, scope) for other in others}
    span = _span([row for found in held.values() for row in found], scope)
    table = scales.load(scale)
    spans = periods.bins(*span, unit) if span else []
    return {other: series(found, table, periods=spans) for other, found in held.items()}


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """Every number of one relation, from one reading of its rows; fields as the functions give them."""

    series: Series
    shifts: Shifts
    agenda: tuple[Agenda, ...]
    substitutions: tuple[Substitution, ...]
    channels: tuple[ChannelPair, ...]
    novelties: tuple[Novelty, ...]
    competence: tuple[Competence, ...]
    takeover: Takeover | None


def whole(
    view: View,
    a: str,
    b: str,
    *,
    scope: Scope = EVERYTHING,
    unit: Unit = "month",
    scale: str = "barometer-1",
) -> Whole:
    """Return what ``index``, ``shifts``, ``agenda``, ``channels`` and ``competence`` would.

    Agenda and competence go by year.
    """
    wide = rows.Rows(_rows(view, a, b, _with(scope, statuses=_CHANNEL_STATUSES)))
    found = rows.Rows(rows.keep(wide, statuses=scope.statuses))
    span = _span(found, scope)
    series_ = series(found, scales.load(scale), periods=periods.bins(*span, unit) if span else [])
    years = periods.bins(*span, "year") if span else []
    shares = topics.agenda(found, years)
    until = scope.until or max((row.first for row in wide if row.first), default=None)
    held, takeover = speakers.both(found, a, years)
    met, new = (
        contacts.both(
            wide, a, b, until=until, accredited=_accredited(view, (a, b), wide, scope, until)
        )
        if until
        else ((), ())
    )
    return Whole(
        series=series_,
        shifts=_shifts(series_, scope, unit),
        agenda=shares,
        substitutions=topics.substitutions(shares),
        channels=met,
        novelties=new,
        competence=held,
        takeover=takeover,
    )


def to_table(found: Any) -> pa.Table:  # noqa: ANN401
    """Return a result, or a list of results, as an Arrow table; days stay days.

    What ``compare`` gives has the partner in column ``other``; of a pair such as ``agenda`` gives,
    the first part is taken.
    """
    import pyarrow as pa

    if isinstance(found, dict):
        parts = [
            to_table(one).add_column(0, "other", [[name] * len(one.bins)])
            for name, one in found.items()
        ]
        return pa.concat_tables(parts, promote_options="permissive")
    if isinstance(found, tuple) and len(found) == 2 and isinstance(found[0], (list, tuple)):
        found = found[0]
    if isinstance(found, Series):
        found = found.bins
    if isinstance(found, Shifts):
        found = found.shifts
    items = found if isinstance(found, (list, tuple)) else [found]
    return pa.Table.from_pylist([msgspec.to_builtins(one, builtin_types=(date,)) for one in items])


def _rows(view: View, a: str, b: str, scope: Scope) -> list[Row]:
    """Return the mentions of what is asked for.

    Coded mentions are read whatever their day: one that tells a year may be of an incident that another
    dates; of imported events the store knows the day.
    """
    period = {"since": scope.since, "until": scope.until}
    everywhere = scope.since is None and scope.until is None
    asked: list[dict[str, Any]] = [{"imported": scope.imported}]
    if not everywhere:
        coded, imported = {"imported": False}, {"imported": True, **period}
        asked = [
            *([coded] if scope.imported is not True else []),
            *([imported] if scope.imported is not False else []),
        ]
    found = [
        row
        for one in asked
        for row in rows.from_table(
            view.event_columns(rows.COLUMNS, parties=(a, b), as_of=scope.as_of, **one)
        )
    ]
    kept = rows.keep(rows.between(found, a, b), statuses=scope.statuses, publisher=scope.publisher)
    return rows.narrow(kept, domain=scope.domain, institution=scope.institution, **period)


def _with(scope: Scope, **changes: Any) -> Scope:  # noqa: ANN401
    import dataclasses

    return dataclasses.replace(scope, **changes)


def _span(found: Sequence[Row], scope: Scope) -> tuple[date, date] | None:
    days = [row.first for row in found if row.first is not None]
    if not days and (scope.since is None or scope.until is None):
        return None
    first = scope.since or min(days)
    return first, scope.until or max(max(days), first)


def _published(view: View, scope: Scope) -> dict[str, date]:
    table = view.documents(as_of=scope.as_of).select(["id", "published"])
    found = {name: day(when) for name, when in zip(*table.to_pydict().values(), strict=True)}
    return {name: when for name, when in found.items() if when is not None}


def _reading(view: View, scope: Scope, spans: Sequence[tuple[date, date]]) -> Mapping[date, int]:
    return reading(_published(view, scope).values(), spans)


def _inside(when: date | None, scope: Scope) -> bool:
    if when is None:
        return scope.since is None and scope.until is None
    return (scope.since or when) <= when <= (scope.until or when + timedelta(0))

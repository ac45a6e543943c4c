"""Questions about one relation."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Unpack, cast

import msgspec

from detente.api import codes
from detente.api.opening import Asked, Counted, as_domain, as_period, view
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from detente.casebook.view import View
    from detente.relations.agenda import Agenda, Substitution
    from detente.relations.ceiling import Ceiling
    from detente.relations.channels import ChannelPair, Novelty
    from detente.relations.competence import Competence, Takeover
    from detente.relations.periods import Unit
    from detente.relations.proposals import Proposal
    from detente.relations.scope import Scope
    from detente.relations.series import Series
    from detente.relations.shifts import Shifts


def index(
    party: str,
    other: str,
    *,
    by: Unit = "month",
    scale: str = "barometer-1",
    corrected: bool = False,
    **asked: Unpack[Counted],
) -> Series:
    """Return counts and index of a relation by period, with the catalogue behind them.

    Args:
        party: Code of a country, organisation, bloc or institution, such as ``BLR``.
        other: The other one.
        by: Length of a period.
        scale: Name or file of the index scale.
        corrected: Correct the index for how many documents were published in each period.
        **asked: ``casebook``, ``domain``, ``since``, ``until`` and ``as_of``, as in ``Asked``;
            ``institution``, ``statuses``, ``publisher`` and ``imported``, as in ``Counted``.

    Raises:
        InputError: There is no such domain, status, scale, unit or party, or the period is impossible.
    """
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.index(
            opened, party, other, scope=scope, unit=by, scale=scale, corrected=corrected
        )


def agenda(
    party: str, other: str, *, by: Unit = "year", **asked: Unpack[Counted]
) -> tuple[tuple[Agenda, ...], tuple[Substitution, ...]]:
    """Return what a relation is about by period, and what replaced what; arguments of ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.agenda(opened, party, other, scope=scope, unit=by)


def competence(
    party: str, other: str, *, by: Unit = "year", **asked: Unpack[Counted]
) -> tuple[tuple[Competence, ...], Takeover | None]:
    """Return who spoke for ``party`` with ``other``, and a tested take-over; see ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.competence(opened, party, other, scope=scope, unit=by)


def channels(
    party: str, other: str, **asked: Unpack[Asked]
) -> tuple[tuple[ChannelPair, ...], tuple[Novelty, ...]]:
    """Return who meets whom, and contacts that were the first for some time; see ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.channels(opened, party, other, scope=scope)


def shifts(party: str, other: str, *, by: Unit = "month", **asked: Unpack[Counted]) -> Shifts:
    """Return the shifts in the number of incidents of a relation; arguments of ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.shifts(opened, party, other, scope=scope, unit=by)


def proposals(party: str, other: str, **asked: Unpack[Asked]) -> tuple[Proposal, ...]:
    """Return what was planned, proposed or possible, and its outcome; arguments of ``index``."""
    from detente.brief.clauses import words
    from detente.brief.select import ViewLibrary
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        library = ViewLibrary(opened)
        return tuple(
            msgspec.structs.replace(
                one,
                words=words(one.incident, library),
                follow_up_words=words(one.follow_up, library) if one.follow_up else "",
            )
            for one in analysis.proposals(opened, party, other, scope=scope)
        )


def ceiling(
    party: str, other: str, third: str, *, scale: str = "barometer-1", **asked: Unpack[Asked]
) -> Ceiling:
    """Return whether dealings of two parties fall off after reactions of ``third``; see ``index``.

    Raises:
        InputError: As in ``index``, or nothing of the three parties has a date.
    """
    from detente.relations import analysis

    with _relation(asked, party, other, third) as (opened, scope):
        return analysis.ceiling(opened, party, other, third, scope=scope, scale=scale)


def compare(
    party: str,
    others: Sequence[str],
    *,
    by: Unit = "month",
    scale: str = "barometer-1",
    **asked: Unpack[Counted],
) -> dict[str, Series]:
    """Return the index of ``party`` with each of ``others`` over the same periods; see ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, *others) as (opened, scope):
        return analysis.compare(opened, party, others, scope=scope, unit=by, scale=scale)


def panel(
    *,
    by: Unit = "month",
    scale: str = "barometer-1",
    **asked: Unpack[Counted],
) -> pa.Table:
    """Return incidents, mentions and index of every pair of parties by period, as an Arrow table.

    Args:
        by: Length of a period; ``two months`` is not offered.
        scale: Name or file of the index scale.
        **asked: As in ``index``; ``institution`` and ``publisher`` are not offered.

    Raises:
        InputError: There is no such domain, scale or unit, or the period is impossible.
    """
    from detente.relations.panel import panel as of_all

    with _relation(asked) as (opened, scope):
        return of_all(opened, scope=scope, unit=by, scale=scale)


def table(found: object) -> pa.Table:
    """Return the answer to any question about a relation as an Arrow table.

    For instance ``table(index("BLR", "USA")).to_pandas()``. Of a pair, such as ``agenda`` gives,
    the first part is taken.
    """
    from detente.relations.analysis import to_table

    return to_table(found)


def frame(found: object) -> Any:  # noqa: ANN401  (Polars is no dependency)
    """Return an answer, or an Arrow table, as a Polars data frame.

    Raises:
        InputError: Polars is not installed.
    """
    import pyarrow as pa

    try:
        import polars
    except ImportError as error:
        raise InputError("frames need Polars: pip install polars") from error
    return polars.from_arrow(found if isinstance(found, pa.Table) else table(found))


@contextmanager
def _relation(given: Asked | Counted, *parties: str) -> Iterator[tuple[View, Scope]]:
    """Open the casebook that was asked for and say what to count."""
    asked = cast("Counted", given)
    from typing import get_args

    from detente.model import Status
    from detente.relations.scope import Scope

    domain = as_domain(asked.get("domain"))
    statuses = tuple(asked.get("statuses") or ("actual",))
    for status in statuses:
        if status not in get_args(Status):
            raise InputError(f"{status}: no such status; there are {', '.join(get_args(Status))}")
    if len(set(parties)) < len(parties):
        raise InputError(f"{', '.join(parties)}: a party is named twice")
    since, until = as_period(asked.get("since"), asked.get("until"))
    with view(asked.get("casebook"), as_of=asked.get("as_of")) as opened:
        institution = asked.get("institution")
        codes.check(opened, *parties, *((institution,) if institution else ()))
        yield (
            opened,
            Scope(
                since=since,
                until=until,
                domain=domain,
                institution=institution,
                publisher=asked.get("publisher"),
                statuses=statuses,
                imported=asked.get("imported"),
            ),
        )

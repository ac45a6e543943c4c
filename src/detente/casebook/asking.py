"""Questions to a snapshot in SQL: the selected events, claims or forecasts, reviews laid over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from detente.casebook import columns, compact, duck
from detente.model import Claim, Forecast

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyarrow as pa

    from detente.casebook.selection import Selection
    from detente.casebook.snapshot import Snapshot

Kind = TypeVar("Kind", Claim, Forecast)


def events(
    selection: Selection,
    snapshot: Snapshot,
    *,
    chosen: str | None = None,
    newest: tuple[int, int] | None = None,
    shards: Collection[str] | None = None,
) -> pa.Table:
    """Return the selected events; some columns of them, the newest (most, skipped), or of shards."""
    sql, parameters = events_sql(selection, snapshot, shards=shards)
    if chosen is not None:
        sql = f"SELECT {chosen} FROM ({sql})"
    if newest is not None:
        sql = f"SELECT * FROM ({sql}) ORDER BY day_from DESC NULLS LAST, id"
        sql += f" LIMIT {newest[0]:d} OFFSET {newest[1]:d}"
    return duck.select(snapshot.connection, sql, parameters)


def others(
    snapshot: Snapshot,
    table: str,
    kind: type[Kind],
    equal: dict[str, str | None],
) -> list[Kind]:
    """Return claims or forecasts, reviews laid over them."""
    wanted = {name: value for name, value in equal.items() if value is not None}
    conditions = " AND ".join(f"e.{name} = ${name}" for name in wanted) or "true"
    sql = duck.query("records").format(source=snapshot.source(table), conditions=conditions)
    found = duck.select(snapshot.connection, sql, wanted)
    lines: list[str] = found.column("line").to_pylist()
    reviewed: list[Kind] = [
        record
        for record in snapshot.overlay.results.values()
        if isinstance(record, kind)
        and all(getattr(record, name) == value for name, value in wanted.items())
    ]
    return [*(columns.decode(line, kind) for line in lines), *reviewed]


def events_sql(
    selection: Selection, snapshot: Snapshot, *, shards: Collection[str] | None = None
) -> tuple[str, dict[str, object]]:
    """Return the question for the selected events, with its parameters."""
    parameters = dict(selection.parameters)
    coded, pair, drop = snapshot.source("events", shards=shards), "", ""
    folded = "coalesce(i.incident, e.incident, e.id)"
    join = "LEFT JOIN incidents AS i ON i.event = e.id"
    sorted_source, parties = snapshot.relations(), selection.pair()
    if parties is not None and sorted_source is not None:
        coded, drop = sorted_source, "EXCLUDE (party_a, party_b)"
        folded, join = "coalesce(e.incident, e.id)", ""
        pair = "AND e.party_a = $party_a AND e.party_b = $party_b"
        parameters["party_a"], parameters["party_b"] = parties
    imported = None
    if not selection.coded_alone:
        parameters |= compact.homes(selection.parties)
        imported = snapshot.imported(where=selection.imported())
    sql = duck.query("events").format(
        coded=coded,
        drop=drop,
        pair=pair,
        imported=f"UNION ALL BY NAME {imported}" if imported else "",
        folded=folded,
        join=join,
        conditions=selection.sql(),
    )
    return sql, parameters

"""All pairs of parties in imported events, counted in SQL where the events lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.casebook import duck

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pyarrow as pa

    from detente.casebook.snapshot import Snapshot

_NONE = (
    "SELECT NULL::VARCHAR AS home, NULL::VARCHAR AS abroad, NULL::DATE AS day, "
    "NULL::UBIGINT AS meeting, NULL::VARCHAR AS kind WHERE false"
)
_TESTS = {"since": "day >= $since", "until": "day <= $until", "domain": "domain = $domain"}


def kinds(snapshot: Snapshot) -> list[tuple[str, str | None, str | None]]:
    """Return the types, modes and CAMEO codes that imported events have, each once."""
    acts = snapshot.imported_acts(where="")
    if acts is None:
        return []
    sql = f"SELECT DISTINCT type, mode, cameo FROM ({acts}) ORDER BY ALL"
    return [(row[0], row[1], row[2]) for row in snapshot.connection.execute(sql).fetchall()]


def pairs(
    snapshot: Snapshot,
    points: Sequence[tuple[str, str | None, str | None, float]],
    *,
    unit: str,
    since: date | None = None,
    until: date | None = None,
    domain: str | None = None,
) -> pa.Table:
    """Return incidents, mentions and index of every pair of parties in imported events.

    Judgements of reviewers are not laid over them.

    Args:
        snapshot: The casebook as of a time.
        points: Type, mode, CAMEO code and points of each kind of act.
        unit: ``day``, ``week``, ``month``, ``quarter`` or ``year``.
        since: First day.
        until: Last day.
        domain: Only this domain.

    Returns:
        Columns ``party_a party_b start incidents mentions index``.
    """
    import pyarrow as pa

    schema = pa.schema([("kind", pa.string()), ("points", pa.float64())])
    names = [cameo or "/".join(filter(None, (kind, mode))) for kind, mode, cameo, _ in points]
    known = dict(zip(names, (row[3] for row in points), strict=True))
    snapshot.connection.register(
        "points", pa.table([list(known), list(known.values())], schema=schema)
    )
    asked = {"since": since, "until": until, "domain": domain}
    pieces = [_TESTS[name] for name, value in asked.items() if value is not None]
    where = f" WHERE {' AND '.join(pieces)}" if pieces else ""
    acts = snapshot.imported_acts(where=where) or _NONE
    sql = duck.query("pairs").format(events=acts, points="points", unit=unit)
    return duck.select(snapshot.connection, sql, asked)

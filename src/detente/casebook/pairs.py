"""All pairs of parties in imported events, counted in SQL where the events lie."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from detente.casebook import duck

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import pyarrow as pa

    from detente.casebook.snapshot import Snapshot

    Score = Callable[[str | None, str | None, str | None], float]

_NONE = (
    "SELECT NULL::VARCHAR AS home, NULL::VARCHAR AS abroad, NULL::DATE AS day, "
    "NULL::UBIGINT AS meeting, NULL::VARCHAR AS type, NULL::VARCHAR AS mode, "
    "NULL::VARCHAR AS cameo WHERE false"
)
_TESTS = {"since": "day >= $since", "until": "day <= $until", "domain": "domain = $domain"}

_PART = 20_000_000
"""Events whose meetings are sorted at once, at 16 bytes each."""


def pairs(
    snapshot: Snapshot,
    score: Score,
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
        score: Gives the points of a type, mode and CAMEO code.
        unit: ``day``, ``week``, ``month``, ``quarter`` or ``year``.
        since: First day.
        until: Last day.
        domain: Only this domain.

    Returns:
        Columns ``party_a party_b start incidents mentions index``, by pair and period.
    """
    import pyarrow as pa

    asked = {"since": since, "until": until, "domain": domain}
    pieces = [_TESTS[name] for name, value in asked.items() if value is not None]
    where = f" WHERE {' AND '.join(pieces)}" if pieces else ""
    events = snapshot.imported_acts(where=where) or _NONE
    connection = snapshot.connection
    again, join = "CAST(NULL AS UBIGINT)", ""
    repeated = _repeated(snapshot, events, asked)
    if repeated.num_rows:
        connection.register("repeated", repeated)
        again, join = "r.meeting", "LEFT JOIN repeated AS r ON r.meeting = e.meeting"
    sql = duck.query("cells").format(events=events, unit=unit, again=again, join=join)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE cells AS {sql}", duck.used(sql, asked))
    kinds = connection.sql("SELECT DISTINCT type, mode, cameo FROM cells").fetchall()
    columns = [*zip(*kinds, strict=True)] or [(), (), ()]
    points = [score(*kind) for kind in kinds]
    connection.register(
        "points",
        pa.table(
            [
                *(pa.array(column, pa.string()) for column in columns),
                pa.array(points, pa.float64()),
            ],
            names=["type", "mode", "cameo", "points"],
        ),
    )
    return duck.select(connection, duck.query("pairs"), {})


def _repeated(snapshot: Snapshot, events: str, asked: Mapping[str, object]) -> pa.Table:
    """Return the meetings that are told more than once, in column ``meeting``.

    Sorting numbers takes half the time of grouping them, and most events need no grouping then. Neither
    ``np.unique`` nor Arrow's reading of an array is called: each loads NumPy's masked arrays first.
    """
    import numpy as np
    import pyarrow as pa

    parts = 1 + snapshot.imported_events // _PART
    edges = [2**64 * part // parts for part in range(parts + 1)]
    found = []
    for low, high in pairwise(edges):
        within = f" AND meeting BETWEEN {low} AND {high - 1}" if parts > 1 else ""
        table = duck.select(
            snapshot.connection,
            f"SELECT meeting FROM ({events}) WHERE meeting IS NOT NULL AND home <> abroad{within}",
            asked,
        )
        numbers = np.sort(table.column("meeting").to_numpy())
        again = numbers[1:][numbers[1:] == numbers[:-1]]
        first = np.ones(len(again), dtype=bool)
        first[1:] = again[1:] != again[:-1]
        found.append(again[first])
    numbers = np.concatenate(found)
    column = pa.Array.from_buffers(pa.uint64(), len(numbers), [None, pa.py_buffer(numbers)])
    return pa.table({"meeting": column})

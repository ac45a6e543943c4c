"""The index of every pair of parties by period, as one Arrow table.

Imported events are counted where they lie, in DuckDB: both directions of one meeting count once.
Coded events are few beside them and go through the same rules as ``index``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

from detente.casebook import pairs
from detente.registers import scales
from detente.relations import periods

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.casebook.view import View
    from detente.registers.scales import IndexScale
    from detente.relations.periods import Unit
    from detente.relations.rows import Row
    from detente.relations.scope import Scope

COLUMNS = ("party_a", "party_b", "start", "incidents", "mentions", "index", "imported")


def panel(
    view: View, *, scope: Scope, unit: Unit = "month", scale: str = "barometer-1"
) -> pa.Table:
    """Return incidents, mentions and index of every pair of countries or bodies by period.

    Args:
        view: The casebook.
        scope: What to count; institution and publisher are not looked at.
        unit: Length of a period; ``two months`` is not offered.
        scale: Name or file of the index scale.

    Returns:
        Columns ``party_a party_b start incidents mentions index imported``, by pair and period; periods
        without an incident are left out. ``imported`` says how many of the incidents are of imported
        data: an act that is told in both, imported and coded data, counts twice.

    Raises:
        InputError: There is no such scale or unit.
    """
    import pyarrow as pa

    table = scales.load(scale)
    truncated = periods.truncation(unit)
    snapshot = view.snapshot(as_of=scope.as_of)
    parts = [_schema().empty_table()]
    if scope.imported is not False:
        imported = pairs.pairs(
            snapshot,
            lambda kind, mode, cameo: table.score(type=kind or "", mode=mode, cameo=cameo) or 0.0,
            unit=truncated,
            since=scope.since,
            until=scope.until,
            domain=scope.domain,
        )
        parts.append(imported.append_column("imported", imported.column("incidents")))
    if scope.imported is not True and snapshot.head:
        coded = sorted(_coded(view, scope, unit, table), key=lambda row: tuple(row.values())[:3])
        parts.append(pa.Table.from_pylist(coded, schema=_schema()))
    held = [_typed(part) for part in parts if part.num_rows]
    if len(held) < 2:
        return (held or parts)[0]
    whole = pa.concat_tables(held)
    sums = [(name, "sum") for name in COLUMNS[3:]]
    whole = whole.group_by(list(COLUMNS[:3])).aggregate(sums)
    whole = whole.rename_columns(list(COLUMNS)).cast(_schema())
    return whole.sort_by([(name, "ascending") for name in COLUMNS[:3]])


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([
        ("party_a", pa.string()), ("party_b", pa.string()), ("start", pa.date32()),
        ("incidents", pa.int64()), ("mentions", pa.int64()), ("index", pa.float64()),
        ("imported", pa.int64()),
    ])  # fmt: skip


def _typed(part: pa.Table) -> pa.Table:
    """Return a table in the columns' types; one that has them is left, as a cast loads half of Arrow."""
    return part if part.schema.equals(_schema()) else part.cast(_schema())


def _coded(view: View, scope: Scope, unit: Unit, table: IndexScale) -> list[dict[str, Any]]:
    from detente.relations import rows  # loaded only where something is coded

    found = view.events(imported=False, as_of=scope.as_of)
    kept = rows.keep(
        rows.from_table(
            found.select([name for name in rows.COLUMNS if name in found.column_names])
        ),
        statuses=scope.statuses,
    )
    held_by: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in kept:
        for pair in _pairs(row):
            held_by[pair].append(row)
    result = []
    for (a, b), held in held_by.items():
        cells: dict[Any, list[float]] = defaultdict(lambda: [0, 0, 0.0])
        asked = rows.narrow(
            rows.between(held, a, b), domain=scope.domain, since=scope.since, until=scope.until
        )
        for row, mentions in rows.fold(asked):
            if row.first is None:
                continue
            cell = cells[periods.start_of(row.first, unit)]
            cell[0] += 1
            cell[1] += mentions
            cell[2] += table.score(type=row.type, mode=row.mode, cameo=row.cameo,
                                   status=row.status, ranks=row.ranks) or 0.0  # fmt: skip
        result += [
            dict(zip(COLUMNS, (a, b, start, *cell, 0), strict=True))
            for start, cell in cells.items()
        ]
    return result


def _pairs(row: Row) -> set[tuple[str, str]]:
    """Return the unordered pairs of countries or bodies that a row may lie between."""
    sides = [{code.partition(".")[0] for code in side} for side in (row.source, row.target)]
    others = sides[1] or sides[0]
    return {(min(a, b), max(a, b)) for a, b in product(sides[0], others) if a != b}

"""The small tables that translate the codes of other event data, as DuckDB tables.

They stand as CSV in ``registers/data/exchange``: country codes and names, organisations, ICEWS
roles and sectors, CAMEO codes with PLOVER types, modes, contexts and Goldstein scores.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from detente.casebook import compact
from detente.registers import ontology

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

DATA = Path(__file__).parents[1] / "registers" / "data" / "exchange"

FIRST_DAY, LAST_DAY = "1945-01-01", "2100-12-31"
"""Days outside are errors of the file: some coders write 1900 or 1920 for unknown years."""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table of ``DATA``."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def canonical() -> dict[str, str]:
    """Return the name that an export writes for each country and organisation."""
    named: dict[str, str] = {}
    for row in rows("names"):
        named.setdefault(row["code"], row["name"])
    return named | {row["iso3"]: row["name"] for row in rows("countries")}


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables ``names fips cameo_countries groups sectors roles cameo`` in DuckDB."""
    named = {row["name"]: row["iso3"] for row in rows("countries")}
    named |= {row["name"]: row["code"] for row in rows("names")}
    known = canonical()
    make(
        connection,
        "names",
        ("name", "code", "canonical"),
        [(name, code, known.get(code)) for name, code in sorted(named.items())],
    )
    for table, column in (("fips", "fips"), ("cameo_countries", "cameo")):
        pairs = [
            (code, row["iso3"])
            for row in rows("countries")
            for code in row[column].split(";")
            if code
        ]
        make(connection, table, ("key", "code"), pairs)
    for table, file in (("groups", "groups"), ("sectors", "sectors"), ("roles", "icews_roles")):
        found = [tuple(row.values()) for row in rows(file)]
        make(connection, table, ("key", "code"), found)
    make(
        connection,
        "cameo",
        ("key", "type", "mode", "contexts", "domain", "goldstein", "mutual"),
        [_cameo(row) for row in rows("cameo")],
    )
    connection.execute(
        "CREATE TABLE kinds AS SELECT key, type, nullif(mode, '') AS mode, "
        "nullif(contexts, '') AS contexts, domain, goldstein, mutual = '1' AS mutual, concat_ws('/', type, mode) AS kind FROM cameo"
    )


def domain(contexts: str) -> str:
    """Return the domain of the first of some contexts that belongs to one; ``;`` parts them."""
    found = (ontology.domain_of(context.strip()) for context in contexts.split(";"))
    return next((name for name in found if name != "other"), "other")


def mutual(code: str) -> bool:
    """Whether a CAMEO code is of what two parties do together, so that either side may stand first.

    Meetings and talks (root 04 but for mediation), agreements, intents to meet or to cooperate,
    and material cooperation; coders write these as two rows, one for each direction.
    """
    return (code.startswith(("04", "06")) and code != "045") or code in {
        "030", "032", "036", "050", "057",
    }  # fmt: skip


def _cameo(row: Mapping[str, str]) -> tuple[str, ...]:
    contexts = row["contexts"].replace(",", ";").replace(" ", "")
    kind = row["type"] or None
    return (
        row["code"],
        kind,
        row["mode"],
        contexts,
        domain(contexts) if contexts else "diplomatic" if _talk(kind) else "other",
        row["goldstein"],
        "1" if mutual(row["code"]) else "",
    )  # type: ignore[return-value]


def _talk(kind: str | None) -> bool:
    """Whether a type without context is diplomacy."""
    return kind in {"AGREE", "CONSULT", "SUPPORT"}


def make(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: tuple[str, ...],
    values: Sequence[tuple[str | None, ...]],
) -> None:
    """Make a table of text columns."""
    import pyarrow as pa

    given = pa.table([pa.array(column, pa.string()) for column in zip(*values, strict=True)], names)
    connection.register(f"given_{table}", given)
    connection.execute(f"CREATE TABLE {table} AS SELECT * FROM given_{table}")
    connection.unregister(f"given_{table}")


def sector_case(text: str) -> str:
    """Return SQL for the institution that the ICEWS sectors in ``text`` name, NULL for none.

    The sector that stands first in ``icews_sectors.csv`` decides. ``Government`` alone, the commonest
    text, is looked for before all: all searches would cost an import a twentieth of its time.
    """
    cases = " ".join(
        f"WHEN contains({text}, '{row['sector']}') THEN '{row['institution']}'"
        for row in rows("icews_sectors")
    )
    return f"CASE WHEN {text} IN ('NA', '') THEN NULL WHEN {text} = 'Government' THEN 'GOV' {cases} END"


def projection(values: Mapping[str, str], *, given: str) -> str:
    """Return SQL for all columns of ``compact.SCHEMA``, NULL where ``values`` has none.

    Args:
        values: SQL by column.
        given: SQL of the struct of what the event has no place for.
    """
    unknown = set(values) - set(compact.SCHEMA.names)
    if unknown:
        raise KeyError(sorted(unknown))
    made = [
        f"CAST({values.get(field.name, 'NULL')} AS {compact.sql_type(field.type)}) "
        f'AS "{field.name}"'
        for field in compact.SCHEMA
    ]
    return ",\n".join([*made, f"{given} AS given"])


KIND = {
    "type": "k.type", "mode": "k.mode", "contexts": "k.contexts",
    "domain": "coalesce(k.domain, 'other')", "symmetric": "coalesce(k.mutual, false)",
}  # fmt: skip
"""SQL for the columns that a CAMEO code decides, from the table ``kinds`` as ``k``."""

SIDES = {
    f"{side}_{name}": f"{side[0]}_{name}"
    for side in ("source", "target")
    for name in ("country", "institution", "person")
}
"""SQL for the columns of both sides, from ``s_country s_institution s_person`` and ``t_...``."""


def meeting(*parts: str) -> str:
    """Return SQL for what both directions of a meeting share: a hash of some texts."""
    return f"CASE WHEN k.mutual THEN {shared(*parts)} END"


def shared(*parts: str) -> str:
    """Return SQL for 64 bits of a hash of some texts.

    The same as DuckDB's ``md5_number_lower``, which goes by way of a text of bits and takes five times as
    long.
    """
    return f"CAST(md5_number(concat_ws('/', {', '.join(parts)})) >> 64 AS UBIGINT)"

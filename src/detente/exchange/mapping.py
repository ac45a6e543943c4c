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

_ENUMS = {
    "type": "act_type", "mode": "act_mode", "contexts": "act_contexts", "domain": "act_domain",
    "source_country": "party", "target_country": "party", "place_country": "party",
    "source_institution": "institution", "target_institution": "institution",
}  # fmt: skip
"""Enumerated type of the columns whose values stand in the tables. Parquet gets their dictionary as it is
and need not find it anew in the texts: an import takes a tenth less processor time."""


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
    """Make the tables ``names fips cameo_countries groups sectors roles kinds`` in DuckDB.

    What they translate to is of the enumerated types ``party institution act_type act_mode act_contexts
    act_domain``.
    """
    named = {row["name"]: row["iso3"] for row in rows("countries")}
    named |= {row["name"]: row["code"] for row in rows("names")}
    known = canonical()
    _enumerate(connection, "party", [*known, *(row["actor"] for row in rows("groups"))])
    given = [(name, code, known.get(code)) for name, code in sorted(named.items())]
    make(connection, "names", {"name": "", "code": "party", "canonical": ""}, given)
    for table, column in (("fips", "fips"), ("cameo_countries", "cameo")):
        pairs = [
            (code, row["iso3"])
            for row in rows("countries")
            for code in row[column].split(";")
            if code
        ]
        make(connection, table, {"key": "", "code": "party"}, pairs)
    bodies = ("sectors", "icews_roles", "icews_sectors")
    found = [row["institution"] for name in bodies for row in rows(name)]
    _enumerate(connection, "institution", found)
    for table, file, kind in (
        ("groups", "groups", "party"),
        ("sectors", "sectors", "institution"),
        ("roles", "icews_roles", "institution"),
    ):
        translated = [tuple(row.values()) for row in rows(file)]
        make(connection, table, {"key": "", "code": kind}, translated)
    acts = [_cameo(row) for row in rows("cameo")]
    for number, name in enumerate(("type", "mode", "contexts", "domain"), start=1):
        _enumerate(connection, _ENUMS[name], [act[number] for act in acts])
    enums = {name: _ENUMS[name] for name in ("type", "mode", "contexts", "domain")}
    columns = {"key": "", **enums, "mutual": "BOOLEAN", "kind": ""}
    make(connection, "kinds", columns, acts)


def _enumerate(
    connection: duckdb.DuckDBPyConnection, name: str, values: Sequence[str | None]
) -> None:
    listed = ", ".join(f"'{value}'" for value in sorted({value for value in values if value}))
    connection.execute(f"CREATE TYPE {name} AS ENUM ({listed})")


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


def _cameo(row: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return a row of ``kinds``; ``kind``, which ids hold a hash of, ends in ``/`` without a mode."""
    contexts = row["contexts"].replace(",", ";").replace(" ", "") or None
    kind, mode = row["type"] or None, row["mode"] or None
    area = domain(contexts) if contexts else "diplomatic" if _talk(kind) else "other"
    whole = f"{kind}/{mode or ''}" if kind else mode or ""
    return row["code"], kind, mode, contexts, area, str(mutual(row["code"])), whole


def _talk(kind: str | None) -> bool:
    """Whether a type without context is diplomacy."""
    return kind in {"AGREE", "CONSULT", "SUPPORT"}


def make(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    values: Sequence[tuple[str | None, ...]],
) -> None:
    """Make a table.

    Args:
        connection: To DuckDB.
        table: Its name.
        columns: The type of each column; text where it is empty.
        values: Its rows, all as text.
    """
    import pyarrow as pa

    names = tuple(columns)
    given = pa.table([pa.array(column, pa.string()) for column in zip(*values, strict=True)], names)
    connection.register(f"given_{table}", given)
    cast = ", ".join(
        f"CAST({name} AS {kind or 'VARCHAR'}) AS {name}" for name, kind in columns.items()
    )
    connection.execute(f"CREATE TABLE {table} AS SELECT {cast} FROM given_{table}")
    connection.unregister(f"given_{table}")


def sector_case(text: str) -> str:
    """Return SQL for the institution that the ICEWS sectors in ``text`` name, NULL for none.

    The sector that stands first in ``icews_sectors.csv`` decides. ``Government`` alone, the commonest
    text, is looked for before all: all searches would cost an import a twentieth of its time.
    """
    cases = " ".join(
        f"WHEN contains({text}, '{row['sector']}') THEN {body(row['institution'])}"
        for row in rows("icews_sectors")
    )
    alone = f"WHEN {text} = 'Government' THEN {body('GOV')}"
    return f"CASE WHEN {text} IN ('NA', '') THEN NULL {alone} {cases} END"


def body(institution: str) -> str:
    """Return SQL for an institution of the enumerated type."""
    return f"CAST('{institution}' AS institution)"


def projection(values: Mapping[str, str], *, given: str, coded: bool = False) -> str:
    """Return SQL for all columns of ``compact.SCHEMA``, NULL where ``values`` has none.

    Args:
        values: SQL by column.
        given: SQL of the struct of what the event has no place for.
        coded: Whether parties, institutions and kinds of act are all from the tables, none from the
            file itself: they are enumerated then.
    """
    unknown = set(values) - set(compact.SCHEMA.names)
    if unknown:
        raise KeyError(sorted(unknown))
    kinds = {field.name: compact.sql_type(field.type) for field in compact.SCHEMA}
    kinds |= _ENUMS if coded else {}
    made = [
        f'CAST({values.get(name, "NULL")} AS {kind}) AS "{name}"' for name, kind in kinds.items()
    ]
    return ",\n".join([*made, f"{given} AS given"])


KIND = {
    "type": "k.type", "mode": "k.mode", "contexts": "k.contexts",
    "domain": "coalesce(k.domain, CAST('other' AS act_domain))", "symmetric": "coalesce(k.mutual, false)",
}  # fmt: skip
"""SQL for the columns that a CAMEO code decides, from the table ``kinds`` as ``k``."""

COORDINATES = {name: f"CASE WHEN NOT no_place THEN {name} END" for name in ("lat", "lon")}
"""SQL for where an act took place: both numbers or none, from ``lat``, ``lon`` and ``no_place``."""

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

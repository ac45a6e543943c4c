"""Imported events as they lie on disk: one value a cell, and what the reader makes of them.

A shard of imported events holds the columns of ``SCHEMA`` and ``given``, a struct of what the file
said and the event has no place for. Ids, lists and JSON are made when they are asked for: that
keeps an import about as cheap as copying the file, and lets a question about two parties be
answered from two columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from detente.casebook import columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VERSION = "2"
"""First sign of the configuration of shards that are laid out so; older ones hold ``EVENTS``."""

SCHEMA = pa.schema([
    ("key", pa.string()), ("story", pa.string()), ("sentence", pa.int32()),
    ("day", pa.date32()), ("type", pa.string()), ("mode", pa.string()), ("contexts", pa.string()),
    ("domain", pa.string()), ("cameo", pa.string()), ("symmetric", pa.bool_()),
    ("meeting", pa.uint64()),
    ("source_country", pa.string()), ("source_institution", pa.string()),
    ("source_person", pa.string()), ("target_country", pa.string()),
    ("target_institution", pa.string()), ("target_person", pa.string()),
    ("place", pa.string()), ("place_country", pa.string()), ("geonameid", pa.int64()),
    ("lat", pa.float64()), ("lon", pa.float64()),
    ("publisher", pa.string()), ("published", pa.date32()),
])  # fmt: skip
"""``key`` is the event's own id in its file, ``story`` that of the report. ``contexts`` are parted by
``;``. ``meeting`` is a hash that both directions of one meeting share, NULL for an act of one side."""

DATED = frozenset({"icews"})
"""Formats whose ids are unique only together with the day."""


def event_id(form: str) -> str:
    """Return SQL for the id of an event of a format."""
    return f"'{form}:' || key" + (" || ':' || day" if form in DATED else "")


def _made(side: str) -> dict[str, str]:
    """Return SQL for the lists of one side, of one actor or of none."""
    country, institution, person = (f"{side}_{x}" for x in ("country", "institution", "person"))
    values = {
        "codes": f"{country} || coalesce('.' || {institution}, '')",
        "countries": country,
        "institutions": institution,
        "persons": person,
        "ranks": "CAST(NULL AS VARCHAR)",
    }
    return {
        f"{side}_{name}": f"CASE WHEN {country} IS NULL THEN [] ELSE [{value}] END"
        for name, value in values.items()
    }


def _values(form: str) -> dict[str, str]:
    """Return SQL for the columns of ``columns.EVENTS`` that are made from others."""
    day = "coalesce(published, day)" if form in DATED else "published"
    return {
        "id": event_id(form),
        "doc": f"CASE WHEN contains(story, '/') THEN story ELSE '{form}:' || story END",
        "contexts": "CASE WHEN contexts IS NULL THEN [] ELSE string_split(contexts, ';') END",
        "status": "'actual'",
        "date": "CAST(day AS VARCHAR)", "date_precision": "'day'", "date_basis": "'imported'",
        "day_from": "day", "day_to": "day", "format": "'bilateral'",
        "pairing": "source_institution || '-' || target_institution",
        "attribution_codes": "[]", "rule": f"'{form}'", "origin": f"'{form}'",
        "incident": "CASE WHEN meeting IS NOT NULL "
        f"THEN '{form}:' || format('{{:016x}}', meeting) END",
        "published": f"CAST({day} AS VARCHAR)", "line": "to_json(given)",
        **_made("source"), **_made("target"),
    }  # fmt: skip


_TYPES = {
    "string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE",
    "bool": "BOOLEAN", "date32[day]": "DATE", "uint64": "UBIGINT",
}  # fmt: skip


def sql_type(kind: pa.DataType) -> str:
    """Return the DuckDB type of a column."""
    name = str(kind)
    return "VARCHAR[]" if name.startswith("list") else _TYPES[name]


def select(groups: Mapping[str, str], *, where: str = "") -> str:
    """Return SQL that reads shards as rows of ``columns.EVENTS``.

    Args:
        groups: SQL of the files of each format; ``given`` differs from format to format.
        where: Condition on the columns of ``SCHEMA``.
    """
    condition = f" WHERE {where}" if where else ""
    return " UNION ALL ".join(
        f"SELECT {_projection(form)} FROM {group}{condition}" for form, group in groups.items()
    )


def _projection(form: str) -> str:
    values = {name: f'"{name}"' for name in SCHEMA.names} | _values(form)
    return ", ".join(
        f'CAST({values.get(field.name, "NULL")} AS {sql_type(field.type)}) AS "{field.name}"'
        for field in columns.EVENTS
    )


def between(parties: Sequence[str]) -> str:
    """Return a condition that keeps the events of one party or between two, by their countries.

    It names the parameters ``$home_a`` and ``$home_b``; see ``homes``.
    """
    if not parties:
        return ""
    if len(parties) == 1:
        return "(source_country = $home_a OR target_country = $home_a)"
    return (
        "((source_country = $home_a AND target_country = $home_b) OR "
        "(source_country = $home_b AND target_country = $home_a))"
    )


def homes(parties: Sequence[str]) -> dict[str, str]:
    """Return the parameters of ``between``: the country or body of each party."""
    return {
        f"home_{name}": party.partition(".")[0] for name, party in zip("ab", parties, strict=False)
    }

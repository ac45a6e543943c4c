"""ICEWS coded events (20 columns, tab-separated, with header) as SQL over the file."""

from __future__ import annotations

from detente.exchange import mapping

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip

KEPT = (
    "Source Name", "Source Sectors", "Target Name", "Target Sectors", "Event Text", "City",
    "District", "Province", "Source Country", "Target Country", "Country", "Intensity",
)  # fmt: skip
"""Columns that stand in ``line``, since the event has no place for them."""


def _day() -> str:
    text = '"Event Date"'
    return f"coalesce(TRY_CAST({text} AS DATE), CAST(try_strptime({text}, '%m/%d/%Y') AS DATE))"


def _side(prefix: str, letter: str) -> str:
    name, country = f'"{prefix} Name"', f'"{prefix} Country"'
    return (
        f"CASE WHEN ends_with({name}, ')') THEN split_part({name}, ' (', 1) END AS {letter}_role,"
        f" CASE WHEN {country} IS NOT NULL AND {country} NOT IN ('NA', '') THEN {country}"
        f" WHEN ends_with({name}, ')') THEN rtrim(split_part({name}, ' (', -1), ')')"
        f" ELSE {name} END AS {letter}_place"
    )


def _actor(prefix: str, letter: str) -> str:
    sectors = f'r."{prefix} Sectors"'
    own = f"{letter}n.code IS NOT NULL AND {letter}_role IS NULL"
    found = f"coalesce({letter}r.code, {mapping.sector_case(sectors)})"
    return (
        f"{letter}c.code AS {letter}_country, {letter}c.canonical AS {letter}_name,"
        f" CASE WHEN {own} THEN NULL ELSE nullif({found}, {mapping.body('IGO')}) END AS {letter}_institution,"
        f" CASE WHEN {letter}_role IS NULL AND {letter}n.code IS NULL"
        f" AND (contains({sectors}, 'Elite') OR contains({sectors}, 'Executive'))"
        f' THEN r."{prefix} Name" END AS {letter}_person'
    )


def _joins(prefix: str, letter: str) -> str:
    return (
        f"LEFT JOIN names AS {letter}c ON {letter}c.name = {letter}_place "
        f'LEFT JOIN names AS {letter}n ON {letter}n.name = r."{prefix} Name" '
        f"LEFT JOIN roles AS {letter}r ON {letter}r.key = {letter}_role "
    )


GOOD = (
    f"day BETWEEN DATE '{mapping.FIRST_DAY}' AND DATE '{mapping.LAST_DAY}' AND "
    "\"Event ID\" <> '' AND \"CAMEO Code\" <> '' AND "
    "(no_place OR (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180))"
)


def _kept(name: str) -> str:
    """Return SQL for a column as the file has it, NULL where an export would write the same."""
    canonical = {"Source Country": "s_name", "Target Country": "t_name", "Country": "p.canonical"}
    known = f"nullif(r.\"{name}\", 'NA')"
    return f"nullif({known}, {canonical[name]})" if name in canonical else known


def query(source: str) -> str:
    """Return SQL that gives ``columns.EVENTS`` for the good rows of ``source``.

    Args:
        source: SQL of a table with ``COLUMNS``, all text.
    """
    kept = ", ".join(f'"{name}" := {_kept(name)}' for name in KEPT)
    # A name that is missing is empty in some files and NA in others, such as an export of ours.
    sides = ", ".join(
        f"coalesce(nullif(r.\"{side} Name\", ''), 'NA')" for side in ("Source", "Target")
    )
    pair = (f"least({sides})", f"greatest({sides})")
    values = {
        "key": 'r."Event ID"', "story": 'r."Story ID"',
        "sentence": 'TRY_CAST(r."Sentence Number" AS INTEGER)', "day": "day",
        "cameo": 'r."CAMEO Code"',
        "meeting": mapping.meeting('r."Story ID"', 'r."Sentence Number"', "k.kind", *pair),
        "place": "CASE WHEN r.\"City\" NOT IN ('NA', '') THEN r.\"City\" "
        "WHEN r.\"Province\" NOT IN ('NA', '') THEN r.\"Province\" "
        "WHEN r.\"Country\" NOT IN ('NA', '') THEN r.\"Country\" END",
        "place_country": "p.code", **mapping.COORDINATES,
        "publisher": "nullif(r.\"Publisher\", 'NA')",
        **mapping.KIND, **mapping.SIDES,
    }  # fmt: skip
    return (
        f"WITH raw AS (SELECT *, {_day()} AS day, {_side('Source', 's')}, "
        f'{_side("Target", "t")}, TRY_CAST("Latitude" AS DOUBLE) AS lat, '
        'TRY_CAST("Longitude" AS DOUBLE) AS lon, '
        "coalesce(\"Latitude\", 'NA') IN ('NA', '', 'NULL') AS no_place FROM "
        f"{source}), read AS (SELECT r.*, {_actor('Source', 's')}, {_actor('Target', 't')} "
        f"FROM raw AS r {_joins('Source', 's')} {_joins('Target', 't')} WHERE {GOOD}) "
        f"SELECT {mapping.projection(values, given=f'struct_pack({kept})', coded=True)} FROM read AS r "
        'LEFT JOIN kinds AS k ON k.key = r."CAMEO Code" '
        'LEFT JOIN names AS p ON p.name = r."Country"'
    )

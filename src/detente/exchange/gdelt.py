"""GDELT events (v1: 58 columns, v2: 61; tab-separated, mostly without header) as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.exchange import mapping

if TYPE_CHECKING:
    from collections.abc import Collection


def _actor(side: str) -> tuple[str, ...]:
    names = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
    )  # fmt: skip
    return tuple(f"{side}{name}" for name in names)


def _place(side: str, *, second: bool) -> tuple[str, ...]:
    names = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(f"{side}Geo_{name}" for name in names if second or name != "ADM2Code")


_HEAD = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor("Actor1"),
    *_actor("Actor2"), "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip

V1, V2 = (
    (
        *_HEAD,
        *(name for side in ("Actor1", "Actor2", "Action") for name in _place(side, second=second)),
        "DATEADDED",
        "SOURCEURL",
    )
    for second in (False, True)
)

KEPT = (
    *_actor("Actor1"), *_actor("Actor2"), "IsRootEvent", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone", *_place("Actor1", second=True),
    *_place("Actor2", second=True), "ActionGeo_Type", "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code", "ActionGeo_ADM2Code", "ActionGeo_FeatureID", "DATEADDED",
)  # fmt: skip
"""Columns that stand in ``line``, empty ones left out, since the event has no place for them."""

GOOD = (
    f"day BETWEEN DATE '{mapping.FIRST_DAY}' AND DATE '{mapping.LAST_DAY}' AND "
    "\"GLOBALEVENTID\" <> '' AND \"EventCode\" <> '' AND "
    "(no_place OR (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180))"
)

PUBLISHED = "TRY_CAST({0}[1:4] || '-' || {0}[5:6] || '-' || {0}[7:8] AS DATE)"
"""SQL for the day of a text of ``DATEADDED``."""
_DAY = 'TRY_CAST("SQLDATE"[1:4] || \'-\' || "SQLDATE"[5:6] || \'-\' || "SQLDATE"[7:] AS DATE)'


def _side(side: str, letter: str) -> str:
    """Return SQL for an actor: an organisation by its group code, else a country, else none.

    Codes of regions (``EUR``, ``WST``) are no countries: such an actor has no code.
    """
    types = f'"{side}Type1Code"'
    return (
        f"coalesce({letter}g.code, {letter}c.code) AS {letter}_country, "
        f"CASE WHEN {letter}g.code IS NOT NULL AND {types} = 'IGO' THEN NULL "
        f"ELSE {letter}s.code END AS {letter}_institution, CAST(NULL AS VARCHAR) AS {letter}_person"
    )


def _joins(side: str, letter: str) -> str:
    return (
        f'LEFT JOIN groups AS {letter}g ON {letter}g.key = r."{side}KnownGroupCode" '
        f'LEFT JOIN cameo_countries AS {letter}c ON {letter}c.key = r."{side}CountryCode" '
        f'LEFT JOIN sectors AS {letter}s ON {letter}s.key = r."{side}Type1Code" '
    )


def query(source: str, *, columns: Collection[str]) -> str:
    """Return SQL that gives ``columns.EVENTS`` for the good rows of ``source``.

    Args:
        source: SQL of a table with ``columns``, all text.
        columns: ``V1`` or ``V2``.
    """
    kept = ", ".join(
        f'"{name}" := ' + (f"nullif(r.\"{name}\", '')" if name in columns else "NULL::VARCHAR")
        for name in KEPT
    )
    pair = ('least(r."Actor1Code", r."Actor2Code")', 'greatest(r."Actor1Code", r."Actor2Code")')
    shared = mapping.meeting('r."SOURCEURL"', "day", "k.type", *pair)
    values = {
        "key": 'r."GLOBALEVENTID"',
        "story": "coalesce(nullif(r.\"SOURCEURL\", ''), r.\"GLOBALEVENTID\")", "day": "day",
        "cameo": 'r."EventCode"',
        "meeting": f"CASE WHEN r.\"SOURCEURL\" <> '' THEN {shared} END",
        "place": "nullif(r.\"ActionGeo_FullName\", '')", "place_country": "p.code",
        **mapping.COORDINATES,
        "publisher": "nullif(split_part(r.\"SOURCEURL\", '/', 3), '')",
        "published": PUBLISHED.format('"DATEADDED"'),
        **mapping.KIND, **mapping.SIDES,
    }  # fmt: skip
    return (
        f'WITH raw AS (SELECT *, {_DAY} AS day, TRY_CAST("ActionGeo_Lat" AS DOUBLE) AS lat, '
        'TRY_CAST("ActionGeo_Long" AS DOUBLE) AS lon, '
        f"coalesce(\"ActionGeo_Lat\", '') = '' AS no_place FROM {source}), "
        f"read AS (SELECT r.*, {_side('Actor1', 's')}, {_side('Actor2', 't')} FROM raw AS r "
        f"{_joins('Actor1', 's')} {_joins('Actor2', 't')} WHERE {GOOD}) "
        f"SELECT {mapping.projection(values, given=f'struct_pack({kept})', coded=True)} FROM read AS r "
        'LEFT JOIN kinds AS k ON k.key = r."EventCode" '
        'LEFT JOIN fips AS p ON p.key = r."ActionGeo_CountryCode"'
    )

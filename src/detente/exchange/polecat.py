"""POLECAT coded events (40 columns, tab-separated, with header) as SQL over the file.

The intensity column has two names and may be missing; ``columns_of`` takes a file's own header.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from detente.exchange import mapping
from detente.model import EventType
from detente.registers import ontology

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
_INTENSITY = ("Intensity", "Event Intensity")
KEPT = tuple(
    name
    for name in COLUMNS
    if name not in {"Event ID", "Event Date", "Event Type", "Event Mode", "Contexts", "Latitude",
                    "Longitude", "GeoNames ID", "Source", "Publication Date"}
)  # fmt: skip
"""Columns that stand in ``line``, empty ones left out, since the event has no place for them."""

PUBLISHED = "TRY_CAST({0} AS DATE)"
"""SQL for the day of a text of ``Publication Date``."""
TYPES: tuple[str, ...] = get_args(EventType)
_MUTUAL = ("AGREE", "CONSULT", "COOPERATE")
_EMPTY = "'', 'NA', 'None', 'NULL'"


def columns_of(header: Sequence[str]) -> tuple[str, ...] | None:
    """Return a file's columns by their usual names, in its order; None for another kind of file."""
    names = tuple("Intensity" if name.strip() in _INTENSITY else name.strip() for name in header)
    needed = set(COLUMNS) - {"Intensity"}
    return names if set(names) - {"Intensity"} == needed and len(set(names)) == len(names) else None


def _text(name: str) -> str:
    return f'CASE WHEN r."{name}" NOT IN ({_EMPTY}) THEN r."{name}" END'


def _side(role: str, letter: str) -> str:
    """Return SQL for an actor; who has a title and is no country or organisation is a person."""
    country = f'"{role} Country"'
    return (
        f"coalesce({letter}g.code, CASE WHEN length({country}) = 3 AND {country} NOT IN ({_EMPTY}) "
        f"THEN {country} END) AS {letter}_country, "
        f"CASE WHEN {letter}g.code IS NULL THEN nullif({letter}s.code, {mapping.body('IGO')}) END "
        f"AS {letter}_institution, "
        f'CASE WHEN {letter}g.code IS NULL AND r."{role} Title" NOT IN ({_EMPTY}) AND '
        f'r."{role} Name" NOT IN ({_EMPTY}) THEN r."{role} Name" END AS {letter}_person'
    )


def _joins(role: str, letter: str) -> str:
    return (
        f'LEFT JOIN sectors AS {letter}s ON {letter}s.key = r."Primary {role} Sector" '
        f'LEFT JOIN names AS {letter}g ON {letter}g.name = r."{role} Name" '
    )


def _domain() -> str:
    """Return SQL for the domain of the first context that belongs to one."""
    known = {name: domain for name, domain in ontology.load().contexts.items() if domain != "other"}
    table = ", ".join(f"'{name}': '{domain}'" for name, domain in known.items())
    found = (
        f"list_filter(list_transform(string_split(contexts, ';'), "
        f"lambda c: map {{{table}}}[trim(c)]), lambda d: d IS NOT NULL)[1]"
    )
    talk = "CASE WHEN \"Event Type\" IN ('AGREE', 'CONSULT', 'SUPPORT') THEN 'diplomatic'"
    return f"coalesce({found}, {talk} ELSE 'other' END)"


def query(source: str, *, columns: Sequence[str] = COLUMNS) -> str:
    """Return SQL that gives ``compact.SCHEMA`` for the good rows of ``source``.

    Args:
        source: SQL of a table with ``columns``, all text.
        columns: Those of the file.
    """
    kept = ", ".join(f'"{name}" := {_text(name)}' for name in KEPT if name in columns)
    names = 'r."Actor Name", r."Recipient Name"'
    mutual = f'"Event Type" IN {_MUTUAL}'
    pair = (f"least({names})", f"greatest({names})")
    shared = mapping.shared("day", '"Event Type"', '"Event Mode"', *pair)
    values = {
        "key": 'r."Event ID"', "story": 'r."Event ID"', "day": "day", "type": '"Event Type"',
        "mode": _text("Event Mode"), "contexts": "contexts", "domain": _domain(),
        "symmetric": mutual, "meeting": f"CASE WHEN {mutual} THEN {shared} END",
        "place": _text("Placename"), "place_country": "p.code",
        "geonameid": 'TRY_CAST(r."GeoNames ID" AS BIGINT)', **mapping.COORDINATES,
        "publisher": _text("Source"), "published": PUBLISHED.format('r."Publication Date"'),
        **mapping.SIDES,
    }  # fmt: skip
    kinds = ", ".join(f"'{name}'" for name in TYPES)
    return (
        'WITH raw AS (SELECT * REPLACE (upper(trim("Event Type")) AS "Event Type"), '
        'TRY_CAST("Event Date" AS DATE) AS day, '
        'TRY_CAST("Latitude" AS DOUBLE) AS lat, TRY_CAST("Longitude" AS DOUBLE) AS lon, '
        f"coalesce(\"Latitude\", '') IN ({_EMPTY}) AS no_place, "
        f"CASE WHEN \"Contexts\" NOT IN ({_EMPTY}) THEN replace(\"Contexts\", ' ', '') END AS contexts "
        f"FROM {source}), read AS (SELECT r.*, {_side('Actor', 's')}, {_side('Recipient', 't')} "
        f"FROM raw AS r {_joins('Actor', 's')} {_joins('Recipient', 't')} WHERE "
        f"day BETWEEN DATE '{mapping.FIRST_DAY}' AND DATE '{mapping.LAST_DAY}' AND "
        f'"Event ID" <> \'\' AND "Event Type" IN ({kinds}) AND '
        "(no_place OR (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180))) "
        f"SELECT {mapping.projection(values, given=f'struct_pack({kept})')} FROM read AS r "
        'LEFT JOIN names AS p ON p.name = r."Country"'
    )

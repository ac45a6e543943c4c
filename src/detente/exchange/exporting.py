"""Events of a casebook out: as GDELT, ICEWS, PLOVER JSON, CSV or Parquet.

Imported events go out as they came in, as far as their format holds it; what the casebook does
not know stays empty (``NA`` in ICEWS).
"""

from __future__ import annotations

import csv
import io
import os
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from detente.casebook.files import explained
from detente.errors import InputError
from detente.exchange import gdelt, icews, mapping, polecat
from detente.exchange.lines import spreadsheet_safe
from detente.registers import ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyarrow as pa

_BATCH = 10_000
_DATED = frozenset({"gdelt", "icews", "polecat", "plover"})
"""Formats in which every event has a day."""
_TYPED = frozenset({"plover", "polecat"})
"""Formats in which every event has a PLOVER type."""
_WITHOUT_STATUS = frozenset({"gdelt", "icews", "polecat"})
"""Formats in which every row took place."""
_TOOK_PLACE = frozenset({"actual", "habitual"})


def export(
    events: pa.Table, form: str, out: IO[bytes], *, omitted: Callable[[int], None] | None = None
) -> int:
    """Write events to a binary stream.

    Args:
        events: A table as ``View.events`` gives it.
        form: ``gdelt`` (61 columns, no header), ``icews``, ``polecat``, ``plover``, ``csv`` or ``parquet``.
        out: Where to; for ``parquet`` it need not be seekable.
        omitted: Called with how many events were left out, where the format cannot hold them:
            ``polecat`` and ``plover`` those without a PLOVER type, such as a statement of CAMEO;
            ``gdelt``, ``icews`` and ``polecat`` what was planned, proposed, possible or denied; all of
            these what has no date.

    Returns:
        The number of rows written; an ICEWS or GDELT row stands for each pair of actors.

    Raises:
        InputError: The format is not known.
    """
    if form == "parquet":
        import pyarrow.parquet as pq

        pq.write_table(events.drop_columns(["shard"]), out, compression="zstd")
        return int(events.num_rows)
    if form not in _WRITERS:
        raise InputError(f"{form}: no such format; the formats are {', '.join(FORMATS)}")
    header, lines = _WRITERS[form]
    out.write(header(events.column_names))
    number = left_out = 0
    for batch in events.to_batches(max_chunksize=_BATCH):
        for row in batch.to_pylist():
            if not _holds(form, row):
                left_out += 1
                continue
            for line in lines(row):
                out.write(line)
                number += 1
    if left_out and omitted is not None:
        omitted(left_out)
    return number


def _holds(form: str, row: Mapping[str, Any]) -> bool:
    """Whether a format can say what an event is, when it was, and that it took place or did not."""
    if (form in _TYPED and row["type"] is None) or (form in _DATED and row["date"] is None):
        return False
    return form not in _WITHOUT_STATUS or row["status"] in _TOOK_PLACE


def write(
    events: pa.Table,
    form: str,
    out: str | Path | IO[bytes],
    *,
    omitted: Callable[[int], None] | None = None,
) -> int:
    """Write events to a binary stream, or to a file that is replaced when all is written.

    ``omitted`` as in ``export``.

    Returns:
        The number of rows written.

    Raises:
        InputError: The format is not known.
        CasebookError: The file cannot be written.
    """
    if not isinstance(out, str | Path):
        return export(events, form, out, omitted=omitted)
    target = Path(out)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    with explained(target):
        try:
            with beside.open("wb") as handle:
                number = export(events, form, handle, omitted=omitted)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return number


def _csv_line(values: list[object]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(
        spreadsheet_safe(value) if isinstance(value, str) else value for value in values
    )
    return text.getvalue().encode("utf-8")


_LEFT_OUT = ("shard", "line")


def _csv_header(names: list[str]) -> bytes:
    return _csv_line([name for name in names if name not in _LEFT_OUT])


def _csv(row: Mapping[str, Any]) -> Iterator[bytes]:
    yield _csv_line([_flat(value) for name, value in row.items() if name not in _LEFT_OUT])


def _flat(value: object) -> object:
    if isinstance(value, list):
        return ";".join("" if item is None else str(item).replace(";", ",") for item in value)
    return value


def _tabbed(values: list[object]) -> bytes:
    cells = ("" if value is None else str(value) for value in values)
    clean = (" ".join(cell.split()) if any(c in cell for c in "\t\r\n") else cell for cell in cells)
    return ("\t".join(clean) + "\n").encode("utf-8")


def _extra(row: Mapping[str, Any], form: str) -> dict[str, Any]:
    """Return what an imported event keeps besides its columns, if it came from this format."""
    if row["origin"] != form:
        return {}
    found: dict[str, Any] = msgspec.json.decode(row["line"])
    return found


def _pairs(row: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return every pair of a source and a target; an empty actor for a side without one."""
    sides = []
    for side in ("source", "target"):
        names = ("codes", "countries", "institutions", "persons")
        found = zip(*(row[f"{side}_{name}"] or [] for name in names), strict=True)
        sides.append([dict(zip(names, actor, strict=True)) for actor in found] or [{}])
    return [(source, target) for source in sides[0] for target in sides[1]]


def _numbered(key: str, number: int) -> str:
    """Return the id of the row of one pair: two rows of one id would be one event to a reader."""
    return f"{key}-{number}" if number else key


@cache
def _roles() -> dict[str, str]:
    """Return the first ICEWS role of each institution."""
    roles: dict[str, str] = {}
    for entry in mapping.rows("icews_roles"):
        roles.setdefault(entry["institution"], entry["role"])
    return roles


_CANONICAL = frozenset({"Source Country", "Target Country", "Country"})
"""Columns that an import keeps only where they are not written as an export would write them."""


def _icews_header(_: list[str]) -> bytes:
    return _tabbed(list(icews.COLUMNS))


def _icews(row: Mapping[str, Any]) -> Iterator[bytes]:
    extra = _extra(row, "icews")
    names = mapping.canonical()
    key = row["id"].removeprefix("icews:").rpartition(":")[0] if extra else row["id"]
    story = row["doc"].removeprefix("icews:") if extra else row["doc"]
    for number, (source, target) in enumerate(_pairs(row)):
        values: dict[str, object] = {
            "Event ID": _numbered(key, number),
            "Event Date": row["date"],
            "CAMEO Code": row["cameo"],
            "Intensity": _goldstein().get(row["cameo"] or ""),
            "Story ID": story,
            "Sentence Number": row["sentence"],
            "Publisher": row["publisher"],
            "City": row["place"],
            "Country": names.get(row["place_country"] or ""),
            "Latitude": _degrees(row["lat"]),
            "Longitude": _degrees(row["lon"]),
            **_icews_side("Source", source, names),
            **_icews_side("Target", target, names),
            **{name: value for name, value in extra.items() if value or name not in _CANONICAL},
        }
        yield _tabbed(["NA" if values.get(n) is None else values[n] for n in icews.COLUMNS])


def _icews_side(side: str, actor: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, object]:
    code = actor.get("countries") or ""
    country = names.get(code, code or None)
    role = _roles().get(actor.get("institutions") or "")
    sector = _sectors().get(actor.get("institutions") or "")
    name = actor.get("persons") or (f"{role} ({country})" if role and country else country)
    within = country if code in _states() else None
    return {f"{side} Name": name, f"{side} Country": within, f"{side} Sectors": sector}


def _degrees(value: float | None) -> str | None:
    return None if value is None else f"{value:.10g}"


@cache
def _states() -> frozenset[str]:
    """Return the codes of states; what an organisation does stands without a country in ICEWS."""
    return frozenset(entry["iso3"] for entry in mapping.rows("countries"))


def _polecat_header(_: list[str]) -> bytes:
    return _tabbed(list(polecat.COLUMNS))


def _polecat(row: Mapping[str, Any]) -> Iterator[bytes]:
    """POLECAT has one actor and one recipient a row; what is not known says ``None``."""
    extra = _extra(row, "polecat")
    for number, (source, target) in enumerate(_pairs(row)):
        key = row["id"].removeprefix("polecat:") if extra else f"{row['id']}-{number}"
        values: dict[str, object] = {
            "Event ID": key,
            "Event Date": row["date"],
            "Event Type": row["type"],
            "Event Mode": row["mode"],
            "Quad Code": ontology.quad_of(row["type"]),
            "Contexts": ";".join(row["contexts"] or ()) or None,
            "Placename": row["place"],
            "Country": mapping.canonical().get(row["place_country"] or ""),
            "Latitude": row["lat"],
            "Longitude": row["lon"],
            "GeoNames ID": row["geonameid"],
            "Source": row["publisher"],
            "Publication Date": row["published"],
            **_polecat_side("Actor", source),
            **_polecat_side("Recipient", target),
            **extra,
        }
        cells = (values.get(name) for name in polecat.COLUMNS)
        yield _tabbed(["None" if cell is None else cell for cell in cells])


def _polecat_side(side: str, actor: Mapping[str, Any]) -> dict[str, object]:
    country = actor.get("countries")
    sector = ontology.load().institutions.get(actor.get("institutions") or "")
    name = mapping.canonical().get(country or "", country)
    return {
        f"{side} Name": actor.get("persons") or name,
        f"{side} Country": country if country and len(country) == 3 else None,
        f"Primary {side} Sector": sector,
        f"{side} Sectors": sector,
        f"{side} Name Raw": actor.get("persons") or name,
    }


@cache
def _sectors() -> dict[str, str]:
    sectors: dict[str, str] = {}
    for entry in mapping.rows("icews_sectors"):
        sectors.setdefault(entry["institution"], entry["sector"])
    return sectors


def _gdelt(row: Mapping[str, Any]) -> Iterator[bytes]:
    extra = _extra(row, "gdelt")
    day, code = (row["date"] or "").replace("-", ""), row["cameo"] or ""
    values: dict[str, object] = {
        "GLOBALEVENTID": row["id"].removeprefix("gdelt:"),
        "SQLDATE": day, "MonthYear": day[:6], "Year": day[:4], "FractionDate": _fraction(day),
        "GoldsteinScale": _goldstein().get(code),
        "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2],
        "QuadClass": _quad(code),
        "ActionGeo_FullName": row["place"], "ActionGeo_Lat": row["lat"],
        "ActionGeo_Long": row["lon"], "SOURCEURL": _address(row),
        "ActionGeo_CountryCode": _fips().get(row["place_country"] or ""),
        "DATEADDED": (row["published"] or "").replace("-", ""),
    }  # fmt: skip
    for number, (source, target) in enumerate(_pairs(row)):
        sides = _gdelt_side("Actor1", source) | _gdelt_side("Actor2", target)
        cells = values | sides | extra
        cells["GLOBALEVENTID"] = _numbered(str(values["GLOBALEVENTID"]), number)
        yield _tabbed([cells.get(name) for name in gdelt.V2])


def _address(row: Mapping[str, Any]) -> str:
    """Return the document of an event; nothing where an import found none but the event itself."""
    document: str = row["doc"]
    return "" if document == row["id"] else document.removeprefix("gdelt:")


def _gdelt_side(side: str, actor: Mapping[str, Any]) -> dict[str, object]:
    country, institution = actor.get("countries") or "", actor.get("institutions")
    group = next((g["code"] for g in mapping.rows("groups") if g["actor"] == country), None)
    kind = ontology.load().institutions.get(institution or "")
    code = f"{group or country}{kind or ''}" or None
    return {
        f"{side}Code": code,
        f"{side}Name": (mapping.canonical().get(country) or country).upper() or None,
        f"{side}CountryCode": None if group else country or None,
        f"{side}KnownGroupCode": group,
        f"{side}Type1Code": kind or ("IGO" if group else None),
    }


def _fraction(day: str) -> str | None:
    """Return GDELT's day within a year of twelve months of 30 days: ``2020.8575``."""
    if len(day) != 8:
        return None
    within = ((int(day[4:6]) - 1) * 30 + int(day[6:])) / 365
    return f"{int(day[:4]) + within:.4f}".rstrip("0").rstrip(".")


def _quad(code: str) -> int | None:
    """Return CAMEO's quad class, by the root of a code: an appeal is verbal cooperation there."""
    if not code[:2].isdecimal():
        return None
    return 1 + sum(int(code[:2]) > last for last in (5, 9, 14))


@cache
def _goldstein() -> dict[str, str]:
    """Return the Goldstein score of each CAMEO code."""
    return {entry["code"]: entry["goldstein"] for entry in mapping.rows("cameo")}


@cache
def _fips() -> dict[str, str]:
    return {entry["iso3"]: entry["fips"].partition(";")[0] for entry in mapping.rows("countries")}


def _plover(row: Mapping[str, Any]) -> Iterator[bytes]:
    if row["origin"] == "plover":
        yield row["line"].encode() + b"\n"
        return
    kind = row["type"]
    entry = ontology.load().types.get(kind)
    place = {
        "resolved_place": row["place"], "lat": row["lat"], "lon": row["lon"],
        "geonameid": row["geonameid"], "country_code": row["place_country"],
    }  # fmt: skip
    fields = {
        "id": row["id"], "date": row["date"], "enddate": row["date_end"],
        "actor": _plover_side(row, "source"), "recipient": _plover_side(row, "target"),
        "event": kind, "mode": row["mode"], "context": row["contexts"],
        "quad_code": entry.quad if entry else None,
        "event_scale": entry.modes.get(row["mode"] or "", entry.score) if entry else None,
        "event_loc": [_known(place)] if _known(place) else None,
        "text_info": _known({"id": row["doc"], "sentence": row["sentence"]}),
        "cite_info": _known({"publisher": row["publisher"], "published": row["published"]}),
        "coder": f"detente {row['rule']}", "comment": f"status: {row['status']}",
    }  # fmt: skip
    required = {name: fields[name] for name in ("id", "date", "actor", "event")}
    yield msgspec.json.encode(_known(fields) | required) + b"\n"


def _plover_side(row: Mapping[str, Any], side: str) -> list[dict[str, Any]]:
    names = ("codes", "countries", "institutions", "persons")
    sectors = ontology.load().institutions
    found = zip(*(row[f"{side}_{name}"] or [] for name in names), strict=True)
    return [
        _known({
            "code": country, "sector": sectors.get(institution or ""),
            "identifier_id": code, "identifier_text": person,
        })
        for code, country, institution, person in found
    ]  # fmt: skip


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, [], {})}


def _no_header(_: list[str]) -> bytes:
    return b""


_WRITERS: dict[
    str, tuple[Callable[[list[str]], bytes], Callable[[Mapping[str, Any]], Iterator[bytes]]]
] = {
    "gdelt": (_no_header, _gdelt),
    "icews": (_icews_header, _icews),
    "polecat": (_polecat_header, _polecat),
    "plover": (_no_header, _plover),
    "csv": (_csv_header, _csv),
}

FORMATS = (*_WRITERS, "parquet")
"""Formats that ``export`` writes."""

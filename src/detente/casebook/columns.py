"""The columns of the record files, and records as rows of them.

Every table carries the whole record as JSON in ``line``, so that nothing is lost; the other
columns are what is queried.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from detente.model import Actor, Channel, Claim, Event, Forecast, Place, to_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.model import Coded, DocumentRecord

_TEXTS = pa.list_(pa.string())

EVENTS = pa.schema([
    ("id", pa.string()), ("doc", pa.string()), ("sentence", pa.int32()),
    ("start", pa.int32()), ("end", pa.int32()),
    ("type", pa.string()), ("mode", pa.string()), ("contexts", _TEXTS), ("domain", pa.string()),
    ("cameo", pa.string()), ("status", pa.string()),
    ("date", pa.string()), ("date_end", pa.string()), ("date_precision", pa.string()),
    ("date_basis", pa.string()), ("day_from", pa.date32()), ("day_to", pa.date32()),
    ("source_codes", _TEXTS), ("source_countries", _TEXTS), ("source_institutions", _TEXTS),
    ("source_persons", _TEXTS), ("source_ranks", _TEXTS),
    ("target_codes", _TEXTS), ("target_countries", _TEXTS), ("target_institutions", _TEXTS),
    ("target_persons", _TEXTS), ("target_ranks", _TEXTS),
    ("format", pa.string()), ("pairing", pa.string()), ("symmetric", pa.bool_()),
    ("medium", pa.string()), ("occasion", pa.string()), ("host", pa.string()),
    ("place", pa.string()), ("place_country", pa.string()), ("geonameid", pa.int64()),
    ("lat", pa.float64()), ("lon", pa.float64()),
    ("attribution_codes", _TEXTS), ("hedge_low", pa.float64()), ("hedge_high", pa.float64()),
    ("confidence", pa.float64()), ("rule", pa.string()), ("incident", pa.string()),
    ("publisher", pa.string()), ("published", pa.string()),
    ("origin", pa.string()), ("shard", pa.string()), ("line", pa.string()),
])  # fmt: skip
"""Events. ``day_from`` and ``day_to`` are the first and last day that ``date`` may mean;
lists of one actor each stand in the order of the actors; ``origin`` is ``coded`` or the format of
imported data; ``publisher`` and ``published`` are the document's."""

CLAIMS = pa.schema([
    ("id", pa.string()), ("doc", pa.string()), ("sentence", pa.int32()),
    ("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string()),
    ("holder_codes", _TEXTS), ("parties", _TEXTS), ("domain", pa.string()),
    ("polarity", pa.string()), ("gist", pa.string()), ("stated", pa.bool_()),
    ("valid", pa.string()), ("confidence", pa.float64()), ("rule", pa.string()),
    ("publisher", pa.string()), ("published", pa.string()),
    ("shard", pa.string()), ("line", pa.string()),
])  # fmt: skip
"""Claims. ``parties``: codes and countries of subject, object and topic."""

FORECASTS = pa.schema([
    ("id", pa.string()), ("doc", pa.string()), ("sentence", pa.int32()),
    ("start", pa.int32()), ("end", pa.int32()),
    ("holder_codes", _TEXTS), ("parties", _TEXTS), ("domain", pa.string()),
    ("direction", pa.string()), ("format", pa.string()), ("gist", pa.string()),
    ("hedge_low", pa.float64()), ("hedge_high", pa.float64()),
    ("horizon_from", pa.string()), ("horizon_to", pa.string()), ("condition", pa.string()),
    ("until", pa.string()), ("confidence", pa.float64()), ("rule", pa.string()),
    ("publisher", pa.string()), ("published", pa.string()),
    ("shard", pa.string()), ("line", pa.string()),
])  # fmt: skip
"""Forecasts. ``parties`` as for claims."""

DOCUMENTS = pa.schema([
    ("doc", pa.string()), ("sentences", pa.list_(pa.list_(pa.int32(), 2))),
    ("shard", pa.string()), ("line", pa.string()),
])  # fmt: skip
"""One row for each document of a shard, with the offsets of its sentences."""

INCIDENTS = pa.schema([("event", pa.string()), ("incident", pa.string())])
"""Which event tells of which incident."""

_MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120}


def tables(coded: Sequence[Coded], shard: str) -> dict[str, pa.Table]:
    """Return the tables of a shard by name: documents, events, claims, forecasts."""
    events, claims, forecasts = [], [], []
    for item in coded:
        for record in item.records:
            if isinstance(record, Event):
                events.append(event_row(record, item.document, shard=shard))
            elif isinstance(record, Claim):
                claims.append(_claim_row(record, item.document, shard))
            else:
                forecasts.append(_forecast_row(record, item.document, shard))
    documents = [
        {
            "doc": item.document.id,
            "sentences": [list(span) for span in item.sentences],
            "shard": shard,
            "line": to_line(item.document).decode(),
        }
        for item in coded
    ]
    return {
        "documents": pa.Table.from_pylist(documents, schema=DOCUMENTS),
        "events": pa.Table.from_pylist(events, schema=EVENTS),
        "claims": pa.Table.from_pylist(claims, schema=CLAIMS),
        "forecasts": pa.Table.from_pylist(forecasts, schema=FORECASTS),
    }


def parquet(table: pa.Table, *, rows: int | None = None) -> bytes:
    """Return a table as a Parquet file: zstd, page checksums, the same bytes for the same rows.

    Args:
        table: The rows.
        rows: Rows that are read together; the library's choice where None.
    """
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True, row_group_size=rows)
    return sink.getvalue()


def event_row(
    event: Event, document: DocumentRecord, *, shard: str, origin: str = "coded"
) -> dict[str, Any]:
    """Return an event as a row of ``EVENTS``."""
    first, last = days(event.date, event.date_end, event.date_precision)
    row: dict[str, Any] = {
        **_common(event, document, shard),
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "status": event.status,
        "date": event.date,
        "date_end": event.date_end,
        "date_precision": event.date_precision,
        "date_basis": event.date_basis,
        "day_from": first,
        "day_to": last,
        "attribution_codes": [actor.code for actor in event.attribution],
        "incident": event.incident or None,
        "origin": origin,
    }
    for side, actors in (("source", event.source), ("target", event.target)):
        row[f"{side}_codes"] = [actor.code for actor in actors]
        row[f"{side}_countries"] = [actor.country for actor in actors]
        row[f"{side}_institutions"] = [actor.institution for actor in actors]
        row[f"{side}_persons"] = [actor.person for actor in actors]
        row[f"{side}_ranks"] = [actor.rank for actor in actors]
    channel = event.channel
    for name in ("format", "pairing", "symmetric", "medium", "occasion", "host"):
        row[name] = getattr(channel, name)
    if event.place is not None:
        place = event.place
        row |= {"place": place.name, "place_country": place.country, "geonameid": place.geonameid}
        row |= {"lat": place.lat, "lon": place.lon}
    if event.hedge is not None:
        row |= {"hedge_low": event.hedge.low, "hedge_high": event.hedge.high}
    return row


def days(
    start: str | None, end: str | None, precision: str | None
) -> tuple[date | None, date | None]:
    """Return the first and last day that a date may mean; None for what is no date.

    For instance ``days("2016-09-01", None, "month")`` is 1 to 30 September 2016.
    """
    first, last = _day(start), _day(end)
    if first is None or last is not None:
        return first, last if last is None or first is None or last >= first else first
    if precision == "week":
        return first, first + timedelta(days=6)
    months = _MONTHS.get(precision or "")
    if months is None:
        return first, first
    index = first.year * 12 + first.month - 1 + months
    if index // 12 > date.max.year:
        return first, first
    return first, date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _common(
    record: Event | Claim | Forecast, document: DocumentRecord, shard: str
) -> dict[str, Any]:
    return {
        "id": record.id,
        "doc": record.doc,
        "sentence": record.sentence,
        "start": record.span[0],
        "end": record.span[1],
        "domain": record.domain,
        "confidence": record.confidence,
        "rule": record.rule,
        "publisher": document.publisher,
        "published": document.published,
        "shard": shard,
        "line": to_line(record).decode(),
    }


def _claim_row(claim: Claim, document: DocumentRecord, shard: str) -> dict[str, Any]:
    return {
        **_common(claim, document, shard),
        "kind": claim.kind,
        "holder_codes": [actor.code for actor in claim.holder],
        "parties": parties((*claim.subject, *claim.object), claim.about),
        "polarity": claim.polarity,
        "gist": claim.gist,
        "stated": claim.stated,
        "valid": claim.valid,
    }


def _forecast_row(forecast: Forecast, document: DocumentRecord, shard: str) -> dict[str, Any]:
    horizon, hedge = forecast.horizon, forecast.hedge
    return {
        **_common(forecast, document, shard),
        "holder_codes": [actor.code for actor in forecast.holder],
        "parties": parties((*forecast.subject, *forecast.object), forecast.about),
        "direction": forecast.direction,
        "format": forecast.format,
        "gist": forecast.gist,
        "hedge_low": None if hedge is None else hedge.low,
        "hedge_high": None if hedge is None else hedge.high,
        "horizon_from": None if horizon is None else horizon.start,
        "horizon_to": None if horizon is None else horizon.to,
        "condition": forecast.condition,
        "until": forecast.until,
    }


def parties(actors: Iterable[Actor], about: Iterable[str]) -> list[str]:
    """Return the codes and countries of actors and topics, sorted, each once."""
    found = {code for actor in actors for code in (actor.code, actor.country)}
    for code in about:
        found |= {code, code.partition(".")[0]}
    return sorted(found - {""})


def decode(line: str, kind: type[msgspec.Struct]) -> Any:  # noqa: ANN401
    """Return the record of a ``line`` column."""
    return msgspec.json.decode(line, type=kind)


def record(row: Mapping[str, Any], kind: type[msgspec.Struct]) -> Any:  # noqa: ANN401
    """Return the record of a row: from its ``line``, or from the columns of an imported event."""
    if row.get("origin", "coded") == "coded":
        return decode(row["line"], kind)
    return imported_event(row)


def imported_event(row: Mapping[str, Any]) -> Event:
    """Return an imported event as a record; ``row`` holds the columns of ``EVENTS``."""
    place = None
    if row["place"] is not None or row["lat"] is not None:
        place = Place(
            name=row["place"] or "",
            country=row["place_country"],
            geonameid=row["geonameid"],
            lat=row["lat"],
            lon=row["lon"],
        )
    channel = Channel(
        format=row["format"], pairing=row["pairing"], symmetric=bool(row["symmetric"])
    )
    return Event(
        id=row["id"],
        doc=row["doc"] or "",
        sentence=row["sentence"] or 0,
        span=(0, 0),
        type=row["type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"] or ()),
        domain=row["domain"] or "other",
        cameo=row["cameo"],
        status=row["status"] or "actual",
        date=row["date"],
        date_end=row["date_end"],
        date_precision=row["date_precision"],
        date_basis=row["date_basis"],
        channel=channel,
        place=place,
        rule=row["rule"] or "",
        incident=row["incident"] or row["id"],
        source=_actors(row, "source"),
        target=_actors(row, "target"),
    )


def _actors(row: Mapping[str, Any], side: str) -> tuple[Actor, ...]:
    names = ("codes", "countries", "institutions", "persons")
    given = zip(*(row[f"{side}_{name}"] or [] for name in names), strict=True)
    return tuple(
        Actor(code=code, country=country, institution=institution, person=person)
        for code, country, institution, person in given
    )


def decode_event(line: str, incident: str) -> Event:
    """Return the event of a ``line`` column with its folded incident."""
    event = msgspec.json.decode(line, type=Event)
    return msgspec.structs.replace(event, incident=incident)

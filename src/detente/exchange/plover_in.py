"""Events in the JSON form of PLOVER, as JSON lines or one JSON list, into the columns of events.

Names of fields are those of PLOVER v2.0 and of its older files (``source``, ``textInfo`` and so on).
The object itself stays in ``line`` and goes out again as it came in.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from detente.casebook import columns
from detente.errors import InputError
from detente.exchange import mapping
from detente.model import Actor, Channel, DocumentRecord, Event, EventType, Place, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from detente.exchange.scan import Scanned

CONFIGURATION = "1-plover-2"
"""Rows of ``columns.EVENTS``, unlike the compact form of the other formats."""
_BATCH = 10_000
_CODE = re.compile(r"[A-Z][A-Za-z0-9:-]*(\.[A-Z]+)?(/[\w-]+)?")
_STATUS = re.compile(r"status: (\w+)")


class Written(msgspec.Struct, kw_only=True):
    """What became of the objects of a file.

    Attributes:
        total: How many there are.
        added: How many are new and good.
        bad: Number and reason of bad ones; one that is not named has the reason ``""``.
        undated: Of the good ones, how many have a further date that is none.
        first_undated: Number of the first of these, and what is wrong.
    """

    total: int = 0
    added: int = 0
    bad: list[tuple[int, str]] = []
    undated: int = 0
    first_undated: str | None = None


def write(scanned: Scanned, target: Path, *, shard: str, known: set[str], limit: int) -> Written:
    """Write the new events of a file as Parquet.

    Args:
        scanned: The file.
        target: The Parquet file.
        shard: Name of the shard.
        known: Ids that the casebook holds already; those of the file are added.
        limit: How many bad objects are named.

    Raises:
        InputError: The file is no JSON at all.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    done = Written()
    rows: list[dict[str, Any]] = []
    with pq.ParquetWriter(
        str(target), columns.EVENTS, compression="zstd", write_page_checksum=True
    ) as out:

        def flush() -> None:
            out.write_table(pa.Table.from_pylist(rows, schema=columns.EVENTS))
            rows.clear()

        for number, raw in _objects(scanned):
            done.total += 1
            try:
                row, unread = _row(raw, shard)
            except InputError as error:
                done.bad.append((number, str(error) if len(done.bad) < limit else ""))
                continue
            if unread is not None:
                done.undated += 1
                done.first_undated = done.first_undated or f"{number}: {unread}"
            if row["id"] not in known:
                known.add(row["id"])
                rows.append(row)
                done.added += 1
            if len(rows) >= _BATCH:
                flush()
        flush()
    return done


def _objects(scanned: Scanned) -> Iterator[tuple[int, bytes]]:
    """Yield every object with its line, or its place in a list."""
    if not scanned.first.lstrip().startswith("["):
        with scanned.path.open("rb") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip():
                    yield number, line.strip()
        return
    try:
        found = msgspec.json.decode(scanned.path.read_bytes(), type=list[msgspec.Raw])
    except msgspec.MsgspecError as error:
        raise InputError(f"{scanned.source}: no JSON list: {error}") from error
    yield from ((number, bytes(raw)) for number, raw in enumerate(found, 1))


def _row(raw: bytes, shard: str) -> tuple[dict[str, Any], str | None]:
    """Return an object as a row, and which of its further dates is none, if one is."""
    try:
        given = msgspec.json.decode(raw, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise InputError(f"no JSON object: {error}") from error
    event, document = _event(given)
    row = columns.event_row(event, document, shard=shard, origin="plover")
    cited = _part(given, "cite_info", "citeInfo")
    further = (("enddate", given.get("enddate") or given.get("endDate"), event.date_end),
               ("published", cited.get("published"), document.published))  # fmt: skip
    unread = (
        f"{name} {str(text)[:40]!r} is no day" for name, text, day in further if text and not day
    )
    return row | {"line": raw.decode("utf-8", "replace")}, next(unread, None)


def _event(given: dict[str, Any]) -> tuple[Event, DocumentRecord]:
    for name in ("id", "date", "event"):
        if not given.get(name):
            raise InputError(f"{name} is missing")
    kind = str(given["event"]).strip().upper()
    if kind not in get_args(EventType):
        raise InputError(f"event {str(given['event'])[:40]!r} is not known")
    first, _ = columns.days(str(given["date"])[:10], None, "day")
    if first is None or not mapping.FIRST_DAY <= first.isoformat() <= mapping.LAST_DAY:
        raise InputError(f"date {str(given['date'])[:40]!r} is no day from {mapping.FIRST_DAY} on")
    told = _part(given, "text_info", "textInfo")
    cited = _part(given, "cite_info", "citeInfo")
    contexts = _texts(given.get("context"))
    source, target = (
        _actors(given, *names) for names in (("actor", "source"), ("recipient", "target"))
    )
    mutual = kind in {"AGREE", "CONSULT", "COOPERATE"}
    event = Event(
        id=f"plover:{given['id']}",
        doc=str(told.get("id") or f"plover:{given['id']}"),
        sentence=told["sentence"] if isinstance(told.get("sentence"), int) else 0,
        span=(0, 0),
        type=kind,  # type: ignore[arg-type]
        mode=_text(given.get("mode")),
        contexts=contexts,
        domain=mapping.domain(";".join(contexts)),  # type: ignore[arg-type]
        status=_status(given),
        date=first.isoformat(),
        date_end=_day(given.get("enddate") or given.get("endDate")),
        date_precision="day",
        date_basis="imported",
        source=source,
        target=target,
        channel=Channel(format="bilateral", symmetric=mutual),
        place=_place(given.get("event_loc") or given.get("eventLoc")),
        rule="plover",
    )
    document = DocumentRecord(
        id=event.doc,
        source=event.doc,
        publisher=_text(cited.get("publisher")),
        published=_day(cited.get("published")),
    )
    return event, document


def _part(given: dict[str, Any], *names: str) -> dict[str, Any]:
    found: object = next((given[name] for name in names if given.get(name)), None)
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "", [], {}) else None


def _day(value: object) -> str | None:
    """Return the day of a date or time, None for what is none."""
    day, _ = columns.days(str(value or "")[:10], None, "day")
    return None if day is None else day.isoformat()


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split("[;,]", value) if part.strip())
    return tuple(str(part) for part in value) if isinstance(value, list) else ()


def _status(given: dict[str, Any]) -> Status:
    found = _STATUS.search(str(given.get("comment") or ""))
    if found is not None and found[1] in get_args(Status):
        return found[1]  # type: ignore[return-value]
    return "actual"


def _actors(given: dict[str, Any], *names: str) -> tuple[Actor, ...]:
    found: object = next((given[name] for name in names if given.get(name)), None)
    entities = found if isinstance(found, list) else [found]
    made = (_actor(one) for one in entities if isinstance(one, dict))
    return tuple(actor for actor in made if actor is not None)


def _actor(entity: dict[str, Any]) -> Actor | None:
    country = _text(entity.get("code"))
    if country is None:
        return None
    own = _text(entity.get("identifier_id"))
    if own is not None and own.startswith(country) and _CODE.fullmatch(own):
        institution = own.partition(".")[2].partition("/")[0] or None
        code = own
    else:
        institution = _institutions().get(str(entity.get("sector") or ""))
        code = f"{country}.{institution}" if institution else country
    return Actor(
        code=code,
        country=country,
        institution=institution,
        person=_text(entity.get("identifier_text")),
        role=_text(entity.get("office")),
        surface=_text(entity.get("entity_text")) or "",
    )


@cache
def _institutions() -> dict[str, str]:
    """Return the institution of each PLOVER sector."""
    return {row["code"]: row["institution"] for row in mapping.rows("sectors")}


def _place(value: object) -> Place | None:
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return None
    numbers: dict[str, float | None] = {}
    for name, most in (("lat", 90), ("lon", 180)):
        given = first.get(name)
        if given in (None, ""):
            numbers[name] = None
            continue
        try:
            numbers[name] = float(given)
        except (TypeError, ValueError):
            numbers[name] = most + 1.0
        if not -most <= (numbers[name] or 0.0) <= most:
            raise InputError(f"{name} {str(given)[:20]!r} is no place on earth")
    ident = first.get("geonameid")
    return Place(
        name=_text(first.get("resolved_place") or first.get("extracted_place")) or "",
        country=_text(first.get("country_code")),
        geonameid=int(str(ident)) if str(ident or "").isdecimal() else None,
        lat=numbers["lat"],
        lon=numbers["lon"],
    )

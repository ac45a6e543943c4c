"""REST: events, claims and forecasts as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

import msgspec
from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Stream

from detente.api import codes
from detente.errors import InputError
from detente.model import Claim, Event, EventType, Forecast, Status
from detente.web.answers import Asked, csv_rows
from detente.web.asked import Code, Limit, Name, Narrowed, Offset, OpenDesk, StatusName, TypeName
from detente.web.content.event import EventPage
from detente.web.content.event import load as load_event
from detente.web.pages.reading import known
from detente.web.rest.documents import given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from litestar.types import ControllerRouterHandler

BATCH = 5_000
"""Rows of a CSV that are in memory at once."""
COLUMNS = (
    "id", "incident", "doc", "sentence", "type", "mode", "status", "domain", "date", "date_end",
    "source_codes", "target_codes", "format", "pairing", "place", "place_country", "geonameid",
    "lat", "lon", "confidence", "rule", "publisher", "published", "origin", "judgement",
)  # fmt: skip
Kind = Literal["event", "claim", "forecast"]


class Records(msgspec.Struct, frozen=True, kw_only=True):
    """Some records.

    Attributes:
        kind: What they are.
        limit: Most records.
        offset: Records skipped.
        more: Whether there are more.
        records: In the line format.
    """

    kind: Kind
    limit: int
    offset: int
    more: bool
    records: tuple[Event | Claim | Forecast, ...]


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What records are asked for."""

    parties: tuple[str, ...]
    type: str | None
    status: str | None


@get("/records", sync_to_thread=True, tags=["records"])
def list_records(
    request: Asked,
    desk: OpenDesk,
    asked: Narrowed,
    kind: FromQuery[Kind] = "event",
    party: Code = None,
    other: Code = None,
    type: TypeName = None,
    status: StatusName = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> Response[Records]:
    """List records: events the newest first, claims and forecasts by document.

    Type, status, period and domain narrow events; parties narrow all.
    """
    wanted = _asking(party, other, type, status)
    with desk.view(as_of=asked.as_of) as view:
        codes.check(view, *wanted.parties)
        if kind == "event":
            found = view.page(
                parties=wanted.parties,
                type=wanted.type,
                status=wanted.status,
                domain=asked.domain,
                since=asked.since,
                until=asked.until,
                limit=limit + 1,
                offset=offset,
            )
        else:
            found = view.others(kind=kind, parties=wanted.parties, limit=limit + 1, offset=offset)  # type: ignore[assignment]
    content = Records(
        kind=kind, limit=limit, offset=offset, more=len(found) > limit,
        records=tuple(found[:limit]),
    )  # fmt: skip
    return given(request, content)


@get("/records/{record:str}", sync_to_thread=True, tags=["records"])
def get_record(request: Asked, desk: OpenDesk, record: Name) -> Response[Event | Claim | Forecast]:
    """Give one record in the line format, reviews laid over it."""
    with desk.view() as view:
        return given(request, view.record(record))


@get("/events/{event:str}", sync_to_thread=True, tags=["records"])
def get_event(request: Asked, desk: OpenDesk, event: Name) -> Response[EventPage]:
    """Give an event with its evidence, its explanation and its incident's other mentions."""
    return given(request, load_event(desk, event))


@get("/events.csv", sync_to_thread=True, tags=["records"], media_type="text/csv")
def stream_events(
    desk: OpenDesk,
    asked: Narrowed,
    party: Code = None,
    other: Code = None,
    type: TypeName = None,
    status: StatusName = None,
) -> Stream:
    """Give all events of a choice as CSV, streamed: memory does not grow with them."""
    wanted = _asking(party, other, type, status)
    with desk.view(as_of=asked.as_of) as view:
        codes.check(view, *wanted.parties)
    return Stream(_batches(desk, wanted, asked), media_type="text/csv; charset=utf-8")


def _asking(party: str | None, other: str | None, type: str | None, status: str | None) -> Asking:
    parties = tuple(code for code in (party, other) if code)
    if other and not party:
        raise InputError("other: name party too")
    return Asking(
        parties=parties,
        type=known("type", type, get_args(EventType)),
        status=known("status", status, get_args(Status)),
    )


def _batches(desk: OpenDesk, wanted: Asking, asked: Narrowed) -> Iterator[bytes]:
    with desk.view(limited=False, as_of=asked.as_of) as view:
        rows = view.stream(
            parties=wanted.parties,
            type=wanted.type,
            status=wanted.status,
            domain=asked.domain,
            since=asked.since,
            until=asked.until,
            columns=COLUMNS,
            batch=BATCH,
        )
        yield csv_rows(COLUMNS, [])
        for batch in rows:
            text = csv_rows(COLUMNS, batch)
            yield text.partition(b"\r\n")[2]


HANDLERS: Sequence[ControllerRouterHandler] = [
    list_records, get_record, get_event, stream_events,
]  # fmt: skip

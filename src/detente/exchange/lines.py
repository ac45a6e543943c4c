"""Records as lines: the line format, PLOVER JSON, CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import msgspec

from detente.exchange import plover
from detente.model import ErrorRecord, Event, to_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.model import Actor, Coded, Record

CSV_COLUMNS = (
    "id", "document", "external_id", "publisher", "published", "sentence", "start", "end", "type",
    "mode", "contexts", "domain", "cameo", "status", "date", "date_end", "date_precision",
    "date_basis", "source", "source_names", "target", "target_names", "format", "pairing",
    "place", "place_country", "geonameid", "lat", "lon", "attribution", "confidence", "rule",
    "incident", "text",
)  # fmt: skip
"""Columns of the CSV form of events, one row an event; lists are parted by ``;``."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def writer(form: str, *, with_text: bool = False) -> Callable[[Coded | ErrorRecord], bytes]:
    """Return a function that writes one coded document as lines.

    Args:
        form: ``jsonl`` for every record, ``plover`` or ``csv`` for events alone.
        with_text: Whether ``jsonl`` records carry their sentence under ``text``.

    Returns:
        A function from a coded document, or an error, to UTF-8 lines. The first call of a CSV
        writer puts the header before its lines.
    """
    if form == "csv":
        return _CsvWriter()
    if form == "plover":
        return _plover_lines
    return _with_text if with_text else _lines


def spreadsheet_safe(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    One more stands before text that begins so already, that ``without_apostrophe`` gives back each.
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def without_apostrophe(cell: str) -> str:
    """Return the text that ``spreadsheet_safe`` made a cell of."""
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if guarded else cell


def sentence_text(coded: Coded, record: Record) -> str:
    """Return the sentence that a record was coded from."""
    start, end = coded.sentences[record.sentence]
    return coded.text[start:end]


def _lines(item: Coded | ErrorRecord) -> bytes:
    if isinstance(item, ErrorRecord):
        return to_line(item) + b"\n"
    return b"".join(to_line(record) + b"\n" for record in (item.document, *item.records))


def _with_text(item: Coded | ErrorRecord) -> bytes:
    if isinstance(item, ErrorRecord):
        return _lines(item)
    lines = [to_line(item.document)]
    for record in item.records:
        fields: dict[str, Any] = msgspec.to_builtins(record)
        lines.append(msgspec.json.encode({**fields, "text": sentence_text(item, record)}))
    return b"".join(line + b"\n" for line in lines)


def _plover_lines(item: Coded | ErrorRecord) -> bytes:
    if isinstance(item, ErrorRecord):
        return b""
    events = (record for record in item.records if isinstance(record, Event))
    return b"".join(
        msgspec.json.encode(plover.event(record, item.document, sentence_text(item, record)))
        + b"\n"
        for record in events
    )


class _CsvWriter:
    """Writes events as CSV rows after one header."""

    def __init__(self) -> None:
        self.started = False

    def __call__(self, item: Coded | ErrorRecord) -> bytes:
        out = io.StringIO(newline="")
        rows = csv.writer(out)
        if not self.started:
            rows.writerow(CSV_COLUMNS)
            self.started = True
        if not isinstance(item, ErrorRecord):
            for record in item.records:
                if isinstance(record, Event):
                    rows.writerow(_row(record, item))
        return out.getvalue().encode("utf-8")


def _row(event: Event, coded: Coded) -> list[object]:
    place = event.place
    values: list[object] = [
        event.id,
        event.doc,
        coded.document.external_id,
        coded.document.publisher,
        coded.document.published,
        event.sentence,
        *event.span,
        event.type,
        event.mode,
        ";".join(event.contexts),
        event.domain,
        event.cameo,
        event.status,
        event.date,
        event.date_end,
        event.date_precision,
        event.date_basis,
        _codes(event.source),
        _names(event.source),
        _codes(event.target),
        _names(event.target),
        event.channel.format,
        event.channel.pairing,
        place.name if place else None,
        place.country if place else None,
        place.geonameid if place else None,
        place.lat if place else None,
        place.lon if place else None,
        _codes(event.attribution),
        event.confidence,
        event.rule,
        event.incident,
        sentence_text(coded, event),
    ]
    return [spreadsheet_safe(value) if isinstance(value, str) else value for value in values]


def _codes(actors: tuple[Actor, ...]) -> str:
    return ";".join(actor.code for actor in actors)


def _names(actors: tuple[Actor, ...]) -> str:
    return ";".join((actor.person or actor.surface).replace(";", ",") for actor in actors)

"""One record as the pages list it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.brief import wording
from detente.brief.realise import tell
from detente.model import Claim, Event, Forecast
from detente.registers.ontology import is_conflict
from detente.relations.incidents import day, gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.casebook.review import Judgement
    from detente.model import Record


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One record.

    Attributes:
        id: Its id.
        record: ``event``, ``claim`` or ``forecast``.
        kind: PLOVER type, kind of claim, or direction of the forecast.
        told: The record in one sentence.
        status: Status of an event, else empty.
        domain: Domain.
        date: First day of an event, or deadline of a forecast.
        when: The day of an event as exactly as it is known: ``September 2016``; empty where it is a day, or not known.
        source: Codes of who acts, or of the subject.
        target: Codes of who is acted upon, or of the object.
        confidence: 0 to 1.
        rule: The frame or rule that found it.
        doc: Its document.
        sentence: Its sentence.
        start: First character in the text.
        end: One past the last character.
        conflict: Whether it is an act of conflict.
        verdict: What a reviewer said of it, empty for nothing.
    """

    id: str
    record: str
    kind: str
    told: str
    status: str
    domain: str
    date: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    confidence: float
    rule: str
    doc: str
    sentence: int
    start: int
    end: int
    conflict: bool = False
    verdict: str = ""
    when: str = ""


def shown(
    records: Iterable[Record],
    *,
    quotes: Mapping[tuple[str, int], str] | None = None,
    judged: Mapping[str, Judgement] | None = None,
) -> tuple[Shown, ...]:
    """Return records as the pages list them, in the order given."""
    return tuple(
        _shown(
            record,
            (quotes or {}).get((record.doc, record.sentence), ""),
            judged[record.id].verdict if judged and record.id in judged else "",
        )
        for record in records
    )


def event_told(event: Event, quote: str = "", *, dated: bool = True) -> str:
    """Return an event as a sentence."""
    return tell(gather([event])[0], [quote], dated=dated)


def _shown(record: Record, quote: str, verdict: str) -> Shown:
    common = {
        "id": record.id,
        "domain": record.domain,
        "confidence": record.confidence,
        "rule": record.rule,
        "doc": record.doc,
        "sentence": record.sentence,
        "start": record.span[0],
        "end": record.span[1],
        "verdict": verdict,
    }
    if isinstance(record, Event):
        return Shown(
            record="event",
            kind=record.type,
            told=event_told(record, quote),
            status=record.status,
            date=record.date,
            source=tuple(actor.code for actor in record.source),
            target=tuple(actor.code for actor in record.target),
            conflict=is_conflict(record.type),
            when=_when(record),
            **common,  # type: ignore[arg-type]
        )
    return Shown(
        record="claim" if isinstance(record, Claim) else "forecast",
        kind=record.kind if isinstance(record, Claim) else record.direction,
        told=record.gist or quote,
        status="",
        date=_deadline(record),
        source=tuple(actor.code for actor in record.subject),
        target=tuple(actor.code for actor in record.object),
        **common,  # type: ignore[arg-type]
    )


def _when(event: Event) -> str:
    start, end = (day(one) for one in (event.date, event.date_end))
    exact = event.date_precision in {None, "day"}
    return "" if start is None or exact else wording.label(start, end, event.date_precision)


def _deadline(record: Claim | Forecast) -> str | None:
    if isinstance(record, Forecast) and record.horizon is not None:
        return record.horizon.to
    return None

"""One record under review, and what a judgement changes in the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from detente import api
from detente.casebook.corrections import FIELDS, corrections
from detente.casebook.kept import SentenceText
from detente.casebook.review import corrected
from detente.errors import InputError
from detente.model import Claim, Domain, Event, EventType, Forecast, Status
from detente.relations import analysis
from detente.web.content.event import Verdict, verdict_of
from detente.web.content.shown import Shown, shown

if TYPE_CHECKING:
    from detente.casebook.browser import Browser
    from detente.web.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewForm:
    """A reviewer's form; its other fields are those of ``casebook.corrections``.

    Attributes:
        verdict: ``accept``, ``correct`` or ``reject``.
        reviewer: Who judges.
        reason: Why.
    """

    verdict: str
    reviewer: str = ""
    reason: str = ""
    type: str = ""
    mode: str = ""
    status: str = ""
    domain: str = ""
    date: str = ""
    date_end: str = ""
    source: str = ""
    target: str = ""
    place: str = ""
    incident: str = ""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An actor of the record, for the register entry that a reviewer may suggest."""

    side: str
    code: str
    surface: str


class FormPage(msgspec.Struct, frozen=True, kw_only=True):
    """A record with what its form offers.

    Attributes:
        record: Its id.
        shown: The record.
        sentence: Its sentence with its neighbours; None where there is none.
        fields: Current values of what can be corrected.
        actors: Its actors.
        nearby: Incidents of the same parties within a month, to fold it into.
        verdicts: Standing judgements on it.
        types: PLOVER types.
        statuses: Statuses.
        domains: Domains.
    """

    record: str
    shown: Shown
    sentence: SentenceText | None
    fields: dict[str, str]
    actors: tuple[Actor, ...]
    nearby: tuple[Shown, ...]
    incidents: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    types: tuple[str, ...] = get_args(EventType)
    statuses: tuple[str, ...] = get_args(Status)
    domains: tuple[str, ...] = get_args(Domain)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A number before and after a judgement."""

    number: str
    before: float
    after: float


class DonePage(msgspec.Struct, frozen=True, kw_only=True):
    """A noted judgement.

    Attributes:
        record: Id of the record.
        judgement: Id of the judgement.
        verdict: The verdict.
        reviewer: Who judged.
        corrections: What was corrected, as JSON.
        pair: Parties of the relation whose numbers were compared.
        following: The next record of the queue, None at its end.
        changes: Numbers of the relation before and after.
    """

    record: str
    judgement: str
    verdict: str
    reviewer: str
    corrections: str
    pair: tuple[str, ...]
    following: str | None
    changes: tuple[Change, ...]


class EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """A suggested register entry, as YAML."""

    record: str
    surface: str
    code: str
    entry: str


def load(desk: Desk, name: str) -> FormPage:
    """Return the review form of a record.

    Raises:
        InputError: There is no such record.
    """
    with desk.view() as view:
        record = view.reviewed(name)
        sentence = view.sentence(record.doc, record.sentence) if _written(record) else None
        verdicts = tuple(verdict_of(one) for one in view.readings() if one.record == name)
        near = _nearby(view, record) if isinstance(record, Event) else []
        quotes = view.quotes([(one.doc, one.sentence) for one in near])
    quote = {} if sentence is None else {(record.doc, record.sentence): sentence.text}
    actors = (
        (("source", record.source), ("target", record.target)) if isinstance(record, Event) else ()
    )
    return FormPage(
        record=name,
        shown=shown([record], quotes=quote)[0],
        sentence=sentence,
        fields=_fields(record),
        actors=tuple(
            Actor(side=side, code=actor.code, surface=actor.surface)
            for side, found in actors
            for actor in found
        ),
        nearby=shown(near, quotes=quotes),
        incidents=tuple(one.incident for one in near),
        verdicts=verdicts,
    )


def judge(desk: Desk, name: str, form: ReviewForm) -> DonePage:
    """Note a judgement and compare the numbers of the relation before and after.

    Raises:
        InputError: There is no such record, or the form does not fit it.
    """
    if form.verdict not in {"accept", "correct", "reject"}:
        raise InputError(f"verdict: {form.verdict!r} is none of accept, correct, reject")
    with desk.view() as view:
        record = view.reviewed(name)
        filled = {name: getattr(form, name) for name in FIELDS}
        changes = corrections(filled, record) if form.verdict == "correct" else {}
        pairs = _pairs(record, changes)
        before = _numbers(view, pairs)
    judgement = api.judge(
        name,
        form.verdict,  # type: ignore[arg-type]  # checked above
        reviewer=form.reviewer,
        reason=form.reason,
        corrections=changes,
        casebook=desk.folder,
    )
    with desk.view() as view:
        after = _numbers(view, pairs)
        _, rest = view.unjudged(limit=1)
    return DonePage(
        record=name,
        judgement=judgement,
        verdict=form.verdict,
        reviewer=form.reviewer,
        corrections=msgspec.json.encode(changes).decode() if changes else "",
        pair=pairs[0] if pairs else (),
        following=rest[0].id if rest else None,
        changes=tuple(
            Change(number=key, before=before[key], after=after.get(key, 0.0)) for key in before
        ),
    )


def _numbers(view: Browser, pairs: list[tuple[str, ...]]) -> dict[str, float]:
    """Return incidents and index of relations over all time, as the page of the relation gives them."""
    found: dict[str, float] = {}
    for pair in pairs:
        series = analysis.index(view, pair[0], pair[1], unit="year")
        name = f"{pair[0]}–{pair[1]}"
        found[f"{name}: incidents"] = float(len(series.catalogue))
        found[f"{name}: incidents without a date"] = float(series.undated)
        found[f"{name}: index"] = round(sum(e.points or 0.0 for e in series.catalogue), 6)
        found[f"{name}: mentions"] = float(sum(entry.mentions for entry in series.catalogue))
    return found


def _pairs(record: Event | Claim | Forecast, changes: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the relations that a record stands in, before and after its correction."""
    if not isinstance(record, Event):
        return []
    changed = corrected(record, changes)
    found: dict[tuple[str, ...], None] = {}
    for event in (record, changed):
        if not isinstance(event, Event):
            continue
        for one in event.source:
            for two in event.target or event.source:
                if one.country != two.country and one.country and two.country:
                    found[tuple(sorted((one.country, two.country)))] = None
    return list(found)[:4]


def _nearby(view: Browser, event: Event) -> list[Event]:
    pair = _pairs(event, {})
    day = None if event.date is None else date.fromisoformat(event.date)
    if not pair or day is None:
        return []
    month = timedelta(days=31)
    found = view.page(parties=pair[0], since=day - month, until=day + month, limit=40)
    first: dict[str, Event] = {}
    for one in found:
        if one.incident != event.incident:
            first.setdefault(one.incident, one)
    return list(first.values())[:12]


def _written(record: Event | Claim | Forecast) -> bool:
    return bool(record.doc) and record.span[1] > 0


def _fields(record: Event | Claim | Forecast) -> dict[str, str]:
    if not isinstance(record, Event):
        return {"domain": record.domain}
    return {
        "type": record.type,
        "mode": record.mode or "",
        "status": record.status,
        "domain": record.domain,
        "date": record.date or "",
        "date_end": record.date_end or "",
        "source": ", ".join(actor.code for actor in record.source),
        "target": ", ".join(actor.code for actor in record.target),
        "place": record.place.name if record.place else "",
        "incident": record.incident,
    }

"""One event: its sentence, why it was coded so, and who else tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.casebook.kept import SentenceText
from detente.errors import InputError
from detente.model import Actor, Event, Place
from detente.registers import scales
from detente.relations.incidents import Difference, gather, highest
from detente.web.content.shown import Shown, event_told, shown
from detente.web.content.sources import credibility, grades

if TYPE_CHECKING:
    from detente.casebook.browser import Browser
    from detente.casebook.review import Judgement
    from detente.web.desk import Desk


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the event, with how the mention was resolved."""

    side: str
    code: str
    country: str
    institution: str | None
    person: str | None
    role: str | None
    rank: str | None
    surface: str
    how: str | None


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the explanation: what was decided, and by what."""

    field: str
    value: str
    why: str


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of the incident.

    Attributes:
        event: Its event id.
        doc: Its document.
        title: The document's title.
        publisher: Its publisher.
        published: Publication date.
        grade: Reliability of the publisher and credibility of the incident, such as ``B1``.
        sentence: Number of the sentence.
        quote: The sentence.
        here: Whether it is the event of this page.
    """

    event: str
    doc: str
    title: str
    publisher: str | None
    published: str | None
    grade: str
    sentence: int
    quote: str
    here: bool


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer said."""

    judgement: str
    verdict: str
    reviewer: str
    reason: str
    recorded: str
    corrections: str


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of an event.

    Attributes:
        id: Its id.
        title: The event in a sentence.
        event: The record.
        sentence: Its sentence with its neighbours; None for imported events.
        lead: Text of the sentence before the event's own stretch.
        span: The stretch that the event was coded from.
        tail: Text after it.
        points: Points on the scale.
        scale: Label of the scale.
        place: Where, with coordinates.
        incident: Id of the incident.
        pair: Both parties of the relation, empty where there are not two.
        parties: Its actors.
        reasons: Why it was coded so.
        mentions: Everyone who tells of the incident.
        differences: What they tell differently.
        others: Other records of the same sentence.
        verdicts: Standing judgements on it, oldest first.
        rejected: Whether the newest takes it out: it counts in no number then.
    """

    id: str
    title: str
    event: Event
    sentence: SentenceText | None
    lead: str
    span: str
    tail: str
    points: float | None
    scale: str
    place: Place | None
    incident: str
    pair: tuple[str, ...]
    parties: tuple[Party, ...]
    reasons: tuple[Reason, ...]
    mentions: tuple[Telling, ...]
    differences: tuple[Difference, ...]
    others: tuple[Shown, ...]
    verdicts: tuple[Verdict, ...]
    rejected: bool


def load(desk: Desk, name: str, *, scale: str = "barometer-1") -> EventPage:
    """Return the page of an event.

    Raises:
        InputError: There is no such event.
    """
    with desk.view() as view:
        return desk.remember(
            view, ("event", name, scale), lambda found: _load(desk, found, name, scale), parties=()
        )


def _load(desk: Desk, view: Browser, name: str, scale: str) -> EventPage:
    table = scales.load(scale)
    event = view.reviewed(name)
    if not isinstance(event, Event):
        raise InputError(f"{name}: there is no such event; it is another record")
    told = sorted(
        _tellings(view, event),
        key=lambda one: (one.id != name, one.doc, one.sentence),
    )
    sentence = view.sentence(event.doc, event.sentence) if event.doc and event.rule else None
    mentions = _mentions(view, desk, told, name)
    beside = [
        record
        for record in (view.records_of(event.doc) if event.doc else [])
        if record.sentence == event.sentence and record.id != name
    ]
    verdicts = [one for one in view.readings() if one.record == name]
    lead, span, tail = _cut(event, sentence)
    sides = {"source": event.source, "target": event.target, "says so": event.attribution}
    return EventPage(
        id=event.id,
        title=event_told(event, sentence.text if sentence else ""),
        event=event,
        sentence=sentence,
        lead=lead,
        span=span,
        tail=tail,
        points=table.score(
            type=event.type,
            mode=event.mode,
            cameo=event.cameo,
            status=event.status,
            ranks=(highest(event.source), highest(event.target)),
        ),
        scale=table.label,
        place=event.place,
        incident=event.incident,
        pair=_pair(event),
        parties=tuple(_party(side, actor) for side, actors in sides.items() for actor in actors),
        reasons=reasons(event),
        mentions=mentions,
        differences=gather(told)[0].differences,
        others=shown(beside),
        verdicts=tuple(verdict_of(one) for one in verdicts),
        rejected=bool(verdicts) and verdicts[-1].verdict == "reject",
    )


def _tellings(view: Browser, event: Event) -> list[Event]:
    """Return the events of an incident, this one among them although it was rejected."""
    told = view.told([event.incident], parties=_pair(event))
    return told if any(one.id == event.id for one in told) else [event, *told]


def _pair(event: Event) -> tuple[str, ...]:
    """Return the first two different countries of an event, its sides apart where it has two."""
    sides = [actor.country for actor in event.source], [actor.country for actor in event.target]
    for one in sides[0]:
        for two in sides[1] or sides[0]:
            if one and two and one != two:
                return one, two
    return ()


def _cut(event: Event, sentence: SentenceText | None) -> tuple[str, str, str]:
    if sentence is None:
        return "", "", ""
    start = min(max(event.span[0] - sentence.start, 0), len(sentence.text))
    end = min(max(event.span[1] - sentence.start, start), len(sentence.text))
    return sentence.text[:start], sentence.text[start:end], sentence.text[end:]


def _party(side: str, actor: Actor) -> Party:
    fields = ("code", "country", "institution", "person", "role", "rank", "surface", "how")
    return Party(side=side, **{name: getattr(actor, name) for name in fields})


def reasons(event: Event) -> tuple[Reason, ...]:
    """Return why an event was coded as it was, field by field."""
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    channel = event.channel
    found = [
        Reason(field="type", value=kind, why=f"frame {event.rule}" if event.rule else "imported"),
        Reason(field="status", value=event.status, why=_status(event)),
        Reason(
            field="date",
            value=" to ".join(part for part in (event.date, event.date_end) if part) or "none",
            why=" ".join(
                part for part in (event.date_precision, "from the", event.date_basis) if part
            )
            if event.date
            else "the text gives none",
        ),
        Reason(
            field="domain",
            value=event.domain,
            why=f"contexts {', '.join(event.contexts)}" if event.contexts else "its institutions",
        ),
        Reason(
            field="channel",
            value=channel.format or "not told",
            why=f"institutions {channel.pairing}" if channel.pairing else "no institution named",
        ),
    ]
    if event.place is not None:
        place = event.place
        why = f"GeoNames {place.geonameid}" if place.geonameid else "name alone"
        found.append(Reason(field="place", value=place.name, why=why))
    return tuple(found)


def _status(event: Event) -> str:
    if event.hedge is None:
        return "tense and mood of its verb"
    words = (event.hedge.likelihood, event.hedge.modal, event.hedge.evidential)
    return f"hedged: {', '.join(word for word in words if word)}"


def _mentions(view: Browser, desk: Desk, told: list[Event], here: str) -> tuple[Telling, ...]:
    quotes = view.quotes([(one.doc, one.sentence) for one in told])
    heads = view.headings([one.doc for one in told])
    reliable = grades(desk)
    publishers = {heads[one.doc][1] for one in told if one.doc in heads}
    item = credibility(len({name for name in publishers if name}))
    found = []
    for one in told:
        title, publisher, published = heads.get(one.doc, (None, None, None))
        found.append(
            Telling(
                event=one.id,
                doc=one.doc,
                title=title or "Without a title",
                publisher=publisher,
                published=published,
                grade=f"{reliable.get(publisher or '', 'F')}{item}",
                sentence=one.sentence,
                quote=quotes.get((one.doc, one.sentence), ""),
                here=one.id == here,
            )
        )
    return tuple(found)


def verdict_of(one: Judgement) -> Verdict:
    """Return a judgement as the pages show it."""
    return Verdict(
        judgement=one.id,
        verdict=one.verdict,
        reviewer=one.reviewer,
        reason=one.reason,
        recorded=one.recorded,
        corrections=msgspec.json.encode(one.corrections).decode() if one.corrections else "",
    )

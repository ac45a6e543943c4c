"""Acts become events: span, status, date, place, channel, domain and an id by content."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.coding import attribution, channels, domains
from detente.coding import dates as dating
from detente.coding import places as placing
from detente.coding.actors.phrase import is_money
from detente.coding.acts import candidates, crowds, described, predicates
from detente.coding.acts.act import agrees_jointly
from detente.coding.acts.topics import proposed
from detente.coding.acts.traced import Traced
from detente.coding.dates import When
from detente.coding.reader import decide
from detente.coding.reader.weigh import BODY_TOLD
from detente.coding.sentences import datelines
from detente.coding.types import Mention
from detente.coding.unnamed import implied
from detente.coding.unnamed.aimed import BY_SENTENCE
from detente.coding.unnamed.counterparts import Counterparts
from detente.coding.unnamed.doers import BEARER, DOER
from detente.model import Actor, Event, record_id
from detente.registers import seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.acts.act import Act
    from detente.coding.dates import DateMention
    from detente.coding.grammar.tree import Token
    from detente.coding.places import PlaceMention
    from detente.coding.types import Reading
    from detente.model import Document, Place

AHEAD = frozenset({"planned", "proposed", "possible"})
FILED = datetime.timedelta(days=3)
"""Days that a report may lie between its dateline and its publication."""
STATUS_FACTOR = {"actual": 1.0, "planned": 0.95, "negated": 0.9, "habitual": 0.85}
ONE_SIDED = 0.85
"""Factor on the confidence of an event whose other party is not told."""
DESCRIBED = 0.9
"""Factor on that of an event with a party that no register knows."""
ALONE = 0.85
"""Factor on that of one whose target is the only other state of its sentence."""
BY_DOCUMENT = 0.8
"""Factor on that of one whose target is the state that the document is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the events of one document have in common.

    Attributes:
        id: Id of the document.
        published: Publication date.
        filed: Day of the dateline, which an act that the text leaves undated is of.
        background: What the document is about.
    """

    id: str
    published: datetime.date | None
    filed: datetime.date | None
    background: domains.Background


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a sentence gives to every act in it: its dates and places, what dated the act before it, and the entry it stands in."""

    reading: Reading
    dates: Sequence[DateMention]
    places: Sequence[PlaceMention]
    previous: DateMention | None
    entry: DateMention | None


def trace(
    document: Document, readings: Sequence[Reading], *, learned: bool = True
) -> tuple[Traced, ...]:
    """Return the events of one document with what each was made from, in the order of the text.

    Args:
        document: The document.
        readings: Its parsed sentences with their mentions, in order.
        learned: Whether the learned reader weighs what the frames have found, and adds to it.
    """
    published = _published(document.published)
    home, filed = _filed(document, published)
    report = Report(
        id=document.id, published=published, filed=filed, background=domains.Background(readings)
    )
    countries = tuple(_countries(readings))
    places = placing.find(readings, text=document.text, countries=countries)
    previous: DateMention | None = None
    entries = dating.entries(document, published)
    counterparts = Counterparts(readings, home)
    main = crowds.main_state(readings)
    starts = [place.start for place in places]
    found: list[Traced] = []
    scenes: list[Scene] = []
    for reading in readings:
        sentence = reading.sentence
        here = places[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        grounds: Sequence[Mention] = ()
        acts: tuple[Act, ...] = ()
        if candidates.may_match(reading) and not sentence.asks:  # a question tells no event
            both = counterparts.together(sentence.number)
            people = crowds.find(reading, here, main)
            others = described.find(reading, here, main)
            grounds = _grounds(reading, here)
            acts = predicates.find(reading, grounds, both, people, others)
        counterparts.fill(sentence.number, acts, reading, grounds)
        counterparts.close(sentence.number, reading, acts)
        acts = tuple(act for act in acts if not _idle(act) and not (act.waiting and not act.target))
        spans = dating.find(
            sentence.text, published=published, offset=sentence.start, previous=previous
        )
        at = bisect_right(entries, sentence.start, key=lambda one: one[0]) - 1
        entry = entries[at][2] if at >= 0 and sentence.start < entries[at][1] else None
        scenes.append(
            Scene(reading=reading, dates=spans, places=here, previous=previous, entry=entry)
        )
        if not acts:
            days = [span for span in spans if span.precision == "day" and span.past is not None]
            previous = days[-1] if days else previous
            continue
        for coded in read(scenes[-1], acts, report):
            found.append(coded)
            previous = coded.when.mention or previous
    return _weighed(found, scenes, report) if learned else tuple(found)


def _weighed(
    found: Sequence[Traced], scenes: Sequence[Scene], report: Report
) -> tuple[Traced, ...]:
    """Return the events that stand after the learned reader has read the document, in the order of the text."""
    changed, new = decide.read([scene.reading for scene in scenes], found)
    numbers = {scene.reading.sentence.number: scene for scene in scenes}
    every = {one.event.id: one for number, one in enumerate(found) if number not in changed}
    remade = [
        (numbers[found[n].event.sentence], act) for n, act in changed.items() if act is not None
    ]
    added = [(scenes[n], act) for n, act in new if not scenes[n].reading.sentence.asks]
    for scene, act in (*remade, *added):
        one = _traced(scene, act, report)
        every.setdefault(one.event.id, one)
    return tuple(
        sorted(every.values(), key=lambda one: (one.event.sentence, one.event.span, one.event.id))
    )


def _filed(
    document: Document, published: datetime.date | None
) -> tuple[str | None, datetime.date | None]:
    """Return the state and the day that a report is filed from, as its dateline tells.

    A day that lies further back than ``FILED`` before the publication is not taken for that of the report.
    """
    lines = [
        line
        for start, end in datelines(document)
        if (line := placing.dateline(document.text[start : end + 1], published=published))
    ]
    home = next((line.place.place.country for line in lines if line.place is not None), None)
    day = next((line.date for line in lines if line.date is not None), None)
    if day is None or published is None:
        return home, None
    return home, day if datetime.timedelta(0) <= published - day <= FILED else None


def read(scene: Scene, acts: Sequence[Act], report: Report) -> tuple[Traced, ...]:
    """Return the events of one sentence.

    Args:
        scene: The sentence with its dates and places.
        acts: What ``predicates.find`` found in it.
        report: The document that it stands in.
    """
    reading = scene.reading
    every = [*acts, *(p for act in acts for p in proposed(reading, act))]
    coded: dict[str, Traced] = {}
    for act in every:
        one = _traced(scene, act, report)
        if one.event.source or not (act.doerless or act.type in implied.AUTHORITIES):
            coded.setdefault(one.event.id, one)
    return tuple(coded.values())


def _traced(scene: Scene, act: Act, report: Report) -> Traced:
    """Return the event of an act, dated and placed."""
    reading = scene.reading
    when = dating.of(
        reading, act.trigger, scene.dates, published=report.published, previous=scene.previous,
        future=act.status in AHEAD, actual=act.status == "actual",
        made=act.status == "proposed" and act.trigger.tag_ in {"VBD", "VBN"},
    )  # fmt: skip
    if when.basis == "published" and scene.entry is not None:
        day = scene.entry.past[0] or scene.entry.first
        if day is not None and (report.published is None or day <= report.published):
            when = When(date=day.isoformat(), precision="day", basis="context", mention=scene.entry)
    elif when.basis == "published" and report.filed is not None:
        when = replace(when, date=report.filed.isoformat())
    if act.type == "CONSULT":
        when = dating.spread(when, act.trigger, act.tokens)
    parties = channels.actors((*act.source, *act.target))
    open_places = [p for p in scene.places if not _acts(p, act, reading)]
    place = placing.of(reading, act.trigger, open_places, countries=[a.country for a in parties])
    event = _event(reading, act, when, place, report.id, report.background)
    return Traced(event=event, act=act, when=when)


def _idle(act: Act) -> bool:
    """Return whether an act only may be, towards nobody: "Sofia would agree"."""
    friendly = act.type in {"AGREE", "SUPPORT", "CONCEDE"}
    return friendly and act.status == "possible" and not act.target and not act.symmetric


def _grounds(reading: Reading, places: Sequence[PlaceMention]) -> list[Mention]:
    """Return the towns and regions of a sentence as mentions of the state that they lie in."""
    found = []
    for place in places:
        country = place.place.country
        first = place.start - reading.sentence.start
        span = reading.doc.char_span(
            first, place.end - reading.sentence.start, alignment_mode="expand"
        )
        if country is None or span is None or seats.draws(place.place.name) or is_money(span):
            continue
        actor = Actor(
            code=country, country=country, surface=place.surface, span=(place.start, place.end),
            how="place",
        )  # fmt: skip
        found.append(
            Mention(
                start=place.start,
                end=place.end,
                head=span.root.i,
                actors=(actor,),
                kind="name",
                place=True,
            )
        )
    return found


def _acts(place: PlaceMention, act: Act, reading: Reading) -> bool:
    """Whether a place's name stands for an actor, other than the goal of a visit."""
    if act.mode == "visit":
        return False
    for mention in reading.mentions:
        if mention.start <= place.start < mention.end:
            return not mention.place
    return False


def _event(
    reading: Reading,
    act: Act,
    when: When,
    place: Place | None,
    document_id: str,
    background: domains.Background | None,
) -> Event:
    scope = scope_of(act)
    span = reading.span_of(scope[0], scope[-1])
    mode = channels.mode_of(act, place, occasion=channels.occasion_in(reading.sentence.text))
    contexts, domain = domains.read(reading, act, scope, background)
    source = channels.actors(act.source) or implied.source(act, place)
    target = channels.actors(act.target) or implied.target(act, place, reading)
    if not target and len(source) > 1 and (act.symmetric or agrees_jointly(act)):
        source, target = source[:1], source[1:]
    channel = channels.read(reading, act, place, scope, (source, target))
    if act.mode is None and _hosts(source, channel.host) and not _hosts(target, channel.host):
        source, target = target, source
        channel = channels.read(reading, act, place, scope, (source, target))
    parties = [[a.code for a in source], [a.code for a in target]]
    return Event(
        id=record_id("e", document_id, span, act.type, act.frame.id, act.status, parties),
        doc=document_id,
        sentence=reading.sentence.number,
        span=span,
        type=act.type,
        mode=mode,
        contexts=contexts,
        domain=domain,
        cameo=act.cameo,
        status=act.status,
        date=when.date,
        date_end=when.date_end,
        date_precision=when.precision,
        date_basis=when.basis,
        source=source,
        target=target,
        channel=channel,
        place=place,
        attribution=channels.actors(attribution.read(reading, act)),
        confidence=_confidence(act),
        rule=act.frame.id,
        trigger=reading.span_of(act.trigger, act.trigger),
    )


def _hosts(side: Sequence[Actor], host: str | None) -> bool:
    """Whether a side of a meeting received the other; the visitor stands as source."""
    return host is not None and any(actor.country == host for actor in side)


def factors_of(act: Act) -> tuple[tuple[str, float], ...]:
    """Return what lowers the frame's own confidence, each with its factor."""
    status = STATUS_FACTOR.get(act.status, 0.8)
    found = [(f"status {act.status}", status)] if status < 1.0 else []
    if not act.source or not act.target:
        found.append(("other party not told", ONE_SIDED))
    parties = (a for m in (*act.source, *act.target) for a in m.actors)
    hows = {(a.how or "").removesuffix(BODY_TOLD) for a in parties}
    if hows & described.KINDS:
        found.append(("party described, not named", DESCRIBED))
    if BY_SENTENCE in hows:
        found.append(("other party by the sentence alone", ALONE))
    if hows & {BEARER, DOER}:
        found.append(("other party by the document alone", BY_DOCUMENT))
    return tuple(found)


def _confidence(act: Act) -> float:
    if act.chance is not None:
        return act.chance
    value = act.frame.confidence
    for _, factor in factors_of(act):
        value *= factor
    return round(value, 3)


def scope_of(act: Act) -> list[Token]:
    """Return the tokens of an act's clause: its subtree without other clauses beside it."""
    keep = {act.trigger.i}
    for child in act.trigger.children:
        if child.dep_ in {"conj", "ccomp", "parataxis", "punct", "cc"} and child.i not in {
            c.i for c in act.content
        }:
            continue
        keep |= {t.i for t in child.subtree}
    for mention in (*act.source, *act.target):
        keep.add(mention.head)
    tokens = act.trigger.doc.tokens
    return [tokens[i] for i in sorted(keep)]


def _published(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _countries(readings: Sequence[Reading]) -> list[str]:
    """Return the countries of a document's actors, the most frequent first."""
    count: dict[str, int] = {}
    for reading in readings:
        for mention in reading.mentions:
            for actor in mention.actors:
                count[actor.country] = count.get(actor.country, 0) + 1
    return sorted(count, key=lambda c: (-count[c], c))

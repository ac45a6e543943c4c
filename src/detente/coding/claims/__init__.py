"""Claims and forecasts of one document, read from its parsed sentences in order.

``read`` is the stage; ``cues`` tells the gate which words may begin a claim or forecast;
``contradictions`` lists claims that stand against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.act import LEARNED
from detente.coding.claims import (
    agenda,
    assessment,
    capacities,
    causes,
    channels,
    clefts,
    competence,
    ellipses,
    forecasts,
    intent,
    judgements,
    links,
    office,
    patterns,
    records,
    rules,
    stance,
)
from detente.coding.claims.view import View, is_hypothetical
from detente.registers.claims import cues
from detente.registers.hedges import DEFAULT_SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.coding.claims.view import Draft
    from detente.coding.types import Reading
    from detente.model import Claim, Document, Event, Forecast

__all__ = ["cues", "read"]

_READERS = (
    agenda.find,
    patterns.reader("agenda"),
    rules.find_needs,
    competence.find_mandates,
    patterns.reader("mandate"),
    rules.find,
    patterns.reader("rule"),
    channels.find,
    patterns.reader("channel"),
    clefts.find,
    competence.find,
    office.find,
    patterns.reader("competence"),
    stance.find,
    patterns.reader("stance"),
    intent.find,
    patterns.reader("intent"),
    capacities.find,
    patterns.reader("capacity"),
    assessment.find,
    patterns.reader("assessment"),
)
"""In order of precedence: a claim takes in what stands inside its own content."""

FUTURE = frozenset({"will", "would", "may", "might", "could", "should"})
PRESENT_ONLY = frozenset({"competence", "channel", "capacity", "stance", "assessment", "mandate"})
"""Kinds that, told of the future, are forecasts, but for what is to last."""
_FIRM = "firm"
"""Stands among the kinds of a predicate where a phrase of its own tells the claim."""
YIELDS_TO_EVENTS = frozenset({"stance/oppose", "intent/plan", "intent/mean", "intent/opt"})


def read(
    readings: Sequence[Reading],
    events: Sequence[Event] = (),
    *,
    document: Document,
    scale: str = DEFAULT_SCALE,
) -> tuple[Claim | Forecast, ...]:
    """Read the claims and forecasts of a document.

    Args:
        readings: Its parsed sentences, in order.
        events: Its events; a planned one is no forecast, and causes point to them.
        document: The document, for offsets and the publication date.
        scale: Name of the scale that puts numbers to words of probability.

    Returns:
        Claims and forecasts in the order of the text, each once.
    """
    found: dict[str, Claim | Forecast] = {}
    told: dict[int, list[Event]] = {}
    for event in events:
        if not event.rule.startswith(LEARNED):
            told.setdefault(event.sentence, []).append(event)
    memory = links.Memory(records=list(events))
    relation: tuple[str, ...] = ()
    paragraph = -1
    for reading in readings:
        view = View(reading)
        if not view.concerns and not links.refers_back(view):
            continue
        if reading.sentence.paragraph != paragraph:
            paragraph = reading.sentence.paragraph
            memory.start = reading.sentence.number
        here = told.get(reading.sentence.number, [])
        for record in _sentence(view, here, memory, document, relation, scale):
            if record.id not in found:
                found[record.id] = record
                memory.records.append(record)
        view.let_go()
        relation = _relation(reading, found, relation)
    return tuple(sorted(found.values(), key=lambda r: (r.sentence, r.span, r.id)))


def _relation(
    reading: Reading, found: dict[str, Claim | Forecast], relation: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the two states last spoken of together, or the one that the text has turned to."""
    number = reading.sentence.number
    for record in reversed(found.values()):
        if record.sentence != number:
            break
        if len(record.about) >= 2:
            return record.about[:2]
    codes: dict[str, None] = {}
    for mention in reading.mentions:
        for actor in mention.actors:
            codes.setdefault(actor.country, None)
    if len(codes) == 1 and not set(codes) <= set(relation):
        return tuple(codes)
    return tuple(codes) if len(codes) == 2 else relation


def _sentence(
    view: View,
    here: Sequence[Event],
    memory: links.Memory,
    document: Document,
    relation: tuple[str, ...],
    scale: str,
) -> Iterator[Claim | Forecast]:
    if links.refers_back(view):
        memory.pointing.add(view.reading.sentence.number)
    expected = list(ellipses.after(view, list(forecasts.find(view, here, scale=scale))))
    ruled: set[int] = set()
    for draft in _drafts(view, here, expected):
        if draft.kind == "rule":
            ruled.add(draft.head.i)
        record = records.claim(view, draft, document, memory, here, scale=scale)
        if record is not None and (draft.lasting or not _is_future(record)):
            yield record
    for outlook in expected:
        if ruled & {outlook.head.i, outlook.head.head.i}:
            continue
        for forecast in records.forecast(view, outlook, document, relation=relation):
            if forecast.about or view.concerns:
                yield forecast


def _is_future(claim: Claim) -> bool:
    hedge = claim.hedge
    if claim.rule == "assessment/epistemic":
        return False
    return claim.kind in PRESENT_ONLY and hedge is not None and hedge.modal in FUTURE


def _told(expected: Sequence[forecasts.Draft], asserted: Sequence[Draft]) -> set[int]:
    """Return the tokens of forecasts, causes and effects: how things stand is said there already."""
    parts = [draft.part for draft in expected]
    for draft in asserted:
        parts += draft.cause
        parts += [draft.effect] if draft.effect is not None else []
    return {i for part in parts for i in range(*part)}


def _drafts(
    view: View, here: Sequence[Event], expected: Sequence[forecasts.Draft]
) -> Iterator[Draft]:
    ahead = {draft.head.i for draft in expected} | {i for d in expected for i in d.owned}
    owned: set[int] = set()
    offset = view.reading.sentence.start
    triggers = {event.trigger[0] - offset for event in here if event.trigger is not None}
    kinds: dict[int, set[str]] = {}
    asserted = list(causes.find(view))
    moving = {i for draft in asserted for i in draft.owned}
    told = _told(expected, asserted)
    for draft in (*(d for reader in _READERS for d in reader(view)), *asserted):
        present = draft.kind in PRESENT_ONLY | {"intent"} and not draft.lasting
        if draft.head.i in ahead and present:
            continue
        if draft.head.i in told and draft.kind in {"assessment", "capacity"}:
            continue
        if _is_taken(draft, owned) or _is_second(draft, kinds, moving):
            continue
        if draft.kind != "cause" and is_hypothetical(draft.head):
            continue
        if draft.rule == "assessment/epistemic" and (draft.head.idx in triggers or kinds):
            continue
        if draft.yields and not draft.firm and draft.head.idx in triggers:
            continue
        if draft.rule in YIELDS_TO_EVENTS and _holds_event(view, draft, triggers):
            continue
        kinds.setdefault(draft.head.i, set()).update(
            {draft.kind, _FIRM} if draft.firm else {draft.kind}
        )
        owned |= draft.owned
        yield draft
    if not (kinds or ahead or _is_told_by_verb(view, triggers)):
        stocks = list(capacities.counted(view))
        yield from stocks or judgements.find(view)


def _is_told_by_verb(view: View, triggers: set[int]) -> bool:
    """Tell whether a word other than a noun tells an event of a sentence."""
    return bool(triggers) and any(t.idx in triggers and t.pos_ != "NOUN" for t in view.tokens)


def _is_second(draft: Draft, kinds: Mapping[int, set[str]], moving: set[int]) -> bool:
    """Tell whether the same predicate tells another claim already, or a cause.

    Args:
        draft: The claim in question.
        kinds: Kinds of the claims so far, by their predicate.
        moving: The words of causal connectives and verbs ("drove X into Y", "worried by").
    """
    words = {draft.head.i} | (draft.owned if draft.yields else set())
    known = set().union(*(kinds.get(i, set()) for i in words))
    if draft.kind == "cause":
        return draft.head.i in draft.owned and bool(known & {"agenda", _FIRM})
    if draft.kind in known or (draft.kind == "competence" and known & {"mandate", "channel"}):
        return True
    if draft.yields and draft.kind == "competence" and "competence" in set().union(*kinds.values()):
        return True
    loose = draft.yields or draft.kind in {"assessment", "capacity"}
    if draft.head.i in moving and not draft.firm and (loose or draft.rule == "stance/adjective"):
        return draft.kind != "agenda"
    return loose and bool(known)


def _is_taken(draft: Draft, owned: set[int]) -> bool:
    """Tell whether a claim stands inside the content of another one.

    A cause does so only where its aim is what another claim already names ("authorised X to do
    Y"), or its verb is a norm's ("the treaty obliges X to do Y").
    """
    if draft.kind != "cause":
        return draft.head.i in owned
    if draft.details.get("purpose"):
        return all(owned & set(range(*part)) for part in draft.cause)
    return draft.rule in {"cause/oblige", "cause/allow", "cause/prevent"} and draft.head.i in owned


def _holds_event(view: View, draft: Draft, triggers: set[int]) -> bool:
    return any(view.doc[i].idx in triggers for i in range(*draft.part))

"""From drafts to records."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec

from detente.coding import dates, hedges
from detente.coding.claims import holders, links, topics
from detente.coding.claims.verbal import mark_of
from detente.coding.claims.view import segment
from detente.model import Actor, Claim, Evidence, Forecast, Hedge, Horizon, record_id
from detente.registers.claims import horizons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.claims import forecasts
    from detente.coding.claims.view import Draft, Range, View
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention
    from detente.model import Document, Event

MISSIONS = frozenset({"ATT", "EMB"})


def actors(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    """Return the actors of mentions, each once; a mission abroad stands for its state."""
    found: dict[tuple[str, str | None], Actor] = {}
    for mention in mentions:
        for actor in mention.actors:
            if actor.institution in MISSIONS and actor.person is None:
                actor = msgspec.structs.replace(actor, code=actor.country, institution=None)
            found.setdefault((actor.code, actor.person), actor)
    return tuple(found.values())


def about(*groups: Iterable[Mention]) -> tuple[str, ...]:
    """Return the states, organisations and blocs of mentions, each once, in order."""
    codes: dict[str, None] = {}
    for mentions in groups:
        for mention in mentions:
            for actor in mention.actors:
                codes.setdefault(actor.country, None)
    return tuple(codes)


def claim(
    view: View,
    draft: Draft,
    document: Document,
    memory: links.Memory,
    events: Sequence[Event],
    *,
    scale: str,
) -> Claim | None:
    """Return the record of a draft, or None where its backward pointer leads nowhere."""
    sentence = view.reading.sentence
    hedge = hedges.read(view.doc, draft.head, scale=scale, found=view.hedges)
    if hedge is not None and (draft.rule == "intent/would like" or _could_not(view, draft.head)):
        hedge = msgspec.structs.replace(hedge, modal=None)
    hedge = _of_kind(draft, _of_voice(view, draft.head, _of_cause(view, draft, hedge)))
    voices, unnamed = holders.of(view, draft.head)
    details = {k: v for k, v in draft.details.items() if v is not None and v != []}
    if unnamed:
        details["holder_text"] = list(unnamed)
    cause = [_evidence(view, part) for part in draft.cause]
    effect = _evidence(view, draft.effect) if draft.effect is not None else None
    found = links.before(view, memory, _pointer(view, draft)) if draft.back is not None else ()
    if draft.back == "cause":
        cause = [links.evidence(record) for record in found]
    pointed = tuple(record.id for record in found)
    effect_ids = pointed if draft.back == "effect" else ()
    if effect is not None and draft.back != "effect":
        effect_ids = links.inside(events, effect.span, sentence.number)
    holder = actors((*draft.holder, *(m for m in voices if m not in draft.holder)))
    span = view.offsets(draft.part)
    domain = topics.of(view, draft.topic or [draft.head], (*draft.subject, *draft.object))
    if domain == "other" and draft.kind in {"intent", "stance"}:
        domain = "political"
    return Claim(
        id=record_id("c", document.id, span, draft.kind, draft.rule),
        doc=document.id,
        sentence=sentence.number,
        span=span,
        kind=draft.kind,
        holder=holder,
        subject=actors(draft.subject),
        object=actors(draft.object),
        about=about(draft.subject, draft.object, draft.about),
        domain=domain,
        polarity=draft.polarity,
        gist=document.text[span[0] : span[1]],
        cause=tuple(cause),
        effect=effect,
        rejected=tuple(_evidence(view, part) for part in draft.rejected),
        stated=draft.stated and not (hedge is not None and hedge.evidential is not None),
        valid=holders.validity(draft.head),
        cause_ids=pointed if draft.back == "cause" else (),
        effect_ids=effect_ids,
        weight=details.pop("weight", None),
        direction=details.pop("direction", None),
        institution=details.pop("institution", None),
        accreditation=details.pop("accreditation", None),
        level=details.pop("level", None),
        out=details.pop("out", None),
        into=details.pop("in", None),
        details=details,
        hedge=hedge,
        confidence=draft.confidence,
        rule=draft.rule,
    )


def _of_kind(draft: Draft, hedge: Hedge | None) -> Hedge | None:
    """Leave out what is no doubt in a claim of its kind: a norm's "shall", an amount's "a few"."""
    if hedge is not None and draft.kind == "rule" and hedge.modal == "shall":
        hedge = msgspec.structs.replace(hedge, modal=None)
    if hedge is not None and draft.kind == "capacity" and hedge.quantifier in _AMOUNTS:
        hedge = msgspec.structs.replace(hedge, quantifier=None)
    return hedge if hedge != Hedge() else None


def _of_voice(view: View, head: Token, hedge: Hedge | None) -> Hedge | None:
    """Add how many hold it: "most analysts believe that Tbilisi wants a deal"."""
    if head.dep_ != "ccomp" or head.head.lemma_.lower() not in holders.VOICES:
        return hedge
    many = hedges.quantifier_of(head.head, view.hedges)
    if many is None or (hedge is not None and hedge.quantifier is not None):
        return hedge
    return msgspec.structs.replace(hedge or Hedge(), quantifier=many)


def _of_cause(view: View, draft: Draft, hedge: Hedge | None) -> Hedge | None:
    """Read the doubt on a cause itself: "supposedly because of old quarrels"."""
    if draft.kind != "cause" or not draft.owned:
        return hedge
    start = min(draft.owned)
    for match in view.hedges:
        if match.end == start and match.kind in {"likelihood", "evidential"}:
            return msgspec.structs.replace(hedge or Hedge(), **{match.kind: match.words})
    return hedge


_AMOUNTS = frozenset({"a handful of", "few", "a few", "several", "many", "numerous", "not many"})


def _could_not(view: View, verb: Token) -> bool:
    """Tell whether "could not" tells an inability in the past, and no doubt."""
    aux = {c.lower_ for c in verb.children if c.dep_ in {"aux", "neg"}}
    past = any(t.tag_ == "VBD" for t in view.doc)
    return "could" in aux and bool(aux & {"not", "n't"}) and "have" not in aux and past


def _pointer(view: View, draft: Draft) -> str | None:
    """Return the lemma of the noun that points back ("such a strategy"), if a noun does."""
    if draft.back != "effect" or draft.effect is None:
        return None
    root = view.doc[draft.effect[0] : draft.effect[1]].root
    return root.lemma_.lower() if root.pos_ == "NOUN" else None


def _evidence(view: View, part: Range) -> Evidence:
    return Evidence(span=view.offsets(part), text=view.text(part))


def forecast(
    view: View,
    draft: forecasts.Draft,
    document: Document,
    *,
    relation: tuple[str, ...],
) -> Iterator[Forecast]:
    """Yield the records of a draft, one for each format that it names.

    Args:
        view: The sentence.
        draft: The draft.
        document: The document.
        relation: The states last spoken of in the paragraph; taken where the forecast names none.
    """
    span = view.offsets(draft.part)
    voices, _ = holders.of(view, draft.head)
    subject = actors(draft.subject)
    parties = about(draft.subject, draft.object, draft.about)
    parties = parties or about(_beside(view, draft))
    vague = len(parties) < 2 and not any(len(a.code) > len(a.country) for a in subject)
    if vague and (not parties or set(parties) < set(relation)):
        parties = (*parties, *(c for c in relation if c not in parties))
    if vague and len(parties) == 1:
        located = (m for m in view.located if m.head in range(*draft.part))
        parties = tuple(dict.fromkeys((*parties, *about(located))))
    for form in draft.formats:
        yield Forecast(
            id=record_id("f", document.id, span, draft.direction, form, draft.rule),
            doc=document.id,
            sentence=view.reading.sentence.number,
            span=span,
            gist=document.text[span[0] : span[1]],
            holder=actors(voices),
            subject=subject,
            object=actors(draft.object),
            about=parties,
            domain=draft.domain,
            direction=draft.direction,
            format=form,  # type: ignore[arg-type]
            hedge=draft.hedge,
            horizon=horizon(view, draft, document.published),
            condition=view.text(draft.condition) if draft.condition is not None else None,
            until=view.text(draft.until) if draft.until is not None else None,
            veto=actors(draft.veto),
            confidence=0.75,
            rule=draft.rule,
        )


def _beside(view: View, draft: forecasts.Draft) -> tuple[Mention, ...]:
    """Return who is named beside a forecast that names nobody, reasons and concessions left out."""
    asides = [
        {t.i for t in child.subtree}
        for child in view.tokens
        if child.dep_ == "advcl" and mark_of(child) in _REASONS
    ]
    inside = range(*draft.part)
    return tuple(
        m
        for m in view.reading.mentions
        if m.head not in inside and not any(m.head in aside for aside in asides)
    )


_REASONS = frozenset({"because", "since", "as", "although", "though", "while", "whereas"})


def horizon(view: View, draft: forecasts.Draft, published: str | None) -> Horizon | None:
    """Return when a forecast falls due: an explicit date, else a stated default.

    Returns:
        None where the document has no publication date and the text gives none.
    """
    issued = datetime.date.fromisoformat(published) if published is not None else None
    sentence = view.reading.sentence
    explicit = _explicit(view, draft, issued)
    if explicit is not None:
        return explicit
    within = _offsets_in(view, segment(draft.head))
    text = sentence.text.lower()
    table = horizons()
    best: tuple[int, str, int, int] | None = None
    for vague in table.vague:
        for words in vague.words:
            at = text.find(words, *within)
            if at >= 0 and _whole(text, at, len(words)) and (best is None or len(words) > best[0]):
                best = (len(words), sentence.text[at : at + len(words)], vague.first, vague.last)
    if issued is None:
        return Horizon(text=best[1], basis="default") if best is not None else None
    words_found, first, last = (
        (best[1], best[2], best[3]) if best is not None else (None, 0, table.default)
    )
    return Horizon(
        text=words_found,
        start=(issued + datetime.timedelta(days=first)).isoformat(),
        to=(issued + datetime.timedelta(days=last)).isoformat(),
        basis="default",
    )


def _offsets_in(view: View, part: Range) -> tuple[int, int]:
    """Return a token range as offsets in the text of its sentence."""
    start, end = view.offsets(part)
    return start - view.reading.sentence.start, end - view.reading.sentence.start


def _whole(text: str, at: int, length: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + length] if at + length < len(text) else " "
    return not before.isalnum() and not after.isalnum()


_LIMITS = ("by ", "until ", "before ", "till ", "within ", "no later than ", "by the ")


def _explicit(view: View, draft: forecasts.Draft, issued: datetime.date | None) -> Horizon | None:
    """Return the first date ahead that stands in the forecast's clause, else beside it."""
    sentence = view.reading.sentence
    aside = view.offsets(draft.condition) if draft.condition is not None else (0, 0)
    own, near = view.offsets(draft.part), view.offsets(segment(draft.head))
    found = dates.find(sentence.text, published=issued, offset=sentence.start)
    for mention in sorted(found, key=lambda m: not own[0] <= m.start < own[1]):
        if aside[0] <= mention.start < aside[1] or mention.duration:
            continue
        if not near[0] <= mention.start < min(near[1], max(own)):
            continue
        first, last = mention.future or (mention.first, mention.last)
        end = last or first
        if end is None or (issued is not None and end < issued):
            continue
        if mention.precision == "vague":
            continue
        lead = sentence.text[: mention.start - sentence.start].lower()
        surface = mention.surface.lower()
        limit = any(lead.endswith(word) or surface.startswith(word) for word in _LIMITS)
        start = issued if limit or first is None else first
        if start is not None and issued is not None and start < issued:
            start = issued
        return Horizon(
            text=mention.surface,
            start=start.isoformat() if start is not None else None,
            to=end.isoformat(),
            basis="text",
        )
    return None

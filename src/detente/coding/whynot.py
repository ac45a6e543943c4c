"""Why a sentence gave no event: gated out, no frame, a slot left empty, or a status that drops it.

Frames are tried again with one demand lifted at a time, through the coder's own matching: the demand
without which a frame would have matched is what was missing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.coding import matching, status
from detente.coding.parties import Finder
from detente.model import Event, Span
from detente.registers import frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.pipeline import Trace
    from detente.coding.tree import Token
    from detente.coding.types import Reading, Sentence
    from detente.model import Document
    from detente.registers.frames import Frame

Stage = Literal["gate", "actors", "no frame", "slot", "status", "content"]
"""Where a sentence, or a word in it, fell out."""

CLAUSAL = frozenset({"xcomp", "ccomp"})
"""A verb with such a clause says how another act stands; it is named with that act."""

ROLES = {"S": "who acts", "T": "on whom"}
PLACES = {
    "subject": "as subject", "object": "as object", "dative": "as receiver",
    "owner": "as owner of the noun",
}  # fmt: skip


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason why a sentence gave no event.

    Attributes:
        stage: Where it fell out.
        word: The predicate that it is about, empty where it is about the whole sentence.
        span: Where that stands in the document's text.
        rule: The frame that came nearest.
        pattern: That frame as written.
        detail: The reason in words.
    """

    stage: Stage
    detail: str
    word: str = ""
    span: Span | None = None
    rule: str | None = None
    pattern: str | None = None


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence without an event.

    Attributes:
        document: The document's id.
        source: Path or address of the document.
        sentence: Number of the sentence.
        text: The sentence.
        actors: The actors that were read in it, by code.
        reasons: Why there is no event, in the order of the text.
        others: Rules of the claims and forecasts that it gave instead.
    """

    document: str
    source: str
    sentence: int
    text: str
    actors: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    others: tuple[str, ...] = ()


def silences(document: Document, trace: Trace, lacks: Sequence[str | None]) -> tuple[Silence, ...]:
    """Return every sentence of a document that gave no event, with the reasons.

    Args:
        document: The document.
        trace: What ``Coder.trace`` kept of it.
        lacks: What ``Coder.lacks`` says of its sentences.
    """
    told = {r.sentence for r in trace.coded.records if isinstance(r, Event)}
    readings = {reading.sentence.number: reading for reading in trace.readings}
    found = []
    for sentence, lack in zip(trace.sentences, lacks, strict=True):
        if sentence.number in told:
            continue
        reading = readings.get(sentence.number)
        reasons = [Reason(stage="gate", detail=f"not parsed: {lack}")] if lack else []
        if reading is not None and not lack:
            reasons = list(why(reading))
        found.append(_silence(document, sentence, reading, reasons, trace))
    return tuple(found)


def _silence(
    document: Document,
    sentence: Sentence,
    reading: Reading | None,
    reasons: Sequence[Reason],
    trace: Trace,
) -> Silence:
    mentions = reading.mentions if reading is not None else ()
    return Silence(
        document=document.id, source=document.source, sentence=sentence.number,
        text=sentence.text, reasons=tuple(reasons),
        actors=tuple(dict.fromkeys(a.code for m in mentions for a in m.actors)),
        others=tuple(
            dict.fromkeys(r.rule for r in trace.coded.records if r.sentence == sentence.number)
        ),
    )  # fmt: skip


def why(reading: Reading) -> Iterator[Reason]:
    """Yield why the predicates of a parsed sentence gave no event."""
    finder = Finder(reading)
    if not finder.mentions:
        yield Reason(stage="actors", detail="none of its words was resolved to a known actor")
        return
    known, unknown = frames.load(), []
    for token in reading.doc:
        listed = _listed(token, known)
        if listed:
            yield from _of_word(reading, token, listed, finder)
        elif token.pos_ == "VERB" and not any(c.dep_ in CLAUSAL for c in token.children):
            unknown.append(token)
    if unknown:
        words = ", ".join(dict.fromkeys(token.lemma_.lower() for token in unknown))
        yield Reason(
            stage="no frame", detail=f"no frame begins with {words}", word=unknown[0].text,
            span=reading.span_of(unknown[0], unknown[0]),
        )  # fmt: skip


def _listed(token: Token, known: frames.Frames) -> tuple[Frame, ...]:
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
        return known.of_verb(lemma, token.lower_)
    before = (c.lower_ for c in token.children if c.dep_ in {"compound", "amod"})
    return known.of_noun(lemma, before) if token.pos_ in {"NOUN", "PROPN"} else ()


def _of_word(
    reading: Reading, token: Token, listed: Sequence[Frame], finder: Finder
) -> Iterator[Reason]:
    frame = matching.first_of(token, listed, finder)
    if frame is not None:
        stands = status.standing(token)
        if stands.status is None:
            detail = f"told as no event ({', '.join(stands.evidence)})"
            yield _reason(reading, token, frame, "status", detail)
        else:
            detail = "it is the content of another act, not told as a fact, or lacks a second party"
            yield _reason(reading, token, frame, "content", detail)
        return
    nearest = _nearest(token, listed, finder)
    if nearest is not None:
        frame, missing = nearest
        yield _reason(reading, token, frame, "slot", f"missing: {'; '.join(missing)}")


def _reason(reading: Reading, token: Token, frame: Frame, stage: Stage, detail: str) -> Reason:
    return Reason(
        stage=stage, detail=detail, word=token.text, span=reading.span_of(token, token),
        rule=frame.id, pattern=frame.pattern,
    )  # fmt: skip


def _nearest(
    token: Token, listed: Sequence[Frame], finder: Finder
) -> tuple[Frame, tuple[str, ...]] | None:
    """Return the frame that lacks least, with what it lacks."""
    best: tuple[Frame, tuple[str, ...]] | None = None
    for frame in listed:
        missing = lacking(frame, token, finder)
        if missing and (best is None or len(missing) < len(best[1])):
            best = frame, missing
    return best


def lacking(frame: Frame, token: Token, finder: Finder) -> tuple[str, ...]:
    """Return what a frame misses at a word; empty where it matches, or fits nothing at all.

    Demands are lifted in turn until the frame matches; then those that it matches without are put
    back, so that what stays is missing.
    """
    demands = list(_demands(frame))
    if matching.first_of(token, (frame,), finder) is not None:
        return ()
    if matching.first_of(token, (_lifted(frame, demands),), finder) is None:
        return ()
    lifted = list(demands)
    for demand in demands:
        rest = [d for d in lifted if d != demand]
        if matching.first_of(token, (_lifted(frame, rest),), finder) is not None:
            lifted = rest
    return tuple(words for _, _, words in lifted)


Demand = tuple[str, int, str]
"""A field of a frame, the place in it, and the demand in words."""


def _demands(frame: Frame) -> Iterator[Demand]:
    if frame.objects:
        yield "objects", 0, f"an object such as {', '.join(sorted(frame.objects)[:4])}"
    if frame.any_object:
        yield "any_object", 0, "an object"
    if frame.particle is not None:
        yield "particle", 0, f"the particle {frame.particle!r}"
    for number, phrase in enumerate(frame.phrases):
        if phrase.required:
            nouns = ", ".join(sorted(phrase.nouns)[:4]) or "anything"
            yield "phrases", number, f"{'/'.join(sorted(phrase.preps))} {nouns}"
    if frame.complement is not None:
        yield "complement", 0, f"an act as its content, told by a {frame.complement}"
    for number, slot in enumerate(frame.slots):
        if slot.required:
            where = PLACES.get(slot.at) or f"after {'/'.join(sorted(slot.preps))}"
            yield "slots", number, f"{ROLES[slot.role]} (a known actor {where})"


def _lifted(frame: Frame, demands: Sequence[Demand]) -> Frame:
    """Return a frame without some of its demands."""
    fields = {name for name, _, _ in demands}
    loose = {number for name, number, _ in demands if name == "slots"}
    doers = (s for n, s in enumerate(frame.slots) if s.required and n not in loose)
    phrases = {number for name, number, _ in demands if name == "phrases"}
    return replace(
        frame,
        objects=frozenset() if "objects" in fields else frame.objects,
        any_object=frame.any_object and "any_object" not in fields,
        particle=None if "particle" in fields else frame.particle,
        complement=None if "complement" in fields else frame.complement,
        acted=frame.acted and any(s.role == "S" and s.at == "subject" for s in doers),
        phrases=tuple(p for n, p in enumerate(frame.phrases) if n not in phrases),
        slots=tuple(
            replace(s, required=False) if n in loose else s for n, s in enumerate(frame.slots)
        ),
    )

"""Why a sentence gave no event: gated out, no frame, a slot left empty, or a status that drops it.

Frames are tried again with one demand lifted at a time, through the coder's own matching: the demand
without which a frame would have matched is what was missing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.coding.acts import candidates, matching, nested, predicates, status
from detente.coding.acts.parties import Finder
from detente.model import Event, Span
from detente.registers import frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.grammar.tree import Token
    from detente.coding.pipeline import Trace
    from detente.coding.types import Reading, Sentence
    from detente.model import Document
    from detente.registers.frames import Frame

Stage = Literal[
    "gate", "actors", "tag", "no frame", "words", "party", "status", "noun", "content", "no event"
]
"""Where a sentence, or a word in it, fell out.

At the gate; without an actor; because the tagger took a verb for another word; because no frame begins with
a verb; because a frame wants other words than stand there, or a party more; by a wish, a duty or a
claim that governs it; because a noun tells it otherwise than as a fact; as the content of another
act; or by a frame for what is no event.
"""

MISTAGGED = frozenset({"NOUN", "ADJ"})
"""Parts of speech that the tagger gives to verbs by mistake."""
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
        elif _may_be_verb(token, known) and _stands_alone(reading):
            yield Reason(
                stage="tag", detail=f"read as {token.tag_}, and the sentence has no verb",
                word=token.text, span=reading.span_of(token, token),
            )  # fmt: skip
    if unknown:
        words = ", ".join(dict.fromkeys(token.lemma_.lower() for token in unknown))
        yield Reason(
            stage="no frame", detail=f"no frame begins with {words}", word=unknown[0].text,
            span=reading.span_of(unknown[0], unknown[0]),
        )  # fmt: skip


def _may_be_verb(token: Token, known: frames.Frames) -> bool:
    """Return whether a word that is no verb as it was read has the form of one with frames."""
    return token.pos_ in MISTAGGED and token.is_alpha and token.lower_ in known.lemmas


def _stands_alone(reading: Reading) -> bool:
    """Return whether no word of a sentence was read as a verb."""
    return not any(t.pos_ == "VERB" for t in reading.doc)


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
        stage, detail = _after_match(reading, token, frame, finder)
        yield _reason(reading, token, frame, stage, detail)
        return
    shut = _shut_out(token, listed, finder)
    if shut is not None:
        yield _reason(reading, token, shut, "no event", "a frame for what is no event matches")
        return
    nearest = _nearest(token, [f for f in listed if f.type != frames.NONE], finder)
    if nearest is not None:
        frame, missing = nearest
        nearer: Stage = "party" if _only_parties(missing) else "words"
        yield _reason(reading, token, frame, nearer, f"missing: {'; '.join(missing)}")


def _shut_out(token: Token, listed: Sequence[Frame], finder: Finder) -> Frame | None:
    """Return the frame for what is no event that matches at a word."""
    for frame in listed:
        told = replace(frame, type="ACCUSE")
        if frame.type == frames.NONE and matching.first_of(token, (told,), finder) is not None:
            return frame
    return None


def _only_parties(missing: Sequence[str]) -> bool:
    """Return whether nothing but parties is missing."""
    return all(words.startswith(tuple(ROLES.values())) for words in missing)


def _after_match(reading: Reading, token: Token, frame: Frame, finder: Finder) -> tuple[Stage, str]:
    """Return why a frame that matches at a word gave no event."""
    stands = status.standing(token, frame.type)
    if stands.status is None:
        return "status", f"told as no event ({', '.join(stands.evidence)})"
    matches = list(matching.find_all(reading, finder))
    match = next((m for m in matches if m.trigger == token), None)
    if match is not None and nested.is_content(match, matches):
        return "content", "it is the content of another act"
    if token.pos_ not in candidates.VERBS and not predicates.is_told(token):
        return "noun", "a noun tells it, and not as a fact"
    return "party", "it lacks a second party, or both are the same"


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
        if missing and (best is None or _gap(missing) < _gap(best[1])):
            best = frame, missing
    return best


def _gap(missing: Sequence[str]) -> tuple[int, bool]:
    """Return how much is missing: of two frames that lack one thing, the one that lacks a party is nearer."""
    return len(missing), not _only_parties(missing)


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

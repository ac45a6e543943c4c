"""Why a record was coded: the frame and what filled it, actors, date, place, status, confidence.

``explain`` reads what the coder knew while it coded: nothing is guessed afterwards.
Claims and forecasts are explained by their rule, the words that they rest on and their hedges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding import domains, events
from detente.coding.acts.act import explain as explain_act
from detente.model import Actor, Claim, Event, Forecast, Place, Record, Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.acts.traced import Traced
    from detente.coding.dates import When
    from detente.coding.pipeline import Trace
    from detente.coding.types import Reading, Sentence
    from detente.model import Document


class FrameWhy(msgspec.Struct, frozen=True, kw_only=True):
    """The frame that matched.

    Attributes:
        rule: Rule name, such as ``consult/meet``.
        pattern: The entry as written, such as ``S meet [with] T``.
        file: File and line of the entry, such as ``consult.yaml:14``.
        trigger: The word that it begins with.
        slots: The head words that filled each role.
        words: Further words that the pattern asked for.
        aim: Why the target was taken that the act's own words leave out; None where they name it.
        prior: The entry's own confidence, 0 to 1.
        factors: What lowered it, with the factor.
        chance: How likely the learned reader holds the act with its parties, where it found the act or
            took other parties than the frame; in place of the confidence above.
    """

    rule: str
    pattern: str
    file: str
    trigger: str
    slots: dict[str, tuple[str, ...]]
    words: tuple[str, ...] = ()
    aim: str | None = None
    prior: float = 0.0
    factors: tuple[tuple[str, float], ...] = ()
    chance: float | None = None


class DateWhy(msgspec.Struct, frozen=True, kw_only=True):
    """How the date was found.

    Attributes:
        date: First day.
        date_end: Last day.
        precision: Of the expression.
        basis: ``text``, ``occasion``, ``context``, ``published`` or ``none``.
        words: The expression, where there is one.
        anchor: What it was counted from: ``published``, ``previous`` or ``none``.
        published: The document's publication date.
        published_basis: How that was found.
    """

    date: str | None = None
    date_end: str | None = None
    precision: str | None = None
    basis: str = "none"
    words: str | None = None
    anchor: str = "none"
    published: str | None = None
    published_basis: str = "none"


class StatusWhy(msgspec.Struct, frozen=True, kw_only=True):
    """The status and the words that decided it; none for a plain statement."""

    status: Status
    evidence: tuple[str, ...] = ()


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """Another mention that an event was folded with."""

    id: str
    document: str
    sentence: int
    date: str | None = None
    text: str = ""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why one record stands as it does.

    Attributes:
        record: The record.
        source: Path or address of its document.
        title: The document's title.
        text: Its sentence.
        start: Where the sentence begins in the document's text; spans count from there.
        frame: For an event: the frame. None where the record could not be made again.
        date: For an event: how it was dated.
        status: For an event: the words that decided its status.
        place: For an event: the place.
        topics: Topic words with the context that they speak for.
        attribution: Who says it.
        words: For a claim or forecast: what it rests on, by name.
        folded: Other mentions of the same incident.
        note: What a reader must know, such as that another version of the coder made the record.
    """

    record: Record
    source: str
    title: str | None = None
    text: str = ""
    start: int = 0
    frame: FrameWhy | None = None
    date: DateWhy | None = None
    status: StatusWhy | None = None
    place: Place | None = None
    topics: tuple[tuple[str, str], ...] = ()
    attribution: tuple[Actor, ...] = ()
    words: dict[str, str] = {}
    folded: tuple[Telling, ...] = ()
    note: str | None = None


def explain(document: Document, trace: Trace) -> tuple[Explanation, ...]:
    """Explain every record of a document, in the order of the text.

    Args:
        document: The document.
        trace: What ``Coder.trace`` kept of it.
    """
    traced = {t.event.id: t for t in trace.events}
    by_number = {reading.sentence.number: reading for reading in trace.readings}
    found = []
    for record in trace.coded.records:
        plain = of_record(record, document, trace.sentences[record.sentence])
        if isinstance(record, Event):
            plain = _of_event(plain, traced[record.id], by_number[record.sentence], document)
            folded = told_by(record, trace.coded.records, document, trace.sentences)
            plain = msgspec.structs.replace(plain, folded=folded)
        found.append(plain)
    return tuple(found)


def of_record(record: Record, document: Document, sentence: Sentence) -> Explanation:
    """Return what a record tells of itself, without coding its document again."""
    return Explanation(
        record=record, source=document.source, title=document.title, text=sentence.text,
        start=sentence.start,
        place=record.place if isinstance(record, Event) else None,
        attribution=record.attribution if isinstance(record, Event) else record.holder,
        words={} if isinstance(record, Event) else _rests_on(record, document.text),
    )  # fmt: skip


def told_by(
    record: Event, records: Iterable[Record], document: Document, cut: Sequence[Sentence]
) -> tuple[Telling, ...]:
    """Return the other mentions of an event's incident within its document."""
    return tuple(
        Telling(
            id=other.id, document=document.id, sentence=other.sentence, date=other.date,
            text=cut[other.sentence].text,
        )
        for other in records
        if isinstance(other, Event) and other.incident == record.incident and other.id != record.id
    )  # fmt: skip


def _of_event(
    plain: Explanation, traced: Traced, reading: Reading, document: Document
) -> Explanation:
    act = traced.act
    return msgspec.structs.replace(
        plain,
        frame=_frame(act),
        date=_date(traced.when, document),
        status=StatusWhy(status=act.status, evidence=act.evidence),
        topics=tuple(domains.topic_words(reading, act, events.scope_of(act))),
    )


def _frame(act: Act) -> FrameWhy:
    why = explain_act(act)
    return FrameWhy(
        rule=why["rule"], pattern=why["pattern"], file=why["file"], trigger=why["trigger"],
        slots={role: tuple(words) for role, words in why["slots"].items()},
        words=tuple(why["tokens"]), aim=act.aim, prior=act.frame.confidence, factors=events.factors_of(act),
        chance=act.chance,
    )  # fmt: skip


def _date(when: When, document: Document) -> DateWhy:
    mention = when.mention
    return DateWhy(
        date=when.date, date_end=when.date_end, precision=when.precision, basis=when.basis,
        words=mention.surface if mention is not None else None,
        anchor=mention.anchor if mention is not None else "none",
        published=document.published, published_basis=document.published_basis,
    )  # fmt: skip


def _rests_on(record: Claim | Forecast, text: str) -> dict[str, str]:
    """Return the words that a claim or forecast rests on, by what they are."""
    found: dict[str, str] = {}
    if isinstance(record, Claim):
        found |= {
            name: "; ".join(_words(e.span, text) for e in part)
            for name, part in (
                ("cause", record.cause),
                ("effect", (record.effect,) if record.effect else ()),
                ("rejected", record.rejected),
            )
            if part
        }
    else:
        horizon = record.horizon
        if horizon is not None:
            until = f"{horizon.start or '?'} to {horizon.to or '?'}"
            found["horizon"] = f"{horizon.text or horizon.basis}: {until}"
        found |= {
            name: value
            for name, value in (("condition", record.condition), ("until", record.until))
            if value
        }
    if record.hedge is not None:
        found |= {
            name: str(value)
            for name, value in msgspec.structs.asdict(record.hedge).items()
            if value not in (None, False)
        }
    return found


def _words(span: Span, text: str) -> str:
    return text[span[0] : span[1]]

"""The grounds of an explanation as named lines, for the terminal and for the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.act import LEARNED
from detente.model import Actor, Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.explain import Explanation

_BASES = {
    "text": "in the sentence", "occasion": "a named occasion", "context": "from an earlier sentence",
    "published": "the day of the dateline or of publication, for want of another", "none": "none",
}  # fmt: skip


def grounds(one: Explanation) -> Iterator[tuple[str, str]]:
    """Yield what was decided and by what: name and text, the name empty where the line goes on."""
    yield from _event_rows(one) if isinstance(one.record, Event) else _other_rows(one)


def day(first: str | None, last: str | None) -> str:
    """Return a day or a span of days as text, ``undated`` for none."""
    return f"{first or 'undated'} to {last}" if last else first or "undated"


def _event_rows(one: Explanation) -> Iterator[tuple[str, str]]:
    record = one.record
    if not isinstance(record, Event):
        return
    yield from _frame_rows(one)
    yield from _actor_rows("Source", record.source)
    yield from _actor_rows("Target", record.target)
    if one.date is not None:
        words = f" {one.date.words!r}" if one.date.words else ""
        counted = {"published": ", counted from the publication date", "previous": ", counted on"}
        yield (
            "Date",
            f"{day(record.date, record.date_end)} ({record.date_precision or 'unknown'}):"
            f"{words} {_BASES.get(one.date.basis, one.date.basis)}"
            + (counted.get(one.date.anchor, "") if one.date.words else ""),
        )
    if one.place is not None:
        known = f", GeoNames {one.place.geonameid}" if one.place.geonameid else ""
        yield "Place", f"{one.place.name} ({one.place.country or 'country unknown'}{known})"
    if one.status is not None:
        told = "; ".join(one.status.evidence) or "nothing speaks against it"
        yield "Status", f"{record.status}: {told}"
    yield from _path_rows(one, record)


def _frame_rows(one: Explanation) -> Iterator[tuple[str, str]]:
    frame = one.frame
    if frame is None:
        yield "Frame", one.record.rule
        return
    if frame.rule.startswith(LEARNED):
        yield (
            "Reader",
            f"{frame.rule}: no frame has it; learned from the words, the parse and the document",
        )
        yield "Confidence", f"{frame.chance:.2f} (the reader: type, parties and status right)"
        return
    slots = "; ".join(f"{role} = {', '.join(words)}" for role, words in frame.slots.items())
    extra = f"; with {', '.join(frame.words)}" if frame.words else ""
    yield "Frame", f"{frame.rule} {frame.pattern!r} ({frame.file}); {slots}{extra}"
    if frame.aim is not None:
        yield "On whom", frame.aim
    if frame.chance is not None:
        yield "Reader", "other parties or another type than the frame's, by the whole document"
        yield "Confidence", f"{frame.chance:.2f} (the reader: type, parties and status right)"
        return
    factors = "".join(f" x {value:.2f} ({name})" for name, value in frame.factors)
    yield "Confidence", f"{frame.prior:.2f} (the frame){factors}"


def _path_rows(one: Explanation, record: Event) -> Iterator[tuple[str, str]]:
    channel = record.channel
    fields = (channel.format, channel.pairing, channel.medium, channel.occasion)
    told = [str(value) for value in fields if value]
    if channel.host:
        told.append(f"host {channel.host}")
    if told:
        yield "Channel", ", ".join(told)
    topics = ", ".join(f"{word} ({context})" for word, context in one.topics)
    yield "Domain", f"{record.domain}: {topics or 'by the frame, the institutions or the type'}"
    if one.attribution:
        yield "Said by", ", ".join(_actor(a) for a in one.attribution)
    if not one.folded:
        yield "Incident", f"{record.incident}: told once"
        return
    yield "Incident", f"{record.incident}: folded with {len(one.folded)} more"
    for other in one.folded:
        yield "", f"{other.id} {other.date or 'undated'}, sentence {other.sentence}: {other.text}"


def _other_rows(one: Explanation) -> Iterator[tuple[str, str]]:
    record = one.record
    if isinstance(record, Event):
        return
    yield "Rule", record.rule
    yield from _actor_rows("Held by", record.holder)
    yield from _actor_rows("Subject", record.subject)
    yield from _actor_rows("Object", record.object)
    for name, value in one.words.items():
        yield name.capitalize(), value


def _actor_rows(name: str, actors: Sequence[Actor]) -> Iterable[tuple[str, str]]:
    return [(name if not number else "", _actor(actor)) for number, actor in enumerate(actors)]


def _actor(actor: Actor) -> str:
    told = [part for part in (actor.person, actor.role, actor.rank) if part]
    about = f" ({', '.join(dict.fromkeys(told))})" if told else ""
    return f"{actor.code}{about} from {actor.surface!r}: {actor.how or 'as worded'}"

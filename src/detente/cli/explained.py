"""What explanations look like as text: the sentence with its marks, then one line for each ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.model import Actor, Event, Forecast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.explain import Explanation
    from detente.coding.whynot import Silence
    from detente.model import Span

_BASES = {
    "text": "in the sentence", "occasion": "a named occasion", "context": "from an earlier sentence",
    "published": "the publication date, for want of another", "none": "none",
}  # fmt: skip
_WIDTH = 12


def explanation(one: Explanation) -> str:
    """Return an explanation as lines of text.

    In the sentence ``[...]`` marks who acts, ``<...>`` on whom and ``*...*`` the word that tells it.
    """
    lines = [_head(one)]
    if one.note:
        lines.append(_line("Note", one.note))
    where = f"{one.title or one.source}, sentence {one.record.sentence}"
    lines += [_line("Where", where), _line("Sentence", _marked(one))]
    rows = _event_rows(one) if isinstance(one.record, Event) else _other_rows(one)
    lines += [_line(name, value) for name, value in rows]
    return "\n".join(lines) + "\n"


def silence(one: Silence) -> str:
    """Return why a sentence gave no event, as lines of text."""
    lines = [f"No event in sentence {one.sentence} of {one.source}", _line("Sentence", one.text)]
    if one.actors:
        lines.append(_line("Actors", ", ".join(one.actors)))
    if one.others:
        lines.append(_line("Gave", ", ".join(one.others)))
    for reason in one.reasons:
        frame = f" - frame {reason.rule} {reason.pattern!r}" if reason.rule else ""
        word = f"{reason.word!r}: " if reason.word and reason.rule else ""
        lines.append(_line("Because", f"{word}{reason.detail}{frame}"))
    return "\n".join(lines) + "\n"


def _line(name: str, value: str) -> str:
    safe = "".join(c if c.isprintable() else " " for c in value)
    return f"  {name:<{_WIDTH}}{safe}"


def _head(one: Explanation) -> str:
    record = one.record
    if isinstance(record, Event):
        kind = f"{record.type} {record.mode}" if record.mode else record.type
        what = f"{kind}, {record.status}, {_day(record.date, record.date_end)}"
    elif isinstance(record, Forecast):
        what = f"forecast, {record.direction}"
    else:
        what = f"claim, {record.kind}"
    return f"{record.id}  {what}  (confidence {record.confidence:.2f})"


def _day(first: str | None, last: str | None) -> str:
    return f"{first or 'undated'} to {last}" if last else first or "undated"


def _marked(one: Explanation) -> str:
    record = one.record
    marks: list[tuple[Span, str, str]] = []
    if isinstance(record, Event):
        marks += [(actor.span, "[", "]") for actor in record.source]
        marks += [(actor.span, "<", ">") for actor in record.target]
        if record.trigger is not None:
            marks.append((record.trigger, "*", "*"))
    text, end = one.text, one.start + len(one.text)
    for (first, last), opening, closing in sorted(set(marks), reverse=True):
        if one.start <= first < last <= end:
            a, b = first - one.start, last - one.start
            text = text[:a] + opening + text[a:b] + closing + text[b:]
    return text


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
            f"{_day(record.date, record.date_end)} ({record.date_precision or 'unknown'}):"
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
    slots = "; ".join(f"{role} = {', '.join(words)}" for role, words in frame.slots.items())
    extra = f"; with {', '.join(frame.words)}" if frame.words else ""
    yield "Frame", f"{frame.rule} {frame.pattern!r} ({frame.file}); {slots}{extra}"
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

"""What explanations look like as text: the sentence with its marks, then one line for each ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.api.grounds import day, grounds
from detente.model import Event, Forecast

if TYPE_CHECKING:
    from detente.coding.explain import Explanation
    from detente.coding.whynot import Silence
    from detente.model import Span

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
    lines += [_line(name, value) for name, value in grounds(one)]
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
        lines.append(_line("Because", f"{reason.stage}: {word}{reason.detail}{frame}"))
    return "\n".join(lines) + "\n"


def _line(name: str, value: str) -> str:
    safe = "".join(c if c.isprintable() else " " for c in value)
    return f"  {name:<{_WIDTH}}{safe}"


def _head(one: Explanation) -> str:
    record = one.record
    if isinstance(record, Event):
        kind = f"{record.type} {record.mode}" if record.mode else record.type
        what = f"{kind}, {record.status}, {day(record.date, record.date_end)}"
    elif isinstance(record, Forecast):
        what = f"forecast, {record.direction}"
    else:
        what = f"claim, {record.kind}"
    return f"{record.id}  {what}  (confidence {record.confidence:.2f})"


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

"""Cross-sentence links: what "Hence" and "such a strategy" point back to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.model import Claim, Event, Evidence, Forecast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.claims.view import View

REACH = 3
"""How many sentences back, within the paragraph, a chain of claims is followed."""

KINDS = {
    "strategy": {"intent", "agenda"}, "policy": {"intent", "agenda", "stance"},
    "course": {"intent", "agenda", "stance"}, "approach": {"intent", "agenda", "stance"},
    "line": {"intent", "agenda", "stance"}, "tactic": {"intent", "agenda"},
    "plan": {"intent"}, "aim": {"intent"}, "goal": {"intent"}, "intention": {"intent"},
    "attitude": {"stance", "assessment"}, "position": {"stance", "assessment"},
    "view": {"stance", "assessment"}, "stance": {"stance"}, "rule": {"rule"},
    "priority": {"agenda", "intent"}, "shift": {"agenda", "intent", "competence"},
}  # fmt: skip
"""Which kinds of claim a noun after "such" or "this" may stand for; any kind for other nouns."""

Coded = Event | Claim | Forecast


@dataclass(slots=True)
class Memory:
    """What was coded in the document so far.

    Attributes:
        records: Events of the whole document, and the claims read so far.
        start: Number of the first sentence of the present paragraph.
        pointing: Sentences that take up the one before them.
    """

    records: list[Coded] = field(default_factory=list)
    start: int = 0
    pointing: set[int] = field(default_factory=set)


def before(view: View, memory: Memory, noun: str | None) -> tuple[Coded, ...]:
    """Return the records that a backward pointer stands for.

    Args:
        view: The sentence with the pointer.
        memory: Records of earlier sentences of the document.
        noun: Lemma of the pointing noun ("strategy"), or None for "Hence" and "this".

    Returns:
        Records of the sentence just before; with a noun, those of the kinds that it may stand for,
        from as many sentences in a row as hold one; with "Hence" also those that the sentence
        before itself points back to.
    """
    number = view.reading.sentence.number
    wanted = KINDS.get(noun) if noun is not None else None
    first = min(memory.start, number - 1)
    found: list[Coded] = []
    for there_number in range(number - 1, max(first, number - REACH) - 1, -1):
        there = [r for r in memory.records if r.sentence == there_number and _counts(r, wanted)]
        if not there:
            break
        found = [*there, *found]
        if wanted is None and there_number not in memory.pointing:
            break
    return tuple(found)


def _counts(record: Coded, wanted: set[str] | None) -> bool:
    if wanted is None:
        return not isinstance(record, Forecast)
    return isinstance(record, Claim) and record.kind in wanted


_BACK = frozenset({"such", "this", "these"})
"""Words that point to what was told."""


def refers_back(view: View) -> bool:
    """Tell whether a sentence takes up the one before: "such attitude", "this refusal"."""
    return view.doc.holds(_BACK) and any(
        token.lower_ in _BACK
        and token.dep_ in {"amod", "predet", "det"}
        and token.head.pos_ == "NOUN"
        for token in view.doc
    )


def inside(records: Sequence[Event], span: tuple[int, int], sentence: int) -> tuple[str, ...]:
    """Return the ids of the events of a sentence whose trigger stands in a span."""
    return tuple(
        r.id
        for r in records
        if r.sentence == sentence and r.trigger is not None and span[0] <= r.trigger[0] < span[1]
    )


def evidence(record: Coded) -> Evidence:
    """Return an earlier record as evidence: its span and its words."""
    return Evidence(span=record.span, text=getattr(record, "gist", "") or None)

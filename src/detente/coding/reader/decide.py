"""Which of the frames' acts stand, with whom, and which are new."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from detente.coding.acts.act import Act
from detente.coding.grammar.threads import one_thread
from detente.coding.reader import network
from detente.coding.reader.planes import slot_of
from detente.coding.reader.weigh import weigh
from detente.registers import load as load_register

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.coding.acts.traced import Traced
    from detente.coding.reader.weigh import Weighed
    from detente.coding.types import Reading
    from detente.model import Event

LEAST = 0.4
"""Least chance of being right of an act that is new, or that takes the place of a frame's."""
DROPPED = 0.2
"""Chance of being right below which a frame's act falls."""
RETYPED = 0.15
"""How much likelier an act of another type must be than the frame's."""
NEVER = 2.0
"""A least chance that none has."""
SURE = log(0.95 / 0.05)
"""Log odds of an act above which it does not fall, whoever its parties are."""
RARE = frozenset({"negated", "proposed", "habitual", "possible"})
"""Statuses of which the documents that were learned from hold few: frames' acts of these do not fall."""

Judged = tuple[int, Act | None]
"""A number of the frames' events, and the act that takes its place: None for none."""


def judge(
    readings: Sequence[Reading], traced: Sequence[Traced]
) -> tuple[list[Judged], list[tuple[int, Act]]]:
    """Weigh the frames' acts and find others.

    Args:
        readings: A document's parsed sentences with their mentions.
        traced: The events of frames.

    Returns:
        Those of the frames' events that do not stand as they are, and new acts with the numbers of
        their readings.

    Raises:
        RegisterError: What the reader has learned cannot be read.
    """
    changed: list[Judged] = []
    new: list[tuple[int, Act]] = []
    for one in weigh(readings, traced, network.load()):
        act = one.act
        if act is not None and act.chance is not None and act.chance >= _least(one, traced):
            if one.number is not None:
                changed.append((one.number, act))
            elif not _is_told(act, one.reading, new, traced, readings):
                new.append((one.reading, act))
        elif one.number is not None and _falls(one, traced[one.number].event):
            changed.append((one.number, None))
        elif one.number is not None and one.same is not None:
            changed.append((one.number, one.same))
    return changed, new


def _falls(one: Weighed, event: Event) -> bool:
    """Return whether a frame's event does not stand."""
    sure = one.frame is not None and one.frame[1] > SURE
    return one.stands < DROPPED and not sure and event.status not in RARE


def _least(one: Weighed, traced: Sequence[Traced]) -> float:
    """Return the least chance of an act that stands where the frames have another, or none."""
    if one.number is None or one.act is None:
        return LEAST
    event = traced[one.number].event
    if event.status == "negated" or _turns(one.act, event) or _moves_home(one.act, event):
        return NEVER
    retyped = one.act.type != event.type
    return max(LEAST, one.stands + RETYPED * retyped)


def _moves_home(act: Act, event: Event) -> bool:
    """Return whether a party of no known state, a company or a crowd, would become one of the state that deals with it."""
    register = load_register()
    sides = (*event.source, *event.target)
    known = all(a.country in register.states or a.country in register.members for a in sides)
    slots = {slot_of(a) for m in (*act.source, *act.target) for a in m.actors}
    return not known and len(slots) == 1


def _turns(act: Act, event: Event) -> bool:
    """Return whether the target of a frame's event would act: "X received an invitation from Y"."""
    source, target = ({slot_of(a) for a in side} for side in (event.source, event.target))
    doers = {slot_of(a) for mention in act.source for a in mention.actors}
    return not event.channel.symmetric and bool(doers & target) and not doers & source


def _is_told(
    made: Act,
    here: int,
    new: Sequence[tuple[int, Act]],
    traced: Sequence[Traced],
    readings: Sequence[Reading],
) -> bool:
    """Return whether a sentence tells an act of the same type between the same already."""
    parties = _parties(made)
    number = readings[here].sentence.number
    others = [act for n, act in new if n == here]
    others += [one.act for one in traced if one.event.sentence == number]
    return any(act.type == made.type and _parties(act) == parties for act in others)


def _parties(act: Act) -> frozenset[str]:
    return frozenset(slot_of(a) for m in (*act.source, *act.target) for a in m.actors)


def read(
    readings: Sequence[Reading], traced: Sequence[Traced]
) -> tuple[Mapping[int, Act | None], Sequence[tuple[int, Act]]]:
    """Return ``judge``'s changes by number and its new acts; nothing where no sentence was parsed."""
    if not readings:
        return {}, ()
    with one_thread():
        changed, new = judge(readings, traced)
    return dict(changed), new

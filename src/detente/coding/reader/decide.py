"""Chances become acts: which of the frames' acts stand, with whom, and which are new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from detente.coding.acts import status
from detente.coding.acts.act import LEARNED, Act
from detente.coding.grammar.threads import one_thread
from detente.coding.reader import network
from detente.coding.reader.window import BODY, SLOTS, STATUSES, TYPES, planes, slot_of, windows
from detente.coding.types import Mention
from detente.registers import ontology
from detente.registers.frames import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.coding.acts.traced import Traced
    from detente.coding.reader.window import Candidate, Values, Window
    from detente.coding.types import Reading
    from detente.model import EventType

NEW = 0.8
"""Least chance of an act for a word that no frame takes for one."""
STANDS = 0.4
"""Least chance of an act for one that a frame has found."""
SURE = 0.4
"""Least chance of a new act together with its parties."""
OVER = 0.6
"""Least chance of what takes the place of a frame's type, or of parties that its own words name."""
GUESSED = 0.25
"""The same where the frames took a party from elsewhere."""
NAMED = frozenset(
    {
        "name",
        "adjective",
        "capital",
        "role phrase",
        "office-holder",
        "institution",
        "metonym",
        "person",
    }
)
"""How parties are resolved that the words of an act name."""
MORE = 0.52
"""Least chance of parties that are those of a frame and further ones."""
FURTHER = 0.2
"""Least chance of a further party beside the likeliest."""
ITSELF = 0.02
"""How much less likely one and the same actor stands on both sides."""
NOBODY = 0.9
"""Chance of nobody from which on a side stays empty."""
BY_DOCUMENT = "the reader, from another sentence"
"""How a party was resolved that stands in another sentence."""

Judged = tuple[int, Act | None]
"""A number of the frames' events, and the act that takes its place: None for none."""


@cache
def frame_of(kind: EventType) -> Frame:
    """Return what stands for a frame in acts of a type that no frame has found."""
    root = ontology.load().types[kind].root[0]
    return Frame(id=f"{LEARNED}{kind.lower()}", pattern="learned", type=kind, cameo=f"{root}0")


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
    weights = network.load()
    changed: list[Judged] = []
    new: list[tuple[int, Act]] = []
    for window in windows(readings, traced):
        read = network.encode(window, weights)
        chances = network.types(read, window, weights)
        rows = list(_worth(window, chances))
        fallen = [row for row in rows if 1 - chances[row, 0] < STANDS]
        changed += [(window.acts[row], None) for row in fallen]
        rows = [row for row in rows if 1 - chances[row, 0] >= STANDS]
        if not rows:
            continue
        known = [window.acts.get(row) for row in rows]
        found = [traced[n] if n is not None else None for n in known]
        told = [
            planes(window, row, one, weights.paths) for row, one in zip(rows, found, strict=True)
        ]
        scores, slots = network.parties(read, window, rows, told, weights)
        statuses = network.statuses(read, window, rows, weights).argmax(1)
        for place, (row, number, one) in enumerate(zip(rows, known, found, strict=True)):
            sides = _sides(window, scores[place], slots[place])
            kind = TYPES[int(chances[row, 1:].argmax())]
            if sides is None or (
                one is not None and kind == one.event.type and _stands(sides, one)
            ):
                continue
            act = one.act if one is not None else None
            made = _act(window, row, kind, sides, act)
            if made.frame is not (act.frame if act is not None else None):
                standing = status.standing(made.trigger, kind)
                denied = standing.status == "negated"
                made.status = "negated" if denied else STATUSES[int(statuses[place])]
                made.evidence, made.reporters = standing.evidence, standing.reporters
            made.chance = round(float((1 - chances[row, 0]) * sides.chance), 3)
            if made.chance < _least(sides, one, kind):
                continue
            if number is not None:
                changed.append((number, made))
            elif not _is_told(made, window.rows[row][1], new, traced, readings):
                new.append((window.rows[row][1], made))
    return changed, new


def _worth(window: Window, chances: Values) -> Iterator[int]:
    """Yield the words that may tell an act."""
    likely = (window.zone == BODY) & (1 - chances[:, 0] >= NEW)
    for row in np.flatnonzero(likely | (window.type > 0)):
        yield int(row)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The slots of both sides with the candidate that stands for each, and how likely they are."""

    source: dict[str, Candidate]
    target: dict[str, Candidate]
    chance: float
    mutual: bool


def _sides(window: Window, score: Values, slots: Values) -> _Sides | None:
    """Return the likeliest parties; None where nobody is likeliest to act."""
    names = list(window.names)
    chance = slots[: len(names)]
    if slots[SLOTS, 0] > max(chance[:, 0], default=0.0):
        return None
    best = partial(_best, window, score)
    joint = np.outer(chance[:, 0], chance[:, 1])
    several = (chance.max(1) > FURTHER).sum() > 1
    for n in range(len(names)):
        joint[n, n] *= ITSELF if several or _one_body(best(n, 0), best(n, 1)) else 1.0
    first, second = (int(n) for n in np.unravel_index(int(joint.argmax()), joint.shape))
    likely = [
        [
            first,
            *(n for n in range(len(names)) if n not in (first, second) and chance[n, 0] > FURTHER),
        ],
        [
            second,
            *(n for n in range(len(names)) if n not in (first, second) and chance[n, 1] > FURTHER),
        ],
    ]
    likely[1] = [n for n in likely[1] if n not in likely[0][1:]]
    if slots[SLOTS, 1] > NOBODY:
        likely[1] = []
    source, target = ({names[n]: best(n, side) for n in likely[side]} for side in (0, 1))
    mutual = bool(min(chance[first, 1], chance[second, 0]) > FURTHER) and first != second
    return _Sides(
        source, target, float(chance[first, 0] * (chance[second, 1] if likely[1] else 1)), mutual
    )


def _one_body(one: Candidate, other: Candidate) -> bool:
    """Return whether two who stand for one country cannot be told apart as bodies of it."""
    first, second = ({a.institution for a in c.mention.actors} for c in (one, other))
    return bool(first & second) or None in first | second


def _best(window: Window, score: Values, slot: int, side: int) -> Candidate:
    own = np.flatnonzero(window.member[:, slot])
    return window.candidates[int(own[score[own, side].argmax()])]


def _stands(sides: _Sides, one: Traced) -> bool:
    """Return whether the reader's states are among those of the frames' event, in one between equals on either side.

    Which further ones a word joins to them ("Poland and Latvia") is told by grammar.
    """
    source, target = ({slot_of(a) for a in side} for side in (one.event.source, one.event.target))
    if one.event.channel.symmetric or sides.mutual:
        return {*sides.source, *sides.target} <= source | target
    return {*sides.source} <= source and {*sides.target} <= target


def _least(sides: _Sides, one: Traced | None, kind: EventType) -> float:
    """Return the least chance with which an act of the reader stands."""
    if one is None:
        return SURE
    if kind == one.event.type and _adds(sides, one):
        return MORE
    named = all((a.how or "") in NAMED for a in (*one.event.source, *one.event.target))
    return OVER if named or kind != one.event.type else GUESSED


def _adds(sides: _Sides, one: Traced) -> bool:
    """Return whether the reader's parties are the frames' and some more."""
    source, target = ({slot_of(a) for a in side} for side in (one.event.source, one.event.target))
    return source <= {*sides.source} and target <= {*sides.target}


def _act(
    window: Window,
    row: int,
    kind: EventType,
    sides: _Sides,
    act: Act | None,
) -> Act:
    trigger, here = window.rows[row]
    source, target = (
        tuple(_mention(c, name, trigger.i, here) for name, c in side.items())
        for side in (sides.source, sides.target)
    )
    if act is not None and act.type == kind:
        return replace(act, source=source, target=target, doerless=False)
    symmetric = sides.mutual or kind == "CONSULT"
    return Act(
        trigger=trigger,
        frame=frame_of(kind),
        type=kind,
        cameo=frame_of(kind).cameo,
        source=source,
        target=target,
        symmetric=symmetric,
    )


def _mention(one: Candidate, name: str, trigger: int, here: int) -> Mention:
    """Return a candidate as a mention of one actor in the sentence of an act."""
    actor = next(a for a in one.mention.actors if slot_of(a) == name)
    if one.reading == here:
        return msgspec.structs.replace(one.mention, actors=(actor,))
    actor = msgspec.structs.replace(actor, how=BY_DOCUMENT)
    return Mention(start=0, end=0, head=trigger, actors=(actor,), kind="reference")


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

"""Chances become acts: which of the frames' acts stand, with whom, and which are new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from math import log
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
    from detente.model import Event, EventType, Status

WORTH = 0.6
"""Least chance of an act for a word that no frame takes for one, to be weighed at all."""
LEAST = 0.4
"""Least chance of being right of an act that is new, or that takes the place of a frame's."""
DROPPED = 0.25
"""Chance of being right below which a frame's act falls."""
RETYPED = 0.15
"""How much likelier an act of another type must be than the frame's."""
NEVER = 2.0
"""A least chance that none has."""
SURE = log(0.95 / 0.05)
"""Log odds of an act above which it does not fall, whoever its parties are."""
RARE = frozenset({"negated", "proposed", "habitual", "possible"})
"""Statuses of which the documents that were learned from hold few: frames' acts of these do not fall."""
FURTHER = 0.2
"""Least chance of a further party beside the likeliest."""
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
"""Types of acts that equals do together."""
ITSELF = 0.02
"""How much less likely one and the same actor stands on both sides."""
NOBODY = 0.9
"""Chance of nobody from which on a side stays empty."""
FAINT = 1e-3
"""Chances are not told apart below it."""
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
        "organisation",
        "bloc",
        "demonym",
        "city",
        "group",
    }
)
"""How parties are resolved that the words of an act name."""
BY_DOCUMENT = "the reader, from another sentence"
"""How a party was resolved that stands in another sentence."""

STANDS, CHANGED, NEW = range(3)
"""What the chance of being right is told for: a frame's event as it is, what takes its place, a new act."""

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
    if event.status == "negated" or _turns(one.act, event):
        return NEVER
    retyped = one.act.type != event.type
    return max(LEAST, one.stands + RETYPED * retyped)


def _turns(act: Act, event: Event) -> bool:
    """Return whether the target of a frame's event would act: "X received an invitation from Y"."""
    source, target = ({slot_of(a) for a in side} for side in (event.source, event.target))
    doers = {slot_of(a) for mention in act.source for a in mention.actors}
    return not event.channel.symmetric and bool(doers & target) and not doers & source


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word that may tell an act.

    Attributes:
        reading: Number of the reading that it stands in.
        number: Number of the frame's event that it tells.
        frame: What is told of that event as it stands.
        stands: How likely that is right.
        act: What the reader makes of the word, with its chance; None for nothing but what the frame has.
        told: What is told of that.
    """

    reading: int
    number: int | None
    frame: Told | None
    stands: float
    act: Act | None
    told: Told | None


Told = tuple[float, float, float, float, float, float]
"""1, the log odds of an act, the logarithms of the chances of type, source and target, and whether the sentence names both."""


def chance_of(told: Told, kind: int, weights: network.Weights) -> float:
    """Return how likely an act is right in type, parties and status, as ``scripts/train_reader/calibrate.py`` fitted it.

    Args:
        told: What the network tells of it.
        kind: ``STANDS``, ``CHANGED`` or ``NEW``.
        weights: The weights.
    """
    return float(1 / (1 + np.exp(-np.dot(weights.arrays["right"][kind], told))))


def weigh(
    readings: Sequence[Reading], traced: Sequence[Traced], weights: network.Weights
) -> Iterator[Weighed]:
    """Yield every word of a document that may tell an act, with what the network makes of it."""
    for window in windows(readings, traced):
        read = network.encode(window, weights)
        chances = network.types(read, window, weights)
        rows = list(_worth(window, chances))
        if not rows:
            continue
        known = [window.acts.get(row) for row in rows]
        found = [traced[n] if n is not None else None for n in known]
        told = [
            planes(window, row, one, weights.paths) for row, one in zip(rows, found, strict=True)
        ]
        scores, slots = network.parties(read, window, rows, told, weights)
        statuses = network.statuses(read, window, rows, weights).argmax(1)
        for place, (row, number) in enumerate(zip(rows, known, strict=True)):
            word = _Word(
                window, row, chances[row], scores[place], slots[place],
                STATUSES[int(statuses[place])],
            )  # fmt: skip
            frame, stands = None, 0.0
            if number is not None:
                frame = word.frames(traced[number])
                stands = chance_of(frame, STANDS, weights)
            act, own = word.other(traced[number] if number is not None else None)
            if act is not None and own is not None:
                kind = NEW if number is None else CHANGED
                act.chance = round(chance_of(own, kind, weights), 3)
            yield Weighed(window.rows[row][1], number, frame, stands, act, own)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that may tell an act: chances of its types [17], scores of its candidates [M, 2], chances of slots [17, 2]."""

    window: Window
    row: int
    chances: Values
    scores: Values
    slots: Values
    status: Status

    def frames(self, one: Traced) -> Told:
        """Return what is told of the event that the frames have found."""
        sides = [{slot_of(a) for a in side} for side in (one.event.source, one.event.target)]
        if one.event.channel.symmetric:
            sides = [sides[0] | sides[1]] * 2
        names = self.window.names
        source, target = (
            sum(float(self.slots[names[name], n]) for name in side if name in names)
            if side
            else float(self.slots[SLOTS, n])
            for n, side in enumerate(sides)
        )
        near = all((a.how or "") in NAMED for a in (*one.event.source, *one.event.target))
        return _told(self.chances, one.event.type, (source, target), near=near)

    def other(self, one: Traced | None) -> tuple[Act | None, Told | None]:
        """Return what the reader makes of the word, if it is not what the frames have found, and what is told of it."""
        kind = TYPES[int(self.chances[1:].argmax())]
        sides = _sides(self.window, self.scores, self.slots, kind)
        if sides is None or (one is not None and kind == one.event.type and _stands(sides, one)):
            return None, None
        act = _act(self.window, self.row, kind, sides, one.act if one is not None else None)
        if one is None or act.frame is not one.act.frame:
            standing = status.standing(act.trigger, kind)
            act.status = "negated" if standing.status == "negated" else self.status
            act.evidence, act.reporters = standing.evidence, standing.reporters
        here = self.window.rows[self.row][1]
        near = all(c.reading == here for c in (*sides.source.values(), *sides.target.values()))
        return act, _told(self.chances, kind, sides.chances, near=near)


def _told(chances: Values, kind: EventType, sides: tuple[float, float], *, near: bool) -> Told:
    likely = max(float(1 - chances[0]), FAINT)
    odds = likely / max(float(chances[0]), FAINT)
    own = float(chances[1 + TYPES.index(kind)]) / likely
    source, target = (log(max(chance, FAINT)) for chance in sides)
    return (1.0, log(odds), log(max(own, FAINT)), source, target, float(near))


def _worth(window: Window, chances: Values) -> Iterator[int]:
    """Yield the words that may tell an act."""
    likely = (window.zone == BODY) & (1 - chances[:, 0] >= WORTH)
    for row in np.flatnonzero(likely | (window.type > 0)):
        yield int(row)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The slots of both sides with the candidate that stands for each, and how likely they are."""

    source: dict[str, Candidate]
    target: dict[str, Candidate]
    chances: tuple[float, float]
    mutual: bool


def _sides(window: Window, score: Values, slots: Values, kind: EventType) -> _Sides | None:
    """Return the likeliest parties of an act; None where nobody is likeliest to act."""
    names = list(window.names)
    chance = slots[: len(names)]
    if slots[SLOTS, 0] > max(chance[:, 0], default=0.0):
        return None
    best = partial(_best, window, score)
    joint = np.outer(chance[:, 0], chance[:, 1])
    first, second = _likeliest(joint)
    bodies = _two_bodies(window, score, first) if first == second else None
    if first == second and bodies is None:
        joint[np.diag_indices(len(names))] *= ITSELF
        first, second = _likeliest(joint)
    likely = [
        [
            main,
            *(
                n
                for n in range(len(names))
                if n not in (first, second) and chance[n, side] > FURTHER
            ),
        ]
        for side, main in enumerate((first, second))
    ]
    likely[1] = [n for n in likely[1] if n not in likely[0][1:]]
    if slots[SLOTS, 1] > NOBODY:
        likely[1] = []
    source, target = ({names[n]: best(n, side) for n in likely[side]} for side in (0, 1))
    if bodies is not None and likely[1]:
        source[names[first]], target[names[first]] = bodies
    mutual = (
        kind in MUTUAL
        and first != second
        and bool(min(chance[first, 1], chance[second, 0]) > FURTHER)
    )
    both = sorted({*likely[0], *likely[1]}) if mutual else None
    told = (
        float(chance[both or likely[0], 0].sum()),
        float(chance[both or likely[1], 1].sum()) if likely[1] else float(slots[SLOTS, 1]),
    )
    return _Sides(source, target, told, mutual)


def _likeliest(joint: Values) -> tuple[int, int]:
    first, second = np.unravel_index(int(joint.argmax()), joint.shape)
    return int(first), int(second)


def _two_bodies(window: Window, score: Values, slot: int) -> tuple[Candidate, Candidate] | None:
    """Return the likeliest two bodies of a country as source and target; None where only one is told of."""
    own = np.flatnonzero(window.member[:, slot])
    name = list(window.names)[slot]
    bodies = [
        next(a.institution for a in window.candidates[n].mention.actors if slot_of(a) == name) or ""
        for n in own
    ]
    sums = score[own, 0][:, None] + score[own, 1]
    sums[np.equal.outer(np.array(bodies), np.array(bodies))] = -np.inf
    if not np.isfinite(sums).any():
        return None
    first, second = _likeliest(sums)
    return window.candidates[own[first]], window.candidates[own[second]]


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

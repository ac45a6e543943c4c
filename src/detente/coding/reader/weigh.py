"""Chances of the network become what the reader makes of a word, and how likely that and the frame's act are right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import log
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from detente.coding.acts import status
from detente.coding.acts.act import LEARNED, Act
from detente.coding.reader import network
from detente.coding.reader.planes import pairs, planes, slot_of
from detente.coding.reader.sides import best, likeliest
from detente.coding.reader.window import BODY, INSTITUTIONS, SLOTS, STATUSES, TYPES, windows
from detente.coding.types import Mention
from detente.registers import load as load_register
from detente.registers import ontology
from detente.registers.frames import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.traced import Traced
    from detente.coding.reader.sides import Sides
    from detente.coding.reader.window import Values, Window
    from detente.coding.types import Reading
    from detente.model import Actor, EventType, Status

WORTH = 0.6
"""Least chance of an act for a word that no frame takes for one, to be weighed at all."""
NEGATED = 0.15
"""Least chance of a negated act where grammar tells a negation."""
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
BODY_SURE = 0.5
"""Least chance of a body that takes the place of what a mention says."""
STATED = "name"
"""How a state was resolved that its own name tells: it is no body of it."""
BODY_TOLD = ", its body by the reader"
"""How such an actor was resolved, behind how its mention was."""
BY_DOCUMENT = "the reader, from another sentence"
"""How a party was resolved that stands in another sentence."""
STANDS, CHANGED, NEW = range(3)
"""What the chance of being right is told for: a frame's event as it is, what takes its place, a new act."""

Told = tuple[float, float, float, float, float, float]
"""1, the log odds of an act, the logarithms of the chances of type, source and target, and whether the sentence names both."""


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
        same: The frame's act as it stands, with the bodies that the reader holds its parties for, if they are others.
    """

    reading: int
    number: int | None
    frame: Told | None
    stands: float
    act: Act | None
    told: Told | None
    same: Act | None


@cache
def frame_of(kind: EventType) -> Frame:
    """Return what stands for a frame in acts of a type that no frame has found."""
    root = ontology.load().types[kind].root[0]
    return Frame(id=f"{LEARNED}{kind.lower()}", pattern="learned", type=kind, cameo=f"{root}0")


def chance_of(told: Told, kind: int, weights: network.Weights) -> float:
    """Return how likely an act is right in type, parties and status, as ``scripts/train_reader/calibrate.py`` fitted it.

    Args:
        told: What the network tells of it.
        kind: ``STANDS``, ``CHANGED`` or ``NEW``.
        weights: The weights.
    """
    return float(1 / (1 + np.exp(-np.dot(weights.right[kind], told))))


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
        told = planes(window, rows, found, weights.paths)
        scores, joint, bodies = network.parties(
            read,
            window,
            rows,
            told,
            pairs(window.sides, rows, window.member, window.institution[window.places]),
            weights,
        )
        statuses = network.statuses(read, window, rows, weights)
        for place, (row, number) in enumerate(zip(rows, known, strict=True)):
            word = _Word(
                window, row, chances[row], scores[place], joint[place], bodies[place],
                statuses[place],
            )  # fmt: skip
            frame, same, stands = None, None, 0.0
            if number is not None:
                same = word.embodied(traced[number])
                frame = word.frames(traced[number])
                stands = chance_of(frame, STANDS, weights)
            act, own = word.other(traced[number] if number is not None else None)
            if act is not None and own is not None:
                kind = NEW if number is None else CHANGED
                act.chance = round(chance_of(own, kind, weights), 3)
            yield Weighed(window.rows[row][1], number, frame, stands, act, own, same)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that may tell an act.

    Attributes:
        window: The window that it stands in.
        row: Its row.
        chances: Of its types, none first, [17].
        scores: Of the candidates as source and target, [M, 2].
        joint: Chances of each two slots as source and target, [17, 17].
        bodies: Chances of bodies where a candidate stands for its state, [M, 2, 28].
        statuses: Chances of its statuses, [6].
    """

    window: Window
    row: int
    chances: Values
    scores: Values
    joint: Values
    bodies: Values
    statuses: Values

    def frames(self, one: Traced) -> Told:
        """Return what is told of the event that the frames have found."""
        rows = [self._places(side) for side in (one.event.source, one.event.target)]
        if one.event.channel.symmetric:
            rows = [sorted({*rows[0], *rows[1]})] * 2
        source = float(self.joint[rows[0]].sum())
        both = float(self.joint[np.ix_(*rows)].sum())
        sides = source, both / max(source, FAINT)
        near = all((a.how or "") in NAMED for a in (*one.event.source, *one.event.target))
        return _told(self.chances, one.event.type, sides, near=near)

    def _places(self, side: Sequence[Actor]) -> list[int]:
        """Return the slots of a side; that of nobody where it is empty."""
        names = self.window.names
        if not side:
            return [SLOTS]
        return sorted({names[name] for a in side if (name := slot_of(a)) in names})

    def other(self, one: Traced | None) -> tuple[Act | None, Told | None]:
        """Return what the reader makes of the word, if it is not what the frames have found, and what is told of it."""
        kind = TYPES[int(self.chances[1:].argmax())]
        sides = likeliest(self.window, self.scores, self.joint, kind)
        if sides is None or (one is not None and kind == one.event.type and _stands(sides, one)):
            return None, None
        act = self._act(kind, sides, one.act if one is not None else None)
        if one is None or act.frame is not one.act.frame:
            standing = status.standing(act.trigger, kind)
            act.status = self._status(standing.status, kind)
            act.evidence, act.reporters = standing.evidence, standing.reporters
        here = self.window.rows[self.row][1]
        places = [*sides.source.values(), *sides.target.values()]
        near = bool((self.window.readings[places] == here).all())
        return act, _told(self.chances, kind, sides.chances, near=near)

    def embodied(self, one: Traced) -> Act | None:
        """Return the act of an event with the bodies that the reader holds its parties for; None where they are the same."""
        sides = [
            tuple(self._embodied(mention, side) for mention in mentions)
            for side, mentions in enumerate((one.act.source, one.act.target))
        ]
        if (one.act.source, one.act.target) == tuple(sides):
            return None
        return replace(one.act, source=sides[0], target=sides[1])

    def _embodied(self, mention: Mention, side: int) -> Mention:
        names = self.window.names
        some = [
            self._body(actor, best(self.window, self.scores, names[slot_of(actor)], side), side)
            if slot_of(actor) in names
            else actor
            for actor in mention.actors
        ]
        return msgspec.structs.replace(mention, actors=tuple(some))

    def _body(self, actor: Actor, place: int, side: int) -> Actor:
        """Return an actor as the body of its state that is meant where a candidate stands for it."""
        chances = self.bodies[place, side]
        number = int(chances.argmax())
        body = INSTITUTIONS[number - 1] if number else None
        if (
            body == actor.institution
            or chances[number] < BODY_SURE
            or actor.person
            or actor.how == STATED
            or actor.country not in load_register().states
        ):
            return actor
        code = actor.country if body is None else f"{actor.country}.{body}"
        how = f"{actor.how or 'as worded'}{BODY_TOLD}"
        return msgspec.structs.replace(actor, code=code, institution=body, how=how)

    def _status(self, told: Status | None, kind: EventType) -> Status:
        """Return the status of an act: grammar tells a negation, which may be what a refusal consists of ("will not pay")."""
        negated = self.statuses[STATUSES.index("negated")]
        if told == "negated" and kind != "REJECT" and negated > NEGATED:
            return "negated"
        return STATUSES[int(self.statuses.argmax())]

    def _act(self, kind: EventType, sides: Sides, act: Act | None) -> Act:
        trigger, _ = self.window.rows[self.row]
        source, target = (
            tuple(self._mention(place, name, n) for name, place in side.items())
            for n, side in enumerate((sides.source, sides.target))
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

    def _mention(self, place: int, name: str, side: int) -> Mention:
        """Return a candidate as a mention of one actor in the sentence of an act."""
        one, (trigger, here) = self.window.candidates[place], self.window.rows[self.row]
        actor = next(a for a in one.mention.actors if slot_of(a) == name)
        if one.reading == here:
            actor = self._body(actor, place, side)
            return msgspec.structs.replace(one.mention, actors=(actor,))
        actor = msgspec.structs.replace(actor, how=BY_DOCUMENT)
        actor = self._body(actor, place, side)
        return Mention(start=0, end=0, head=trigger.i, actors=(actor,), kind="reference")


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


def _stands(sides: Sides, one: Traced) -> bool:
    """Return whether the reader's states are among those of the frames' event, in one between equals on either side.

    Which further ones a word joins to them ("Poland and Latvia") is told by grammar.
    """
    source, target = ({slot_of(a) for a in side} for side in (one.event.source, one.event.target))
    if one.event.channel.symmetric or sides.mutual:
        return {*sides.source, *sides.target} <= source | target
    return {*sides.source} <= source and {*sides.target} <= target

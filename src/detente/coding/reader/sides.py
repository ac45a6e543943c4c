"""Who the network holds for the parties of an act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from detente.coding.reader.window import SLOTS, slot_of

if TYPE_CHECKING:
    from detente.coding.reader.window import Candidate, Values, Window
    from detente.model import EventType

FURTHER = 0.2
"""Least chance of a further party beside the likeliest."""
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
"""Types of acts that equals do together."""
HOME = 0.5
"""What the chance of two bodies of one state counts beside parties of two: it must be twice as likely."""
ITSELF = 0.02
"""What it counts further where only one body of that state is told of."""
NOBODY = 0.9
"""Chance of nobody from which on a side stays empty."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The slots of both sides with the candidate that stands for each, and how likely they are."""

    source: dict[str, Candidate]
    target: dict[str, Candidate]
    chances: tuple[float, float]
    mutual: bool


def likeliest(window: Window, score: Values, slots: Values, kind: EventType) -> Sides | None:
    """Return the likeliest parties of an act; None where nobody is likeliest to act."""
    names = list(window.names)
    chance = slots[: len(names)]
    if slots[SLOTS, 0] > max(chance[:, 0], default=0.0):
        return None
    best = partial(_best, window, score)
    joint = np.outer(chance[:, 0], chance[:, 1])
    own = np.diag_indices(len(names))
    joint[own] *= HOME
    first, second = _top(joint)
    bodies = _two_bodies(window, score, first, kind) if first == second else None
    if first == second and bodies is None:
        joint[own] *= ITSELF
        first, second = _top(joint)
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
    return Sides(source, target, told, mutual)


def _top(joint: Values) -> tuple[int, int]:
    first, second = np.unravel_index(int(joint.argmax()), joint.shape)
    return int(first), int(second)


def _two_bodies(
    window: Window, score: Values, slot: int, kind: EventType
) -> tuple[Candidate, Candidate] | None:
    """Return the likeliest two bodies of a country as source and target; None where only one is told of.

    A state acts on its people, but does not meet its own minister.
    """
    own = np.flatnonzero(window.member[:, slot])
    name = list(window.names)[slot]
    bodies = np.array(
        [
            next(a.institution for a in window.candidates[n].mention.actors if slot_of(a) == name)
            or ""
            for n in own
        ]
    )
    sums = score[own, 0][:, None] + score[own, 1]
    sums[np.equal.outer(bodies, bodies)] = -np.inf
    if kind in MUTUAL:
        sums[bodies == ""] = sums[:, bodies == ""] = -np.inf
    if not np.isfinite(sums).any():
        return None
    first, second = _top(sums)
    return window.candidates[own[first]], window.candidates[own[second]]


def _best(window: Window, score: Values, slot: int, side: int) -> Candidate:
    own = np.flatnonzero(window.member[:, slot])
    return window.candidates[int(own[score[own, side].argmax()])]

"""Who the network holds for the parties of an act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.coding.reader.planes import slot_of
from detente.coding.reader.window import SLOTS

if TYPE_CHECKING:
    from detente.coding.reader.window import Values, Window
    from detente.model import EventType

FURTHER = 0.2
"""Least chance of a further party beside the likeliest."""
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
"""Types of acts that equals do together."""
NOBODY = 0.9
"""Chance of nobody from which on a side stays empty."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The slots of both sides with the number of the candidate that stands for each, and how likely they are."""

    source: dict[str, int]
    target: dict[str, int]
    chances: tuple[float, float]
    mutual: bool


def likeliest(window: Window, score: Values, joint: Values, kind: EventType) -> Sides | None:
    """Return the likeliest parties of an act; None where nobody is likeliest to act.

    Args:
        window: The window.
        score: Scores of its candidates as source and target, [M, 2].
        joint: Chances of each two slots as source and target, the last for nobody, [17, 17].
        kind: Type of the act.
    """
    names = list(window.names)
    chance = np.stack([joint.sum(1), joint.sum(0)], 1)
    if chance[SLOTS, 0] > max(chance[: len(names), 0], default=0.0):
        return None
    first, second, bodies = _pair(window, score, joint[: len(names), : len(names)], kind)
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
    if chance[SLOTS, 1] > NOBODY:
        likely[1] = []
    source, target = (
        {names[n]: best(window, score, n, side) for n in likely[side]} for side in (0, 1)
    )
    if bodies is not None and likely[1]:
        source[names[first]], target[names[first]] = bodies
    mutual = (
        kind in MUTUAL
        and first != second
        and bool(min(chance[first, 1], chance[second, 0]) > FURTHER)
    )
    both = sorted({*likely[0], *likely[1]}) if mutual else None
    doers = both or likely[0]
    told = float(chance[doers, 0].sum())
    others = both or likely[1] or [SLOTS]
    return Sides(source, target, (told, float(joint[np.ix_(doers, others)].sum()) / told), mutual)


def _pair(
    window: Window, score: Values, joint: Values, kind: EventType
) -> tuple[int, int, tuple[int, int] | None]:
    """Return the likeliest two slots, and two bodies where both are one slot."""
    first, second = _top(joint)
    if first != second:
        return first, second, None
    bodies = _two_bodies(window, score, first, kind)
    if bodies is None and kind in MUTUAL:
        apart = joint * (1 - np.eye(len(joint), dtype=joint.dtype))
        first, second = _top(apart)
    return first, second, bodies


def _top(joint: Values) -> tuple[int, int]:
    first, second = np.unravel_index(int(joint.argmax()), joint.shape)
    return int(first), int(second)


def _two_bodies(
    window: Window, score: Values, slot: int, kind: EventType
) -> tuple[int, int] | None:
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
    return int(own[first]), int(own[second])


def best(window: Window, score: Values, slot: int, side: int) -> int:
    """Return the number of the candidate that is likeliest to stand for a slot on a side, 0 or 1."""
    own = np.flatnonzero(window.member[:, slot])
    return int(own[score[own, side].argmax()])

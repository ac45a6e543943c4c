"""What is told of an act with each candidate, and with each pair of states or bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from detente.coding.acts.traced import Traced
    from detente.coding.grammar.tree import Token
    from detente.coding.reader.window import Candidate, Numbers, Values, Window
    from detente.coding.types import Mention
    from detente.model import Actor

    Flags = NDArray[np.bool_]

PLANES = 19
"""What is told of each act with a mention."""
BESIDE, NEARNESS = slice(10, 14), slice(14, 17)
NOWHERE = 1_000_000
PAIRS = 4
"""What is told of each act with a pair of slots."""
FAR = 6
OFTEN = 8
UP = 8
"""Steps up the parse after which two words are no longer near."""
STEPS = 6


def slot_of(actor: Actor) -> str:
    """Return what tells an actor from others: its country or body, else its own code."""
    return actor.country or actor.code


def planes(
    window: Window,
    rows: Sequence[int],
    acts: Sequence[Traced | None],
    paths: Mapping[str, int],
) -> tuple[Values, Numbers]:
    """Return what is told of n words that may tell an act and every candidate, and the paths between them.

    Args:
        window: The window.
        rows: The words.
        acts: The acts that frames found there.
        paths: Numbers of the paths that the network knows.

    Returns:
        [n, M, 19]: the frame's source, its target (0.5 for another mention of that country), same
        sentence, before, distance in sentences, no frame, in the title, a subject, a place, how often its country is told of, source and
        target of the frames' act before and of the next, what ``nearness`` tells, same paragraph, its country's share of the commonest one;
        and [n, M], 0 for another sentence, 1 for an unknown path.
    """
    at = np.array(rows, np.int32)
    places, member = window.places, window.member
    found = np.repeat(window.still[None], len(rows), 0)
    numbers = np.zeros(found.shape[:2], np.int32)
    apart = np.abs(window.readings - window.sentence[at][:, None])
    found[..., 2] = apart == 0
    found[..., 3] = places < at[:, None]
    found[..., 4] = np.minimum(apart, FAR) / FAR
    found[..., 5] = np.array([act is None for act in acts])[:, None]
    found[..., BESIDE] = [beside(window.sides, row, member) for row in rows]
    found[..., NEARNESS] = nearness(places, at, member)
    found[..., 17] = window.paragraph[places] == window.paragraph[at][:, None]
    for n, place in np.argwhere(apart == 0).tolist():
        word, other = window.rows[rows[n]][0], window.rows[places[place]][0]
        numbers[n, place] = paths.get(path(word, other), 1)
    for told, act in zip(found, acts, strict=True):
        if act is not None:
            _own(window, told, act)
    return found, numbers


def _own(window: Window, told: Values, act: Traced) -> None:
    """Fill in which candidates are the parties of the frame's act itself."""
    for column, side in enumerate((act.event.source, act.event.target)):
        slots = [window.names[name] for a in side if (name := slot_of(a)) in window.names]
        for place in np.flatnonzero(window.member[:, slots].any(1)).tolist():
            told[place, column] = _stands_for(window.candidates[place].mention, side)


def beside(sides: Mapping[int, Flags], row: int, member: Flags) -> Flags:
    """Return which candidates are source and target of the frames' act before a word and of the next one, [M, 4].

    Args:
        sides: Which slots are source and target of each act, [2, 16], by row.
        row: The word.
        member: Which candidate stands for which slot, [M, 16].
    """
    found = np.zeros((len(member), 4), np.bool_)
    for column, other in zip((0, 2), _neighbours(sides, row), strict=True):
        if other is not None:
            found[:, column : column + 2] = member @ sides[other].T
    return found


def nearness(places: Numbers, rows: Numbers, member: Flags) -> Values:
    """Return how near candidates are to n words: in words, by who was told of last before it, the nearest of its slot.

    Args:
        places: Row of each candidate, [M].
        rows: The words, [n].
        member: Which candidate stands for which slot, [M, 16].

    Returns:
        [n, M, 3].
    """
    apart = np.abs(places - rows[:, None])
    before = member & (places < rows[:, None])[..., None]
    last = np.where(before, places[:, None], -1).max(1, initial=-1)
    rank = np.argsort(np.argsort(-last, 1, kind="stable"), 1)
    recent = np.where(last >= 0, 1 / (1 + rank), 0)
    least = np.where(member, apart[..., None], NOWHERE).min(1, initial=NOWHERE)
    nearest = (member & (least[:, None] == apart[..., None])).any(2)
    lately = np.where(member, recent[:, None], 0).max(2, initial=0)
    return np.stack([np.log1p(apart) / 6, lately, nearest], 2).astype(np.float32)


def pairs(
    sides: Mapping[int, Flags], rows: Sequence[int], member: Flags, bodies: Numbers
) -> Values:
    """Return what is told of each two slots as source and target of each of n acts.

    Args:
        sides: Which slots are source and target of the frames' acts, [2, 16], by row.
        rows: The words that tell the acts.
        member: Which candidate stands for which slot, [M, 16].
        bodies: Institution of each candidate, [M].

    Returns:
        [n, 16, 16, 4]: one slot twice, and that with several bodies, sides of another act of the frames, of that before.
    """
    size = member.shape[1]
    found = np.zeros((len(rows), size, size, PAIRS), np.float32)
    found[..., 0] = np.eye(size)
    found[..., 1] = np.diag([np.unique(bodies[own]).size > 1 for own in member.T])
    others = list(sides)
    both = np.array([np.outer(*sides[row]) for row in others], np.bool_).reshape(-1, size, size)
    both |= both.transpose(0, 2, 1)
    total = both.sum(0)
    for told, row in zip(found, rows, strict=True):
        told[..., 2] = total - both[others.index(row)] > 0 if row in sides else total > 0
        before, _ = _neighbours(sides, row)
        if before is not None:
            told[..., 3] = both[others.index(before)]
    return found


def _neighbours(sides: Mapping[int, Flags], row: int) -> tuple[int | None, int | None]:
    """Return the rows of the frames' acts before and after a word."""
    return (
        max((other for other in sides if other < row), default=None),
        min((other for other in sides if other > row), default=None),
    )


def still(
    rows: Sequence[tuple[Token, int]],
    titled: Sequence[bool],
    found: Sequence[Candidate],
    times: Sequence[int],
) -> Values:
    """Return what the planes tell of each candidate whatever the act, [M, 19]."""
    most = max(times, default=1) or 1
    planes = np.zeros((len(found), PLANES), np.float32)
    for line, one, often in zip(planes, found, times, strict=True):
        line[6] = titled[one.row]
        line[7] = rows[one.row][0].dep_ in ("nsubj", "nsubjpass")
        line[8] = one.mention.place
        line[9] = min(often, OFTEN) / OFTEN
        line[18] = often / most
    return planes


def _stands_for(mention: Mention, side: Sequence[Actor]) -> float:
    best = 0.0
    for actor in side:
        if mention.start <= actor.span[0] < mention.end and any(
            a.code == actor.code for a in mention.actors
        ):
            return 1.0
        if any(slot_of(a) == slot_of(actor) for a in mention.actors):
            best = 0.5
    return best


def path(one: Token, other: Token) -> str:
    """Return the way through the parse from a word to another, as ``^label`` up and ``label`` down."""
    ups, downs = _up(one), _up(other)
    shared = {token.i for token in downs}
    top = next((n for n, token in enumerate(ups) if token.i in shared), None)
    if top is None:
        return "far"
    bottom = next(n for n, token in enumerate(downs) if token.i == ups[top].i)
    if top + bottom > STEPS:
        return "far"
    down = [
        f"{t.dep_}:{t.head.lemma_.lower()}" if t.dep_ == "pobj" else t.dep_
        for t in reversed(downs[:bottom])
    ]
    return " ".join(["^" + t.dep_ for t in ups[:top]]) + ">" + " ".join(down)


def _up(token: Token) -> list[Token]:
    found = [token]
    while token.head is not token and len(found) <= UP:
        token = token.head
        found.append(token)
    return found

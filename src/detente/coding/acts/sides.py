"""The two sides of an act: nobody acts on himself, on his own state, force or mission."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding.acts import outcomes
from detente.coding.acts.act import VERBAL, actors_of, has_both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.acts.act import Act
    from detente.coding.types import Mention
    from detente.model import EventType


def part(act: Act) -> None:
    """Put one side of a symmetric act into the source and the others into the target.

    Nobody acts on himself: "declined to say whether he would sign" has no target, nor has "Rome and Bern
    agreed to reopen the consulate" one but the other side.
    """
    if not act.target and not act.symmetric:
        return
    same = {m.head for m in act.source}
    told = act.type == "CONSULT" and act.slots.get("T")
    sides = {a.country for a in actors_of(act.source)} if has_both(act) and not told else set()
    codes = {a.code for a in actors_of(act.source)}
    told_whole = act.target
    act.target = tuple(
        _without(m, act.source)
        for m in act.target
        if m.head not in same
        and not {a.code for a in m.actors} <= codes
        and not (len(sides) > 1 and {a.country for a in m.actors} <= sides)
        and not (act.type in VERBAL and _own_state(m, act.source))
        and not (act.type in MOVING and _own_force(m, act.source, act.type))
        and not (act.type in VERBAL and _own_adjective(m, act.source))
    )
    if not act.target and not act.symmetric:
        act.own = told_whole
    if act.symmetric and not act.target and len(act.source) > 1:
        act.source, act.target = act.source[:1], act.source[1:]


MOVING = frozenset({"AGREE", "CONCEDE", "RETREAT", "MOBILIZE", "SANCTION"})
"""Types of act that one does with one's own mission and, save SANCTION, with one's own troops."""


def _own_adjective(mention: Mention, source: Sequence[Mention]) -> bool:
    """Return whether a mention only says whose a thing is, and it is the source's: "any Dutch contribution"."""
    own = {a.country for a in actors_of(source)}
    return mention.kind == "adjective" and {a.country for a in mention.actors} <= own


def _own_state(mention: Mention, source: Sequence[Mention]) -> bool:
    """Return whether a mention is the state that the source itself governs."""
    governed = {a.country for a in actors_of(source) if a.institution in outcomes.GOVERNING}
    return all(a.code == a.country and a.country in governed for a in mention.actors)


def _own_force(mention: Mention, source: Sequence[Mention], kind: EventType) -> bool:
    """Return whether a mention is the source's own force or mission: "withdrew its troops"."""
    own = {a.country for a in actors_of(source)}
    words = mention.actors[0].surface.lower().split()
    possessed = bool(words) and words[0] in {"its", "their", "his", "her"}
    moved = {"EMB"} if kind == "SANCTION" else {"EMB", "MIL"}
    return possessed and all(a.institution in moved and a.country in own for a in mention.actors)


def _without(mention: Mention, source: Sequence[Mention]) -> Mention:
    """Return "both sides" without the side that acts: it invites the others."""
    own = {a.country for a in actors_of(source)}
    others = tuple(a for a in mention.actors if a.country not in own)
    if mention.kind != "reference" or not others or len(others) == len(mention.actors):
        return mention
    return msgspec.structs.replace(mention, actors=others)

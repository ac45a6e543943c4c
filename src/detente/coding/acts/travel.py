"""Who travels: statesmen move no forces when they fly, and neither tourists nor goods come as guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.outcomes import GOVERNING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.acts.parties import Finder
    from detente.coding.grammar.tree import Token
    from detente.model import Actor
    from detente.registers.frames import Frame

MOVING = frozenset({"fly", "sail", "travel", "cross", "move"})
"""Verbs of forces that move, and of statesmen who travel."""
COMING = MOVING | frozenset(
    "be come go arrive return land reach head drive stop pass journey".split()
)
"""Verbs of mere motion, by which people and things come, too."""
PRIVATE = frozenset({"CVL", "BUS", "MED", "EDU", "REL"})
"""Institutions whose people visit no state when they come: a tourist is nobody's guest."""
PARTIES = frozenset(
    "delegation team mission guest visitor negotiator mediator emissary side committee commission envoy "
    "adviser advisor aide chair chairman chairwoman chief official lawmaker senator deputy representative "
    "secretary panel troika head".split()
)
"""Nouns for people who come on behalf of their state."""
STATE = 3
"""Length of a state's code."""


def is_other(frame: Frame, verb: Token, sources: Sequence[Token], finder: Finder) -> bool:
    """Return whether what moves is not what a frame means: a statesman for a force, a tourist for a guest.

    "The president flew to Oslo over protests of the south" moves no force, "grain from Kyiv reached
    Beirut" is no visit.
    """
    if frame.type == "MOBILIZE" and verb.lemma_ in MOVING:
        doers = _actors(sources, finder)
        return bool(doers) and all(a.rank and a.institution in GOVERNING for a in doers)
    if frame.type != "CONSULT" or frame.objects or verb.lemma_ not in COMING:
        return False
    if any(s.lemma_.lower() in PARTIES or s.tag_ == "PRP" for s in sources):
        return False
    people = [s for s in sources if finder.is_actor(s)]
    return all(_is_no_guest(a) for a in _actors(people, finder))


def _actors(sources: Sequence[Token], finder: Finder) -> list[Actor]:
    return [a for m in finder.all(sources, "S") for a in m.actors]


def _is_no_guest(actor: Actor) -> bool:
    """Return whether somebody comes on nobody's behalf, or a state's name stands for its people."""
    if actor.rank or actor.person:
        return False
    bare = actor.institution is None and actor.code == actor.country
    return actor.institution in PRIVATE or (bare and len(actor.country) == STATE)

"""What keeps a frame from a clause: an object it has no room for, an accident, a mere place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from detente.coding.acts.slots import names
from detente.coding.grammar.coordination import inner
from detente.registers import frames

if TYPE_CHECKING:
    from detente.coding.acts.parties import Finder
    from detente.coding.grammar.clauses import Clause
    from detente.coding.grammar.tree import Token
    from detente.registers.frames import Frame
    from detente.registers.patterns import Slot

INSIDE = frozenset({"in", "at", "inside"})
"""Prepositions after which a state stands for its authorities where no doer is named."""
ROOMY = frozenset({"CONSULT", "SANCTION"})
"""Types whose frames without an object leave no room for one: "broke bread with" breaks no ties."""


def has_room(frame: Frame, clause: Clause, objects: list[Token]) -> bool:
    """Return whether a frame leaves room for the objects that stand in a clause.

    "Called the vote illegal" is no phone call, "met the deadline" no meeting of its subjects, and
    "broke bread with" no break.
    """
    if frame.objects or frame.any_object or frame.particle:
        return True
    if clause.named or (clause.verb.lemma_ == "be" and _says_what(clause.verb)):
        return False
    if frame.mode == "arrest" and any(map(_happens, objects)):
        return False
    taken = any(slot.at in {"object", "dative", "owner"} for slot in frame.slots)
    objects = [o for o in objects if not o.lower_.endswith(("self", "selves"))]
    return taken or not objects or frame.type not in ROOMY


HURTING = frozenset({"kill", "wound", "injure", "hurt"})
"""Verbs that tell of accidents, too: "the storm killed two Danes"."""


def is_accident(frame: Frame, clause: Clause, finder: Finder) -> bool:
    """Return whether what hurts somebody is no actor and nothing that an actor strikes with.

    Where nobody is said to hurt, the sentence must not tell of an accident: "were injured when a bus overturned".
    """
    if frame.acted or clause.verb.lemma_ not in HURTING or finder.knows(clause.subjects, "S"):
        return False
    if not clause.subjects:
        words = frames.load().classes["accident"]
        return any(t.lemma_.lower() in words for t in clause.verb.doc)
    return not clause.passive and not any(
        names(n, _means()) for s in clause.subjects for n in inner(s)
    )


@cache
def _means() -> frozenset[str]:
    """Return the nouns of what is struck with, and of who strikes unnamed."""
    classes = frames.load().classes
    return frozenset().union(*(classes[c] for c in ("strike", "striker", "weapon", "gunmen")))


def _says_what(verb: Token) -> bool:
    """Return whether "be" says what something is or that it is: "there was a war with Chad"."""
    return any(c.dep_ in {"attr", "expl"} for c in verb.children)


def _happens(noun: Token) -> bool:
    """Return whether a noun is held as a meeting is, or belongs to one: "the summit of the union held"."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return names(noun, _happenings()) or names(above, _happenings())


@cache
def _happenings() -> frozenset[str]:
    """Return the nouns of what is held as a meeting is, not as a prisoner is."""
    classes = frames.load().classes
    return classes["talk"] | classes["exercise"] | classes["event"]


def is_where(slot: Slot, frame: Frame) -> bool:
    """Return whether a source is told by where it is done alone: "was arrested in Mali"."""
    if slot.role != "S" or slot.at != "prep" or not slot.preps <= INSIDE:
        return False
    return not any(s.role == "T" and s.at == "subject" for s in frame.slots)


def leaves_target(frame: Frame, objects: list[Token], finder: Finder) -> bool:
    """Return whether the object leaves the target to a place: "arrested two men in Oman".

    Who is a party of his own is the target wherever he is held.
    """
    placed = any(s.role == "T" and s.at == "prep" and "in" in s.preps for s in frame.slots)
    return not (placed and any(finder.is_actor(o) for o in objects))

"""How the parties of one match stand to each other: together, towards each other, or one and the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.outcomes import GOVERNING
from detente.coding.grammar.coordination import is_mutual
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.acts.parties import Finder
    from detente.coding.grammar.tree import Token
    from detente.registers.frames import Frame
    from detente.registers.patterns import Slot

CONTACTS = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types of act that one does with another."""
PARTNERS = frozenset({"with", "between", "among"})
"""Prepositions before the other side of what is done together."""


def has_partner(bases: Iterable[Token]) -> bool:
    """Return whether the other side of what is done together stands there: "signed a pact with"."""
    return any(prepositional(base, PARTNERS) for base in bases)


def is_joint(slot: Slot, frame: Frame, bases: list[Token]) -> bool:
    """Return whether several do together what one does with another: "the two have been on the phone"."""
    with_ = slot.role == "T" and "with" in slot.preps and frame.type in CONTACTS
    return with_ and not any(True for b in bases for _ in prepositional(b, slot.preps))


def is_own(verb: Token, sources: list[Token], finder: Finder) -> bool:
    """Return whether what somebody says is done by himself or his state: "the envoy warned that Oslo would"."""
    named = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ == "NNP"]
    if not named or any(n.lower_ == s.lower_ for n in named for s in sources):
        return True
    own = {a.country for m in finder.all(sources, "S") for a in m.actors}
    return bool(own & {a.country for m in finder.all(named, "S") for a in m.actors})


@once
def is_between(verb: Token) -> bool:
    """Return whether "each other" stands in a verb's own clause."""
    return any(is_mutual(t) and _within(t, verb) for t in verb.subtree)


def _within(token: Token, verb: Token) -> bool:
    """Return whether a verb is the nearest above a token."""
    above = token.head
    while above.pos_ not in {"VERB", "AUX"} and above.head != above:
        above = above.head
    return above == verb


def is_same(targets: list[Token], sources: list[Token], finder: Finder) -> bool:
    """Return whether the target is the source itself ("warned that it would respond").

    So is what is told by the source's own adjective: "ruled out any Dutch contribution".
    """
    doers = [a for m in finder.all(sources, "S") for a in m.actors]
    own = {a.code for a in doers} | {a.country for a in doers if a.institution in GOVERNING}
    faced = finder.all(targets, "T")
    if faced and all(m.kind == "adjective" for m in faced):
        own |= {a.country for a in doers}
    facing = {a.code for m in faced for a in m.actors}
    return bool(facing) and facing <= own

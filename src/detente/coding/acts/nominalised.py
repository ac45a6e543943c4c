"""The clause of a noun that tells what a verb tells: "the expulsion of two envoys by Oslo".

``registers/data/frames/nominals.yaml`` names the verb of each such noun. Who acts is the noun's owner,
who stands after "by", or the subject of a verb that only says that it is done ("Oslo ordered the
expulsion of"); on whom, what stands after "of", after the "on" of an attack, or right before the noun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.clauses import Clause, clause_of
from detente.coding.grammar.coordination import spread
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import once

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

CARRYING = frozenset(
    "announce order carry conduct complete begin start launch confirm approve authorise authorize undertake "
    "make continue resume perform decree declare execute stage accelerate step speed finish direct".split()
)
"""Verbs that say of an act no more than that it is done or ordered."""
_OF, _BY = frozenset({"of"}), frozenset({"by"})
_ON = frozenset({"on", "against"})
"""Prepositions before what an attack or a ban falls on."""


def is_carried(noun: Token) -> bool:
    """Return whether a noun is what a verb says is done: "ordered the closure of", "was announced"."""
    verb = noun.head
    return noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in CARRYING


@once
def clause_of_noun(noun: Token) -> Clause:
    """Return who does to whom what a noun tells, as the clause of its verb would."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    doers = owners or _agents(noun)
    before = [c for c in noun.children if c.dep_ in {"compound", "amod", "nmod"}]
    objects = list(prepositional(noun, _OF)) or _past_agents(doers)
    things = [c for c in before if c.pos_ == "NOUN"]
    objects = objects or list(prepositional(noun, _ON))
    if not objects:
        objects, before = things, [c for c in before if c not in things]
    if not doers and is_carried(noun):
        doers = clause_of(noun.head).subjects
    clause = Clause(noun, passive=not doers, objects=objects)
    clause.subjects = doers or [c for c in before if c.pos_ in {"ADJ", "PROPN"}]
    clause.passive = not clause.subjects
    return clause


def intransitive(clause: Clause) -> Clause | None:
    """Return the clause with what stands after "of" as the one who acts: "the withdrawal of the troops"."""
    if clause.subjects or not clause.objects:
        return None
    return Clause(clause.verb, subjects=clause.objects)


def _agents(noun: Token) -> list[Token]:
    """Return who stands after "by", wherever below the noun the parse hung it, outside other clauses."""
    found = list(prepositional(noun, _BY))
    below = [noun]
    while below and not found:
        below = [s for n in below for o in prepositional(n, _OF) for s in spread(o)]
        found = [d for o in below for d in prepositional(o, _BY)]
    return found


def _past_agents(doers: list[Token]) -> list[Token]:
    """Return what is done in "the closure by Oslo of its embassy", where parses hang it on the doer."""
    return [o for d in doers if d.dep_ == "pobj" for o in prepositional(d, _OF)]

"""Verbs of several words, read as the verb that says the same: "put an end to the talks" ends them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.registers import idioms

if TYPE_CHECKING:
    from detente.coding.grammar.clauses import Clause
    from detente.coding.grammar.tree import Token
    from detente.registers.idioms import Idiom


def meaning(verb: Token) -> tuple[str, Clause] | None:
    """Return the verb that an idiom is read as, with what it is done to as its object."""
    for idiom in idioms.load().get(verb.lemma_.lower(), ()):
        things = _things(verb, idiom)
        if things:
            return idiom.meaning, replace(clause_of(verb), objects=things)
    return None


def _things(verb: Token, idiom: Idiom) -> list[Token]:
    """Return what an idiom is done to, nothing where the words are not those of the idiom."""
    objects = clause_of(verb).whole_objects
    if idiom.beside is not None:
        return _beside(verb, idiom.beside, objects)
    if idiom.led:
        named = any(n.lemma_.lower() in idiom.nouns for n in prepositional(verb, idiom.led))
        return list(objects) if named else []
    noun = next((o for o in objects if o.lemma_.lower() in idiom.nouns), None)
    if noun is None:
        return []
    return [t for base in (verb, noun) for t in prepositional(base, idiom.thing)]


def _beside(verb: Token, word: str, objects: list[Token]) -> list[Token]:
    """Return whom "set free six sailors" or "let them go" is about."""
    after = verb.i + 1
    if after < len(verb.doc) and verb.doc[after].lower_ == word:
        return list(objects)
    clauses = (c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.lower_ == word)
    return [s for c in clauses for s in c.children if s.dep_ == "nsubj"]

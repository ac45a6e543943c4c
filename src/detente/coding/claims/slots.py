"""The actors that stand in the slots of a pattern: subject, owner, front, or behind a preposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.coordination import spread
from detente.coding.grammar.prepositions import prepositional
from detente.registers.claims import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.coding.claims.view import View
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention
    from detente.registers.claim_patterns import Pattern

NAMED = frozenset({"dobj", "attr", "oprd", "nsubjpass"})
"""Relations of objects and predicate nouns."""


def governed(verb: Token, named: list[Token], prep: str) -> Iterator[Token]:
    """Yield what the given prepositions ("on/upon") govern around a verb, the nearest first."""
    preps = frozenset(prep.split("/"))
    below = [c for c in verb.children if c.dep_ in {"advmod", "acomp", "prt", "prep", "agent"}]
    inner = [t for c in below for t in c.children if t.dep_ == "pobj"]
    for node in (verb, *named, *below, *inner):
        for found in prepositional(node, preps):
            yield from spread(found)


def who(
    view: View, verb: Token, pattern: Pattern, subjects: list[Token], chosen: list[Token]
) -> tuple[Mention, ...]:
    """Return the actors that a pattern makes the subject of its claim.

    Args:
        view: The sentence.
        verb: The verb that the pattern matched.
        pattern: The pattern.
        subjects: Heads of the verb's subject.
        chosen: The object that the pattern asked for, if it did.
    """
    found = _slot(view, verb, pattern.who, subjects, chosen)
    if found or pattern.who != "subject":
        return found
    inside = _inside(view, subjects)
    if inside:
        return inside[:1] if len(inside) == 1 else inside
    return _front(view, verb)


def _inside(view: View, heads: Iterable[Token]) -> tuple[Mention, ...]:
    """Return the actors below some heads, territories included, each code once."""
    found: list[Mention] = []
    for head in heads:
        found += view.within(head, but=found, places=True)
    return tuple(found)


def _front(view: View, verb: Token) -> tuple[Mention, ...]:
    """Return the actors of phrases before the verb: "for Ankara", "in talks between A and B"."""
    heads = [c for c in verb.children if c.dep_ in {"prep", "advcl"} and c.i < verb.i]
    return _inside(view, heads)


def _slot(
    view: View, verb: Token, slot: str, subjects: list[Token], chosen: list[Token]
) -> tuple[Mention, ...]:
    if slot == "none":
        return ()
    if slot == "subject":
        return view.actors(subjects, "S") or _inside(
            view, (s for s in subjects if s.lemma_.lower() in words("topics", "people"))
        )
    if slot == "front":
        return _front(view, verb) or _inside(view, (s for s in subjects if s.lower_ in _NOBODY))
    if slot == "object":
        heads = [t for c in verb.children if c.dep_ in NAMED for t in spread(c)]
        return view.actors(heads) or _inside(view, chosen)
    if slot in {"agent", "dative"}:
        clause = clause_of(verb)
        return view.actors(clause.subjects if slot == "agent" else clause.datives)
    if slot == "owner":
        owners = [c for t in (*chosen, *subjects) for c in t.children if c.dep_ in _OWNING]
        owners += [t for n in (*chosen, *subjects) for t in prepositional(n, _OF)]
        return view.actors(owners, "S")
    return _inside(view, governed(verb, chosen, slot))


_NOBODY = frozenset({"nobody", "none", "one"})
_OWNING = frozenset({"poss", "amod", "compound", "nmod"})
_OF = frozenset({"of", "for"})


def others(
    view: View,
    verb: Token,
    pattern: Pattern,
    who: tuple[Mention, ...],
    subjects: list[Token],
    chosen: list[Token],
) -> tuple[Mention, ...]:
    """Return the actors that a pattern makes the object of its claim; arguments as for ``who``."""
    if pattern.whom is not None:
        found = _slot(view, verb, pattern.whom, subjects, chosen)
        return tuple(m for m in found if m not in who)
    return tuple(m for m in view.within(verb, but=who, places=True) if m not in who)

"""What prepositions govern: "between A and B", "in relation to C", "a tariff of 25 percent on steel"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.ruleset import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.grammar.tree import Token

BEFORE_OF = frozenset({"out", "off", "outside", "inside", "ahead"})
"""Prepositions that may take "of" before their object."""
RELATIONS = frozenset({"relation", "regard", "respect", "reference", "connection"})
"""Nouns of prepositions of several words: "in relation to", "with regard to"."""
ABOUT = frozenset({"on", "against", "over", "about"})
"""Prepositions that these stand for."""


def prepositional(token: Token, preps: frozenset[str]) -> Sequence[Token]:
    """Return the objects of the given prepositions that hang on a token, nearest first.

    ``between A and B`` gives A (B is coordinated with it); ``according to`` style chains such as
    "out of" and "along with" are followed.
    """
    if not token.children:
        return ()
    known = _held_by(token)
    if preps not in known:
        known[preps] = tuple(_governed(token, preps))
    return known[preps]


@once
def _held_by(token: Token) -> dict[frozenset[str], tuple[Token, ...]]:  # noqa: ARG001
    return {}


def _governed(token: Token, preps: frozenset[str]) -> Iterator[Token]:
    for child in token.children:
        if child.lower_ == "according":
            continue
        if child.dep_ in {"prep", "dative", "agent", "prt", "advmod", "conj"} or (
            child.pos_ == "ADP" and child.dep_ not in {"aux", "mark"}
        ):
            yield from _under(child, preps)


def _under(prep: Token, preps: frozenset[str]) -> Iterator[Token]:
    if prep.lower_ in preps:
        for child in prep.children:
            if child.dep_ in {"pobj", "pcomp"} or (prep.lower_ == "as" and child.pos_ == "ADJ"):
                yield child
            elif child.lower_ == "of" and prep.lower_ in BEFORE_OF:
                yield from (c for c in child.children if c.dep_ == "pobj")
    if prep.lower_ == "of":
        yield from _past_measure(prep, preps)
    if prep.lower_ in {"in", "with"} and preps & ABOUT:
        yield from _in_relation(prep)
    if prep.pos_ in {"ADP", "ADV", "PART", "SCONJ", "VERB"} and prep.dep_ != "conj":
        for child in prep.children:
            if child.dep_ == "prep":
                yield from _under(child, preps)


def _in_relation(prep: Token) -> Iterator[Token]:
    """Yield what a preposition of several words stands before: "sanctions in relation to Burma"."""
    for noun in prep.children:
        if noun.dep_ == "pobj" and noun.lower_ in RELATIONS:
            yield from (
                p for c in noun.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"
            )


def _past_measure(of: Token, preps: frozenset[str]) -> Iterator[Token]:
    """Yield what hangs on a measure instead: "a tariff of 25 percent on steel"."""
    for child in of.children:
        if child.dep_ == "pobj" and any(c.dep_ == "nummod" for c in child.children):
            yield from prepositional(child, preps)

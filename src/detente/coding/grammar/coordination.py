"""Nouns that stand together: coordinated ones, containers and what they hold, "each other"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.ruleset import once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.grammar.tree import Token

CONTAINERS = frozenset(
    "series package round number set wave spate million billion trillion tonne ton piece batch load "
    "shipment string range raft host dozen hundred thousand kind type form lot majority group team "
    "pair tranche list member majority some many most all several half part couple flurry barrage "
    "volley convoy column amount worth one two three four five six seven eight nine ten act level "
    "resumption day hour week month year lot dozens hundreds thousands first last rest third quarter".split()
)


def is_mutual(token: Token) -> bool:
    """Return whether a token ends "each other" or "one another", or is "the other" after "each"."""
    if token.lower_ not in {"other", "another"} or token.i == 0:
        return False
    before = token.nbor(-1).lower_
    if (before, token.lower_) in {("each", "other"), ("one", "another")}:
        return True
    return (
        before == "the"
        and token.dep_ in {"dobj", "pobj"}
        and not any(c.dep_ not in {"det", "prep"} for c in token.children)
    )


def spread(head: Token) -> Sequence[Token]:
    """Return a head and everything coordinated with it, in order."""
    return _spread(head) if head.children else (head,)


@once
def _spread(head: Token) -> Sequence[Token]:
    found = [head]
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ not in {"VERB", "AUX"}:
            found.extend(spread(child))
    return found


def inner(noun: Token) -> list[Token]:
    """Return the nouns that a container stands for: "a series of sanctions" is about sanctions."""
    found = [noun]
    if noun.lemma_.lower() in CONTAINERS or noun.pos_ in {"NUM", "SYM"}:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "worth"}:
                for below in child.children:
                    if below.dep_ == "pobj":
                        found += [t for s in spread(below) for t in inner(s)]
    return found

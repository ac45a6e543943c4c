"""What a forecast depends on, what would end it, and who can veto it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.expectations import is_inverted
from detente.coding.claims.verbal import mark_of
from detente.coding.claims.view import View, clipped, segment, span_of, subtree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.claims.view import Range
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention


def condition(verb: Token, top: Token) -> Range | None:
    """Return what the forecast depends on, its conjunction included."""
    for node in dict.fromkeys((verb, top)):
        for child in _adverbials(node):
            found = _conditional(child) or _limit(child) or _fronted_if(child, verb)
            if found is not None:
                return clipped(found, segment(verb))
    return None


def _adverbials(node: Token) -> Iterator[Token]:
    """Yield the branches of a predicate, and the prepositions joined to its prepositions."""
    for child in node.children:
        yield child
        if child.pos_ in {"ADP", "SCONJ", "ADV", "CCONJ"}:
            yield from (c for c in child.children if c.pos_ == "ADP")
        if child.dep_ in {"advcl", "xcomp"} and not mark_of(child):
            yield from (c for c in child.children if c.lower_ == "long")


def _conditional(child: Token) -> Range | None:
    if mark_of(child) in {"if", "unless", "provided", "assuming", "once"} or is_inverted(child):
        return span_of(child.subtree)
    if child.lower_ == "long" and {c.dep_ for c in child.children} >= {"advmod", "advcl"}:
        return span_of(child.subtree)
    lasting = child.left_edge.lower_ in {"as", "so", "for", "only", "just"}
    if child.dep_ == "advcl" and lasting and {"as", "long"} <= {c.lower_ for c in child.subtree}:
        return span_of(child.subtree)
    if child.dep_ == "advcl" and child.lower_ in {"provided", "providing", "depending"}:
        return span_of(child.subtree)
    return None


def _limit(child: Token) -> Range | None:
    """Read "within the limits of", "subject to", "in case of" and "without"."""
    low = child.lower_
    if child.dep_ not in {"prep", "advcl", "conj"} or low not in _LIMITS:
        return None
    content = next((c for c in child.children if c.dep_ == "pobj"), None)
    if low in {"within", "in"}:
        wanted = _FRAMES if low == "within" else _CASES
        if content is None or content.lemma_.lower() not in wanted:
            return None
    elif low == "without" and (content is None or content.lemma_.lower() in _MANNERS):
        return None
    aside = [c for c in child.children if c.dep_ in {"conj", "cc"}]
    return span_of(
        t for t in subtree(child, without=aside) if t.lower_ not in {"albeit", "though", "only"}
    )


def _fronted_if(child: Token, verb: Token) -> Range | None:
    """Mend a parse that reads a first "if" into the main clause."""
    if child.dep_ != "mark" or child.i != 0 or child.lower_ not in {"if", "unless"}:
        return None
    comma = next((t.i for t in verb.doc if t.text == "," and t.i < verb.i), None)
    return (0, comma) if comma is not None else None


_LIMITS = frozenset({"within", "subject", "depending", "without", "in"})
_CASES = frozenset({"case", "event"})
_MANNERS = frozenset({"result", "delay", "doubt", "exception", "end", "success", "incident"})
_FRAMES = frozenset({"framework", "limit", "bound", "boundary", "frame", "constraint", "corridor"})


def until(verb: Token, top: Token) -> Range | None:
    """Return what would end it, without "until"."""
    for node in dict.fromkeys((verb, top)):
        for token in node.subtree:
            if token.lower_ in {"until", "till"} and token.dep_ in {"prep", "mark", "conj"}:
                head = token.head if token.dep_ == "mark" else token
                below = [t for t in head.subtree if t.i > token.i]
                if below:
                    return span_of(below)
    return None


def veto(view: View, condition: Range | None, until: Range | None) -> tuple[Mention, ...]:
    """Return who can end it: whose framework, reaction, consent or veto is named."""
    found: list[Mention] = []
    codes: set[str] = set()
    for part in (condition, until):
        if part is None:
            continue
        text = {t.lemma_.lower() for t in view.doc[part[0] : part[1]]}
        if not text & _VETOES:
            continue
        for mention in view.reading.mentions:
            new = {a.code for a in mention.actors}
            if part[0] <= mention.head < part[1] and not new <= codes:
                found.append(mention)
                codes |= new
    return tuple(found)


def named_in(view: View, part: Range | None, but: set[str]) -> tuple[Mention, ...]:
    """Return who stands in a condition, without some codes: "if A pays, B could return"."""
    if part is None:
        return ()
    return tuple(
        m
        for m in view.reading.mentions
        if part[0] <= m.head < part[1] and not {a.code for a in m.actors} <= but
    )


_VETOES = frozenset(
    "framework limit bound reaction veto objection consent approval permission opposition react "
    "object intervene response agree approve intervention block anger displeasure green line "
    "interfere".split()
)

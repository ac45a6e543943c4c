"""Which verb tells the change where another one leads up to it: "will take years to", "do little to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims.openness import ANYTHING
from detente.coding.claims.verbal import mark_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.verbs import objects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

SPANS = frozenset({"year", "month", "week", "decade", "term", "season", "generation"})
"""Nouns of time of which something may take several."""


def told_by(verb: Token) -> Token | None:
    """Return the verb that a predicate leads up to, None where it tells the change itself."""
    return (
        _takes_long(verb)
        or _in_its_place(verb)
        or _aimed_at(verb)
        or _come_to(verb)
        or _all_but(verb)
    )


def _aimed_at(verb: Token) -> Token | None:
    """Return what is tried: "ease" of "do little to ease", "keep" of "go to great lengths to keep"."""
    things = {o.lemma_.lower() for o in objects_of(verb)}
    ends = prepositional(verb, frozenset({"to", "at", "in"}))
    things |= {n.lemma_.lower() for n in ends}
    tried = verb.lemma_ == "do" and bool(things & (ANYTHING | words("forecast", "endeavours")))
    tried = tried or _finds_needed(verb) or bool(things & words("forecast", "endeavours"))
    if not tried:
        return None
    below = (t for t in verb.subtree if t.i > verb.i and t.dep_ in _PURPOSES and t.tag_ == "VB")
    nouns = ANYTHING | words("forecast", "endeavours")
    nouns |= _NEEDED
    return next((t for t in below if t.head == verb or t.head.lemma_.lower() in nouns), None)


def _finds_needed(verb: Token) -> bool:
    """Tell whether somebody "finds it necessary to V"."""
    told = (c for c in verb.children if c.dep_ in {"ccomp", "oprd", "acomp"})
    return verb.lemma_ == "find" and any(c.lower_ in _NEEDED for c in told)


_NEEDED = frozenset({"necessary", "expedient", "prudent", "useful", "wise", "needful", "fit"})
_PURPOSES = frozenset({"advcl", "xcomp", "relcl", "acl"})


def _come_to(verb: Token) -> Token | None:
    """Return what somebody gets to: "recognising" of "come round to recognising", "be" of "prove to be"."""
    if verb.lemma_ in {"turn", "prove"}:
        return next((c for c in verb.children if c.dep_ == "xcomp" and c.lemma_ == "be"), None)
    if verb.lemma_ not in {"come", "get", "move", "edge", "inch", "lean"}:
        return None
    below = (t for c in verb.children for t in (c, *c.children) if t.lower_ in {"to", "towards"})
    deeds = (c for t in below for c in t.children if c.dep_ == "pcomp" and c.tag_ == "VBG")
    return next(deeds, None)


def _all_but(verb: Token) -> Token | None:
    """Return the participle of "will be all but halted", which the parse joins with "but"."""
    but = next((c for c in verb.children if c.lower_ == "but"), None)
    if verb.lemma_ != "be" or but is None or not any(c.lower_ == "all" for c in but.children):
        return None
    return next((c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VBN"), None)


def _in_its_place(verb: Token) -> Token | None:
    """Return what comes instead of what is denied: "grow" of "will not lessen but grow"."""
    if not any(c.dep_ == "neg" for c in verb.children):
        return None
    but = any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children)
    others = (c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VB")
    return next(others, None) if but else None


def _takes_long(verb: Token) -> Token | None:
    """Return what takes its time: "fade" of "will take long to fade", "will take years to"."""
    if verb.lemma_ == "be":
        timed = any(c.lemma_ in SPANS and c.dep_ == "attr" for c in verb.children)
        until = (c for c in verb.children if c.dep_ == "advcl" and mark_of(c) == "before")
        return next(until, None) if timed else None
    if verb.lemma_ != "take":
        return None
    long = any(c.lower_ == "long" or c.lemma_ in SPANS | {"time", "day"} for c in verb.children)
    aims = [c for c in verb.children if c.dep_ in {"xcomp", "advcl"} and c.tag_ == "VB"]
    misread = (t for c in verb.children if c.lower_ == "to" for t in c.children)
    aims += [t for t in misread if t.lemma_.lower() in group("forecast", "directions")]
    return next(iter(aims), None) if long else None

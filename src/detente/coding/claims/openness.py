"""Clauses of the future that tell no direction: what is left open, and what comes to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.verbs import objects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token


def tells_nothing(verb: Token) -> bool:
    """Tell whether a clause leaves open what comes, or says that nothing in particular does."""
    return _is_vain(verb) or _is_open(verb) or _is_asked(verb)


def _is_open(verb: Token) -> bool:
    """Tell whether a clause leaves open what comes: "time will tell whether", "will show who"."""
    whether = any(c.lower_ == "whether" and c.dep_ == "mark" for c in verb.children)
    if whether and verb.dep_ in {"ccomp", "advcl"} and verb.head.lemma_.lower() in _REVEALING:
        return True
    above = (t for t in verb.head.subtree if not t.is_ancestor(verb) and t.i < verb.i)
    if whether and verb.head != verb and any(t.lower_ in _NOT_CLEAR for t in above):
        return True
    if whether and verb.dep_ == "csubj" and _is_guess(verb.head):
        return True
    if verb.lemma_.lower() not in _REVEALING:
        return False
    asked = (c for c in verb.children if c.dep_ in {"ccomp", "xcomp", "csubj", "csubjpass"})
    return any(t.lower_ in _ASKED for c in asked for t in c.children)


def _is_asked(verb: Token) -> bool:
    """Tell whether a clause asks what comes: "it is unclear how Riga will pay", "what it brings"."""
    first = [c for c in verb.children if c.i < verb.i]
    inner = (t for c in first for t in c.children if t.dep_ in {"det", "advmod", "amod", "poss"})
    found = {t.lower_ for t in (*first, *inner) if t.tag_ in {"WRB", "WP", "WDT", "WP$"}}
    if "how" in found:
        return True
    below = verb.dep_ in {"ccomp", "csubj", "csubjpass", "pcomp"}
    if verb.head.lemma_ == "be":
        below = any(
            t.lower_ in words("forecast", "unsettled")
            for t in verb.head.subtree
            if not t.is_ancestor(verb)
        )
    return below and bool(found & _ASKED)


def _is_guess(copula: Token) -> bool:
    """Tell whether what is asked before is left open: "whether Lima goes is anyone's guess"."""
    told = (c for c in copula.children if c.dep_ in {"acomp", "attr", "oprd", "prep"})
    unsettled = words("forecast", "unsettled") - words("forecast", "likelihood")
    return any(t.lower_ in unsettled for c in told for t in c.subtree)


_NOT_CLEAR = frozenset({"clear", "unclear", "known", "unknown", "open", "obvious"})
_REVEALING = frozenset({"tell", "show", "reveal", "depend", "decide", "see", "indicate"})
_ASKED = frozenset({"whether", "how", "who", "what", "if", "which"})


_BEARING = frozenset("produce change bring achieve yield accomplish deliver solve alter".split())
ANYTHING = frozenset({"anything", "nothing", "little", "much", "something"})


def _is_vain(verb: Token) -> bool:
    """Tell whether nothing in particular comes of it: "produce anything", "nothing will come of"."""
    if any(c.dep_ == "nsubj" and c.lower_ in {"nothing", "little"} for c in verb.children):
        return verb.lemma_.lower() in {"come", "emerge", "result"}
    return verb.lemma_.lower() in _BEARING and any(o.lower_ in ANYTHING for o in objects_of(verb))

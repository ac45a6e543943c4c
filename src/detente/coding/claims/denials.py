"""Which predicates are denied: by "not", by their subject, by what would surprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token


def denied(verb: Token) -> bool:
    """Tell whether a predicate is denied by a word of its own or by its subject: "neither", "no"."""
    above = verb.head
    if verb.dep_ in {"xcomp", "ccomp"} and above.lower_ in words("forecast", "raising") | {"about"}:
        copula = above.head if above.dep_ in {"acomp", "oprd"} else above
        if above.lower_ == "unlikely" or denied(copula):
            return True
    if _would_surprise(verb):
        return True
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in _DENYING:
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and (
            child.lower_ in _NOBODY or any(b.lower_ in {"no", "neither"} for b in child.children)
        ):
            return True
    return False


def _would_surprise(verb: Token) -> bool:
    """Tell whether it would surprise: "it would be surprising if Rabat changed its stand"."""
    above = [c for c in verb.head.children if c.dep_ in {"attr", "acomp"} or c.lower_ == "as"]
    told = {t.lemma_.lower() for c in above for t in (c, *c.children)}
    marked = any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children)
    return verb.dep_ == "advcl" and marked and bool(told & words("forecast", "surprises"))


_DENYING = frozenset({"hardly", "never", "scarcely", "barely", "neither"})
_NOBODY = frozenset({"nothing", "nobody", "few", "none", "neither", "little"})

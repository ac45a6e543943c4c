"""Whether "may" allows or forbids, as a norm, or tells a chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token

DRIFTS = frozenset(
    "gradually eventually inevitably ultimately soon probably likely surely certainly sooner "
    "increasingly again hardly".split()
)
"""Adverbs that make an expectation of what would else be an announcement."""


def permits(verb: Token) -> bool:
    """Tell whether "may" allows: "may only enter", "may be made only with the consent of"."""
    for token in verb.subtree:
        following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        if token.lower_ in {"only", "exclusively", "solely"}:
            if token.head == verb or following in _WAYS:
                return following not in {"within", "until", "in"}
            if token.dep_ == "advmod" and token.i < verb.i and token.head.dep_ in _SUBJECTS:
                return True
    if {"any", "time"} <= {t.lower_ for c in verb.children if c.dep_ == "prep" for t in c.subtree}:
        return True
    if verb.lemma_ in _STAYING and any(is_duration(c) for c in verb.children):
        return True
    if any(t.like_num for t in verb.subtree) and _is_capped({t.lower_ for t in verb.subtree}):
        return True
    denied = any(c.dep_ == "neg" for c in verb.children)
    if any(c.lower_ == "without" for c in verb.children) and (denied or _nobody(verb)):
        return True
    if _is_class(verb) and (verb.lemma_ in _ALLOWED or _is_waived(verb)):
        return True
    return _forbids(verb) or (_nobody(verb) and not any(c.lower_ in DRIFTS for c in verb.children))


def _is_capped(found: set[str]) -> bool:
    """Tell whether "no longer than" or "no more than" sets a limit."""
    return bool({"no", "not"} & found) and "than" in found and bool({"longer", "more"} & found)


_ALLOWED = frozenset(
    "apply register enter stay travel work vote attend import export own appeal transit".split()
)
"""Acts for which a class of people gets leave: "citizens may enter", "students may apply"."""


def _is_waived(verb: Token) -> bool:
    return any(c.lower_ == "without" for c in verb.children)


def _is_class(verb: Token) -> bool:
    """Tell whether the subject is a class: a bare plural noun."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if subject is None or subject.tag_ not in {"NNS", "NNPS"}:
        return False
    return not any(c.dep_ in {"det", "poss", "nummod"} for c in subject.children)


_WAYS = frozenset("with through by after via if to for from under on when where".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


_STAYING = frozenset({"stay", "remain", "speak", "keep", "hold", "use", "serve", "visit", "carry"})


def is_duration(prep: Token) -> bool:
    """Tell whether a phrase measures how long: "for 21 days"."""
    return prep.lower_ == "for" and any(
        c.dep_ == "pobj" and any(b.dep_ == "nummod" for b in c.children) for c in prep.children
    )


def _nobody(verb: Token) -> bool:
    """Tell whether the subject is "no soldier" or "nobody"."""
    return any(
        c.dep_ in _SUBJECTS
        and (c.lower_ in {"nobody", "none"} or any(b.lower_ == "no" for b in c.children))
        for c in verb.children
    )


def _forbids(verb: Token) -> bool:
    """Tell whether "may not" forbids a class of people or things: "foreign troops may not enter"."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or not any(c.dep_ == "neg" for c in verb.children):
        return False
    bare = subject.tag_ == "NNS" and not any(c.dep_ in {"det", "poss"} for c in subject.children)
    lemma = subject.lemma_.lower()
    return bare and (lemma in words("topics", "people") or lemma in words("capacity", "stocks"))

"""More or less of a thing: comparatives, multiples and bounds beside a predicate of the future."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.prepositions import prepositional
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.grammar.tree import Token


def is_compared(verb: Token) -> bool:
    """Tell whether more or less of something does it: "more refugees will arrive"."""
    return any(
        below.lower_ in {"more", "fewer", "less"} and below.dep_ in {"amod", "advmod"}
        for c in verb.children
        if c.dep_ in {"nsubj", "nsubjpass", "dobj"}
        for below in c.children
    )


def compared(verb: Token, nouns: Iterable[Token]) -> str | None:
    """Return the direction of "closer", "fewer tourists" and "more often"."""
    table = group("forecast", "compared")
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "advmod", "oprd", "npadvmod"}:
            for token in (child, *child.children):
                if token.lower_ == "more" and token.i and token.nbor(-1).lower_ == "once":
                    continue
                if token.lower_ in table:
                    return table[token.lower_]
                if token.tag_ == "JJR" and child.dep_ == "acomp":
                    return "increase"
    amounts = prepositional(verb, frozenset({"in", "at", "with"}))
    found = (_of_noun(noun) for noun in (*nouns, *amounts))
    return next((label for label in found if label is not None), None)


def _of_noun(noun: Token) -> str | None:
    """Return the direction of "fewer tourists", "no more talk", or of a comparative read as a noun."""
    table = group("forecast", "compared")
    if noun.lower_ in table:
        return table[noun.lower_]
    if {"no", "more"} <= {c.lower_ for c in noun.children}:
        return "stop"
    adjectives = {**group("forecast", "direction_adjectives"), **table}
    for child in noun.children:
        if child.dep_ in {"amod", "advmod", "det"} and child.lower_ in adjectives:
            return adjectives[child.lower_]
    return None


def of_numbers(verb: Token, subjects: Iterable[Token]) -> str | None:
    """Return the direction of "more firms will leave", "will leave in larger numbers"."""
    table = group("forecast", "compared")
    for noun in subjects:
        for word in noun.children:
            few = word.lower_ in {"more", "fewer"} and word.dep_ in {"amod", "det", "advmod"}
            if few and not any(c.lower_ == "no" for c in (*noun.children, *word.children)):
                return table[word.lower_]
    for noun in prepositional(verb, frozenset({"in"})):
        if noun.lemma_ in {"number", "quantity", "amount"}:
            return next((table[c.lower_] for c in noun.children if c.lower_ in table), None)
    return None


def of_adjective(word: Token) -> str | None:
    """Return the direction of a comparative: "dearer", "more dependent", "less friendly"."""
    table = group("forecast", "compared")
    for token in (word, *word.children):
        if token.lower_ in table:
            return table[token.lower_]
    return "increase" if word.tag_ == "JJR" else None


def multiple(verb: Token) -> str | None:
    """Return the direction of "twice as large", "half as many" and "well below"."""
    for child in verb.children:
        if child.dep_ not in _MEASURING:
            continue
        near = [t for t in child.subtree if t.dep_ != "relcl"]
        found = {t.lower_ for t in near}
        times = {t.lower_ for t in near if t.i + 1 < len(t.doc) and t.nbor(1).lower_ in _AS}
        if times & words("forecast", "fractions"):
            return "decrease"
        if times & words("forecast", "multiples"):
            return "increase"
        bounded = child.dep_ == "prep" and verb.lemma_ in {"be", "come", "fall", "rise"}
        if bounded and child.lower_ in {"below", "beneath"}:
            return "decrease"
        if bounded and child.lower_ == "above":
            return "increase"
        if child.dep_ == "acomp" and "as" in found and found & _THEN:
            return "decrease" if denied(verb) else "continue"
    return None


_MEASURING = frozenset({"acomp", "attr", "dobj", "nsubj", "nsubjpass", "npadvmod", "prep"})
_AS = frozenset({"as", "the", "that", "its"})
_THEN = frozenset({"before", "ever", "now", "today", "once", "hitherto", "always"})


def denied(verb: Token) -> bool:
    """Tell whether a predicate is denied by a word of its own or by its subject: "neither", "no"."""
    above = verb.head
    if verb.dep_ in {"xcomp", "ccomp"} and above.lower_ in words("forecast", "raising"):
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
    told = {c.lemma_.lower() for c in verb.head.children if c.dep_ in {"attr", "acomp"}}
    marked = any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children)
    return verb.dep_ == "advcl" and marked and bool(told & words("forecast", "surprises"))


_DENYING = frozenset({"hardly", "never", "scarcely", "barely", "neither"})
_NOBODY = frozenset({"nothing", "nobody", "few", "none", "neither", "little"})

"""More or less of a thing: comparatives, multiples and bounds beside a predicate of the future."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims import nominals
from detente.coding.claims.denials import denied
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.verbs import objects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.coding.grammar.tree import Token


def is_compared(verb: Token) -> bool:
    """Tell whether more or less of something does it: "more refugees will arrive", "twice as much"."""
    few = any(
        below.lower_ in {"more", "fewer", "less"} and below.dep_ in {"amod", "advmod"}
        for c in verb.children
        if c.dep_ in {"nsubj", "nsubjpass", "dobj"}
        for below in c.children
    )
    return few or multiple(verb) is not None


def compared(verb: Token, subjects: Sequence[Token], objects: Sequence[Token]) -> str | None:
    """Return the direction of "closer", "fewer tourists", "more often" and "on a higher footing"."""
    table = group("forecast", "compared")
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "advmod", "oprd", "npadvmod"}:
            turned = any(c.dep_ == "neg" for c in child.children)  # "more, not less"
            for token in (*child.children, child) if turned else (child, *child.children):
                if token.lower_ == "more" and token.i and token.nbor(-1).lower_ == "once":
                    continue
                if token.lower_ in table:
                    return _of_step(verb, token) or _judged(token, child, subjects)
                if token.tag_ == "JJR" and child.dep_ == "acomp":
                    return "increase"
        elif child.dep_ == "prep":
            step = next(
                (c for c in child.children if c.dep_ == "advmod" and c.lower_ in table), None
            )
            if step is not None:
                return _of_step(verb, step) or table[step.lower_]
    standing = verb.lemma_.lower() in words("forecast", "light")
    amounts = prepositional(verb, _PLACES if standing else _PARTS)
    measures = (n for n in prepositional(verb, frozenset({"for"})) if n.lower_ in {"less", "more"})
    told = (*subjects, *objects) if not objects_of(verb) else objects
    found = (_of_noun(noun) for noun in (*told, *amounts, *measures))
    return next((label for label in found if label is not None), None)


_PARTS = frozenset({"in", "at", "with"})
_PLACES = _PARTS | {"on", "onto", "under"}
"""Where a light verb puts things: "will be under growing pressure", "put ties on a firmer footing"."""
_STEPS = frozenset({"further", "closer", "nearer", "better", "wiser", "higher", "farther"})


_APART = frozenset({"from", "behind", "below", "beneath", "apart", "away", "adrift"})


def _of_step(verb: Token, step: Token) -> str | None:
    """Return where no step is made, or one away: "get no further", "drift further from"."""
    if step.lower_ not in _STEPS:
        return None
    if step.i + 1 < len(step.doc) and step.nbor(1).lower_ in _APART:
        return "decrease"
    beside = {c.lower_ for c in step.children}
    return "continue" if "no" in beside or ("any" in beside and denied(verb)) else None


def _judged(step: Token, told: Token, subjects: Sequence[Token]) -> str | None:
    """Return the direction of a comparative by what it is said of: ties get worse, a quarrel grows."""
    label = group("forecast", "compared")[step.lower_]
    if told.lower_ in {"better", "worse"}:
        return _turned(label) if are_ill(subjects) else label
    if step == told:
        return label
    quality = told.lower_
    soft = quality in words("forecast", "lessening")
    bad = quality in words("forecast", "bad_qualities") and are_good(subjects)
    return _turned(label) if soft or bad else label


def are_ill(nouns: Iterable[Token]) -> bool:
    """Tell whether nouns name what is bad when it grows: "the quarrel", "the rift"."""
    return any(n.lemma_.lower() in words("forecast", "ills") for n in nouns)


def are_good(nouns: Iterable[Token]) -> bool:
    """Tell whether nouns name what is told by how good it is: "relations", "the mood"."""
    return any(n.lemma_.lower() in words("forecast", "goods") for n in nouns)


def _turned(label: str) -> str:
    return {"increase": "decrease", "decrease": "increase"}.get(label, label)


def of_evaluation(lemma: str, things: Iterable[Token]) -> str | None:
    """Return the direction of "worsen" or "settle" said of something bad: "the rift will worsen"."""
    label = _OF_ILLS.get(lemma)
    return label if label is not None and are_ill(things) else None


_OF_ILLS = {"worsen": "increase", "deteriorate": "increase", "improve": "decrease"} | dict.fromkeys(
    ("settle", "resolve", "solve", "overcome"), "stop"
)


def of_complement(label: str, word: str, subjects: Iterable[Token]) -> str:
    """Return where things go that become so: good ones that become bad go down, "ties grow tense"."""
    bad = word in words("forecast", "bad_qualities") and are_good(subjects)
    return "decrease" if bad and label == "increase" else label


def _of_noun(noun: Token) -> str | None:
    """Return the direction of "fewer tourists", "no more talk", or of a comparative read as a noun.

    More of a change is the change: "a further cut" is left to its noun.
    """
    table = group("forecast", "compared")
    if noun.lower_ in table:
        return table[noun.lower_]
    if {"no", "more"} <= {c.lower_ for c in noun.children}:
        return "stop"
    adjectives = {**group("forecast", "direction_adjectives"), **table}
    for child in noun.children:
        if child.dep_ not in {"amod", "advmod", "det"} or child.lower_ not in adjectives:
            continue
        label = adjectives[child.lower_]
        own = nominals.direction_of(noun) if label in {"increase", "resume"} else None
        return own or label
    return nominals.of_degree(noun)


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


def of_adjective(word: Token, things: Sequence[Token] = ()) -> str | None:
    """Return the direction of a comparative: "dearer", "more dependent", "less friendly"."""
    table = group("forecast", "compared")
    for token in (word, *word.children):
        if token.lower_ in table:
            return _judged(token, word, things)
    own = nominals.of_degree(word) if word.pos_ == "NOUN" else None
    return own or ("increase" if word.tag_ == "JJR" else None)


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

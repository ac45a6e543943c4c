"""Where things move by a noun: "a thaw", "closer ties", "a scaling back", "an abridgement"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from detente.coding.claims.denials import denied
from detente.registers import inflection
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token
    from detente.model import Direction

_ONE_MORE = frozenset({"further", "additional", "more"})
_QUALIFYING = frozenset({"amod", "det", "advmod", "compound", "nmod"})
_ENDINGS = ("ment", "al", "ance", "ence", "ion", "ation", "ition", "ure")
_BACK_AND_FORTH = frozenset({"advmod", "prt", "prep"})


def direction_of(noun: Token) -> str | None:
    """Return the direction that a noun names, None where it names none.

    The register's own nouns come first, then those made from a verb with a direction ("cessation"
    from "cease", "a scaling back" from "scale back").
    """
    table = group("forecast", "direction_nouns")
    lemma = noun.lemma_.lower()
    if noun.i > 1 and noun.nbor(-1).text == "-":
        joined = f"{noun.nbor(-2).lower_}-{lemma}"
        if joined in table:
            return table[joined]
    if lemma in table:
        return table[lemma]
    for form in (noun.lower_, lemma):
        if form.endswith("ing"):
            beside = (c.lower_ for c in noun.children if c.dep_ in _BACK_AND_FORTH and c.i > noun.i)
            phrased = _gerunds_of_phrases()
            label = next((phrased[w] for b in beside if (w := f"{form} {b}") in phrased), None)
            if label is not None:
                return label
        if form in _derived():
            return _derived()[form]
    return None


@cache
def _derived() -> dict[str, str]:
    """Return nouns that verbs with a direction make by an ending, with that direction."""
    found: dict[str, str] = {}
    plain = words("forecast", "plain_nouns")
    for verb, label in group("forecast", "directions").items():
        stem = verb.removesuffix("e")
        made = {stem + ending for ending in _ENDINGS if len(stem) > 3} | {verb + "ment"}
        if verb.endswith("d"):
            made.add(verb[:-1] + "sion")
        if verb.endswith("de"):
            made.add(verb[:-2] + "sion")
        if verb.endswith("ify"):
            made.add(verb[:-1] + "ication")
        made |= {form for form in inflection.forms(verb) if form.endswith("ing")}
        found |= dict.fromkeys(made - plain, label)
    return found


@cache
def _gerunds_of_phrases() -> dict[str, str]:
    """Return "scaling back" and the like, of verbs with their particle."""
    found: dict[str, str] = {}
    for phrase, label in group("forecast", "direction_phrases").items():
        verb, _, rest = phrase.partition(" ")
        for form in inflection.forms(verb):
            if form.endswith("ing"):
                found[f"{form} {rest}"] = label
    return found


def of_noun(noun: Token) -> Direction:
    """Return where things move by a noun and its adjectives: "closer ties", "a thaw".

    "A further round of talks" begins another one; "an end to talks" is told by the first noun.
    """
    label = direction_of(noun)
    if label == "stop" and any(_told_as(c) == "continue" for c in noun.children):
        return "continue"
    lemma = noun.lemma_.lower()
    if is_denied_change(noun):
        return "continue"
    label = label or of_degree(noun)
    table = group("forecast", "direction_adjectives")
    counted = lemma in words("forecast", "units")
    for word in noun.subtree:
        if label is None and word.i < noun.i and word.lower_ in table:
            label = "start" if counted and word.lower_ in _ONE_MORE else table[word.lower_]
    return label or "start"  # type: ignore[return-value]


def _told_as(word: Token) -> str | None:
    """Return the direction of an adjective: "a prolonged freeze" goes on."""
    amod = word.dep_ == "amod"
    return group("forecast", "direction_adjectives").get(word.lower_) if amod else None


def of_degree(noun: Token) -> str | None:
    """Return the direction of "a more important supplier", "a more modest role", "less tense ties"."""
    for child in noun.children:
        steps = [c.lower_ for c in child.children if c.lower_ in {"more", "less"}]
        if child.dep_ != "amod" or not steps:
            continue
        bad = child.lower_ in words("forecast", "bad_qualities")
        turned = child.lower_ in words("forecast", "lessening")
        turned = turned or (bad and noun.lemma_.lower() in words("forecast", "goods"))
        return "decrease" if (steps[0] == "more") is turned else "increase"
    return None


def is_denied_change(noun: Token) -> bool:
    """Tell whether a change is denied: "no change is expected", "nobody expects any movement"."""
    if noun.lemma_.lower() not in words("forecast", "unmoved") | words("forecast", "shifts"):
        return False
    no = any(c.lower_ == "no" for c in noun.children)
    return no or (noun.dep_ == "dobj" and denied(noun.head))


def is_qualified(noun: Token) -> bool:
    """Tell whether an adjective of a noun names a direction: "closer military ties"."""
    table = group("forecast", "direction_adjectives")
    return any(c.dep_ in _QUALIFYING and c.lower_ in table for c in noun.children)

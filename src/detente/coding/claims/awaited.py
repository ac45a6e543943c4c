"""Nouns that are expected: "a resumption is likely", "Riga expects a rise", "is heading for a clash"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims import nominals
from detente.coding.claims.raising import is_matter_of_time
from detente.coding.grammar.subjects import subjects_of
from detente.registers.claims import words

if TYPE_CHECKING:
    from detente.coding.grammar.tree import Token


def expecting(noun: Token) -> Token | None:
    """Return the word that makes an expectation of a noun, if one does."""
    head = noun.head
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        return _said_likely(head) or _cleft(noun)
    if noun.dep_ == "attr":
        return _cleft(noun)
    lemma = head.lemma_.lower()
    foreseen = noun.dep_ == "dobj" and lemma in _SEEING and _is_seen_by_many(head)
    if foreseen and (nominals.direction_of(noun) is not None or nominals.is_qualified(noun)):
        return head if head.tag_ in {"VBZ", "VBP"} else None
    if noun.dep_ == "dobj" and lemma in words("forecast", "expecting"):
        told = head.tag_ in {"VBZ", "VBP", "VBD", "VBG"}
        told = told or (head.dep_ == "ROOT" and not any(c.dep_ in _HELPED for c in head.children))
        return head if told or any(c.lemma_ == "do" for c in head.children) else None
    if noun.dep_ == "dobj" and lemma in {"rule", "exclude"}:
        denied = any(c.dep_ == "neg" or c.lower_ == "can" for c in head.children)
        return head if denied else None
    if noun.dep_ == "pobj" and head.lower_ in {"of", "for", "towards", "toward", "to"}:
        return (
            _within_days(head.head) or _chance(head.head) or _bound_for(head) or _pointed_to(head)
        )
    return None


def _cleft(noun: Token) -> Token | None:
    """Return the verb of "what Riga expects is a protest", "the likeliest outcome is a quarrel"."""
    if noun.head.lemma_ != "be":
        return None
    if noun.dep_ == "attr" and any(_is_likely_result(t) for t in subjects_of(noun.head)):
        return noun.head
    above = noun.head.head
    if noun.head.dep_ == "ccomp" and above.lemma_.lower() in words("forecast", "expecting"):
        return above if above.left_edge.lower_ == "what" else None
    for clause in noun.head.children:
        told = clause.dep_ in {"csubj", "ccomp"} and clause.tag_ in {"VBZ", "VBP"}
        what = any(c.lower_ == "what" for c in clause.subtree)
        if told and what and clause.lemma_.lower() in words("forecast", "expecting") | {"fear"}:
            return clause
    return None


_SEEING = frozenset({"see", "fear", "foresee", "envisage"})


def _is_seen_by_many(verb: Token) -> bool:
    """Tell whether observers see it: "analysts see a growing role"."""
    return any(t.lemma_.lower() in words("forecast", "observers") for t in subjects_of(verb))


_HELPED = frozenset({"nsubj", "aux", "auxpass"})


def is_ahead(noun: Token) -> bool:
    """Tell whether a state moves towards a thing: "is heading for a showdown"."""
    return noun.dep_ == "pobj" and noun.pos_ == "NOUN" and _bound_for(noun.head) is not None


def _pointed_to(prep: Token) -> Token | None:
    """Return the verb of "everything points to a hardening"."""
    verb = prep.head
    if verb.lemma_ != "point" or prep.lower_ not in {"to", "towards", "toward"}:
        return None
    signs = any(s.lemma_.lower() in _SIGNS for s in subjects_of(verb))
    return verb if signs and verb.tag_ in {"VBZ", "VBP"} else None


_SIGNS = frozenset({"everything", "all", "sign", "indication", "evidence", "much", "indicator"})


def _said_likely(verb: Token) -> Token | None:
    """Return the verb of "a rise is likely" and "a rise cannot be ruled out"."""
    likelihood = words("forecast", "likelihood")
    content = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if verb.lemma_ == "be" and content is not None and content.lower_ in {"expected", "feared"}:
        return content
    below = [verb, *(c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"})]
    if any(c.dep_ in {"xcomp", "ccomp"} for n in below for c in n.children):
        return None
    if any(c.lower_ in {"was", "were", "had"} for c in (verb, *verb.children)):
        return None
    if _draws_near(verb) or _stands_ahead(verb):
        return verb
    if verb.lemma_ in {"be", "remain", "seem", "look", "appear", "become", "grow"}:
        return verb if _is_judged_likely(verb) else None
    if verb.lower_ in _HELD:
        held = (c for c in verb.children if c.dep_ in {"acomp", "oprd", "advcl"})
        return verb if any(c.lower_ in likelihood for c in held) else None
    if _is_granted(verb):
        return verb
    if verb.lower_ not in _FORESEEN:
        return None
    return verb if any(c.dep_ in {"aux", "auxpass"} for c in verb.children) else None


def _is_granted(verb: Token) -> bool:
    """Tell whether a thing is taken for granted, or is not to be."""
    return verb.lower_ == "taken" and any(t.lower_ == "granted" for t in verb.children)


def _is_judged_likely(verb: Token) -> bool:
    """Tell whether a copula says how likely: "is likely", "is all but certain", "is a possibility"."""
    judged = next((c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd"}), None)
    if judged is None or judged.lower_ in {"far", "anything", "all", "nothing"}:
        far = judged or next((c for c in verb.children if c.lower_ in {"far", "but"}), None)
        inner = far.subtree if far is not None else ()
        likelihood = words("forecast", "likelihood")
        judged = next((t for t in inner if t.lower_ in likelihood), judged)
    if judged is None:
        return False
    others = any(
        c != judged and c.dep_ in {"acomp", "attr"} and not c.is_ancestor(judged)
        for c in verb.children
    )
    return is_matter_of_time(judged) or (not others and _tells_chance(judged))


def _tells_chance(judged: Token) -> bool:
    """Tell whether a word judges how likely: "likely", "a distinct possibility"."""
    chance = judged.dep_ == "attr" and judged.lemma_ in _CHANCES
    chance = chance or _is_likely_result(judged)
    return chance or judged.lower_ in words("forecast", "likelihood")


_HELD = frozenset({"thought", "considered", "deemed", "believed", "judged", "held", "rated"})
"""What is said to be likely: "a return is thought probable"."""
_FORESEEN = frozenset(
    "expected ruled excluded anticipated feared foreseen forecast predicted projected awaited assured "
    "guaranteed".split()
)


def _is_likely_result(noun: Token) -> bool:
    """Tell whether a noun is "the likeliest outcome"."""
    likely = {c.lower_ for c in noun.children} & words("forecast", "likelihood")
    return noun.lemma_ in _RESULTS and bool(likely)


_RESULTS = frozenset({"result", "outcome", "scenario", "ending", "consequence", "course", "answer"})
_CHANCES = frozenset({"possibility", "probability", "certainty", "likelihood", "prospect"})


def _draws_near(verb: Token) -> bool:
    """Tell whether something comes by itself: "a crisis is looming", "a coup threatens"."""
    helped = any(c.lower_ in {"is", "are"} for c in verb.children if c.dep_ == "aux")
    now = verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VBG" and helped)
    bare = not any(c.dep_ in {"dobj", "xcomp", "ccomp"} for c in verb.children)
    return now and bare and verb.lemma_.lower() in words("forecast", "coming")


def _stands_ahead(verb: Token) -> bool:
    """Tell whether a thing is said to be near or far: "is in sight", "is within reach"."""
    if verb.lemma_ in {"lie", "stand"}:
        return any(c.lower_ == "ahead" for c in verb.children)
    if verb.lemma_ not in {"be", "seem", "look", "remain", "appear"}:
        return False
    phrases = words("forecast", "ahead_phrases")
    below = [c for c in verb.children if c.dep_ in {"prep", "advmod", "acomp", "attr"}]
    below += [c for b in below for c in b.children if c.dep_ in {"prep", "advmod"}]
    ends = (
        (p, t)
        for p in below
        for c in p.children
        for t in (c, *(c.children if c.lower_ == "of" else ()))
    )
    return any(f"{prep.lower_} {end.lower_}" in phrases for prep, end in ends)


def _bound_for(prep: Token) -> Token | None:
    """Return the verb of "is heading for a clash" and "is on the brink of war"."""
    above = prep.head
    if above.lower_ in {"heading", "headed", "drifting", "sliding", "moving"}:
        return above if prep.lower_ != "of" else None
    if prep.lower_ == "for" and above.lower_ in _IN_FOR:
        turns = any(nominals.direction_of(c) is not None for c in prep.children)
        return above if turns else None
    if above.lemma_.lower() in words("forecast", "brinks") and above.dep_ == "pobj":
        verb = above.head.head
        return verb if verb.pos_ in {"VERB", "AUX"} and verb.tag_ in {"VBZ", "VBP"} else None
    return None


def _within_days(noun: Token) -> Token | None:
    """Return the verb of "are within days of a deal", "is a step away from a break"."""
    prep = noun.head
    if prep.lower_ != "within" or noun.lemma_.lower() not in _STRETCHES:
        return None
    return prep.head if prep.head.tag_ in {"VBZ", "VBP"} else None


_STRETCHES = frozenset({"hour", "day", "week", "month", "year", "inch", "reach", "whisker"})
_IN_FOR = frozenset(
    {
        "destined",
        "doomed",
        "fated",
        "set",
        "in",
        "due",
        "poised",
        "ready",
        "ripe",
        "braced",
        "bound",
        "primed",
    }
)
"""Before "for" and a change to come: "is set for a drop"."""


def _chance(noun: Token) -> Token | None:
    """Return the verb of "there is a chance of a thaw"."""
    if noun.lemma_.lower() not in words("forecast", "chance_nouns"):
        return None
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in {"in", "to"} and verb.head.dep_ == "attr":
        verb = verb.head.head  # "there is a one in three chance of"
        return verb if verb.lemma_ == "be" and verb.tag_ in {"VBZ", "VBP"} else None
    present = verb.lemma_ in _STANDING and verb.tag_ in {"VBZ", "VBP"}
    return verb if present and noun.dep_ in {"attr", "nsubj", "dobj"} else None


_STANDING = frozenset({"be", "remain", "exist", "see", "have", "stand", "look", "seem", "grow"})

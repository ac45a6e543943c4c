"""Where things move by the verb: its own words, its particle, and what it is said of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.claims import amounts, nominals
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.verbs import objects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.grammar.clauses import Clause
    from detente.coding.grammar.tree import Token

_BESIDE = frozenset({"prt", "prep", "advmod", "acomp", "dobj", "xcomp", "advcl"})
_FIRM = frozenset({"stop", "start", "resume"})
_GOING_ON = frozenset({"keep", "continue", "go"})
EMPTY = frozenset({"have", "need", "try", "seek", "attempt", "want", "manage", "begin", "start"})
"""Verbs that leave the deed to the verb after them."""


def moves(verb: Token) -> bool:
    """Tell whether a verb, with its particle, names a direction: "grow", "pick up"."""
    return verb.lemma_.lower() in group("forecast", "directions") or by_phrase(verb) is not None


def changes(verb: Token) -> bool:
    """Tell whether a verb in the present names a change to come: "that Kyiv joins", "leaves"."""
    lemma = verb.lemma_.lower()
    label = by_phrase(verb) or group("forecast", "directions").get(lemma)
    return label in {"start", "resume", "stop"} or lemma in group("forecast", "acts")


def is_gradual(verb: Token) -> bool:
    """Tell whether a verb names a change that nobody schedules: "strengthen its ties"."""
    label = by_phrase(verb) or group("forecast", "directions").get(verb.lemma_.lower())
    return label in {"increase", "decrease", "continue"}


def by_phrase(verb: Token, subjects: Iterable[Token] = ()) -> str | None:
    """Return where a verb goes with its particle, preposition or complement: "break off", "put end".

    A passive's subject counts too: "an envoy may be recalled".
    """
    if verb.lemma_ in {"bring", "take"} and _is_lowered(verb):
        return "decrease"
    if verb.lemma_ in {"put", "bring", "place", "set"} and _is_put_back(verb):
        return "resume"
    label = _by_three_words(verb) or _by_two_words(verb) or _by_way(verb)
    if label is not None:
        return label
    along = (c for c in verb.children if c.dep_ in {"prt", "advmod"} and c.lower_ in _ALONG)
    if any(not prepositional(verb, frozenset({"to"})) for _ in along):
        moved = any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children)
        return None if moved else "continue"
    phrases = group("forecast", "direction_phrases")
    helped = any(c.dep_ == "auxpass" for c in verb.children)
    below = [*(c for c in verb.children if c.dep_ == "nsubjpass"), *(subjects if helped else ())]
    passive = (f"{verb.lemma_.lower()} {c.lower_}" for c in below)
    return next((phrases[w] for w in passive if w in phrases), None)


def _is_lowered(verb: Token) -> bool:
    """Tell whether a quantity is brought down: "bring down the price"."""
    down = any(c.lower_ == "down" and c.dep_ in {"prt", "advmod"} for c in verb.children)
    told = (c.lemma_.lower() for c in verb.children if c.dep_ in {"dobj", "nsubjpass"})
    return down and any(w in words("forecast", "quantities") for w in told)


def _is_put_back(verb: Token) -> bool:
    """Tell whether a thing is where it was: "put back in service", "brought back into the fold"."""
    back = next((c for c in verb.children if c.lower_ == "back"), None)
    return back is not None and any(
        c.lower_ in {"in", "into", "on", "onto", "to"} and c.i > back.i
        for c in (*verb.children, *back.children)
    )


def _by_three_words(verb: Token) -> str | None:
    phrases = group("forecast", "direction_phrases")
    lemma = verb.lemma_.lower()
    for child in sorted(verb.children, key=lambda c: (c.dep_ != "prep", c.dep_ != "prt", c.i)):
        if child.dep_ in {"prep", "prt", "advmod"}:
            ends = (f"{lemma} {child.lower_} {end.lemma_.lower()}" for end in child.children)
            label = next((phrases[w] for w in ends if w in phrases), None)
            if label is not None:
                return label
    return None


def _by_two_words(verb: Token) -> str | None:
    phrases = group("forecast", "direction_phrases")
    lemma = verb.lemma_.lower()
    things = [c.i for c in verb.children if c.dep_ == "dobj"]
    for child in sorted(verb.children, key=lambda c: (c.dep_ != "prt", c.i)):
        if child.lower_ in _PLACING and any(verb.i < i < child.i for i in things):
            continue
        to = any(c.tag_ == "TO" for c in child.children)
        if child.dep_ not in _BESIDE or (child.dep_ == "advcl" and not to):
            continue
        if child.dep_ == "xcomp" and to:
            continue  # "have to hand over" is no "have a hand in"
        beside = [b.lower_ for b in child.children if child.dep_ == "dobj" and b.i < child.i]
        if child.dep_ == "dobj" and child.lower_ in _PARTS_OF:
            beside += [t.lower_ for t in prepositional(child, frozenset({"of"}))]
        for word in (child.lower_, *beside):
            if f"{lemma} {word}" in phrases:
                return phrases[f"{lemma} {word}"]
    return None


def _by_way(verb: Token) -> str | None:
    """Return where a verb of motion goes: "push up prices", "drift downwards"."""
    if verb.lemma_.lower() not in words("forecast", "moved"):
        return None
    ways = (_WAYS.get(c.lower_) for c in verb.children if c.dep_ in {"prt", "advmod"})
    return next((way for way in ways if way is not None), None)


_PARTS_OF = frozenset({"some", "much", "most", "part", "all", "any", "more", "lot"})
_PLACING = frozenset({"in", "on", "at"})
_ALONG = frozenset({"on", "along"})
_WAYS = {"up": "increase", "upward": "increase", "upwards": "increase"} | dict.fromkeys(
    ("down", "downward", "downwards"), "decrease"
)


def by_verb(verb: Token, subjects: list[Token]) -> str | None:
    """Return where a verb goes by itself and by what it is said of, None where it tells nothing.

    "Will fail to agree" denies that they do, and goes where agreeing goes.
    """
    if verb.lemma_ == "fail":
        missed = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)
        return (
            _by_own(verb, subjects) if missed is None else by_phrase(missed) or by_verb(missed, [])
        )
    return _by_own(verb, subjects)


def _by_own(verb: Token, subjects: list[Token]) -> str | None:
    table = group("forecast", "directions")
    lemma = verb.lemma_.lower()
    if lemma in {"end", "close", "finish"} and any(c.lower_ == "without" for c in verb.children):
        return "none"
    label = amounts.of_evaluation(lemma, objects_of(verb) or subjects) or table.get(lemma)
    inner = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if label is None and lemma in group("forecast", "acts") and objects_of(verb):
        return _by_object(verb, lemma)
    if inner is not None and inner.lemma_.lower() in table:
        below = _by_object(inner, inner.lemma_.lower()) or table[inner.lemma_.lower()]
        label = label if label in _FIRM and lemma not in EMPTY else below
        if lemma in _GOING_ON and label in _FIRM:
            label = "continue"
    stocks = words("capacity", "stocks")
    if lemma == "leave" and any(o.lemma_.lower() in stocks for o in objects_of(verb)):
        return "continue" if any(c.lower_ in {"in", "at"} for c in verb.subtree) else "stop"
    if lemma in {"end", "wind"} and any(c.dep_ == "prt" for c in verb.children):
        deed = next((c for c in verb.children if c.tag_ == "VBG"), None)
        if deed is None:
            return None
        told = group("forecast", "directions").get(deed.lemma_.lower(), "start")
        return by_phrase(deed) or told
    if lemma in {"extend", "renew", "prolong"} and _goes_on(verb, subjects):
        return "continue"
    return _by_object(verb, lemma, subjects) or _by_killing(verb, lemma) or label


def _goes_on(verb: Token, subjects: list[Token]) -> bool:
    """Tell whether a thing with a term is extended, or for a time that is named: "for five years"."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    kept = [*objects_of(verb), *(subjects if passive else ())]
    if any(o.lemma_.lower() in words("forecast", "terms") for o in kept):
        return True
    ends = prepositional(verb, frozenset({"for", "by", "until", "to"}))
    return any(n.lemma_.lower() in _SPANS for n in ends)


_SPANS = frozenset({"year", "month", "week", "decade", "term", "day", "while"})


def _by_killing(verb: Token, lemma: str) -> str | None:
    """Return ``stop`` for what is killed and is no person: "kill the accord"."""
    killed = {c.lemma_.lower() for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}}
    ends = lemma == "kill" and killed and not killed & words("topics", "people")
    return "stop" if ends else None


def _by_object(verb: Token, lemma: str, above: Iterable[Token] = ()) -> str | None:
    """Return the direction of verbs that turn on what they are said of: "cut ties", "cut aid"."""
    objects = {o.lemma_.lower() for o in objects_of(verb)}
    found = _by_reach(verb, lemma, objects)
    if found is not None:
        return found
    passive = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubjpass"}
    if any(c.dep_ == "auxpass" for c in verb.children):
        passive |= {t.lemma_.lower() for t in above}
    subjects = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"}
    if lemma == "drop":
        return "stop" if objects | passive else "decrease"
    if lemma == "lose":
        last = any(b.lower_ in {"last", "only"} for o in objects_of(verb) for b in o.children)
        return "stop" if last or objects & words("forecast", "offices") else "decrease"
    ways = words("assessment", "relational") | words("forecast", "ways")
    if lemma in {"cut", "break"} and (objects | passive) & ways:
        return "stop"
    if lemma == "fall" and subjects & words("forecast", "offices"):
        return "stop"
    return None


def _by_reach(verb: Token, lemma: str, objects: set[str]) -> str | None:
    """Return the direction of "re-join", "reach a million", "conclude a pact", and of what goes."""
    if verb.i > 1 and verb.nbor(-1).text == "-" and verb.nbor(-2).lower_ == "re":
        return "resume"
    if lemma in _REACHING and any(_is_number(o) for o in objects_of(verb)):
        return "increase"
    if lemma in _CONCLUDING and objects & words("forecast", "agreements"):
        return "start"
    complements = {"prep", "prt", "acomp", "xcomp"}
    gone = lemma == "go" and not any(c.dep_ in complements for c in verb.children)
    return "stop" if verb.lower_ == "gone" or gone else None


_REACHING = frozenset(
    {"pass", "reach", "hit", "cross", "top", "near", "approach", "exceed", "break"}
)


_CONCLUDING = frozenset({"conclude", "close", "complete", "finish", "finalise", "finalize", "seal"})
"""Verbs of an end that bring an agreement about: "conclude a pact"."""


def _is_number(noun: Token) -> bool:
    return noun.like_num or any(c.dep_ in {"nummod", "quantmod"} for c in noun.children)


_HAPPENING = frozenset("be come go fail reach undergo follow occur happen ensue emerge".split())
"""Light verbs whose subject tells: "a withdrawal will follow"."""
_SETTLING = frozenset({"agree", "decide", "settle", "vote", "opt"})
_SETTLED_ON = frozenset({"on", "to", "for"})
_ENDING_IN = frozenset({"to", "in", "into"})


def by_nouns(verb: Token, subjects: list[Token], clause: Clause) -> str | None:
    """Return the direction of the nouns that a verb leaves it to: "see a thaw", "an end will follow"."""
    lemma = verb.lemma_.lower()
    heads = (
        [*clause.objects] if lemma != "have" else [o for o in clause.objects if not is_judged(o)]
    )
    light = lemma in words("forecast", "light")
    if light:
        preps = _SETTLED_ON if lemma in _SETTLING else _ENDING_IN
        heads += [
            n for n in prepositional(verb, preps) if n.lower_ != "end" or n.head.lower_ == "to"
        ]
    ends = (t for c in verb.children if c.dep_ == "prep" and light for t in c.children)
    deed = next((t for t in ends if t.dep_ == "pcomp" and t.tag_ == "VBG"), None)
    if deed is not None:
        return by_phrase(deed) or by_verb(deed, [])
    if lemma in _HAPPENING or not light:
        heads += subjects
    return next((d for h in heads if (d := nominals.direction_of(h)) is not None), None)


def is_judged(noun: Token) -> bool:
    """Tell whether a noun is called easy or hard: "will have an easy start"."""
    return any(c.lower_ in words("forecast", "judging") for c in noun.children)


def mark_of(child: Token) -> str:
    """Return the conjunction of an adverbial clause, empty for other tokens."""
    if child.dep_ != "advcl":
        return ""
    return next((c.lower_ for c in child.children if c.dep_ == "mark"), "")

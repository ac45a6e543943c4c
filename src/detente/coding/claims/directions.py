"""Where the thing named in a forecast moves, whatever the likelihood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.clauses import clause_of, prepositional
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.clauses import Clause
    from detente.coding.tree import Token
    from detente.model import Direction

_VAGUE = frozenset("go fail see be come bring take get have make become grow undergo lead".split())
_BESIDE = frozenset({"prt", "prep", "advmod", "acomp", "dobj", "xcomp"})
_FIRM = frozenset({"stop", "start", "resume"})
_BREAKING_OUT = frozenset({"flare", "erupt", "break", "boil", "ignite"})
_GOING_ON = frozenset({"keep", "continue", "go"})
_EMPTY = frozenset({"have", "need", "try", "seek", "attempt", "want", "manage", "begin", "start"})


def of_verb(verb: Token, subjects: list[Token]) -> Direction:
    """Return where things move by the verb, its particle and the nouns around it."""
    if any(c.lower_ == "how" and c.dep_ == "advmod" and c.i < verb.i for c in verb.children):
        return "none"
    if _is_vain(verb):
        return "none"
    clause = clause_of(verb)
    label = _by_phrase(verb) or _by_phrase(_content(verb)) or _by_verb(verb, subjects)
    compared = _compared(verb, (*subjects, *clause.objects, *_objects(_content(verb))))
    if label is None or verb.lemma_.lower() in _VAGUE:
        label = compared or _by_nouns(verb, subjects, clause) or label
    nodes = (verb, _content(verb))
    again = any(c.lower_ in {"again", "anew", "back"} for n in nodes for c in n.children)
    if again and (label in {None, "start"} or verb.lemma_.lower() in _BREAKING_OUT):
        return "resume"
    if label in {None, "start"} and _lasts(verb):
        return "continue"
    if compared is not None and label in {None, "start"}:
        label = compared
    if label is None and verb.lemma_ == "be" and subjects:
        label = group("forecast", "acts").get(subjects[0].lemma_.lower())
    if label is None:
        deed = _content(verb).lemma_.lower()
        label = group("forecast", "acts").get(deed)
        gets = deed in {"have", "get", "find", "obtain"} and bool(_objects(verb))
        still = (
            words("forecast", "stative") | words("forecast", "states") | words("cause", "moving")
        )
        judged = deed == "become" and any(c.dep_ == "acomp" for c in verb.children)
        if label is None and not judged and (gets or deed not in still):
            label = "start"
    return label or "none"  # type: ignore[return-value]


_BEARING = frozenset("produce change bring achieve yield accomplish deliver solve alter".split())
_ANYTHING = frozenset({"anything", "nothing", "little", "much", "something"})


def _is_vain(verb: Token) -> bool:
    """Tell whether nothing in particular comes of it: "is unlikely to produce anything"."""
    return verb.lemma_.lower() in _BEARING and any(o.lower_ in _ANYTHING for o in _objects(verb))


def moves(verb: Token) -> bool:
    """Tell whether a verb, with its particle, names a direction: "grow", "pick up"."""
    return verb.lemma_.lower() in group("forecast", "directions") or _by_phrase(verb) is not None


def changes(verb: Token) -> bool:
    """Tell whether a verb in the present names a change to come: "that Kyiv joins", "leaves"."""
    lemma = verb.lemma_.lower()
    label = _by_phrase(verb) or group("forecast", "directions").get(lemma)
    return label in {"start", "resume", "stop"} or lemma in group("forecast", "acts")


def is_gradual(verb: Token) -> bool:
    """Tell whether a verb names a change that nobody schedules: "strengthen its ties"."""
    label = _by_phrase(verb) or group("forecast", "directions").get(verb.lemma_.lower())
    return label in {"increase", "decrease", "continue"}


def is_compared(verb: Token) -> bool:
    """Tell whether more or less of something does it: "more refugees will arrive"."""
    return any(
        below.lower_ in {"more", "fewer", "less"} and below.dep_ in {"amod", "advmod"}
        for c in verb.children
        if c.dep_ in {"nsubj", "nsubjpass", "dobj"}
        for below in c.children
    )


def of_noun(noun: Token) -> Direction:
    """Return where things move by a noun and its adjectives: "closer ties", "a thaw"."""
    label = group("forecast", "direction_nouns").get(noun.lemma_.lower())
    table = group("forecast", "direction_adjectives")
    for child in noun.children:
        if label is None and child.dep_ in _QUALIFYING and child.lower_ in table:
            label = table[child.lower_]
    return label or "start"  # type: ignore[return-value]


def is_qualified(noun: Token) -> bool:
    """Tell whether an adjective of a noun names a direction: "closer military ties"."""
    table = group("forecast", "direction_adjectives")
    return any(c.dep_ in _QUALIFYING and c.lower_ in table for c in noun.children)


_QUALIFYING = frozenset({"amod", "det", "advmod", "compound", "nmod"})


def _lasts(verb: Token) -> bool:
    """Tell whether a phrase says that it goes on: "for the time being", "for years to come"."""
    if any(c.lower_ == "still" for c in verb.children):
        return True
    return any(
        c.lower_ == "for" and c.dep_ == "prep" and {t.lower_ for t in c.subtree} & _LASTING
        for c in verb.children
    )


_LASTING = frozenset({"being", "years", "decades", "now", "generations", "foreseeable", "long"})


def _content(verb: Token) -> Token:
    """Return the verb that tells the deed: "choose" of "will have to choose"."""
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ in {"VB", "VBG"}), None)
    return inner if inner is not None and verb.lemma_.lower() in _EMPTY else verb


def _by_phrase(verb: Token) -> str | None:
    phrases = group("forecast", "direction_phrases")
    for child in sorted(verb.children, key=lambda c: (c.dep_ != "prt", c.i)):
        if child.dep_ in _BESIDE:
            label = phrases.get(f"{verb.lemma_.lower()} {child.lower_}")
            if label is not None:
                return label
    return None


def _by_verb(verb: Token, subjects: list[Token]) -> str | None:
    table = group("forecast", "directions")
    lemma = verb.lemma_.lower()
    if lemma in {"end", "close", "finish"} and any(c.lower_ == "without" for c in verb.children):
        return "none"
    label = table.get(lemma)
    inner = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if inner is not None and inner.lemma_.lower() in table:
        label = label if label in _FIRM and lemma not in _EMPTY else table[inner.lemma_.lower()]
        if lemma in _GOING_ON and label in _FIRM:
            label = "continue"
    stocks = words("capacity", "stocks")
    if lemma == "leave" and any(o.lemma_.lower() in stocks for o in _objects(verb)):
        return "continue" if any(c.lower_ in {"in", "at"} for c in verb.subtree) else "stop"
    if lemma in {"extend", "renew", "prolong"}:
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        kept = [*_objects(verb), *(subjects if passive else ())]
        if any(o.lemma_.lower() in words("forecast", "terms") for o in kept):
            return "continue"
    return _by_object(verb, lemma) or label


def _by_object(verb: Token, lemma: str) -> str | None:
    """Return the direction of verbs that turn on what they are said of: "cut ties", "cut aid"."""
    if verb.i > 1 and verb.nbor(-1).text == "-" and verb.nbor(-2).lower_ == "re":
        return "resume"
    objects = {o.lemma_.lower() for o in _objects(verb)}
    if lemma == "let":
        allowed = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}), None)
        return group("forecast", "directions").get(allowed.lemma_.lower()) if allowed else None
    if verb.lower_ == "gone":
        return "stop"
    if lemma == "go" and not any(
        c.dep_ in {"prep", "prt", "acomp", "xcomp"} for c in verb.children
    ):
        return "stop"
    passive = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubjpass"}
    subjects = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"}
    if lemma == "drop":
        return "stop" if objects | passive else "decrease"
    if lemma == "lose":
        last = any(b.lower_ in {"last", "only"} for o in _objects(verb) for b in o.children)
        return "stop" if last or objects & words("forecast", "offices") else "decrease"
    ways = words("assessment", "relational") | words("forecast", "ways")
    if lemma in {"cut", "break"} and (objects | passive) & ways:
        return "stop"
    if lemma == "fall" and subjects & words("forecast", "offices"):
        return "stop"
    return None


def _objects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "dobj"]


def _compared(verb: Token, nouns: Iterable[Token]) -> str | None:
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
    adjectives = {**group("forecast", "direction_adjectives"), **table}
    amounts = prepositional(verb, frozenset({"in", "at", "with"}))
    for noun in (*nouns, *amounts):
        for child in noun.children:
            if child.dep_ in {"amod", "advmod", "det"} and child.lower_ in adjectives:
                return adjectives[child.lower_]
    return None


def _by_nouns(verb: Token, subjects: list[Token], clause: Clause) -> str | None:
    nouns = group("forecast", "direction_nouns")
    heads = [*clause.objects]
    if verb.lemma_.lower() in _VAGUE:
        heads += prepositional(verb, frozenset({"to", "in", "into"}))
    heads += subjects
    return next((nouns[h.lemma_.lower()] for h in heads if h.lemma_.lower() in nouns), None)

"""Where the thing named in a forecast moves, whatever the likelihood."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from detente.coding.claims import amounts, deeds, nominals, openness
from detente.coding.claims.denials import denied
from detente.coding.claims.verbal import (
    EMPTY,
    by_nouns,
    by_phrase,
    by_verb,
    is_judged,
)
from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of
from detente.coding.grammar.verbs import objects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.grammar.tree import Token
    from detente.model import Direction

_BREAKING_OUT = frozenset({"flare", "erupt", "break", "boil", "ignite"})


def of_verb(verb: Token, subjects: list[Token]) -> Direction:
    """Return where things move by the verb, its particle and the nouns around it."""
    if openness.tells_nothing(verb):
        return "none"
    if _is_over(verb):
        return "stop"
    if denied(verb) and (verb.lemma_.lower() in words("forecast", "unmoved") or _yields(verb)):
        return "continue"
    told = deeds.told_by(verb)
    if told is not None:
        return of_verb(told, subjects)
    label = (
        amounts.of_numbers(verb, subjects)
        or _led_to(verb)
        or _averted(verb, subjects)
        or _turned(verb)
    )
    if label is not None:
        return label  # type: ignore[return-value]
    return _by_words(verb, subjects)  # type: ignore[return-value]


def _averted(verb: Token, subjects: list[Token]) -> str | None:
    """Return where that moves which somebody will not let happen: "avoid a rift", "refuse to leave"."""
    if verb.lemma_.lower() not in words("forecast", "averting"):
        return None
    below = (c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} or c.lower_ == "from")
    deeds = (t for c in below for t in (c, *c.children) if t.tag_ in {"VB", "VBG"} and t.i > verb.i)
    deed = next((t for t in deeds if t.pos_ in {"VERB", "AUX"}), None)
    if deed is not None:
        return of_verb(deed, objects_of(verb))
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return next((nominals.of_noun(noun) for noun in subjects), None)
    found = (nominals.direction_of(o) for o in objects_of(verb))
    return next((label for label in found if label is not None), None)


def _turned(verb: Token) -> str | None:
    """Return where things go that turn into others: "grow into a crisis", "descend into farce"."""
    default = group("forecast", "turning").get(verb.lemma_.lower())
    if default is None:
        return None
    for noun in prepositional(verb, frozenset({"into", "to"})):
        if noun.head.lower_ == "into" or noun.head.head != verb or amounts.are_ill([noun]):
            own = nominals.direction_of(noun)
            return own or ("increase" if amounts.are_ill([noun]) else default)
    return None


def _yields(verb: Token) -> bool:
    """Tell whether a verb with its noun or particle says that somebody gives in: "give ground"."""
    beside = (c.lower_ for c in verb.children if c.dep_ in {"dobj", "prt", "advmod", "npadvmod"})
    return any(f"{verb.lemma_} {w}" in words("forecast", "yielding") for w in beside)


def _by_words(verb: Token, subjects: list[Token]) -> str:
    phrase = by_phrase(verb, subjects) or by_phrase(_content(verb), subjects)
    if phrase == "continue":
        phrase = _going_on(verb) or phrase
    label = phrase or by_verb(verb, subjects)
    if label is None and verb.lemma_ in {"be", "have"} and _content(verb) != verb:
        label = by_verb(_content(verb), subjects)
    if label in {None, "start"} and _is_given_time(verb) and not _is_again(verb, phrase):
        return "continue"
    compared = _compared(verb, subjects)
    if label in {None, "none"} or verb.lemma_.lower() in words("forecast", "light"):
        told = compared or phrase or by_nouns(verb, subjects, clause_of(verb))
        label = told or _by_complement(verb, subjects) or label
    if label == "continue" and verb.lemma_ in {"keep", "hold", "maintain", "adopt"}:
        label = compared or label
    if _takes_up_again(verb):
        return "resume"
    again = _is_again(verb, phrase)
    if again and (label in {None, "start"} or verb.lemma_.lower() in _BREAKING_OUT):
        return "resume"
    if label in {None, "start"}:
        lasting = "continue" if _lasts(verb) or _lasts(_content(verb)) else None
        label = _by_last_one(verb) or lasting or compared or label
    if label is None and verb.lemma_ in {"be", "become"}:
        label = _by_attributes(verb, subjects)
    return label or _by_deed(verb)


def _compared(verb: Token, subjects: list[Token]) -> str | None:
    objects = (*clause_of(verb).objects, *objects_of(_content(verb)))
    return amounts.multiple(verb) or amounts.compared(verb, subjects, objects)


def _by_attributes(verb: Token, subjects: list[Token]) -> str | None:
    """Return the direction of what a thing is said to be: "the first to leave", "there may be a coup"."""
    attributes = [c for c in verb.children if c.dep_ == "attr"]
    label = _by_first(verb, attributes)
    if label is not None or verb.lemma_ != "be":
        return label
    there = _is_there(verb)
    new = [c for c in attributes if there or {b.lower_ for b in (c, *c.children)} & _NEXT]
    told = (c for c in verb.children if c.dep_ in {"attr", "acomp"})
    judged = any(c.lemma_.lower() in words("forecast", "surprises") for c in told)
    plain = not attributes and not any(c.dep_ == "acomp" for c in verb.children)
    named = subjects if plain or new or judged else []
    return _of_thing([*named, *new])


def _is_again(verb: Token, phrase: str | None) -> bool:
    """Tell whether it was so before: "again", "once more", "back" where it is no part of a phrase."""
    backed = phrase is not None and f"{verb.lemma_} back" in group("forecast", "direction_phrases")
    near = [*_beside(verb), *(t for o in objects_of(verb) for t in o.children)]
    again = any(t.lower_ in _AGAIN - ({"back"} if backed else set()) for t in near)
    return again or any(t.lower_ == "more" and t.i and t.nbor(-1).lower_ == "once" for t in near)


def _going_on(verb: Token) -> str | None:
    """Return the direction of what goes on growing or falling: "will go on rising"."""
    if verb.lemma_ not in {"go", "carry", "keep"}:
        return None
    inner = (t for c in verb.children for t in (c, *c.children) if t.tag_ == "VBG" and t.i > verb.i)
    labels = (group("forecast", "directions").get(t.lemma_.lower()) for t in inner)
    return next((label for label in labels if label in {"increase", "decrease"}), None)


def _takes_up_again(verb: Token) -> bool:
    """Tell whether something is picked up: "pick up talks", "pick up where they left off"."""
    if verb.lemma_ not in {"pick", "take"}:
        return False
    up = any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children)
    if verb.lemma_ == "take":
        return up and any(t.lower_ in {"where", "again"} for t in verb.subtree)
    things = {o.lemma_.lower() for o in objects_of(verb)} - words("forecast", "rising")
    where = any(t.lower_ == "where" for t in verb.subtree)
    return up and (where or bool(things))


_AGAIN = frozenset({"again", "anew", "back", "afresh"})


def _beside(verb: Token) -> list[Token]:
    """Return the words beside a predicate: its children's, and those of what it is said to be."""
    found = [c for node in (verb, _content(verb)) for c in node.children]
    inner = (c for c in verb.children if c.dep_ in {"acomp", "attr"} or _is_bare_prep(verb, c))
    return [*found, *(t for c in inner for t in c.subtree)]


def _is_bare_prep(verb: Token, child: Token) -> bool:
    return verb.lemma_ == "be" and child.dep_ == "prep"


def _by_deed(verb: Token) -> str:
    """Return ``start`` for a deed that tells no direction, ``none`` for what goes on or is so."""
    deed = _content(verb).lemma_.lower()
    label = group("forecast", "acts").get(deed)
    if any(o.lower_ in openness.ANYTHING for o in objects_of(_content(verb))):
        return "none"
    if deed == "have" and any(is_judged(o) for o in objects_of(_content(verb))):
        return "none"
    gets = deed in {"have", "get", "find", "obtain", "move"} and bool(objects_of(_content(verb)))
    if any(c.dep_ in {"ccomp", "oprd"} and c.pos_ == "ADJ" for c in verb.children):
        return "none"
    still = words("forecast", "stative") | words("forecast", "states") | words("cause", "moving")
    if deed in _PASSING and prepositional(_content(verb), frozenset({"to", "into", "onto"})):
        return "start"
    judged = deed == "become" and any(c.dep_ == "acomp" for c in verb.children)
    if label is None and not judged and (gets or deed not in still):
        return "start"
    return label or "none"


_NEXT = frozenset({"next", "new", "first", "another"})


_PASSING = frozenset({"move", "go", "pass", "proceed", "switch", "shift", "graduate", "progress"})


def _by_first(verb: Token, attributes: list[Token]) -> str | None:
    """Return where that moves which somebody is the first or last to do: "the first to quit"."""
    for noun in attributes:
        if {b.lower_ for b in (noun, *noun.children)} & (_NEXT | {"last", "second"}):
            below = [c for c in noun.subtree if c.dep_ in {"relcl", "acl"}]
            below += [c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and c.i > noun.i]
            deed = next((c for c in below if c.tag_ == "VB"), None)
            if deed is not None:
                return by_phrase(deed) or by_verb(deed, [])
    return None


def _by_last_one(verb: Token) -> str | None:
    """Return ``stop`` for what is the last of its kind: "will be the last visit"."""
    if verb.lemma_ != "be":
        return None
    kinds = words("forecast", "units") | words("forecast", "occasions") | {"one", "last"}
    for noun in (c for c in verb.children if c.dep_ == "attr"):
        last = "last" in {b.lower_ for b in (noun, *noun.children)}
        if last and noun.lemma_.lower() in kinds:
            return "stop"
    return None


def _is_there(verb: Token) -> bool:
    """Tell whether a thing is said to be: "there could be a base"."""
    return any(c.dep_ == "expl" for c in verb.children)


def _of_thing(nouns: list[Token]) -> str | None:
    """Return the direction of a thing that will be there: "a coup", "soon a base"."""
    for noun in nouns:
        beside = {c.lower_ for c in (*noun.children, *noun.head.children)}
        if noun.dep_ == "attr" and beside & {"left", "remaining"}:
            return "stop" if "no" in beside else "continue"
        label = group("forecast", "acts").get(noun.lemma_.lower())
        if label is not None:
            return label
        if noun.dep_ == "attr":
            return group("forecast", "direction_nouns").get(noun.lemma_.lower(), "start")
    return None


def _is_over(verb: Token) -> bool:
    """Tell whether something is no longer so: "will no longer train", "will not pay any longer"."""
    words_ = {c.lower_: c for c in verb.children if c.dep_ == "advmod"}
    longer = words_.get("longer")
    no = longer is not None and any(b.lower_ == "no" for b in longer.children)
    denied = any(c.dep_ == "neg" for c in verb.children)
    return no or (denied and (longer is not None or bool({"anymore", "more"} & set(words_))))


def _led_to(verb: Token) -> Direction | None:
    """Return where that moves which a verb brings about: "will force Riga to pay", "make it dearer"."""
    lemma = verb.lemma_.lower()
    if lemma == "cost":
        objects = [c for c in verb.children if c.dep_ in {"dobj", "dative"}]
        objects += [b for c in objects for b in c.children if b.dep_ == "appos"]
        if len(objects) < 2:
            return None
        given = {c.lemma_.lower() for c in objects}
        return "stop" if given & words("forecast", "offices") else "decrease"
    if lemma not in words("forecast", "leading") or (lemma == "let" and by_phrase(verb)):
        return None
    for inner in verb.children:
        if inner.dep_ not in {"xcomp", "ccomp", "oprd"} or inner.i < verb.i:
            continue
        if inner.pos_ in {"VERB", "AUX"} and inner.tag_ in {"VB", "VBG"}:
            owner = [*subjects_of(inner), *objects_of(verb)]
            return of_verb(inner, owner[:1])
        found = lemma == "find" and not any(t.lower_ == "it" for t in subjects_of(inner))
        if not found and any(c.tag_ == "TO" for b in inner.children for c in b.children):
            return "none"
        label = amounts.of_adjective(inner, objects_of(verb) or subjects_of(inner))
        label = label or group("forecast", "direction_complements").get(inner.lower_)
        if label is not None:
            return label  # type: ignore[return-value]
    return None


def _by_complement(verb: Token, subjects: Iterable[Token] = ()) -> str | None:
    """Return the direction of what a thing becomes: "open by May", "a dead letter", "rare"."""
    lemma = verb.lemma_.lower()
    if lemma not in _JUDGING:
        return None
    table = group("forecast", "direction_complements")
    for child in verb.children:
        if child.dep_ not in {"acomp", "attr", "oprd", "xcomp", "advmod", "prep"}:
            continue
        if child.dep_ == "advmod" and lemma != "be":
            continue
        if child.dep_ in {"prep", "attr"}:
            label = _lacking(verb, child) or _by_last(child, table)
        else:
            label = table.get(child.lower_)
        if label is not None:
            label = amounts.of_complement(label, child.lower_, subjects)
        if label in {"increase", "decrease"} and lemma == "be" and child.dep_ != "attr":
            continue
        if label is not None:
            return label
    return None


def _lacking(verb: Token, prep: Token) -> str | None:
    """Return where that goes which somebody will be without, soon or still."""
    if prep.lower_ != "without":
        return None
    return "stop" if any(c.lower_ == "soon" for c in verb.children) else "continue"


def turns(verb: Token) -> bool:
    """Tell whether "be" names a new state: "could be open by May", "may be a thing of the past"."""
    told = [c for c in verb.children if c.dep_ == "attr"]
    first = any({b.lower_ for b in (c, *c.children)} & _NEXT for c in told)
    changes_ = words("forecast", "unmoved") | set(group("forecast", "direction_nouns"))
    there = _is_there(verb) and any(
        c.lemma_.lower() in changes_ | set(group("forecast", "acts")) for c in told
    )
    turned = {"start", "resume", "stop"}
    return first or there or _by_complement(verb) in turned or by_phrase(verb) in turned


def _by_last(phrase: Token, table: dict[str, str]) -> str | None:
    """Return the label of a phrase by two of its words: "dead letter", "thing of the past"."""
    tokens = [t.lower_ for t in phrase.subtree if t.dep_ not in {"det", "poss", "case"}]
    pairs = pairwise(tokens)
    single = [phrase.lower_] if phrase.dep_ == "attr" else []
    return next((table[w] for w in (*(" ".join(p) for p in pairs), *single) if w in table), None)


_JUDGING = frozenset(
    "go fail see be come bring take get have make become grow turn fall run stay lie stand".split()
)


def _is_given_time(verb: Token) -> bool:
    """Tell whether something gets longer: "one more year", "another term"."""
    told = (c for c in verb.children if c.dep_ in {"npadvmod", "dobj", "oprd"})
    return any(
        c.lemma_ in deeds.SPANS and any(b.lower_ in _MORE_OF for b in c.children) for c in told
    )


def _lasts(verb: Token) -> bool:
    """Tell whether a phrase says that it goes on: "for the time being", "for years to come"."""
    if any(c.lower_ in {"still", "forever", "indefinitely"} for c in verb.children):
        return True
    told = [c for c in verb.children if c.dep_ in {"attr", "acomp"}]
    return any(
        c.lower_ == "for" and c.dep_ == "prep" and {t.lower_ for t in c.subtree} & _LASTING
        for node in (verb, *told)
        for t in node.children
        for c in (t, *(t.children if t.dep_ == "prep" and node != verb else ()))
    )


_MORE_OF = frozenset({"another", "further", "more", "additional"})
_LASTING = frozenset(
    "being years decades now generations foreseeable long while months winters ever".split()
)


_TOLD = frozenset({"acomp", "attr", "oprd"})


def _content(verb: Token) -> Token:
    """Return the verb that tells the deed: "choose" of "will have to choose"."""
    if verb.lemma_ == "be" and not any(c.dep_ in _TOLD for c in verb.children):
        aim = (c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB")
        return next((c for c in aim if any(b.tag_ == "TO" for b in c.children)), verb)
    able = next((c for c in verb.children if c.lower_ in _ABLE), None)
    if able is not None:
        return next((c for c in able.children if c.dep_ == "xcomp"), verb)
    forced = any(o.lemma_.lower() in _CHOICES for o in objects_of(verb))
    left = (t for t in verb.subtree if forced and t.dep_ == "pcomp" and t.tag_ == "VB")
    only = next(left, None)
    if only is not None:
        return only
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and _is_deed(c)), None)
    return inner if inner is not None and verb.lemma_.lower() in EMPTY else verb


_CHOICES = frozenset({"choice", "option", "alternative"})
"""What is left to somebody: "will have no choice but to leave"."""
_ABLE = frozenset("able unable willing unwilling ready keen eager quick loath free".split())


def _is_deed(inner: Token) -> bool:
    passive = inner.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in inner.children)
    return passive or inner.tag_ in {"VB", "VBG"}

"""Where the thing named in a forecast moves, whatever the likelihood."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from detente.coding.claims import amounts
from detente.coding.clauses import clause_of
from detente.coding.prepositions import prepositional
from detente.coding.subjects import subjects_of
from detente.registers.claims import group, words

if TYPE_CHECKING:
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
    asked = (t for c in verb.children if c.dep_ == "advmod" for t in (c, *c.children))
    if any(t.lower_ == "how" and t.i < verb.i for t in asked):
        return "none"
    if _is_vain(verb) or _is_open(verb):
        return "none"
    if _is_over(verb):
        return "stop"
    if verb.lemma_.lower() in words("forecast", "unmoved") and amounts.denied(verb):
        return "continue"
    label = amounts.of_numbers(verb, subjects) or _led_to(verb)
    if label is not None:
        return label  # type: ignore[return-value]
    return _by_words(verb, subjects)  # type: ignore[return-value]


def _by_words(verb: Token, subjects: list[Token]) -> str:
    clause = clause_of(verb)
    phrase = _by_phrase(verb) or _by_phrase(_content(verb))
    label = phrase or _by_verb(verb, subjects)
    if label is None and verb.lemma_ == "be" and _content(verb) != verb:
        label = _by_verb(_content(verb), subjects)
    compared = amounts.compared(verb, (*subjects, *clause.objects, *_objects(_content(verb))))
    compared = amounts.multiple(verb) or compared
    if label is None or verb.lemma_.lower() in _VAGUE:
        told = compared or _by_nouns(verb, subjects, clause)
        label = told or phrase or _by_complement(verb) or label
    again = any(t.lower_ in _AGAIN for t in _beside(verb))
    if again and (label in {None, "start"} or verb.lemma_.lower() in _BREAKING_OUT):
        return "resume"
    if label in {None, "start"} and (_lasts(verb) or _lasts(_content(verb))):
        return "continue"
    if compared is not None and label in {None, "start"}:
        label = compared
    if label is None and verb.lemma_ == "be":
        attributes = [c for c in verb.children if c.dep_ == "attr"]
        new = [
            c for c in attributes if _is_there(verb) or {b.lower_ for b in (c, *c.children)} & _NEXT
        ]
        named = [*subjects, *new]
        label = _of_thing(named)
    return label or _by_deed(verb)


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
    if any(o.lower_ in _ANYTHING for o in _objects(_content(verb))):
        return "none"
    gets = deed in {"have", "get", "find", "obtain", "move"} and bool(_objects(_content(verb)))
    if any(c.dep_ in {"ccomp", "oprd"} and c.pos_ == "ADJ" for c in verb.children):
        return "none"
    still = words("forecast", "stative") | words("forecast", "states") | words("cause", "moving")
    judged = deed == "become" and any(c.dep_ == "acomp" for c in verb.children)
    if label is None and not judged and (gets or deed not in still):
        return "start"
    return label or "none"


_NEXT = frozenset({"next", "new", "first", "another"})


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


def _is_open(verb: Token) -> bool:
    """Tell whether a clause leaves open what comes: "time will tell whether", "will show who"."""
    whether = any(c.lower_ == "whether" and c.dep_ == "mark" for c in verb.children)
    if whether and verb.dep_ in {"ccomp", "advcl"} and verb.head.lemma_.lower() in _REVEALING:
        return True
    if verb.lemma_.lower() not in _REVEALING:
        return False
    asked = (c for c in verb.children if c.dep_ in {"ccomp", "xcomp"})
    return any(t.lower_ in _ASKED for c in asked for t in c.children)


_REVEALING = frozenset({"tell", "show", "reveal", "depend", "decide", "see", "indicate"})
_ASKED = frozenset({"whether", "how", "who", "what", "if", "which"})


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
    if lemma not in words("forecast", "leading"):
        return None
    for inner in verb.children:
        if inner.dep_ not in {"xcomp", "ccomp", "oprd"} or inner.i < verb.i:
            continue
        if inner.pos_ in {"VERB", "AUX"} and inner.tag_ in {"VB", "VBG"}:
            owner = [*subjects_of(inner), *_objects(verb)]
            return of_verb(inner, owner[:1])
        if any(c.tag_ == "TO" for b in inner.children for c in b.children):
            return "none"
        label = amounts.of_adjective(inner) or group("forecast", "direction_complements").get(
            inner.lower_
        )
        if label is not None:
            return label  # type: ignore[return-value]
    return None


def _by_complement(verb: Token) -> str | None:
    """Return the direction of what a thing becomes: "open by May", "a dead letter", "rare"."""
    lemma = verb.lemma_.lower()
    if lemma not in _VAGUE and lemma not in _TURNING:
        return None
    table = group("forecast", "direction_complements")
    for child in verb.children:
        if child.dep_ not in {"acomp", "attr", "oprd", "xcomp", "advmod", "prep"}:
            continue
        if child.dep_ == "advmod" and lemma != "be":
            continue
        if child.dep_ in {"prep", "attr"}:
            label = _by_last(child, table)
        else:
            label = table.get(child.lower_)
        if label in {"increase", "decrease"} and lemma == "be":
            continue
        if label is not None:
            return label
    return None


def turns(verb: Token) -> bool:
    """Tell whether "be" names a new state: "could be open by May", "may be a thing of the past"."""
    told = [c for c in verb.children if c.dep_ == "attr"]
    first = any({b.lower_ for b in (c, *c.children)} & _NEXT for c in told)
    changes_ = words("forecast", "unmoved") | set(group("forecast", "direction_nouns"))
    there = _is_there(verb) and any(
        c.lemma_.lower() in changes_ | set(group("forecast", "acts")) for c in told
    )
    return first or there or _by_complement(verb) in {"start", "resume", "stop"}


def _by_last(phrase: Token, table: dict[str, str]) -> str | None:
    """Return the label of a phrase by two of its words: "dead letter", "thing of the past"."""
    tokens = [t.lower_ for t in phrase.subtree if t.dep_ not in {"det", "poss", "case"}]
    pairs = pairwise(tokens)
    single = [phrase.lower_] if phrase.dep_ == "attr" else []
    return next((table[w] for w in (*(" ".join(p) for p in pairs), *single) if w in table), None)


_TURNING = frozenset({"turn", "fall", "run", "stay", "lie", "stand"})

_BEARING = frozenset("produce change bring achieve yield accomplish deliver solve alter".split())
_ANYTHING = frozenset({"anything", "nothing", "little", "much", "something"})


def _is_vain(verb: Token) -> bool:
    """Tell whether nothing in particular comes of it: "produce anything", "nothing will come of"."""
    if any(c.dep_ == "nsubj" and c.lower_ in {"nothing", "little"} for c in verb.children):
        return verb.lemma_.lower() in {"come", "emerge", "result"}
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


def of_noun(noun: Token) -> Direction:
    """Return where things move by a noun and its adjectives: "closer ties", "a thaw".

    "A further round of talks" begins another one; "an end to talks" is told by the first noun.
    """
    lemma = noun.lemma_.lower()
    label = group("forecast", "direction_nouns").get(lemma)
    if noun.i > 1 and noun.nbor(-1).text == "-":
        joined = f"{noun.nbor(-2).lower_}-{lemma}"
        label = group("forecast", "direction_nouns").get(joined, label)
    if lemma in words("forecast", "unmoved") and any(c.lower_ == "no" for c in noun.children):
        return "continue"
    table = group("forecast", "direction_adjectives")
    counted = lemma in words("forecast", "units")
    for word in noun.subtree:
        if label is None and word.i < noun.i and word.lower_ in table:
            label = "start" if counted and word.lower_ in _ONE_MORE else table[word.lower_]
    return label or "start"  # type: ignore[return-value]


_ONE_MORE = frozenset({"further", "additional", "more"})


def is_qualified(noun: Token) -> bool:
    """Tell whether an adjective of a noun names a direction: "closer military ties"."""
    table = group("forecast", "direction_adjectives")
    return any(c.dep_ in _QUALIFYING and c.lower_ in table for c in noun.children)


_QUALIFYING = frozenset({"amod", "det", "advmod", "compound", "nmod"})


def _lasts(verb: Token) -> bool:
    """Tell whether a phrase says that it goes on: "for the time being", "for years to come"."""
    if any(c.lower_ in {"still", "forever", "indefinitely"} for c in verb.children):
        return True
    if any(
        c.lemma_ in _SPANS and any(b.lower_ in _MORE_OF for b in c.children)
        for c in verb.children
        if c.dep_ in {"npadvmod", "dobj", "oprd"}
    ):
        return True
    return any(
        c.lower_ == "for" and c.dep_ == "prep" and {t.lower_ for t in c.subtree} & _LASTING
        for c in verb.children
    )


_SPANS = frozenset({"year", "month", "week", "decade", "term", "season", "generation"})
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
    able = next((c for c in verb.children if c.lower_ in {"able", "unable"}), None)
    if able is not None:
        return next((c for c in able.children if c.dep_ == "xcomp"), verb)
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ in {"VB", "VBG"}), None)
    return inner if inner is not None and verb.lemma_.lower() in _EMPTY else verb


def _by_phrase(verb: Token) -> str | None:
    phrases = group("forecast", "direction_phrases")
    lemma = verb.lemma_.lower()
    for child in sorted(verb.children, key=lambda c: (c.dep_ != "prep", c.dep_ != "prt", c.i)):
        if child.dep_ in {"prep", "prt", "advmod"}:
            for end in child.children:
                label = phrases.get(f"{lemma} {child.lower_} {end.lemma_.lower()}")
                if label is not None:
                    return label
    for child in sorted(verb.children, key=lambda c: (c.dep_ != "prt", c.i)):
        if child.dep_ in _BESIDE:
            beside = (b.lower_ for b in child.children if child.dep_ == "dobj" and b.i < child.i)
            for word in (child.lower_, *beside):
                if f"{lemma} {word}" in phrases:
                    return phrases[f"{lemma} {word}"]
    if any(c.dep_ in {"prt", "advmod"} and c.lower_ in _ALONG for c in verb.children):
        moved = any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children)
        return None if moved else "continue"
    passive = (c for c in verb.children if c.dep_ == "nsubjpass")
    return next((phrases[w] for c in passive if (w := f"{lemma} {c.lower_}") in phrases), None)


_ALONG = frozenset({"on", "along"})


def _by_verb(verb: Token, subjects: list[Token]) -> str | None:
    table = group("forecast", "directions")
    lemma = verb.lemma_.lower()
    if lemma in {"end", "close", "finish"} and any(c.lower_ == "without" for c in verb.children):
        return "none"
    label = table.get(lemma)
    inner = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if label is None and lemma in group("forecast", "acts") and _objects(verb):
        return _by_object(verb, lemma)
    if inner is not None and inner.lemma_.lower() in table:
        below = _by_object(inner, inner.lemma_.lower()) or table[inner.lemma_.lower()]
        label = label if label in _FIRM and lemma not in _EMPTY else below
        if lemma in _GOING_ON and label in _FIRM:
            label = "continue"
    stocks = words("capacity", "stocks")
    if lemma == "leave" and any(o.lemma_.lower() in stocks for o in _objects(verb)):
        return "continue" if any(c.lower_ in {"in", "at"} for c in verb.subtree) else "stop"
    if lemma in {"end", "wind"} and any(c.dep_ == "prt" for c in verb.children):
        deed = next((c for c in verb.children if c.tag_ == "VBG"), None)
        return group("forecast", "directions").get(deed.lemma_.lower(), "start") if deed else None
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
    if lemma in _REACHING and any(_is_number(o) for o in _objects(verb)):
        return "increase"
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


_REACHING = frozenset(
    {"pass", "reach", "hit", "cross", "top", "near", "approach", "exceed", "break"}
)


def _is_number(noun: Token) -> bool:
    return noun.like_num or any(c.dep_ in {"nummod", "quantmod"} for c in noun.children)


def _objects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "dobj"]


_LEADING_ON = frozenset("lead bring get have make take see".split())


def _by_nouns(verb: Token, subjects: list[Token], clause: Clause) -> str | None:
    nouns = group("forecast", "direction_nouns")
    heads = [*clause.objects]
    if verb.lemma_.lower() in _VAGUE:
        heads += prepositional(verb, frozenset({"to", "in", "into"}))
    if verb.lemma_.lower() not in _LEADING_ON:
        heads += subjects
    return next((nouns[h.lemma_.lower()] for h in heads if h.lemma_.lower() in nouns), None)

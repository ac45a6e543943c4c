"""Fills one frame's slots from a clause: particle, object nouns, phrases, content, parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from detente.coding.actors.phrase import in_calendar
from detente.coding.grammar.coordination import spread
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.ruleset import once
from detente.coding.grammar.verbs import is_juxtaposed
from detente.registers import frames
from detente.registers.patterns import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.acts.parties import Finder
    from detente.coding.grammar.clauses import Clause
    from detente.coding.grammar.tree import Token
    from detente.registers.frames import Frame
    from detente.registers.patterns import Phrase, Slot


INSISTING = frozenset({"insist", "suggest"})
"""Verbs that ask for an act or assert a fact, as the form of their clause tells."""
GROUPS = frozenset("brigade unit contingent squad army column force fleet battalion corps".split())
"""Nouns of armed groups that stand for other groups, too."""
PERSON = "person"
"""What a number or a pronoun stands for where people are counted or named before: "released all but four"."""
SOME_PEOPLE = frozenset("him her them others all some many several most both everyone".split())
MEANT = frozenset({"it", "them", "this", "these", "those", "one", "ones"})
"""Pronouns that stand for a thing named before."""
TEAM = "team"
"""What such a group is where its members bear no arms."""
OPEN_QUESTION = frozenset({"whether", "if", "why", "when", "what", "where", "how"})
"""Words that make the content of "asked" a question instead of a wish."""
HOLDING = frozenset({"own", "belong", "hold", "run", "operate", "control", "charter"})
"""Verbs that say whose something is."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_GIVEN_TO = frozenset({"to", "for"})
_OWNED_BY = frozenset({"of", "in", "from"})


def after_particle(verb: Token, particle: str) -> list[Token] | None:
    """Return the objects of a particle that the parse takes for a preposition; None without it."""
    for child in verb.children:
        if child.dep_ in {"prep", "advmod"} and child.lower_ == particle and child.i > verb.i:
            return [c for c in child.children if c.dep_ == "pobj"]
    return None


def names(noun: Token, wanted: frozenset[str]) -> bool:
    """Return whether a noun is one of the wanted, ``travel-ban`` meaning a ban on travel too."""
    return not wanted.isdisjoint(_names_of(noun))


def meant(pronoun: Token, wanted: frozenset[str]) -> list[Token]:
    """Return the noun that a pronoun stands for: "lifted a ban on maize five days after it had been imposed".

    The nearest one of the wanted nouns before it in the sentence.
    """
    own = pronoun.lower_ == "own" and pronoun.dep_ == "dobj"
    if not own and (pronoun.lower_ not in MEANT or pronoun.pos_ not in {"PRON", "DET"}):
        return []
    if pronoun.children and not own:
        return []
    before = (t for t in reversed(pronoun.doc.tokens[: pronoun.head.i]) if t.pos_ == "NOUN")
    return [t for t in before if names(t, wanted)][:1]


@once
def _names_of(noun: Token) -> frozenset[str]:
    lemma = noun.lemma_.lower()
    beside = [c for c in noun.children if c.dep_ in {"compound", "amod", "nmod", "poss"}]
    joined = {f"{w}-{lemma}" for c in beside for w in (c.lower_, c.lemma_.lower())}
    if not frames.load().apart.isdisjoint(joined):
        return frozenset(joined)
    if noun.tag_ == "CD" or noun.lower_ in SOME_PEOPLE:
        return frozenset({lemma, noun.lower_, PERSON}) | joined
    civilian = _civilians(noun) if lemma in GROUPS else frozenset()
    if civilian:
        return civilian | {TEAM}
    return frozenset({lemma, noun.lower_}) | joined


def _civilians(group: Token) -> frozenset[str]:
    """Return what a group of helpers is made of: "a brigade of doctors" is no brigade."""
    members = {m.lemma_.lower() for m in prepositional(group, frozenset({"of"}))}
    return frozenset(members & frames.load().classes["helper"])


def phrase_noun(phrase: Phrase, bases: list[Token], clause: Clause | None = None) -> Token | None:
    """Return the noun of a phrase that the pattern asks for, None where it is missing.

    The doer of a passive is no such noun: "was rejected by the rebels".
    """
    doers = clause.subjects if clause is not None and clause.passive else []
    for base in bases:
        for noun in prepositional(base, phrase.preps):
            for one in spread(noun):
                if one in doers:
                    continue
                if not phrase.nouns or names(one, phrase.nouns):
                    return one
    return None


def content_of(frame: Frame, clause: Clause, bases: list[Token]) -> list[Token] | None:
    """Return the heads of the frame's complement; None where it is missing."""
    if frame.complement is None:
        return [*clause.whole_objects] if frame.any_object else []
    if frame.complement == "verb":
        verbs = list(clause.complements)
        object_slot = any(slot.at in {"object", "dative"} for slot in frame.slots)
        for base in bases if object_slot or frame.objects else [clause.verb]:
            verbs += [c for c in base.children if c.pos_ == "VERB" and _complements(c)]
            verbs += [
                p
                for c in base.children
                if c.dep_ == "prep"
                for p in c.children
                if p.dep_ == "pcomp"
            ]
        verbs = [v for v in verbs if v.pos_ in {"VERB", "AUX"} and _fits(frame, v, clause)]
        return verbs or None
    if frame.complement_preps:
        nouns = [n for b in bases for n in prepositional(b, frame.complement_preps)]
    else:
        nouns = clause.whole_objects
    nouns = [n for n in nouns if n.pos_ in {"NOUN", "PROPN", "VERB"}]
    return nouns or None


def _fits(frame: Frame, verb: Token, clause: Clause) -> bool:
    """Whether a complement has the form that the frame asks for: an infinitive for "to V"."""
    if frame.beside and not _beside(verb, frame.beside):
        return False
    if frame.type == "REQUEST" and any(c.lower_ in OPEN_QUESTION for c in verb.children):
        return False
    if frame.own and not _own(verb, clause):
        return False
    if (
        frame.beside
        and frame.type == "REQUEST"
        and any(c.dep_ == "nsubjpass" for c in verb.children)
    ):
        return False
    if frame.triggers & INSISTING and "that " in frame.pattern and not frame.beside:
        return _wished(verb)
    infinitive = verb.tag_ != "VBZ" and any(c.tag_ == "TO" for c in verb.children)
    if " to V" in frame.pattern:
        return infinitive or (verb.dep_ == "pcomp" and verb.head.lower_ == "to")
    return not (infinitive and "that " in frame.pattern)


def _wished(verb: Token) -> bool:
    """Return whether a clause tells what shall be: "insisted that he leave", not "that he left"."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    return verb.tag_ in {"VB", "VBP"} and helpers <= {"be", "must", "should", "not"}


def _beside(verb: Token, words: frozenset[str]) -> bool:
    near = [verb, *(c for c in verb.children if c.dep_ not in {"conj", "advcl", "parataxis"})]
    near += [c for p in verb.children if p.dep_ == "prep" for c in p.children]
    return any(t.lemma_.lower() in words or t.lower_ in words for t in near)


def _own(verb: Token, clause: Clause) -> bool:
    """Return whether the source may be the subject of its content: "warned that it would respond".

    Whether a name is the source's ("the envoy warned that Oslo would respond") is asked later.
    """
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
    names_ = {t.lower_ for t in clause.subjects}
    return not subjects or any(t.tag_ in {"PRP", "NNP"} or t.lower_ in names_ for t in subjects)


def _complements(verb: Token) -> bool:
    """Return whether a verb below a word tells its content, a purpose clause included."""
    if verb.dep_ == "advcl":
        return any(c.tag_ == "TO" or c.lower_ == "for" for c in verb.children)
    return verb.dep_ in {"acl", "pcomp", "xcomp", "ccomp"} and not is_juxtaposed(verb)


class Ways(NamedTuple):
    """How a slot may be filled.

    Attributes:
        strict: An object must be an actor itself: one meets a minister, not a minister's letter.
        visit: A town stands for its state.
        told: The subject of what is said stands for an object.
        loose: A preposition counts wherever it hangs.
        mutual: Who stands before what was done acted: "X's pact with Y was signed".
        ground: A town stands for its state after "into".
    """

    strict: bool = False
    visit: bool = False
    told: bool = False
    loose: bool = False
    mutual: bool = False
    ground: bool = False


def fill(
    slot: Slot,
    clause: Clause,
    bases: list[Token],
    anchors: list[Token],
    finder: Finder,
    ways: Ways,
) -> list[Token]:
    """Return the head tokens of a slot that lead to a known actor."""
    if slot.at == "subject" and not slot.words and slot.role == "S" and clause.subjects:
        return [t for t in clause.subjects if finder.at(t, "S")]
    if slot.at == "owner":
        offices = [held for held in anchors or clause.objects if finder.is_office(held)]
        if offices:
            return offices
    for tokens in _candidates(slot, clause, bases, anchors, ways):
        if slot.at == "object" and ways.strict:
            tokens = [t for o in tokens for t in spread(o) if finder.is_actor(t)]
        if slot.words:
            tokens = [
                t
                for o in tokens
                for t in spread(o)
                if (OFFICE in slot.words and finder.holds_office(t)) or names(t, slot.words)
            ]
        if ways.visit and slot.role == "T":
            tokens = [t for o in tokens for t in spread(o) if _goal(t, finder)]
        found = [t for t in tokens if finder.at(t, slot.role)]
        if (
            not found
            and slot.role == "T"
            and (ways.visit or (ways.ground and "into" in slot.preps))
        ):
            found = [t for o in tokens for t in spread(o) if finder.ground(t)]
        if found:
            return found
    return []


def _goal(token: Token, finder: Finder) -> bool:
    """Return whether one can go there: a state, a town, or something of or in one of these."""
    if finder.is_actor(token) or finder.ground(token):
        return True
    return any(t.i in finder.mentions for t in owners(token))


def _candidates(
    slot: Slot,
    clause: Clause,
    bases: list[Token],
    anchors: list[Token],
    ways: Ways,
) -> Iterator[list[Token]]:
    if slot.at == "subject":
        yield clause.subjects
        if clause.passive and not clause.subjects and ways.mutual:
            yield [c for a in anchors for c in a.children if c.dep_ == "poss"]
            yield [n for a in anchors for n in prepositional(a, frozenset({"between"}))]
    elif slot.at == "object":
        yield clause.objects or _named(clause.verb)
        if ways.told:
            yield from _told_of(clause, bases)
    elif slot.at == "dative":
        yield clause.datives
        held = {a.i for a in anchors}
        yield [o for o in clause.objects if o.i not in held]
        for base in bases:
            yield list(prepositional(base, _GIVEN_TO))
        yield [c for v in clause.complements for c in v.children if c.dep_ == "nsubj"]
        yield [c for a in anchors for c in a.children if c.dep_ in {"compound", "nmod", "amod"}]
    elif slot.at == "owner":
        for anchor in anchors or clause.objects:
            yield owners(anchor, _OF if slot.role == "S" else _OWNED_BY)
    else:
        yield from _after(slot, clause, bases, loose=ways.loose)


def _is_nationality(word: Token) -> bool:
    """Return whether a word may say whose a noun is: "the Swedish bid"."""
    return word.dep_ == "amod" and word.text[:1].isupper()


def _named(verb: Token) -> list[Token]:
    """Return the name right after a verb that the parse takes for a time: "visited Nauru on Monday"."""
    return [
        c
        for c in verb.children
        if c.dep_ == "npadvmod" and c.tag_ == "NNP" and c.left_edge.i == verb.i + 1
        and not in_calendar(c)
    ]  # fmt: skip


def _after(slot: Slot, clause: Clause, bases: list[Token], *, loose: bool) -> Iterator[list[Token]]:
    """Yield what stands after a slot's prepositions; the doer of a passive is no target."""
    doers = clause.subjects if clause.passive and slot.role == "T" else []
    for base in bases:
        yield [n for n in prepositional(base, slot.preps) if n not in doers]
    if "of" in slot.preps:
        yield [c for b in bases if b != clause.verb for c in b.children if c.dep_ == "poss"]
        yield [c for b in bases if b != clause.verb for c in b.children if _is_nationality(c)]
    if loose:
        yield [n for n in _loose(clause.verb, slot.preps) if n not in doers]


def _told_of(clause: Clause, bases: list[Token]) -> Iterator[list[Token]]:
    """Yield the subjects of what is said of somebody, whom it accuses or asks."""
    verbs = [c for b in bases for c in b.children if c.pos_ in {"VERB", "AUX"} and _complements(c)]
    if clause.verb.dep_ == "parataxis":
        verbs += clause.complements
    yield from ([c for c in v.children if c.dep_ in _SUBJECTS] for v in verbs)


_OF = frozenset({"of"})
"""Preposition before an owner who acts: "Oslo's ambassador in Riga was recalled" tells of Oslo."""


def owners(noun: Token, preps: frozenset[str] = _OWNED_BY) -> list[Token]:
    """Return the heads in "X's noun", "X noun", "noun of X" and "noun belonging to X"."""
    found = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod", "nmod"}]
    found += prepositional(noun, preps)
    return found + holders(noun)


def holders(noun: Token) -> list[Token]:
    """Return whose something is in "a ship owned by X", "money belonging to X"."""
    return [
        holder
        for verb in noun.children
        if verb.dep_ == "acl" and verb.lemma_ in HOLDING
        for prep in verb.children
        if prep.lower_ in {"by", "to"}
        for holder in prep.children
        if holder.dep_ == "pobj"
    ]


def _is_occasion(noun: Token) -> bool:
    """Return whether a noun tells when something is done: "spoke during a visit to Oslo"."""
    timed = noun.head.lower_ in {"during", "after", "before"}
    return noun.dep_ == "pobj" and noun.pos_ == "NOUN" and timed


def _loose(verb: Token, preps: frozenset[str]) -> Iterator[Token]:
    """Yield objects of prepositions that the parse hung elsewhere in the verb's own clause.

    An "of" never hangs elsewhere, nor does what belongs to an occasion.
    """
    for token in verb.subtree:
        if token.dep_ != "prep" or token.lower_ == "of":
            continue
        if token.i > verb.i and token.lower_ in preps:
            if _is_occasion(token.head):
                continue
            between = token.head
            while between != verb and between.pos_ not in {"VERB", "AUX"}:
                between = between.head
            if between == verb:
                yield from (c for c in token.children if c.dep_ == "pobj")

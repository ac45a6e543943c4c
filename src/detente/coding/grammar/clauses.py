"""Who stands where around a verb: subjects, objects and complements, mended.

The dependency parse names surface relations. This module turns them into logical ones: a passive's
subject is an object, a relative clause's "which" is the noun before it, a second verb shares the
first one's subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.coding.grammar.coordination import spread
from detente.coding.grammar.ruleset import once
from detente.coding.grammar.subjects import (
    WRITINGS,
    antecedent,
    companions,
    inherited,
    issuers,
    misplaced,
)
from detente.coding.grammar.verbs import is_juxtaposed, is_main, is_passive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.grammar.tree import Token


@dataclass(slots=True)
class Clause:
    """The logical arguments of one verb.

    Attributes:
        verb: The verb.
        passive: True for a passive.
        subjects: Heads of the logical subject, coordination included.
        objects: Heads of the logical object.
        datives: Heads of an indirect object without preposition.
        particles: Particles, lower case.
        complements: Heads of verbal complements (infinitive, that-clause, -ing).
        named: True where the object is called something ("called the vote illegal").
    """

    verb: Token
    passive: bool = False
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    complements: list[Token] = field(default_factory=list)
    named: bool = False
    _whole: list[Token] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def whole_objects(self) -> list[Token]:
        """The heads of the logical object with all that is coordinated with them."""
        if self._whole is None:
            self._whole = [t for o in self.objects for t in spread(o)]
        return self._whole


@once
def clause_of(verb: Token) -> Clause:
    """Return the logical arguments of a verb."""
    clause = Clause(verb, passive=is_passive(verb))
    surface: list[Token] = []
    direct: list[Token] = []
    agents: list[Token] = []
    for child in verb.children:
        _place(child, clause, surface, direct, agents)
    if verb.dep_ == "amod" and is_main(verb):
        direct.append(verb.head)
    surface = [antecedent(t, verb) for t in surface]
    if verb.dep_ == "relcl" and surface == [verb.head]:
        surface = issuers(verb.head)
    direct = [antecedent(t, verb) for t in direct] or _shared(verb, clause)
    if not surface and (verb.dep_ in {"ROOT", "ccomp"} or is_main(verb)):
        surface = misplaced(verb)
    if surface and not clause.passive:
        surface = [*surface, *companions(verb, surface)]
    if not surface:
        surface = inherited(verb)
    elif _is_about(verb) and not direct and not clause.passive and surface[0] != verb.head:
        direct = [verb.head]
    if verb.dep_ == "parataxis" and not clause.complements:
        clause.complements = [_told_around(verb)]
    if not clause.passive:
        clause.subjects, clause.objects = surface, _with_whole(direct, verb)
        return clause
    clause.subjects, clause.objects = agents or _hung_on(direct), direct or surface
    clause.objects = _with_whole(clause.objects, verb)
    clause.datives += surface if direct else []
    return clause


def _with_whole(objects: list[Token], verb: Token) -> list[Token]:
    """Return the objects with what the one before the clause is a part of.

    "The visas of four envoys, revoked by Oslo": parses hang the clause on the nearest noun.
    """
    noun = verb.head
    if verb.dep_ not in {"acl", "relcl"} or noun not in objects or noun.dep_ != "pobj":
        return objects
    return [*objects, noun.head.head] if noun.head.lower_ == "of" else objects


def _hung_on(objects: Sequence[Token]) -> list[Token]:
    """Return the doer of a passive whom the parse hung on its object: "was refused access by the army"."""
    return [
        doer
        for noun in objects
        if noun.lemma_.lower() not in WRITINGS
        for prep in noun.children
        if prep.dep_ == "prep" and prep.lower_ == "by"
        for doer in prep.children
        if doer.dep_ == "pobj"
    ]


def _is_about(verb: Token) -> bool:
    """Return whether a clause tells what is done with the noun before it: "a demand that Bonn rejected".

    Parses take "that" for a conjunction there.
    """
    if verb.dep_ == "relcl":
        return True
    told = verb.dep_ == "acl" and verb.head.dep_ in {"appos", "npadvmod"}
    return told and any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children)


def _told_around(verb: Token) -> Token:
    """Return what a parenthesis says: "the army, Kinshasa says, is plundering the forest"."""
    above = verb.head
    return above.head if above.dep_ in {"aux", "auxpass"} else above


def _shared(verb: Token, clause: Clause) -> list[Token]:
    """Return the object that a verb shares with the next or the last one.

    "Rejected and condemned the vote", "Accra rejected, and Lome welcomed, the ruling", "rescued, then
    arrested, six men".
    """
    if clause.passive or clause.complements or verb.i + 2 >= len(verb.doc):
        return []
    after = verb.nbor(1)
    if after.text == ",":
        return _past_comma(verb)
    if after.dep_ != "cc":
        return []
    for child in verb.children:
        if child.dep_ == "conj" and child.i <= verb.i + 3 and child.tag_ == verb.tag_:
            return [c for c in child.children if c.dep_ == "dobj"]
    return []


def _past_comma(verb: Token) -> list[Token]:
    """Return the object that stands behind the comma after the last of several verbs."""
    for child in verb.children:
        if child.dep_ == "conj" and verb.i < child.i < verb.i + 7 and child.tag_ == verb.tag_:
            objects = [c for c in child.children if c.dep_ == "dobj"]
            last = child.i + 1 == len(child.doc)
            return objects if not last and child.nbor(1).text == "," else []
    above = verb.head
    if verb.dep_ not in {"conj", "dep"} or above.tag_ not in {"VBD", "VBZ", "VBP"}:
        return []
    return [c for c in above.children if c.dep_ == "dobj" and c.i > verb.i]


_ANSWERS = frozenset({"yes", "no"})
"""Words that are all that is said: "said no to the plan"."""


def _place(
    child: Token, clause: Clause, surface: list[Token], direct: list[Token], agents: list[Token]
) -> None:
    dep = child.dep_
    direct.extend(_second_object(child))
    direct.extend(_late_object(child))
    if dep in {"nsubj", "nsubjpass"}:
        surface.append(child)
    elif dep in {"dobj", "attr", "oprd", "acomp"} or child.lower_ in _ANSWERS:
        direct.append(child)
        clause.named |= dep == "oprd"
    elif dep in {"advcl", "advmod"} and child.tag_ == "JJ" and not list(child.children):
        direct.append(child)
    elif dep == "dative" and child.pos_ != "ADP":
        clause.datives.append(child)
    elif dep == "prt" or (dep == "advmod" and child.lower_ in _PARTICLES):
        clause.particles.add(child.lower_)
    elif dep == "agent" or (dep == "prep" and child.lower_ == "by" and clause.passive):
        agents.extend(c for c in child.children if c.dep_ == "pobj")
    elif dep == "ccomp" and _names_object(child, clause.verb):
        direct.extend(c for c in child.children if c.dep_ in {"dobj", "oprd"} and c.i > child.i)
    elif dep in {"xcomp", "ccomp"} and not is_juxtaposed(child):
        clause.complements.append(child)
        if child.pos_ in {"ADJ", "NOUN", "PROPN"}:
            direct.extend(c for c in child.children if c.dep_ == "nsubj")
            direct.append(child)
            clause.named = True


_CALLING = frozenset("call describe term say regard consider dub label brand see".split())


def _names_object(verb: Token, above: Token) -> bool:
    """Return whether a clause names the object: "shelled what Baku called positions of the rebels"."""
    if verb.lemma_ not in _CALLING or verb.i < above.i:
        return False
    asked = (c for c in verb.children if c.lower_ == "what")
    return any(above.i < c.i < verb.i for c in asked)


def _late_object(prep: Token) -> list[Token]:
    """Return the object of "dismissed as groundless a report", which the parse gives to "as"."""
    if prep.dep_ == "advcl" and prep.pos_ == "ADJ" and prep.i and prep.nbor(-1).lower_ == "as":
        return [c for c in prep.children if c.dep_ == "dobj"]
    if prep.dep_ != "prep" or prep.lower_ != "as":
        return []
    return [
        noun
        for noun in prep.children
        if noun.dep_ == "pobj"
        and any(c.i == prep.i + 1 and c.pos_ == "ADJ" for c in (*noun.children, *prep.children))
        and any(c.dep_ == "det" and c.i > prep.i + 1 for c in noun.children)
    ]


def _second_object(child: Token) -> list[Token]:
    """Return the thing given in "offered his colleague his condolences", taken for an apposition.

    Likewise what is discussed in "discussed with his colleague the situation".
    """
    nouns = [child] if child.dep_ in {"dobj", "dative"} else []
    if child.dep_ == "prep" and child.lower_ in {"with", "to"}:
        nouns = [c for c in child.children if c.dep_ == "pobj"]
    return [
        c
        for noun in nouns
        for c in noun.children
        if c.dep_ == "appos" and c.pos_ == "NOUN" and c.left_edge.nbor(-1).text != ","
    ]


_PARTICLES = frozenset(
    "off out up down back away over aside apart in on forward ahead through along together jointly".split()
)

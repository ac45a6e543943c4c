"""Who stands where around a verb or noun: subjects, objects and prepositions, mended.

The dependency parse names surface relations. This module turns them into logical ones: a passive's
subject is an object, a relative clause's "which" is the noun before it, an infinitive's subject is
the subject (or object) of the verb that governs it, a second verb shares the first one's subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.coding.ruleset import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.tree import Token

RELATIVES = frozenset({"which", "who", "that", "whom"})
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "offer", "pledge", "agree", "swear"})
OBJECT_CONTROL = frozenset(
    "prompt force cause lead push drive compel allow enable oblige order instruct direct get spur".split()
)
"""Verbs whose object does what the infinitive after it tells, even one that is parsed as a purpose."""
TOGETHER = frozenset({"together", "along", "jointly"})
"""Adverbs that with "with" name those who act too."""
BEFORE_OF = frozenset({"out", "off", "outside", "inside", "ahead"})
"""Prepositions that may take "of" before their object."""
RELATIONS = frozenset({"relation", "regard", "respect", "reference", "connection"})
"""Nouns of prepositions of several words: "in relation to", "with regard to"."""
ABOUT = frozenset({"on", "against", "over", "about"})
"""Prepositions that these stand for."""
CONTAINERS = frozenset(
    "series package round number set wave spate million billion trillion tonne ton piece batch load "
    "shipment string range raft host dozen hundred thousand kind type form lot majority group team "
    "pair tranche list member majority some many most all several half part couple flurry barrage "
    "volley convoy column amount worth one two three four five six seven eight nine ten act level "
    "resumption day hour week month year lot dozens hundreds thousands first last rest third quarter".split()
)

WRITINGS = frozenset(
    "statement resolution motion letter note declaration communique communiqué message petition decree "
    "report article op-ed tweet post cable memo memorandum edict fatwa bill law editorial telegram "
    "manifesto video notice bulletin leaflet pamphlet dispatch joint-statement".split()
)
"""What speaks for those who issue it: "passed a motion censuring the premier"."""


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
def is_passive(verb: Token) -> bool:
    """Return whether a verb is passive, a reduced or coordinated one included."""
    if verb.tag_ != "VBN":
        return False
    for child in verb.children:
        if child.dep_ in {"auxpass", "nsubjpass"}:
            return True
        if child.dep_ in {"aux", "nsubj"} and child.lemma_ in {"have", "'ve", "has"}:
            return False
    if is_main(verb):
        return False
    if verb.dep_ == "acl" or (verb.dep_ == "advcl" and not _has_object(verb)):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return is_passive(verb.head)
    return any(child.dep_ == "agent" for child in verb.children)


def is_juxtaposed(verb: Token) -> bool:
    """Return whether the parse governs one sentence by the next: "two died; the premier spoke".

    The same for what is told of it behind a comma: "Cairo accused Doha, a charge Doha denied".
    """
    if verb.dep_ != "ccomp" or verb.i > verb.head.i:
        return False
    if any(t.text in {";", ":"} for t in verb.doc[verb.i : verb.head.i]):
        return True
    told = [c for c in verb.head.children if c.dep_ == "dobj" and verb.i < c.i < verb.head.i]
    return any(t.text == "," for c in told for t in verb.doc[verb.i : c.i])


@once
def is_main(verb: Token) -> bool:
    """Return whether a verb that the parse hangs on a noun is the verb of the whole sentence.

    Some parsers read "The envoy engaged with the rebels." as "the envoy (who was) engaged".
    """
    noun = _topmost(verb.head)
    if verb.dep_ == "amod":
        told = noun.i > verb.i and any(c.dep_ == "npadvmod" for c in verb.children)
    else:
        told = verb.dep_ == "acl" and noun.i < verb.i
    return (
        told
        and verb.tag_ in {"VBD", "VBN"}
        and noun.dep_ == "ROOT"
        and noun.pos_ in {"NOUN", "PROPN"}
        and verb.doc[-1].text in {".", "!", "?"}
        and not any(c.dep_ == "agent" for c in verb.children)
        and not any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in verb.doc if t != verb)
    )


def _topmost(noun: Token) -> Token:
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    return noun


def _has_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" for child in verb.children)


def is_mutual(token: Token) -> bool:
    """Return whether a token ends "each other" or "one another", or is "the other" after "each"."""
    if token.lower_ not in {"other", "another"} or token.i == 0:
        return False
    before = token.nbor(-1).lower_
    if (before, token.lower_) in {("each", "other"), ("one", "another")}:
        return True
    return (
        before == "the"
        and token.dep_ in {"dobj", "pobj"}
        and not any(c.dep_ not in {"det", "prep"} for c in token.children)
    )


def spread(head: Token) -> Sequence[Token]:
    """Return a head and everything coordinated with it, in order."""
    return _spread(head) if head.children else (head,)


@once
def _spread(head: Token) -> Sequence[Token]:
    found = [head]
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ not in {"VERB", "AUX"}:
            found.extend(spread(child))
    return found


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
    surface = [_antecedent(t, verb) for t in surface]
    if verb.dep_ == "relcl" and surface == [verb.head]:
        surface = _issuers(verb.head)
    direct = [_antecedent(t, verb) for t in direct] or _shared(verb, clause)
    if not surface and (verb.dep_ in {"ROOT", "ccomp"} or is_main(verb)):
        surface = _misplaced(verb)
    if surface and not clause.passive:
        surface = [*surface, *_companions(verb, surface)]
    if not surface:
        surface = _inherit(verb)
    elif _is_about(verb) and not direct and not clause.passive and surface[0] != verb.head:
        direct = [verb.head]
    if verb.dep_ == "parataxis" and not clause.complements:
        clause.complements = [_told_around(verb)]
    if not clause.passive:
        clause.subjects, clause.objects = surface, direct
        return clause
    clause.subjects, clause.objects = agents, direct or surface
    clause.datives += surface if direct else []
    return clause


def _is_about(verb: Token) -> bool:
    """Return whether a clause tells what is done with the noun before it: "a demand that Bonn rejected".

    Parses take "that" for a conjunction there.
    """
    if verb.dep_ == "relcl":
        return True
    told = verb.dep_ == "acl" and verb.head.dep_ in {"appos", "npadvmod"}
    return told and any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children)


def _companions(verb: Token, subjects: Sequence[Token]) -> list[Token]:
    """Return who acts with the subject: "sailed together with the navy", "Oslo, alongside Bonn,"."""
    found = []
    for base in (verb, *subjects):
        beside = [c for c in base.children if c.dep_ in {"prep", "advmod"}]
        beside += [c for adverb in beside for c in adverb.children if adverb.lower_ in TOGETHER]
        for prep in beside:
            joint = prep.lower_ == "with" and prep.i and prep.nbor(-1).lower_ in TOGETHER
            if joint or prep.lower_ == "alongside":
                found += [c for c in prep.children if c.dep_ == "pobj"]
    return found


def _told_around(verb: Token) -> Token:
    """Return what a parenthesis says: "the army, Kinshasa says, is plundering the forest"."""
    above = verb.head
    return above.head if above.dep_ in {"aux", "auxpass"} else above


def _shared(verb: Token, clause: Clause) -> list[Token]:
    """Return the object that a verb shares with the next one: "rejected and condemned the vote"."""
    if clause.passive or clause.complements or verb.i + 2 >= len(verb.doc):
        return []
    if verb.nbor(1).dep_ != "cc":
        return []
    for child in verb.children:
        if child.dep_ == "conj" and child.i <= verb.i + 3 and child.tag_ == verb.tag_:
            return [c for c in child.children if c.dep_ == "dobj"]
    return []


def _misplaced(verb: Token) -> list[Token]:
    """Return a subject that the parse took for an adverb or for the end of an opening phrase.

    In "After years of hostility Turkey and Egypt have resumed contacts" nothing marks where the
    phrase ends; the words just before the verb are its subject.
    """
    for child in verb.children:
        if child.i < verb.i and child.dep_ in {"npadvmod", "advmod"} and _is_written_as_name(child):
            return [child]
    helpers = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"}]
    before = min([verb.i, *helpers]) - 1
    if before < 1 or verb.tag_ in {"VB", "VBG"} or verb.doc[before].pos_ not in {"PROPN", "NOUN"}:
        return []
    noun = verb.doc[before]
    if _opens_clause(noun):
        return [noun]
    while noun.dep_ == "conj":
        noun = noun.head
    torn = any(
        c.i < noun.i and c.dep_ in {"compound", "nmod"} and c.text[:1].islower()
        for c in noun.children
    )
    return [noun] if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and torn else []


def _opens_clause(noun: Token) -> bool:
    """Return whether a noun was joined to an opening phrase that a comma ends: "On Friday in Lome, Togo said"."""
    if noun.dep_ not in {"conj", "appos"} or not noun.left_edge.i:
        return False
    beside = any(c.dep_ == "cc" and c.i < noun.i for c in noun.head.children)
    first = noun.head
    while first.head != first and first.pos_ not in {"VERB", "AUX"}:
        first = first.head
    return noun.left_edge.nbor(-1).text == "," and not beside and first.i > noun.i


def _is_written_as_name(token: Token) -> bool:
    """Return whether a word is a name; acronyms such as "USAID" are taken for adverbs."""
    return token.pos_ == "PROPN" or (token.text.isupper() and len(token.text) > 2)


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
        and any(c.i == prep.i + 1 and c.pos_ == "ADJ" for c in noun.children)
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


_OF_OBJECT = frozenset({"for", "of", "over", "from", "against"})
"""Prepositions after which the object acts: "thanked Oslo for sending tents"."""


def _antecedent(token: Token, verb: Token) -> Token:
    if token.lower_ in RELATIVES and token.tag_ in {"WDT", "WP", "IN", "DT"}:
        clause: Token = verb
        while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head != clause:
            clause = clause.head
        if clause.dep_ in {"relcl", "acl"}:
            return clause.head
    return token


def _inherit(verb: Token, depth: int = 0) -> list[Token]:
    """Return the surface subject that a verb shares with the one that governs it."""
    head, dep = verb.head, verb.dep_
    if head == verb or depth > 4:
        return []
    if dep == "acl":
        return _before(verb)
    if dep == "relcl":
        return _issuers(head)
    if dep == "pcomp" and head.pos_ in {"ADP", "SCONJ", "ADV", "VERB"}:
        held = _held(head)
        if held is not None:
            return held
        head = head.head
    elif dep == "acomp" or head.pos_ == "ADJ":
        return _subjects(head.head, depth + 1) if head.head != head else []
    purpose = dep == "advcl" and any(c.lower_ == "to" for c in verb.children)
    if (dep == "xcomp" and head.lemma_ not in SUBJECT_CONTROL) or (
        purpose and head.lemma_ in OBJECT_CONTROL
    ):
        governed = [c for c in head.children if c.dep_ in {"dobj", "dative"} and c.i < verb.i]
        if governed:
            return governed[:1]
    return _subjects(head, depth + 1)


def _before(verb: Token) -> list[Token]:
    """Return who acts in a participle or infinitive after a noun: "a note criticising the vote"."""
    noun = verb.head
    if is_main(verb):
        return [_topmost(noun)]
    if verb.tag_ == "VBG":
        return _issuers(noun)
    return [noun] if verb.tag_ in {"VBN", "VBD"} else _of_noun(noun) or _headline(noun)


def _issuers(noun: Token) -> list[Token]:
    """Return who speaks by a writing: its owner, or who issues it; any other noun itself."""
    if noun.lemma_.lower() not in WRITINGS:
        return [noun]
    owners = [c for c in noun.children if c.dep_ == "poss"]
    verb = noun.head
    if not owners and verb.pos_ in {"VERB", "AUX"}:
        if noun.dep_ == "nsubjpass":
            owners = [p for c in verb.children if c.dep_ == "agent" for p in c.children]
        elif noun.dep_ == "dobj":
            owners = _subjects(verb, 1)
    return owners or [noun]


def _held(prep: Token) -> list[Token] | None:
    """Return who acts after a preposition, None for the subject of the verb above.

    "Thanked Oslo for sending tents" and "Oslo's idea of sending tents" both give Oslo.
    """
    above = prep.head
    if above.pos_ in {"NOUN", "PROPN"}:
        return _of_noun(above)
    objects = [c for c in above.children if c.dep_ == "dobj" and c.i < prep.i]
    if above.lemma_ == "join" and prep.lower_ == "in":
        return [*_subjects(above, 1), *objects[:1]]
    if not objects:
        objects = [
            t for p in above.children if p.dep_ == "prep" and p.i < prep.i and p.lower_ in {"at", "against"}
            for t in p.children if t.dep_ == "pobj"
        ]  # fmt: skip
    return objects[:1] if objects and prep.lower_ in _OF_OBJECT and not is_passive(above) else None


def _headline(noun: Token) -> list[Token]:
    """Return who acts in "Chancellor to visit Oman": the noun that stands for a whole sentence."""
    return [noun] if noun.dep_ == "ROOT" else []


def _of_noun(noun: Token) -> list[Token]:
    """Return who decides in "Poland's decision to expel" or "made a decision to expel"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return owners
    if noun.dep_ in {"dobj", "attr"} and noun.head.pos_ in {"VERB", "AUX"}:
        return _subjects(noun.head, 1)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "of"}:
            return [c for c in child.children if c.dep_ == "pobj"]
    return []


@once
def subjects_of(verb: Token) -> list[Token]:
    """Return the surface subject of a verb, inherited where it has none."""
    return _subjects(verb, 0)


def _subjects(verb: Token, depth: int) -> list[Token]:
    own = [_antecedent(c, verb) for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return own or _inherit(verb, depth)


def prepositional(token: Token, preps: frozenset[str]) -> Sequence[Token]:
    """Return the objects of the given prepositions that hang on a token, nearest first.

    ``between A and B`` gives A (B is coordinated with it); ``according to`` style chains such as
    "out of" and "along with" are followed.
    """
    if not token.children:
        return ()
    known = _held_by(token)
    if preps not in known:
        known[preps] = tuple(_governed(token, preps))
    return known[preps]


@once
def _held_by(token: Token) -> dict[frozenset[str], tuple[Token, ...]]:  # noqa: ARG001
    return {}


def _governed(token: Token, preps: frozenset[str]) -> Iterator[Token]:
    for child in token.children:
        if child.lower_ == "according":
            continue
        if child.dep_ in {"prep", "dative", "agent", "prt", "advmod", "conj"} or (
            child.pos_ == "ADP" and child.dep_ not in {"aux", "mark"}
        ):
            yield from _under(child, preps)


def _under(prep: Token, preps: frozenset[str]) -> Iterator[Token]:
    if prep.lower_ in preps:
        for child in prep.children:
            if child.dep_ in {"pobj", "pcomp"} or (prep.lower_ == "as" and child.pos_ == "ADJ"):
                yield child
            elif child.lower_ == "of" and prep.lower_ in BEFORE_OF:
                yield from (c for c in child.children if c.dep_ == "pobj")
    if prep.lower_ == "of":
        yield from _past_measure(prep, preps)
    if prep.lower_ in {"in", "with"} and preps & ABOUT:
        yield from _in_relation(prep)
    if prep.pos_ in {"ADP", "ADV", "PART", "SCONJ", "VERB"} and prep.dep_ != "conj":
        for child in prep.children:
            if child.dep_ == "prep":
                yield from _under(child, preps)


def _in_relation(prep: Token) -> Iterator[Token]:
    """Yield what a preposition of several words stands before: "sanctions in relation to Burma"."""
    for noun in prep.children:
        if noun.dep_ == "pobj" and noun.lower_ in RELATIONS:
            yield from (
                p for c in noun.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"
            )


def _past_measure(of: Token, preps: frozenset[str]) -> Iterator[Token]:
    """Yield what hangs on a measure instead: "a tariff of 25 percent on steel"."""
    for child in of.children:
        if child.dep_ == "pobj" and any(c.dep_ == "nummod" for c in child.children):
            yield from prepositional(child, preps)


def inner(noun: Token) -> list[Token]:
    """Return the nouns that a container stands for: "a series of sanctions" is about sanctions."""
    found = [noun]
    if noun.lemma_.lower() in CONTAINERS or noun.pos_ in {"NUM", "SYM"}:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "worth"}:
                for below in child.children:
                    if below.dep_ == "pobj":
                        found += [t for s in spread(below) for t in inner(s)]
    return found

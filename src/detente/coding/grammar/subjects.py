"""Who acts in a verb: its own subject, one that it shares or inherits, one that the parse misplaced.

An infinitive's subject is the subject (or object) of the verb that governs it, a relative clause's
"which" is the noun before it, a second verb shares the first one's subject, and a writing stands for
who issues it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.grammar.ruleset import once
from detente.coding.grammar.verbs import is_main, is_passive, topmost
from detente.registers import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.grammar.tree import Token

RELATIVES = frozenset({"which", "who", "that", "whom"})
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "offer", "pledge", "agree", "swear"})
OBJECT_CONTROL = frozenset(
    "prompt force cause lead push drive compel allow enable oblige order instruct direct get spur".split()
)
"""Verbs whose object does what the infinitive after it tells, even one that is parsed as a purpose."""
TOGETHER = frozenset({"together", "along", "jointly"})
"""Adverbs that with "with" name those who act too."""
WRITINGS = frozenset(
    "statement resolution motion letter note declaration communique communiqué message petition decree "
    "report article op-ed tweet post cable memo memorandum edict fatwa bill law editorial telegram "
    "manifesto video notice bulletin leaflet pamphlet dispatch joint-statement".split()
)
"""What speaks for those who issue it: "passed a motion censuring the premier"."""
_OF_OBJECT = frozenset({"for", "of", "over", "from", "against"})
"""Prepositions after which the object acts: "thanked Oslo for sending tents"."""


@once
def subjects_of(verb: Token) -> list[Token]:
    """Return the surface subject of a verb, inherited where it has none."""
    return _subjects(verb, 0)


def _subjects(verb: Token, depth: int) -> list[Token]:
    own = [antecedent(c, verb) for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return own or inherited(verb, depth)


def antecedent(token: Token, verb: Token) -> Token:
    """Return the noun that a relative word stands for, any other word itself."""
    if token.lower_ in RELATIVES and token.tag_ in {"WDT", "WP", "IN", "DT"}:
        clause: Token = verb
        while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head != clause:
            single = _singled_out(clause)
            if single is not None:
                return single
            clause = clause.head
        if clause.dep_ in {"relcl", "acl"}:
            return _whole(clause.head, token, verb)
    return token


def _singled_out(verb: Token) -> Token | None:
    """Return who is meant in "it was Oslo that closed the port"."""
    above = verb.head
    if verb.dep_ != "ccomp" or above.lemma_ != "be":
        return None
    if not any(c.dep_ == "nsubj" and c.lower_ == "it" for c in above.children):
        return None
    return next((c for c in above.children if c.dep_ == "attr" and c.i < verb.i), None)


def _whole(noun: Token, word: Token, verb: Token) -> Token:
    """Return all that a clause in the plural is about: "Qatar and Egypt, which have mediated".

    People are no "which": in "protesters in Belarus, which retaliated" the state is meant.
    """
    before = noun.doc[word.i - 2] if word.i > 1 else noun
    if word.lower_ == "which" and before.pos_ == "PROPN" and noun.is_ancestor(before):
        classes = frames.load().classes
        if noun.lemma_.lower() in classes["people"] | classes["crowds"]:
            return before
    first = topmost(noun)
    plural = any(t.lower_ in {"have", "are", "were"} for t in (verb, *verb.children))
    apart = noun.doc[word.i - 1].text == "," if word.i else False
    return first if plural and apart and noun.tag_ in {"NNP", "NN"} else noun


def inherited(verb: Token, depth: int = 0) -> list[Token]:
    """Return the surface subject that a verb shares with the one that governs it."""
    head, dep = verb.head, verb.dep_
    if head == verb or depth > 4:
        return []
    if dep == "acl":
        return _before(verb)
    if dep == "relcl":
        return issuers(head)
    if dep == "pcomp" and head.pos_ in {"ADP", "SCONJ", "ADV", "VERB"}:
        held = _held(head)
        if held is not None:
            return held
        head = head.head
    elif dep == "acomp" or head.pos_ == "ADJ":
        return _subjects(head.head, depth + 1) if head.head != head else []
    head = _past_purposes(verb, head)
    doer = _agent_before(verb)
    if doer is not None:
        return [doer]
    purpose = dep == "advcl" and any(c.lower_ == "to" for c in verb.children)
    if (dep == "xcomp" and head.lemma_ not in SUBJECT_CONTROL) or (
        purpose and head.lemma_ in OBJECT_CONTROL
    ):
        governed = [c for c in head.children if c.dep_ in {"dobj", "dative"} and c.i < verb.i]
        if governed:
            return governed[:1]
    return _subjects(head, depth + 1)


def _past_purposes(verb: Token, head: Token) -> Token:
    """Return what a participle after a comma belongs to: in "told them to leave, accusing all three" the telling."""
    first = verb.left_edge.i
    apart = first > head.i and verb.doc[first - 1].text == ","
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or not apart:
        return head
    while head.dep_ in {"xcomp", "advcl"} and any(c.tag_ == "TO" for c in head.children):
        head = head.head
    return head


def _agent_before(verb: Token) -> Token | None:
    """Return who acts in "was angered by Chad closing the border": the doer right before."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG":
        return None
    agent = next((c for c in verb.head.children if c.dep_ == "agent" and c.i < verb.i), None)
    if agent is None or any(t.text == "," for t in verb.doc[agent.i : verb.i]):
        return None
    return next((c for c in agent.children if c.dep_ == "pobj"), None)


def _before(verb: Token) -> list[Token]:
    """Return who acts in a participle or infinitive after a noun: "a note criticising the vote"."""
    noun = verb.head
    if is_main(verb):
        return [topmost(noun)]
    if verb.tag_ == "VBG":
        return issuers(noun)
    return [noun] if verb.tag_ in {"VBN", "VBD"} else _of_noun(noun) or _headline(noun)


def issuers(noun: Token) -> list[Token]:
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


def companions(verb: Token, subjects: Sequence[Token]) -> list[Token]:
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


def misplaced(verb: Token) -> list[Token]:
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

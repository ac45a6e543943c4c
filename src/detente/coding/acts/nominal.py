"""Acts told by a noun: "the visit of X to Y", "Russian-Turkish talks", "during a trip to Y, X ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.slots import phrase_noun
from detente.coding.grammar.coordination import CONTAINERS
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of

if TYPE_CHECKING:
    from detente.coding.acts.parties import Finder
    from detente.coding.grammar.tree import Token
    from detente.registers.frames import Frame
    from detente.registers.patterns import Slot

TOLD = frozenset({"nsubj", "nsubjpass", "attr", "ROOT", "appos", "conj"})
"""Where a nominal act is told as a fact."""
TEMPORAL = frozenset(
    {"during", "after", "following", "since", "at", "in", "amid", "upon", "from", "on", "before"}
)
"""Prepositions that date another act by a nominal one."""
SUFFERED = frozenset({"pressure", "criticism", "threat", "attack"})
"""Nouns that name what somebody is under."""
ENDED = frozenset({"freeze", "suspend", "sever", "halt", "abandon", "block", "ban", "interrupt"})
"""Verbs whose passive says that a contact no longer is: "contacts have been frozen"."""
BRINGING = frozenset("follow trigger prompt cause spark provoke precede witness see".split())
"""Verbs whose object took place: "a march followed the expulsion of"."""
QUARRELS = frozenset(
    "row dispute anger tension crisis protest outrage feud spat quarrel rift strain controversy standoff "
    "expel recall sanction sever suspend freeze resign quit".split()
)
"""Words after which "over" tells what was done before."""
GROUNDS = {
    "to": frozenset("response reply reaction answer lead respond react due owe thanks".split()),
    "for": frozenset({"retaliation", "revenge", "reprisal", "retaliate"}),
    "of": frozenset({"because", "result", "wake", "consequence", "aftermath", "anniversary"}),
    "in": frozenset({"result", "culminate", "end"}),
}
"""Words before a preposition after which an act is told as done, by preposition."""
ENDING = frozenset({"end", "begin", "start", "culminate", "coincide", "conclude"})
"""Verbs after which "with" tells what was done."""
NO_WORDS: frozenset[str] = frozenset()
DOING = frozenset({"on", "during", "in", "after", "following", "at", "upon", "from", "before"})
"""Prepositions that tell what the subject of the main verb was doing: "on a visit to Oman, he"."""


def heads_of(frame: Frame, noun: Token, finder: Finder) -> dict[str, list[Token]] | None:
    """Return the head tokens of a nominal frame's slots by role; None where one is missing."""
    heads: dict[str, list[Token]] = {}
    for slot in sorted(frame.slots, key=lambda s: s.at == "owner"):
        filled = _fill(slot, frame, noun, finder, heads)
        if filled:
            heads.setdefault(slot.role, []).extend(filled)
        elif slot.required:
            return None
    if frame.symmetric and "T" not in heads and not finder.several(heads.get("S", [])):
        return None
    if all(phrase_noun(p, [noun]) is not None for p in frame.phrases if p.required):
        return heads
    return None


def _fill(
    slot: Slot, frame: Frame, noun: Token, finder: Finder, taken: dict[str, list[Token]]
) -> list[Token]:
    used = {t.i for tokens in taken.values() for t in tokens}
    if slot.at == "owner":
        possible = _doer(noun, used, finder)
        if not possible and frame.type in {"CONSULT", "COOPERATE"} and taken:
            possible = _traveller(noun)
    else:
        possible = _after(noun, slot.preps)
        if frame.symmetric and len(possible) == 1:
            possible += [c for c in noun.children if c.dep_ == "conj" and finder.is_actor(c)]
        if "by" in slot.preps and not possible:
            possible = _doer(noun, used, finder)
        if slot.role == "T" and not possible:
            possible = _under(noun)
        if frame.mode == "visit" and slot.role == "T":
            grounds = [t for t in possible if finder.ground(t)]
            if grounds:
                return grounds
    return [t for t in possible if t.i not in used and finder.at(t, slot.role)]


def _after(noun: Token, preps: frozenset[str]) -> list[Token]:
    """Return the objects of a noun's prepositions, those that the parse hung elsewhere included.

    "Fighting broke out between the army and the rebels" and "an attack by rebels on the army".
    """
    found = list(prepositional(noun, preps))
    if not found and "between" in preps and noun.dep_ in {"nsubj", "nsubjpass"}:
        found = list(prepositional(noun.head, preps))
    if not found:
        below = [p for c in noun.children if c.dep_ == "prep" for p in c.children]
        found = [t for p in below if p.dep_ == "pobj" for t in prepositional(p, preps)]
    return found


def _doer(noun: Token, used: set[int], finder: Finder) -> list[Token]:
    """Return the doer of a nominal act: its owner, else "by", else an adjective, else "of"."""
    children = list(noun.children)
    below = [p for c in children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
    for possible in (
        [c for c in children if c.dep_ == "poss"],
        [t for n in (noun, *below) for t in prepositional(n, frozenset({"by"}))],
        [c for c in children if c.dep_ in {"compound", "amod", "nmod"}],
        list(prepositional(noun, frozenset({"of"}))),
    ):
        if any(t.i not in used and finder.at(t, "S") for t in possible):
            return possible
    return []


def _traveller(noun: Token) -> list[Token]:
    """Return the subject of "on a visit to Oman, the minister praised ..."."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in DOING or prep.head.pos_ not in {"VERB", "AUX"}:
        return []
    return subjects_of(prep.head)


def _under(noun: Token) -> list[Token]:
    """Return the subject of "under pressure from Riyadh, Islamabad stayed away"."""
    prep = noun.head
    if noun.lemma_ not in SUFFERED or noun.dep_ != "pobj" or prep.lower_ != "under":
        return []
    if prep.head.pos_ not in {"VERB", "AUX"}:
        return []
    return subjects_of(prep.head)


def is_content(verb: Token) -> bool:
    """Return whether a verb below a noun tells what it holds: "a claim that", "the offer to mediate".

    What a participle tells happens to the noun itself: "a claim denied by Oslo".
    """
    if verb.dep_ != "acl":
        return False
    led = any(c.tag_ == "TO" or c.dep_ == "mark" for c in verb.children)
    return led or verb.tag_ not in {"VBN", "VBD"}


def is_ahead(noun: Token) -> bool:
    """Return whether a nominal act is still to come: "called at Riga before an exercise with"."""
    prep = noun.head
    if noun.dep_ != "pobj":
        return False
    return prep.lower_ == "before" or (prep.lower_ == "of" and prep.head.lower_ == "ahead")


def _outermost(noun: Token) -> Token:
    """Return the noun that an act's noun is only a part of: "two rounds of talks were held"."""
    above = noun
    while True:
        if above.dep_ == "conj" and above.head.pos_ in {"NOUN", "PROPN"}:
            above = above.head
        elif above.dep_ == "pobj" and above.head.lower_ == "of" and _counts(above.head.head):
            above = above.head.head
        else:
            return above


def _counts(noun: Token) -> bool:
    return noun.lemma_.lower() in CONTAINERS


def is_told(noun: Token) -> bool:
    """Return whether a nominal act stands where it is told as a fact."""
    noun = _outermost(noun)
    if noun.dep_ == "nsubjpass" and noun.head.lemma_ in ENDED:
        return False
    if noun.dep_ in TOLD:
        return True
    return (
        (noun.dep_ == "pobj" and noun.head.lower_ in TEMPORAL)
        or is_ahead(noun)
        or bool(_under(noun))
        or _is_grounds(noun)
    )


def _is_grounds(noun: Token) -> bool:
    """Return whether another act or a quarrel goes back to a nominal act: "in response to the expulsion of"."""
    above = noun.head
    if noun.dep_ == "dobj":
        return above.lemma_ in BRINGING
    if noun.dep_ != "pobj":
        return False
    governor = above.head
    if above.lower_ == "over":
        return governor.lemma_ in QUARRELS
    if above.lower_ in {"despite", "with"}:
        return above.lower_ == "despite" or governor.lemma_ in ENDING
    return governor.lemma_ in GROUNDS.get(above.lower_, NO_WORDS)

"""Whom an act that names no target can only be directed at, by the other states of its sentence.

"Vanuatu's cabinet agreed to a Chinese-built port" agrees with China, though no slot holds it. The other
states are looked for in rings around the act: its own phrase, the clause that it hangs on, the whole
sentence. Where the nearest ring that names any names more than one, nobody is taken. Who reports the
act, and the place where words are spoken, do not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding.acts.parties import is_victim
from detente.coding.grammar import rings
from detente.coding.grammar.coordination import spread
from detente.coding.grammar.subjects import subjects_of
from detente.coding.unnamed import offers
from detente.coding.unnamed.implied import CROWD_MODES
from detente.coding.unnamed.offers import Offer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading

BY_SENTENCE = "the sentence's other side"
SPOKEN = frozenset("ACCUSE AGREE CONCEDE REJECT REQUEST SUPPORT THREATEN".split())
"""Types of act that are told by words, wherever these are spoken."""
DONE = frozenset("AID ASSAULT COERCE MOBILIZE RETREAT SANCTION".split())
"""Types of act that happen somewhere, mostly at the place of the one who bears them."""
BESIDE = frozenset({"conj", "parataxis", "ccomp"})
"""Relations of clauses that stand side by side."""
FRIENDLY = frozenset({"AGREE", "SUPPORT", "CONCEDE"})
"""Types that are no event where they only may be and nobody is named."""
AT_HOME = frozenset({"resign"})
"""Modes of what somebody does in his own house, whoever is moved by it."""
VENUES = frozenset("in at near inside on during outside within".split())
"""Prepositions before where something is said."""
LED = frozenset({"led", "mediated", "brokered", "sponsored", "chaired", "facilitated", "hosted"})
"""Participles after a hyphen by which somebody only leads what others do."""
BYSTANDERS = frozenset({"MED", "EDU"})
"""Institutions that tell of acts more often than they bear them."""


def whom(act: Act, reading: Reading, grounds: Sequence[Mention] = ()) -> Iterator[Offer]:
    """Yield the only other party that an act can be directed at, nobody where that is open.

    Args:
        act: An act with a source and without a target.
        reading: Its sentence.
        grounds: Places of the sentence as mentions of the state that they lie in.
    """
    idle = act.status == "possible" and act.type in FRIENDLY
    if act.type not in SPOKEN | DONE or idle or act.mode in CROWD_MODES | AT_HOME:
        return
    if act.frame.type == "CONSULT" or any(t.lower_ == "power" for t in act.tokens):
        return  # power is seized at home
    own = {a.country for m in act.source for a in m.actors}
    known = {m.head: m for m in (*grounds, *reading.mentions)}
    aside = set(_reporting(act)) | set(_parallel(act))
    taken: set[int] = set()
    for number, ring in enumerate(rings.around(act.trigger, act.content)):
        others = [
            known[i]
            for i in sorted(ring - taken - aside)
            if i in known and _may_bear(known[i], act, reading, own)
        ]
        taken |= ring
        states = {a.country for m in others for a in m.actors}
        if len(states) == 1 or (others and _are_coordinate(others, reading)):
            reason = offers.SENTENCE if number else offers.CLAUSE
            yield Offer(mentions=_told(others, act), reason=reason)
        if states:
            return


def _reporting(act: Act) -> Iterator[int]:
    """Yield the tokens of those who report an act."""
    for verb in act.reporters:
        for subject in subjects_of(verb):
            for one in spread(subject):
                yield from (t.i for t in one.subtree)
    for token in act.trigger.doc:
        if token.lower_ == "according":
            yield from (t.i for t in token.subtree)


def _parallel(act: Act) -> Iterator[int]:
    """Yield the subjects of clauses that stand beside an act's own: "Rome sent tents, and Bern gave money"."""
    if act.type not in DONE:
        return
    verb = act.trigger
    beside = [c for c in verb.children if c.dep_ in BESIDE and c.pos_ in rings.VERBS]
    if verb.dep_ in BESIDE and verb.head.pos_ in rings.VERBS:
        beside += [verb.head, *(c for c in verb.head.children if c.dep_ in BESIDE and c != verb)]
    own = {t.i for subject in subjects_of(verb) for t in spread(subject)}
    for other in beside:
        for subject in (c for c in other.children if c.dep_ == "nsubj"):
            if subject.i not in own:
                yield from (t.i for one in spread(subject) for t in one.subtree)


def _may_bear(mention: Mention, act: Act, reading: Reading, own: set[str]) -> bool:
    """Return whether a mention may stand for the one whom an act is directed at.

    Who leads something is not: "insisted on African Union-led talks".
    """
    if any(not a.country or a.country in own for a in mention.actors):
        return False
    if any(a.institution in BYSTANDERS or a.country.startswith("BLOC:") for a in mention.actors):
        return False
    token = reading.doc[mention.head]
    if act.type in SPOKEN and is_victim(token):
        return False
    after = reading.doc[token.i + 1 : token.i + 3]
    if len(after) == 2 and after[0].text == "-" and after[1].lower_ in LED:
        return False
    while token.dep_ in {"compound", "nmod", "conj"} and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    if token.dep_ != "pobj" or token.head.lower_ not in VENUES:
        return True
    over = token.head.head
    placed = mention.place or mention.kind in {"metonym", "name"}
    if act.waiting and placed:
        return False
    return act.type in DONE or not (placed and over.pos_ in rings.VERBS)


def _are_coordinate(mentions: Sequence[Mention], reading: Reading) -> bool:
    """Return whether mentions stand side by side: "two Chinese and four Russian ships"."""
    first, *rest = (reading.doc[m.head] for m in mentions)
    tops = {_top(t) for t in (first, *rest)}
    return len(tops) == 1


def _top(token: Token) -> int:
    while token.dep_ in {"conj", "amod", "compound", "poss", "nmod"}:
        token = token.head
    return token.i


def _told(mentions: Iterable[Mention], act: Act) -> tuple[Mention, ...]:
    """Return mentions placed at an act, each state once."""
    seen: set[str] = set()
    found = []
    for mention in mentions:
        actors = tuple(
            msgspec.structs.replace(a, how=BY_SENTENCE)
            for a in mention.actors
            if a.country not in seen
        )
        seen |= {a.country for a in actors}
        if actors:
            found.append(msgspec.structs.replace(mention, head=act.trigger.i, actors=actors))
    return tuple(found)

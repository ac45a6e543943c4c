"""Whom an act answers that points back: "rejected the charge", "called the step unfriendly".

The noun says what was told before (``data/answers.yaml``): who made the accusation, the proposal or the attack is
the one who is answered. Where no such act was coded, it is the subject of the sentence before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.coding.grammar.clauses import clause_of
from detente.coding.grammar.coordination import spread
from detente.coding.grammar.subjects import subjects_of
from detente.registers import answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading
    from detente.registers.answers import Answered

Dealing = tuple[int, "Act"]
TYPES = frozenset({"REJECT", "ACCUSE", "SUPPORT", "AGREE", "THREATEN"})
"""Types of act that answer."""
POINTING = frozenset(
    {"the", "this", "that", "these", "those", "it", "such", "his", "her", "its", "their", "any"}
)
"""Words by which an object points back; a plural may stand without one."""
WISHING = frozenset(
    {"want", "wish", "seek", "hope", "plan", "intend", "like", "push", "press", "lobby"}
)
"""Verbs that tell of a wish without making it an act."""
SILENT = frozenset({"ACCUSE", "SUPPORT"})
"""Types of reaction that share what they react to: "Russia criticised the step; China voiced regret"."""


def noun_of(act: Act) -> Token | None:
    """Return the noun by which an act points back at what was told before, None without one."""
    for noun in _objects(act):
        low = noun.lower_
        if answers.load().get(noun.lemma_.lower()) is None or _has_own_content(noun):
            continue
        first = noun.left_edge.lower_
        if low in POINTING or first in POINTING or noun.tag_ == "NNS":
            return noun
    return None


def _objects(act: Act) -> Iterator[Token]:
    if act.frame.noun:
        return
    clause = clause_of(act.trigger)
    for noun in (*clause.objects, *act.content):
        yield from spread(noun)
    for named in clause.complements:
        if named.pos_ in {"ADJ", "NOUN"}:
            yield from (c for c in named.children if c.dep_ in {"nsubj", "nsubjpass"})
    for child in act.trigger.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "to", "over", "of", "with", "about"}:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _has_own_content(noun: Token) -> bool:
    """Return whether a noun brings its content along: "the report that ...", "the ban on cheese"."""
    return any(
        c.dep_ in {"acl", "ccomp"} or (c.dep_ == "prep" and c.lower_ in {"by", "from"})
        for c in noun.children
    )


def whom(
    number: int, act: Act, dealings: Sequence[Dealing], subjects: Sequence[tuple[int, Mention]]
) -> tuple[Mention, ...]:
    """Return whom an act answers.

    Args:
        number: Number of the act's sentence.
        act: The act.
        dealings: Acts told before with their sentences, in order.
        subjects: Parties that stand first in the sentences before, with their sentences.
    """
    noun = noun_of(act)
    if noun is None:
        return ()
    entry = answers.load()[noun.lemma_.lower()]
    own = _states(act.source)
    for other in _candidates(number, act, entry, dealings):
        if entry.at_me and not _states(other.target) & own:
            continue
        found = _maker(other, own)
        if found:
            return _told(found, act)
    for told, subject in reversed(subjects):
        if number - told > 1:
            break
        if told < number and not _states((subject,)) & own:
            return _told((subject,), act)
    return ()


def wisher(act: Act, reading: Reading) -> tuple[Mention, ...]:
    """Return whose wish an act answers that the clause before it tells.

    "Moscow wanted an air base, but Minsk rejected the plan": the plan is Moscow's.
    """
    verb = act.trigger.head
    if act.trigger.dep_ != "conj" or verb.lemma_ not in WISHING or noun_of(act) is None:
        return ()
    heads = {t.i for subject in subjects_of(verb) for t in spread(subject)}
    found = tuple(m for m in reading.mentions if m.head in heads)
    return _told(found, act) if not _states(found) & _states(act.source) else ()


def _candidates(
    number: int, act: Act, entry: Answered, dealings: Sequence[Dealing]
) -> Iterator[Act]:
    """Yield the acts that a noun may stand for, the nearest first."""
    for told, other in reversed(dealings):
        if number - told > entry.reach:
            return
        if told == number and other.trigger.i >= act.trigger.i:
            continue
        if not entry.types or other.type in entry.types:
            yield other


def shared(number: int, act: Act, dealings: Sequence[Dealing]) -> tuple[Mention, ...]:
    """Return whom another reaction of the same sentence meets: "...; China voiced regret"."""
    for told, other in reversed(dealings):
        if told != number:
            break
        both = {act.type, other.type} <= SILENT
        if both and noun_of(other) is not None and not _states(other.target) & _states(act.source):
            return _told(other.target, act)
    return ()


def _maker(other: Act, own: set[str]) -> tuple[Mention, ...]:
    """Return who did what is answered: of a reaction to it, what it reacted to."""
    if other.type in SILENT and noun_of(other) is not None and other.target:
        return other.target if not _states(other.target) & own else ()
    if _states(other.source) & own:
        return other.target if other.symmetric and not _states(other.target) & own else ()
    return other.source


def _told(mentions: Sequence[Mention], act: Act) -> tuple[Mention, ...]:
    return tuple(
        msgspec.structs.replace(
            m,
            head=act.trigger.i,
            actors=tuple(msgspec.structs.replace(a, how="told before") for a in m.actors),
        )
        for m in mentions
    )


def _states(mentions: Sequence[Mention]) -> set[str]:
    return {actor.country for mention in mentions for actor in mention.actors}

"""What talks were about: a joint undertaking that is discussed is proposed, not done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from detente.coding.acts.parties import Finder
from detente.registers import frames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading

TYPES = frozenset({"CONSULT"})


def proposed(reading: Reading, act: Act) -> Iterator[Act]:
    """Yield AGREE acts with status proposed for undertakings among the topics of an act.

    "The ministers discussed the creation of a joint commission" holds a meeting and one proposal.
    """
    if act.type not in TYPES or act.status != "actual" or act.frame.noun:
        return
    known = frames.load().classes
    finder = Finder(reading)
    for token in act.trigger.subtree:
        if token.lemma_.lower() not in known["founding"] or token.pos_ != "NOUN":
            continue
        if _topic_of(token, act.trigger):
            shared = _undertaking(token, known["undertaking"])
            if shared is not None:
                source, target = _sides(act, finder, shared)
                yield replace(
                    act, trigger=token, type="AGREE", mode=None, cameo="036", status="proposed",
                    source=source, target=target, symmetric=True, content=[shared],
                    evidence=(f"proposed: {act.trigger.lower_} the {token.lower_}",),
                )  # fmt: skip


def _topic_of(token: Token, verb: Token) -> bool:
    """Return whether a noun is a topic of the verb itself, not of a clause within."""
    while token.head != verb:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return False
    return token.dep_ in {"dobj", "prep", "conj", "cc", "advmod", "dep", "appos"}


def _undertaking(founding: Token, wanted: frozenset[str]) -> Token | None:
    for prep in founding.children:
        if prep.dep_ == "prep" and prep.lower_ in {"of", "for"}:
            for noun in prep.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in wanted:
                    return noun
    return None


def _sides(
    act: Act, finder: Finder, noun: Token
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    named = finder.below([noun])
    actors = [a for m in named for a in m.actors]
    if len({a.country for a in actors}) > 1:
        return named, ()
    return act.source, act.target

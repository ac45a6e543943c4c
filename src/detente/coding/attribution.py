"""Who says that an act took place: "the ministry said", "according to the embassy"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.acts.parties import Finder
from detente.coding.grammar.prepositions import prepositional
from detente.coding.grammar.subjects import subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.grammar.tree import Token
    from detente.coding.types import Mention, Reading

SAYING = frozenset(
    "say report announce confirm state tell note add reveal declare disclose acknowledge admit inform "
    "stress claim insist explain write warn".split()
)


def read(reading: Reading, act: Act) -> tuple[Mention, ...]:
    """Return who says so, the innermost voice first.

    "The ministry said that the envoy had met the rebels" gives the ministry; a party that tells of
    its own act ("said it would send") is given too.
    """
    finder = Finder(reading)
    found: list[Mention] = []
    for verb in _chain(act.reporters):
        _add(found, finder, subjects_of(verb))
    for token in reading.doc:
        if token.lower_ == "according" and _above(token, act.trigger):
            _add(found, finder, list(prepositional(token, frozenset({"to"}))))
        elif token.lemma_ in SAYING and token.dep_ == "parataxis" and token.head == act.trigger:
            _add(found, finder, subjects_of(token))
    return tuple(found)


def _chain(reporters: Sequence[Token]) -> Iterator[Token]:
    """Yield verbs of saying from the innermost outwards: "X said that Y had reported that ..."."""
    yield from reporters
    verb = reporters[-1] if reporters else None
    while verb is not None and verb.dep_ == "ccomp" and verb.head.lemma_ in SAYING:
        verb = verb.head
        yield verb


def _add(found: list[Mention], finder: Finder, heads: list[Token]) -> None:
    found.extend(m for m in finder.all(heads, "S") if m not in found)


def _above(token: Token, trigger: Token) -> bool:
    """Return whether an "according to" belongs to the trigger or to what governs it."""
    head = token.head
    if head.dep_ == "prep" or head.lower_ == "according":
        head = head.head
    return head == trigger or head.is_ancestor(trigger) or trigger.is_ancestor(head)

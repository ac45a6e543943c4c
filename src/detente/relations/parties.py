"""Who belongs to a party, and which events lie between two of them.

A party is a code: a country or organisation (``BLR``, ``NATO``, ``BLOC:west``), which holds all its
institutions, or one institution (``BLR.MFA``). An organisation is a party of its own: what NATO does
is not what the United States does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Actor, Event

SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types in which parties that stand together on one side deal with each other."""


def belongs(actor: Actor, party: str) -> bool:
    """Whether an actor is the party or one of its institutions or people.

    ``BLR.MFA/vladimir-makei`` belongs to ``BLR`` and to ``BLR.MFA``, not to ``BLR.MOD``.
    """
    return actor.country == party or within(actor.code, party)


def within(code: str, party: str) -> bool:
    """Whether an actor's code is the party's or lies under it."""
    return code == party or (code.startswith(party) and code[len(party)] in "./")


def present(actors: Iterable[Actor], party: str) -> bool:
    """Whether anyone of the party is among the actors."""
    return any(belongs(actor, party) for actor in actors)


def between(event: Event, a: str, b: str) -> bool:
    """Whether an event lies between two parties, in either direction.

    In a symmetric type without a target ("Belarus and Latvia agreed") both may stand as source.
    """
    source, target = event.source, event.target
    if present(source, a) and present(target, b):
        return True
    if present(source, b) and present(target, a):
        return True
    together = event.channel.symmetric or event.type in SYMMETRIC
    return together and not target and present(source, a) and present(source, b)


def select(events: Sequence[Event], a: str, b: str) -> list[Event]:
    """Return the events between two parties, in the order given."""
    return [event for event in events if between(event, a, b)]

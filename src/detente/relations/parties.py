"""Who belongs to a party, and which events lie between two of them.

A party is a code: a country or organisation (``BLR``, ``NATO``, ``BLOC:west``), which holds all its
institutions, or one institution (``BLR.MFA``). An organisation is a party of its own: what NATO does
is not what the United States does. Opposition, media, companies and other private bodies do not
speak for their state: what they do is not the state's act, what is done to them may be done to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.model import Actor, Event

SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types in which parties that stand together on one side deal with each other."""


PRIVATE = frozenset({
    "PTY", "OPP", "CVL", "NGO", "MED", "BUS", "REL", "EDU", "REB", "UAF",
})  # fmt: skip
"""Institutions that do not speak for their state."""


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


def acts_for(code: str, party: str) -> bool:
    """Whether an actor's code speaks for a party.

    ``BLR.OPP`` does not for ``BLR``, and does for ``BLR.OPP``.
    """
    if not within(code, party):
        return False
    institution = code.partition(".")[2].partition("/")[0]
    return institution not in PRIVATE or within(party, f"{code.partition('.')[0]}.{institution}")


def meet(source: Sequence[str], target: Sequence[str], a: str, b: str, *, mutual: bool) -> bool:
    """Whether two parties deal with each other in an act, by the codes of its sides.

    Args:
        source: Codes of who acts.
        target: Codes of who is acted upon.
        a: One party.
        b: The other one.
        mutual: True where both sides act, as in a meeting: then both must speak for their party.
    """
    reach = acts_for if mutual else within
    for one, two in ((a, b), (b, a)):
        if any(acts_for(x, one) for x in source) and any(reach(x, two) for x in target):
            return True
    if target or not mutual:
        return False
    return any(acts_for(x, a) for x in source) and any(acts_for(x, b) for x in source)


def between(event: Event, a: str, b: str) -> bool:
    """Whether an event lies between two parties, in either direction.

    In a symmetric act without a target ("Belarus and Latvia agreed") both may stand as source. What is done
    to a company is done to its state by type, as where rows are counted, whatever the verb.
    """
    paired = event.channel.symmetric and not event.target
    mutual = paired or event.type in SYMMETRIC
    return meet(codes(event.source), codes(event.target), a, b, mutual=mutual)


def codes(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Return the codes of actors; the institution is added where the code lacks it."""
    return tuple(
        f"{actor.code}.{actor.institution}"
        if actor.institution in PRIVATE and actor.code == actor.country
        else actor.code
        for actor in actors
    )


def select(events: Sequence[Event], a: str, b: str) -> list[Event]:
    """Return the events between two parties, in the order given."""
    return [event for event in events if between(event, a, b)]

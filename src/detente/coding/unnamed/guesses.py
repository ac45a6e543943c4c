"""Whose a body is that a text tells without its state: "the ministry", "the embassy", "the government".

Before the acts are known it is taken for one of the document's country. Here that guess meets the act: no ministry
summons its own envoy, no visitor is received at home, and who answers a reproach is the one who was reproached.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from detente.coding.actors.voices import SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from detente.coding.acts.act import Act
    from detente.coding.types import Mention
    from detente.coding.unnamed.answered import Dealing

GUESSED = "the document's country"
"""How the owner of such a body was found."""
HOSTS = frozenset({"MFA", "GOV", "HOS", "HOG"})
"""Institutions that deal with the envoys and visitors of others."""
FORCES = frozenset({"INT", "MIL", "MOD", "JUD"})
"""Institutions that act upon the people of others, too."""
MEETINGS = frozenset({"CONSULT", "AGREE"})
REPLIES = frozenset({"REJECT", "ACCUSE", "THREATEN", "SANCTION", "AGREE", "CONCEDE"})
"""Types of act by which one who was dealt with answers."""
REACH = 2
"""How many sentences back the two may have dealt with one another."""


def settle(number: int, act: Act, dealings: Sequence[Dealing], others: Sequence[str]) -> None:
    """Give a guessed body of an act to the state that the other side deals with, where the guess cannot stand.

    Args:
        number: Number of the act's sentence.
        act: The act; its sides are changed in place.
        dealings: Acts told before with their sentences, in order.
        others: States that the text tells of, the most told first.
    """
    for guessed, facing in ((act.source, act.target), (act.target, act.source)):
        if len(guessed) != 1 or not _is_guess(guessed[0]) or any(map(_is_guess, facing)):
            continue
        known = states_of(facing)
        if len(known) != 1:
            continue
        own = guessed[0].actors[0].country
        partner = _partner(number, known, dealings)
        if own in known:
            country = _foreign(act, guessed, facing, partner, known, dealings, others)
        else:
            country = (
                partner if guessed is act.source and _replies(number, act, own, dealings) else None
            )
        if country is not None and country != own:
            moved = (_moved(guessed[0], country),)
            if guessed is act.source:
                act.source = moved
            else:
                act.target = moved
        return


def _foreign(
    act: Act,
    guessed: Sequence[Mention],
    facing: Sequence[Mention],
    partner: str | None,
    known: Collection[str],
    dealings: Sequence[Dealing],
    others: Sequence[str],
) -> str | None:
    """Return whose a body is that cannot be of the state it faces; None where it may well be."""
    body = guessed[0].actors[0].institution
    hosts = body in HOSTS or body == "EMB"
    envoys = body == "EMB" or any(a.institution == "EMB" for m in facing for a in m.actors)
    visits = act.type in MEETINGS and guessed is act.target
    spoken = any(a.how in SPEAKERS for m in facing for a in m.actors)
    if hosts and (envoys or visits or spoken):
        return partner or _another(known, dealings, others)
    strange = body in FORCES and all(a.institution not in HOSTS for m in facing for a in m.actors)
    return partner if act.type in REPLIES and (hosts or strange) else None


def _replies(number: int, act: Act, own: str, dealings: Sequence[Dealing]) -> bool:
    """Return whether the guessed state of a reply took no part in what was told just before."""
    late = takewhile(lambda dealing: number - dealing[0] <= REACH, reversed(dealings))
    near = [other for _, other in late]
    told = set().union(*(states_of((*other.source, *other.target)) for other in near))
    return act.type in REPLIES and own not in told


def _partner(number: int, known: Collection[str], dealings: Sequence[Dealing]) -> str | None:
    """Return the state that one of those known last dealt with, if that is just one."""
    for told, other in reversed(dealings):
        if number - told > REACH:
            break
        for one, facing in ((other.source, other.target), (other.target, other.source)):
            met = states_of(facing)
            if states_of(one) & set(known) and len(met) == 1 and not met & set(known):
                return met.pop()
    return None


def _another(
    known: Collection[str], dealings: Sequence[Dealing], others: Sequence[str]
) -> str | None:
    """Return the state dealt with last, or told of most, that is none of those known."""
    return next(
        (code for code in (*_dealt(dealings), *others) if code in others and code not in known),
        None,
    )


def _dealt(dealings: Sequence[Dealing]) -> Iterator[str]:
    for _, other in reversed(dealings):
        yield from sorted(states_of(other.source))
        yield from sorted(states_of(other.target))


def _is_guess(mention: Mention) -> bool:
    return all(actor.how == GUESSED for actor in mention.actors)


def _moved(mention: Mention, country: str) -> Mention:
    """Return a body's mention as that of the same body of another state."""
    actors = tuple(
        msgspec.structs.replace(a, code=f"{country}.{a.institution}", country=country, person=None)
        for a in mention.actors
    )
    return msgspec.structs.replace(mention, actors=actors)


def states_of(mentions: Sequence[Mention]) -> set[str]:
    """Return the states and organisations of mentions."""
    return {actor.country for mention in mentions for actor in mention.actors}

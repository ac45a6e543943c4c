"""Who may be meant by an act that names no target: offers with their reasons, ranked once.

What the sentence says outranks what was told before, and both outrank what the document is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from detente.coding.actors.memory import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.types import Mention

PURPOSE = "the act that it serves has this target"
BREATH = "the same doer dealt with it just before"
HOME = "the rulers at home decide what it is about"
ANSWERED = "it did what is answered"
FACING = "it deals with the doer in the same sentence"
CLAUSE = "the only other state in the act's clause"
REACTION = "it did what is reacted to"
DEALT = "it dealt with the doer shortly before"
SENTENCE = "the only other state in the sentence"
DOCUMENT = "the state that the document is about"
RANKING = (
    PURPOSE,
    BREATH,
    HOME,
    ANSWERED,
    CLAUSE,
    FACING,
    REACTION,
    SENTENCE,
    DEALT,
    DOCUMENT,
)
"""Reasons for a target, the surest first."""


LOCATING = frozenset({CLAUSE, FACING, SENTENCE, DEALT, DOCUMENT})
"""Reasons that tell, too, which state people without one belong to."""
INFERRED = frozenset({ANSWERED, CLAUSE, REACTION, SENTENCE, DEALT, DOCUMENT})
"""Reasons that tell the state that is meant, not which of its bodies."""
BODIES = frozenset("HOS HOG GOV MFA MOD MIL INT LEG FIN ECO ENE SEC EMB ATT SPY".split())
"""Institutions that stand for their state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Somebody who may be the target of an act.

    Attributes:
        mentions: Who.
        reason: Why, one of ``RANKING``.
    """

    mentions: tuple[Mention, ...]
    reason: str


def plain(offer: Offer) -> tuple[Mention, ...]:
    """Return who is offered; of a body that is only inferred its state: whose envoy it was is not said."""
    if offer.reason not in INFERRED:
        return offer.mentions
    return tuple(
        replace(
            mention,
            actors=tuple(
                state_of(actor) if actor.institution in BODIES else actor
                for actor in mention.actors
            ),
        )
        for mention in offer.mentions
    )


def best(offers: Iterable[Offer]) -> Offer | None:
    """Return the surest of some offers, None where nobody is offered."""
    found = [offer for offer in offers if offer.mentions]
    return min(found, key=lambda offer: RANKING.index(offer.reason), default=None)

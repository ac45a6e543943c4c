"""Who may be meant by an act that names no target: offers with their reasons, ranked once.

What the sentence says outranks what was told before, and both outrank what the document is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Somebody who may be the target of an act.

    Attributes:
        mentions: Who.
        reason: Why, one of ``RANKING``.
    """

    mentions: tuple[Mention, ...]
    reason: str


def best(offers: Iterable[Offer]) -> Offer | None:
    """Return the surest of some offers, None where nobody is offered."""
    found = [offer for offer in offers if offer.mentions]
    return min(found, key=lambda offer: RANKING.index(offer.reason), default=None)

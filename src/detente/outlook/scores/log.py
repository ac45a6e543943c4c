"""Logarithmic score, in nats; smaller is better."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from detente.outlook.scores.pairs import checked

if TYPE_CHECKING:
    from collections.abc import Sequence

CLIP = 0.001
"""Probabilities are kept this far from 0 and 1, so that one certain error stays finite (6.9)."""


def log_score(
    probabilities: Sequence[float], outcomes: Sequence[float], *, clip: float = CLIP
) -> float:
    """Return the mean negative log of the probability given to what happened.

    Args:
        probabilities: Of a yes.
        outcomes: 1 for yes, 0 for no.
        clip: How far probabilities are kept from 0 and 1.

    Raises:
        InputError: The values cannot be scored.
    """
    pairs = checked(probabilities, outcomes)
    total = 0.0
    for probability, outcome in pairs:
        kept = min(1 - clip, max(clip, probability))
        total -= math.log(kept if outcome else 1 - kept)
    return total / len(pairs)

"""Brier score, the binary form from 0 (best) to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.outlook.scores.pairs import checked

if TYPE_CHECKING:
    from collections.abc import Sequence


def brier(probabilities: Sequence[float], outcomes: Sequence[float]) -> float:
    """Return the mean squared distance of probability and outcome (Brier 1950, one category).

    ``brier([0.7], [1])`` is 0.09. The older form over all categories is twice as large.

    Raises:
        InputError: The values cannot be scored.
    """
    pairs = checked(probabilities, outcomes)
    return sum((p - o) ** 2 for p, o in pairs) / len(pairs)

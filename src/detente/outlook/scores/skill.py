"""Skill against a reference forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import InputError
from detente.outlook.scores.brier import brier

if TYPE_CHECKING:
    from collections.abc import Sequence


def skill(
    probabilities: Sequence[float], outcomes: Sequence[float], reference: Sequence[float]
) -> float | None:
    """Return 1 - Brier / Brier of the reference: 1 is perfect, 0 no better, below 0 worse.

    Args:
        probabilities: Of a yes.
        outcomes: 1 for yes, 0 for no.
        reference: The reference's probabilities, such as the base rate at the time of issue.

    Returns:
        The skill, or None where the reference made no error at all.

    Raises:
        InputError: The values cannot be scored.
    """
    if len(reference) != len(probabilities):
        raise InputError(f"reference: {len(reference)} for {len(probabilities)} probabilities")
    base = brier(reference, outcomes)
    return None if base == 0 else 1 - brier(probabilities, outcomes) / base

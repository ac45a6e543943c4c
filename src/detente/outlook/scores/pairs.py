"""What every score takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence


def checked(
    probabilities: Sequence[float], outcomes: Sequence[float], *, closed: bool = True
) -> list[tuple[float, float]]:
    """Return pairs of probability and outcome.

    Args:
        probabilities: Of a yes, one for each question.
        outcomes: 1 for yes, 0 for no.
        closed: Whether 0 and 1 are allowed as probabilities.

    Raises:
        InputError: There are none, the lengths differ, or a value is out of range.
    """
    if len(probabilities) != len(outcomes):
        raise InputError(f"outcomes: {len(outcomes)} for {len(probabilities)} probabilities")
    if not probabilities:
        raise InputError("probabilities: there are none")
    for at, probability in enumerate(probabilities):
        inside = 0 <= probability <= 1 if closed else 0 < probability < 1
        if not inside:
            raise InputError(f"probabilities[{at}]: {probability:g} is out of range")
    for at, outcome in enumerate(outcomes):
        if outcome not in (0, 1):
            raise InputError(f"outcomes[{at}]: {outcome:g} is neither 0 nor 1")
    return list(zip(probabilities, outcomes, strict=True))

"""Calibration: said against seen, with bootstrap intervals."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import msgspec

from detente.outlook.scores.pairs import checked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """Forecasts of about the same probability.

    Attributes:
        low: Lower edge, included.
        high: Upper edge, excluded but for 1.
        n: How many.
        said: Mean probability.
        seen: Share that came true.
        seen_low: Lower bound of the share, 95 % bootstrap.
        seen_high: Upper bound.
    """

    low: float
    high: float
    n: int
    said: float
    seen: float
    seen_low: float
    seen_high: float


def interval(
    values: Sequence[tuple[float, ...]],
    statistic: Callable[[Sequence[tuple[float, ...]]], float],
    *,
    rounds: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> tuple[float, float]:
    """Return the percentile bootstrap interval of a statistic of rows.

    Args:
        values: The rows, such as pairs of probability and outcome.
        statistic: What is computed from each resampling.
        rounds: How many resamplings.
        seed: Of the random numbers; the same seed gives the same interval.
        level: Share of the resamplings inside the interval.
    """
    generator = random.Random(seed)
    found = sorted(statistic(generator.choices(values, k=len(values))) for _ in range(rounds))
    tail = (1 - level) / 2
    last = rounds - 1
    return found[round(tail * last)], found[round((1 - tail) * last)]


def calibration(
    probabilities: Sequence[float],
    outcomes: Sequence[float],
    *,
    bins: int = 10,
    rounds: int = 1000,
    seed: int = 0,
) -> tuple[Bin, ...]:
    """Return the bins that hold a forecast, from low to high.

    Args:
        probabilities: Of a yes.
        outcomes: 1 for yes, 0 for no.
        bins: Number of bins of equal width over 0 to 1.
        rounds: Resamplings for the intervals.
        seed: Of the random numbers.

    Raises:
        InputError: The values cannot be scored.
    """
    groups: dict[int, list[tuple[float, float]]] = {}
    for probability, outcome in checked(probabilities, outcomes):
        groups.setdefault(min(bins - 1, int(probability * bins)), []).append((probability, outcome))
    found: list[Bin] = []
    for number in sorted(groups):
        pairs = groups[number]
        low, high = interval(pairs, _share, rounds=rounds, seed=seed)
        found.append(
            Bin(
                low=number / bins,
                high=(number + 1) / bins,
                n=len(pairs),
                said=sum(p for p, _ in pairs) / len(pairs),
                seen=_share(pairs),
                seen_low=low,
                seen_high=high,
            )
        )
    return tuple(found)


def _share(pairs: Sequence[tuple[float, ...]]) -> float:
    return sum(pair[1] for pair in pairs) / len(pairs)

"""When a level changed: the date of a shift, weighed over all periods in which it may lie.

Given that a series changed its level once between two periods, each period is as likely to hold the
change as the counts are under it, whatever the two levels: the likelihood is that of Poisson or, where
the noise exceeds chance, of a negative binomial of constant variance over mean, averaged over a grid
of levels. The date told is the period with the most probability on itself and its neighbours; the
likeliest single period is right less often.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVELS = 64
"""Levels that are tried on either side."""
CHANCE = 1.05
"""Variance over mean up to which counts are taken for Poisson."""
WEIGHTS = (0.94, 0.97, 1.0, 0.97, 0.94)
"""What a date is worth that is 2 or 1 periods early, right, or 1 or 2 late."""


def dated(counts: Floats, cuts: Sequence[int], spread: float, *, shortest: int) -> list[int]:
    """Return the cuts of a series, each moved to the period in which its change most probably lies.

    Args:
        counts: Counts by period.
        cuts: First periods of new segments, in order.
        spread: Variance over mean of the noise.
        shortest: Fewest periods of a segment.
    """
    found = [0]
    for end in [*cuts[1:], len(counts)][: len(cuts)]:
        start = found[-1]
        found.append(start + changed(counts[start:end], spread, shortest=shortest))
    return found[1:]


def changed(counts: Floats, spread: float, *, shortest: int) -> int:
    """Return the first period at the new level of a series with one change.

    Args:
        counts: Counts by period, at least twice ``shortest``.
        spread: Variance over mean of the noise.
        shortest: Fewest periods on either side.
    """
    size = len(counts)
    table = log_likelihood(_levels(counts), spread, int(counts.max()))
    total = np.concatenate([np.zeros((1, LEVELS)), np.cumsum(table[counts.astype(int)], axis=0)])
    places = np.arange(shortest, size - shortest + 1)
    likely = _log_sum(total[places]) + _log_sum(total[size] - total[places])
    chance = np.exp(likely - likely.max())
    reach = len(WEIGHTS) // 2
    padded = np.concatenate([np.zeros(reach), chance, np.zeros(reach)])
    worth = np.convolve(padded, WEIGHTS, mode="valid")
    return int(places[np.argmax(worth)])


def _levels(counts: Floats) -> Floats:
    mean, top = max(float(counts.mean()), 0.05), float(counts.max())
    found: Floats = np.geomspace(mean / 50, max(top, 2 * mean, 1.0), LEVELS)
    return found


def log_likelihood(levels: Floats, spread: float, top: int) -> Floats:
    """Return the log-likelihood of each count up to ``top``, by level; constants are left out."""
    count = np.arange(top + 1, dtype=np.float64)[:, None]
    if spread <= CHANCE:
        found: Floats = count * np.log(levels) - levels
        return found
    size = levels / (spread - 1)
    steps = np.log(size[None, :] + np.arange(top)[:, None])
    rising = np.concatenate([np.zeros((1, len(levels))), np.cumsum(steps, axis=0)])
    found = rising - size * math.log(spread) + count * math.log(1 - 1 / spread)
    return found


def _log_sum(values: Floats) -> Floats:
    top = values.max(axis=1, keepdims=True)
    found: Floats = (top + np.log(np.exp(values - top).sum(axis=1, keepdims=True)))[:, 0]
    return found

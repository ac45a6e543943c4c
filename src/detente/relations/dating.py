"""When levels changed: the date of each shift, weighed over all periods in which it may lie.

The cuts are those of the segmentation. A strong one, which pays ``STRONG`` times the penalty, is dated between
its neighbours of that strength: weak cuts, of which more are chance, do not narrow where it may lie. Then
the weak ones are dated within what lies between.

Given that a series changed its level once between two periods, each period is as likely to hold the
change as the counts are under it: the likelihood is that of Poisson or, where the noise exceeds chance, of a
negative binomial of constant variance over mean, averaged over a grid of the two levels. A level may be any,
by its logarithm; its neighbour is the less likely the farther it lies, as far as the shifts of ICEWS18 say
(``STEP``). The date told is the period with the most probability on itself and the two periods on either
side; the likeliest single period is right less often.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from detente.relations.segmentation import SHORTEST, segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STRONG = 2.0
"""Penalties that a cut must pay to be dated before the others."""
STEP = 0.44
"""Mean size of the log ratio of two neighbouring levels, by Laplace: eval/relations/steps.py."""
LEVELS = 64
"""Levels that are tried on either side."""
CHANCE = 1.05
"""Variance over mean up to which counts are taken for Poisson."""
WEIGHTS = (0.94, 0.97, 1.0, 0.97, 0.94)
"""What a date is worth that is 2 or 1 periods early, right, or 1 or 2 late."""


def cuts(counts: Floats, penalty: float, spread: float) -> list[int]:
    """Return the first periods of new levels in a series, in order.

    Args:
        counts: Counts by period.
        penalty: What a cut must gain in twice the log-likelihood of Poisson.
        spread: Variance over mean of the noise.
    """
    rough, strong = (segment(counts[None, :], k * penalty)[0] for k in (1.0, STRONG))
    nearest = sorted({min(range(len(rough)), key=lambda n: abs(rough[n] - at)) for at in strong})
    if len(nearest) < len(strong):
        return dated(counts, rough, spread)
    firm = [0, *dated(counts, strong, spread), len(counts)]
    found: list[int] = []
    for (before, after), (start, end) in zip(
        pairwise([-1, *nearest, len(rough)]), pairwise(firm), strict=True
    ):
        weak = [at - start for at in rough[before + 1 : after]]
        weak = [at for at in weak if SHORTEST <= at <= end - start - SHORTEST]
        found += [start + at for at in dated(counts[start:end], weak, spread)]
        found += [end] if end < len(counts) else []
    return found


def dated(counts: Floats, rough: Sequence[int], spread: float) -> list[int]:
    """Return the cuts of a series, each moved to the period in which its change most probably lies.

    Args:
        counts: Counts by period.
        rough: First periods of new segments, in order.
        spread: Variance over mean of the noise.
    """
    found = [0]
    for end in [*rough[1:], len(counts)][: len(rough)]:
        start = found[-1]
        found.append(start + changed(counts[start:end], spread))
    return found[1:]


def changed(counts: Floats, spread: float) -> int:
    """Return the first period at the new level of a series with one change.

    Args:
        counts: Counts by period, at least twice ``SHORTEST``.
        spread: Variance over mean of the noise.
    """
    size = len(counts)
    levels = _levels(counts)
    table = log_likelihood(levels, spread, int(counts.max()))
    total = np.concatenate([np.zeros((1, LEVELS)), np.cumsum(table[counts.astype(int)], axis=0)])
    places = np.arange(SHORTEST, size - SHORTEST + 1)
    likely = _both(total[places], total[size] - total[places], levels)
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


def _both(before: Floats, after: Floats, levels: Floats) -> Floats:
    """The log-likelihood of what lies before and after each place, averaged over both levels."""
    apart = abs(np.subtract.outer(np.log(levels), np.log(levels)))
    tops = [side.max(axis=1, keepdims=True) for side in (before, after)]
    sides = [np.exp(side - top) for side, top in zip((before, after), tops, strict=True)]
    mean = ((sides[0] @ np.exp(-apart / STEP)) * sides[1]).sum(axis=1)
    found: Floats = np.log(mean) + (tops[0] + tops[1])[:, 0]
    return found

"""Where a series changed its level: each cut found, dated, and dropped where it does not pay.

Cuts are found from the strongest to the weakest: first those that pay several times the penalty, each dated
between its neighbours of that strength, then weaker ones within what lies between. A weak cut, half of them
chance, thus never narrows where a strong one may lie. In the end each must still pay the penalty beside its
neighbours.

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

from detente.relations.segmentation import SHORTEST, gain, segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STRENGTHS = (4.0, 2.0, 1.0)
"""Penalties that a cut must pay to be dated before the weaker ones."""
STEP = 0.44
"""Mean size of the log ratio of two neighbouring levels, by Laplace: eval/relations/steps.py."""
LEVELS = 64
"""Levels that are tried on either side."""
CHANCE = 1.05
"""Variance over mean up to which counts are taken for Poisson."""
WEIGHTS = (0.98, 0.99, 1.0, 0.99, 0.98)
"""What a date is worth that is 2 or 1 periods early, right, or 1 or 2 late."""


def cuts(counts: Floats, penalty: float, spread: float) -> list[int]:
    """Return the first periods of new levels in a series, in order.

    Args:
        counts: Counts by period.
        penalty: What a cut must gain in twice the log-likelihood of Poisson.
        spread: Variance over mean of the noise.
    """
    found: list[int] = []
    for strength in STRENGTHS:
        weaker = []
        for start, end in pairwise([0, *found, len(counts)]):
            part = counts[start:end]
            rough = segment(part[None, :], strength * penalty)[0]
            weaker += [start + at for at in dated(part, rough, spread)]
        found = sorted({*found, *weaker})
    return paying(counts, found, penalty)


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


def paying(counts: Floats, found: Sequence[int], penalty: float) -> list[int]:
    """Return the cuts without those that gain less than the penalty, the weakest dropped first."""
    kept = list(found)
    while kept:
        edges = [0, *kept, len(counts)]
        gains = [gain(counts, *edges[at : at + 3]) for at in range(len(kept))]
        least = int(np.argmin(gains))
        if 2 * gains[least] >= penalty:
            break
        del kept[least]
    return kept


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

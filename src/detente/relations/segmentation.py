"""Where a series of counts is cut: exact segmentation, its penalty and the noise that it depends on.

The series is cut so that the sum of segment costs (twice the negative Poisson log-likelihood) and a
penalty for each cut is smallest over all cuts: optimal partitioning (Jackson et al. 2005), the
optimum that PELT with ``jump=1`` finds too. The penalty is calibrated by simulation: flat series of
nearly the same level and overdispersion give no more than ``FALSE_ALARMS`` cuts in ten years.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FALSE_ALARMS = 0.7
"""Cuts in ten years of a flat series: with this target, 0.4 to 0.9 were measured (docs/shifts.md)."""
SIMULATIONS = 300
CALIBRATED = 120
"""Periods of the series that are simulated; with 24 to 480 of them the penalty is the same within 0.1."""
SPARSEST = 0.05
"""Mean of the sparsest simulated series; with fewer incidents 120 periods hold too little to be cut."""
NOISE_STEP = 1.05
"""Ratio of neighbours in the grid of noise; in that of means ten make a decade. Relations of like means share
a penalty, which is simulated once."""
SHORTEST = 2
"""Periods in the shortest segment."""
_CELLS = 30_000_000
"""Numbers that are kept in memory at once: half of them, eight bytes each."""
_SEED = 20160926


def dispersion(counts: Floats) -> float:
    """Return variance over mean of the noise, at least 1; level changes hardly move it."""
    import numpy as np

    mean = float(counts.mean())
    if mean == 0 or len(counts) < 3:
        return 1.0
    steps = np.diff(counts)
    return max(1.0, float(np.mean(steps**2)) / 2 / mean)


@lru_cache(maxsize=1024)
def calibrate(size: int, level: float, spread: float, years: float) -> float:
    """Return the smallest penalty that keeps flat series at ``FALSE_ALARMS`` cuts in ten years."""
    import numpy as np

    if level <= 0:
        return 10.0
    source = np.random.default_rng(_SEED)
    flat = _noise(source, level, spread, (SIMULATIONS, size))
    allowed = FALSE_ALARMS * years / 10
    low, high = 1.0, 12.0 * spread + 40.0
    costs = list(_costs(flat)) if SIMULATIONS * size * size <= _CELLS else None
    for _ in range(9):
        middle = (low + high) / 2
        cuts = sum(len(one) for one in segment(flat, middle, costs)) / SIMULATIONS
        low, high = (middle, high) if cuts > allowed else (low, middle)
    return high


def _noise(source: Any, level: float, spread: float, shape: tuple[int, int]) -> Floats:  # noqa: ANN401
    """Poisson, or negative binomial with variance ``spread`` times the mean."""
    if spread <= 1.05:
        found: Floats = source.poisson(level, shape).astype(float)
    else:
        found = source.negative_binomial(level / (spread - 1), 1 / spread, shape).astype(float)
    return found


def penalty_of(level: float, spread: float, years: float) -> float:
    """Return the penalty of a cut, read off a grid of what it depends on.

    Args:
        level: Mean count of a period.
        spread: Variance over mean of the noise.
        years: Length of a period.
    """
    level = 10 ** (round(10 * math.log10(max(level, SPARSEST))) / 10)
    spread = NOISE_STEP ** round(math.log(spread, NOISE_STEP))
    return calibrate(CALIBRATED, level, spread, float(f"{years * CALIBRATED:.2g}"))


def segment(
    series: Floats, penalty: float | Floats, costs: Iterable[Floats] | None = None
) -> list[list[int]]:
    """Return the best cuts of every row of ``series``: first positions of new segments.

    Args:
        series: One series of counts in each row.
        penalty: Cost of a cut, one for all rows or one for each.
        costs: What ``_costs`` gives of the series, where it was kept.
    """
    import numpy as np

    rows, size = series.shape
    best = np.full((rows, size + 1), np.inf)
    best[:, 0] = -np.asarray(penalty)
    origin = np.zeros((rows, size + 1), dtype=np.intp)
    every, each = np.arange(rows), np.reshape(penalty, (-1, 1))
    for end, cost in enumerate(_costs(series) if costs is None else costs, SHORTEST):
        value = best[:, : end - SHORTEST + 1] + cost + each
        pick = np.argmin(value, axis=1)
        origin[:, end] = pick
        best[:, end] = value[every, pick]
    return [_trace(origin[row], size) for row in range(rows)]


def _costs(series: Floats) -> Iterator[Floats]:
    """Yield, for each end, the cost of the segments that end there by their start."""
    import numpy as np

    rows, size = series.shape
    total = np.concatenate([np.zeros((rows, 1)), np.cumsum(series, axis=1)], axis=1)
    for end in range(SHORTEST, size + 1):
        starts = np.arange(0, end - SHORTEST + 1)
        mass = total[:, [end]] - total[:, starts]
        length = end - starts
        with np.errstate(divide="ignore", invalid="ignore"):
            yield np.where(mass > 0, 2 * mass * (1 - np.log(mass / length)), 0.0)


def _trace(origin: NDArray[np.intp], size: int) -> list[int]:
    cuts = []
    at = int(origin[size])
    while at > 0:
        cuts.append(at)
        at = int(origin[at])
    return cuts[::-1]


def gain(counts: Floats, start: int, cut: int, end: int) -> float:
    """Return what a cut adds to the log-likelihood of Poisson over none between its two neighbours."""
    one, two = float(counts[start:cut].sum()), float(counts[cut:end].sum())
    parts = _fit(one, cut - start) + _fit(two, end - cut)
    return parts - _fit(one + two, end - start)


def _fit(total: float, length: int) -> float:
    return total * math.log(total / length) - total if total > 0 else 0.0

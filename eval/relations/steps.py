"""How large shifts are: the log ratio of neighbouring levels among the pairs of ICEWS18.

Every shift that the program finds in weekly counts of a pair says how far its two levels lie apart, but
small ones are not found. So each log ratio is taken as drawn from those that would have been found with such
counts, and as measured with their noise; the scale is the likeliest under a Laplace distribution, beside it
stand normal and Student's (three degrees of freedom) for comparison. ``dating.STEP`` is the first figure.

Run: ``python eval/relations/steps.py ../shared/events/ICEWS18``
"""

from __future__ import annotations

import math
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from power import by_week, kept

from detente.relations import dating
from detente.relations.segmentation import dispersion, gain, penalty_of

UNIT = "incidents"
GRID = np.linspace(-6.0, 6.0, 1201)
"""Log ratios over which is summed."""
SCALES = np.geomspace(0.1, 2.5, 66)
FORMS = {
    "laplace": lambda x, scale: np.exp(-abs(x) / scale),
    "normal": lambda x, scale: np.exp(-((x / scale) ** 2) / 2),
    "student": lambda x, scale: (1 + (x / scale) ** 2 / 3) ** -2,
}


def found(counts: np.ndarray, years: float) -> list[tuple[float, float, float, float]]:
    """Of each shift its log ratio, the noise of that, and the least fall and rise that would have been found."""
    spread = dispersion(counts)
    penalty = penalty_of(float(counts.mean()), spread, years / len(counts))
    cuts = dating.cuts(counts, penalty, spread)
    told = []
    for (start, cut), (_, end) in pairwise(pairwise([0, *cuts, len(counts)])):
        one, two = counts[start:cut].sum() + 0.5, counts[cut:end].sum() + 0.5
        ratio = math.log(two / (end - cut)) - math.log(one / (cut - start))
        noise = math.sqrt(spread * (1 / one + 1 / two))
        limits = [least(one + two, cut - start, end - cut, penalty, sign) for sign in (-1, 1)]
        told.append((ratio, noise, *limits))
    return told


def least(total: float, before: int, after: int, penalty: float, sign: int) -> float:
    """The log ratio nearest to 0, of this sign, that pays the penalty with such counts."""
    sizes = sign * np.linspace(0.01, 6.0, 600)
    odds = np.exp(sizes) * after / before
    for size, two in zip(sizes, total * odds / (1 + odds), strict=True):
        counts = np.repeat([(total - two) / before, two / after], [before, after])
        if 2 * gain(counts, 0, before, before + after) >= penalty:
            return float(size)
    return float(sizes[-1])


def likelihood(told: list[tuple[float, float, float, float]], form: str, scale: float) -> float:
    """Log-likelihood of the log ratios, each given that it was found."""
    prior = FORMS[form](GRID, scale)
    prior = prior / prior.sum()
    total = 0.0
    for ratio, noise, fall, rise in told:
        here = prior @ np.exp(-(((ratio - GRID) / noise) ** 2) / 2) / noise / math.sqrt(2 * math.pi)
        below, above = (ERF((limit - GRID) / noise / math.sqrt(2)) for limit in (fall, rise))
        total += math.log(here) - math.log(prior @ (1 + below / 2 - above / 2))
    return total


ERF = np.vectorize(math.erf)


def main(folder: Path) -> None:
    """Print one line for each form."""
    days = kept(folder)
    weeks = max(day for told in days["days"].values() for day in told) // 7
    told = []
    pairs = [x for x in days[UNIT].values() if len(x) >= weeks]
    for one in pairs:
        told += found(by_week(one, weeks), weeks * 7 / 365.25)
    sizes = np.array([abs(ratio) for ratio, *_ in told])
    sys.stdout.write(
        f"{len(told)} shifts of {len(pairs)} pairs with one {UNIT[:-1]} a week and more, "
        f"log ratio {np.median(sizes):.2f} in the median, {np.quantile(sizes, 0.9):.2f} at the ninth decile\n"
    )
    for form in FORMS:
        values = np.array([likelihood(told, form, scale) for scale in SCALES])
        best = int(values.argmax())
        close = SCALES[values >= values[best] - 1.92]
        sys.stdout.write(
            f"{form}: scale {SCALES[best]:.2f} ({close.min():.2f} to {close.max():.2f}), "
            f"log-likelihood {values[best]:.1f}\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

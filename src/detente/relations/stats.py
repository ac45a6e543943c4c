"""The few intervals and tests that relations need, in plain Python.

Poisson counts by Byar's approximation to the exact interval (Breslow and Day 1987); Beta quantiles
by
Newton's method, kept within its bracket, on the regularised incomplete beta function (continued fraction,
Numerical Recipes 6.4); Fisher's exact test from the hypergeometric distribution.
"""

from __future__ import annotations

import math
from functools import lru_cache

Z90 = 1.6449
"""90 % two-sided normal interval: what every interval of the package is."""
_TINY = 1e-30
_CLOSE = 1e-10


def poisson_interval(count: int, *, z: float = Z90) -> tuple[float, float]:
    """Return the interval of a Poisson mean given one count: ``(0.0, 3.0)`` for 0 at 90 %."""
    upper = count + 1
    high = upper * (1 - 1 / (9 * upper) + z / (3 * math.sqrt(upper))) ** 3
    if count == 0:
        return 0.0, high
    return count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3, high


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the probability that a Beta(a, b) variable is at most ``x``."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's method for the continued fraction of the incomplete beta function."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 300):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < 1e-12:
            break
    return value


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


@lru_cache(maxsize=50_000)
def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the point below which a Beta(a, b) variable lies with probability ``p``, to 1e-9."""
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(100):
        excess = beta_cdf(x, a, b) - p
        low, high = (x, high) if excess < 0 else (low, x)
        density = math.exp(scale + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))
        following = x - excess / density if density else low
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - x) < _CLOSE:
            return following
        x = following
    return x


def binomial_interval(hits: int, trials: int, *, level: float = 0.9) -> tuple[float, float]:
    """Return Clopper and Pearson's interval of a share."""
    tail = (1 - level) / 2
    low = beta_quantile(tail, hits, trials - hits + 1) if hits else 0.0
    high = beta_quantile(1 - tail, hits + 1, trials - hits) if hits < trials else 1.0
    return low, high


def rate_ratio(
    hits: int, exposure: float, base_hits: int, base_exposure: float
) -> tuple[float, float, float] | None:
    """Return a ratio of two Poisson rates with its exact conditional 90 % interval.

    Given their sum, ``hits`` is binomial. None where there are no hits at all or no exposure.

    Args:
        hits: Events under exposure.
        exposure: Time under exposure.
        base_hits: Events otherwise.
        base_exposure: Time otherwise.
    """
    total = hits + base_hits
    if total == 0 or exposure <= 0 or base_exposure <= 0:
        return None
    low, high = binomial_interval(hits, total)
    scale = base_exposure / exposure
    ratio = math.inf if base_hits == 0 else hits / base_hits * scale
    return (
        ratio,
        low / (1 - low) * scale if low < 1 else math.inf,
        high / (1 - high) * scale if high < 1 else math.inf,
    )

"""Shifts: changes of level in a series of counts, told with date, size and strength.

``segmentation`` cuts a series and knows what a cut must pay, so that flat series have no more than 0.7 cuts in
ten years; ``dating`` says when the level changed. The date interval holds the cuts whose log-likelihood lies within 1.92 of the best. ``alert`` is
Page and Hinkley's test for a series that is still growing.
"""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.relations.segmentation import (
    CALIBRATED,
    SHORTEST,
    dispersion,
    gain,
    penalty_of,
    segment,
)
from detente.relations.stats import rate_ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from detente.relations.series import Series

    Floats = NDArray[np.float64]

SHUFFLES = 200
"""Shuffles of a series; fewer of one that is longer than the simulated ones."""
RECENT = 3
"""Newest periods that are watched."""
SETTLED = 8
"""Periods since the last shift from which on its level is known well enough to watch for a change."""
_SEED = 20160926
_CLOSE = 1.92
"""Half the 95 % point of chi-square with one degree of freedom."""
_YEAR = 365.25
_DOUBLED = math.log(2 / 3) / 3 + 2 * math.log(4 / 3) / 3
"""Gain in log-likelihood for each incident where the level doubles half way through a series."""


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A change of level.

    Attributes:
        day: First day of the first period at the new level.
        earliest: First day of the date interval.
        latest: Last day of the date interval.
        before: Mean count of a period before, back to the shift before.
        after: Mean count of a period after, up to the next shift.
        ratio: After over before; infinite where there was nothing before.
        low: Lower end of the exact 90 % interval of the ratio.
        high: Upper end.
        strength: Gain in log-likelihood over no cut between its two neighbours.
        direction: ``rose`` or ``fell``.
        words: The shift as a sentence.
    """

    day: date
    earliest: date
    latest: date
    before: float
    after: float
    ratio: float
    low: float
    high: float
    strength: float
    direction: Literal["rose", "fell"]
    words: str


class Shifts(msgspec.Struct, frozen=True, kw_only=True):
    """The shifts of one series with what was needed to believe them.

    Attributes:
        shifts: By day.
        watch: Whether the newest periods stand out against the level of the last segment.
        penalty: Penalty of one cut that simulation gave.
        dispersion: Variance over mean of the noise, from differences of neighbours; 1 is Poisson.
        false_alarms: Cuts a year beyond those told, in shuffles of this very series within its
            segments.
        periods: Length of the series.
        incidents: How many incidents it counts.
        few: True where they are so few that even a doubling half way through would as a rule not pay
            the penalty of a cut: that no shift was found then says nothing.
        imported: Of the incidents, those of imported data.
    """

    shifts: tuple[Shift, ...]
    penalty: float
    dispersion: float
    false_alarms: float
    periods: int
    watch: Watch | None = None
    incidents: int = 0
    few: bool = False
    imported: int = 0


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """An alert on the newest periods of a series, too few yet for a shift.

    Attributes:
        day: Last day of the period at whose end it is raised.
        onset: First day of the period in which the change is thought to begin.
        direction: ``rose`` or ``fell``.
        level: Mean count of a period before, since the last shift.
        recent: Mean count of a period from the onset on.
        words: The alert as a sentence.
    """

    day: date
    onset: date
    direction: Literal["rose", "fell"]
    level: float
    recent: float
    words: str


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A streaming alert.

    Attributes:
        period: Number of the period, from 0, at whose end the alert is raised.
        onset: Number of the period in which the change is thought to begin.
        direction: ``rose`` or ``fell``.
    """

    period: int
    onset: int
    direction: Literal["rose", "fell"]


def shifts(found: Series, *, name: str = "incidents", per: str = "period") -> Shifts:
    """Return the shifts in the counts of a series.

    Args:
        found: The series; fewer than eight periods have none.
        name: What is counted, for the words.
        per: What a period is, for the words: ``month``.
    """
    import numpy as np

    from detente.relations import dating

    counts = np.asarray(found.counts(), dtype=np.float64)
    size = len(counts)
    total = int(counts.sum())
    imported = found.imported()
    if size < 4 * SHORTEST:
        return Shifts(
            shifts=(), penalty=0.0, dispersion=1.0, false_alarms=0.0, periods=size,
            incidents=total, few=True, imported=imported,
        )  # fmt: skip
    days = (found.bins[-1].end - found.bins[0].start).days + 1
    years = days / _YEAR
    spread = dispersion(counts)
    penalty = penalty_of(float(counts.mean()), spread, years / size)
    cuts = dating.cuts(counts, penalty, spread)
    edges = [0, *cuts, size]
    mixed = _shuffled(counts, edges)
    extra = sum(
        max(0, len(dating.cuts(one, penalty, spread)) - len(cuts))
        for one, rough in zip(mixed, segment(mixed, penalty), strict=True)
        if len(rough) > len(cuts)
    )
    alarms = extra / len(mixed) / years
    told = [
        _shift(found, counts, (edges[i - 1], edges[i], edges[i + 1]), spread, (name, per))
        for i in range(1, len(edges) - 1)
    ]
    return Shifts(
        shifts=tuple(told),
        penalty=round(penalty, 3),
        dispersion=round(spread, 3),
        false_alarms=round(alarms, 4),
        periods=size,
        watch=_watch(found, counts, edges[-2], spread, (name, per)),
        incidents=total,
        few=2 * _DOUBLED * total < penalty,
        imported=imported,
    )


def _watch(
    found: Series, counts: Floats, start: int, spread: float, words: tuple[str, str]
) -> Watch | None:
    raised = newest(counts, start, spread)
    if raised is None:
        return None
    onset, last = raised.onset, raised.period
    level = float(counts[start : len(counts) - RECENT].mean())
    recent = float(counts[onset:].mean())
    name, per = words
    return Watch(
        day=found.bins[last].end,
        onset=found.bins[onset].start,
        direction=raised.direction,
        level=round(level, 3),
        recent=round(recent, 3),
        words=f"Since {_MONTHS[found.bins[onset].start.month - 1]} {found.bins[onset].start.year}, "
        f"{name} {raised.direction} from {level:.1f} to {recent:.1f} a {per}: too short yet for a "
        "shift, worth watching.",
    )


def newest(counts: Floats, start: int, spread: float) -> Alert | None:
    """Run Page and Hinkley's test over the last ``RECENT`` periods of the last segment.

    Args:
        counts: Counts by period, oldest first.
        start: First period of the last segment.
        spread: Variance over mean of the noise.

    Returns:
        The alert, its periods numbered from the start of ``counts``; None where there is none, or
        where the segment is shorter than ``SETTLED`` periods without the newest.
    """
    cut = len(counts) - RECENT
    if cut - start < SETTLED:
        return None
    level = float(counts[start:cut].mean())
    noise = math.sqrt(max(level, 0.25) * spread)
    raised = alert(
        counts[cut:].tolist(), level=level, delta=math.sqrt(spread) / 2, threshold=3 * noise
    )
    if raised is None:
        return None
    return Alert(period=cut + raised.period, onset=cut + raised.onset, direction=raised.direction)


def _shuffled(counts: Floats, edges: Sequence[int]) -> Floats:
    """Shuffle the periods within each segment, so that the levels stay and the order goes."""
    import numpy as np

    source = np.random.default_rng(_SEED)
    count = max(20, min(SHUFFLES, SHUFFLES * CALIBRATED // len(counts)))
    parts = [source.permuted(np.tile(counts[a:b], (count, 1)), axis=1) for a, b in pairwise(edges)]
    return np.concatenate(parts, axis=1)


def _shift(
    found: Series,
    counts: Floats,
    edges: tuple[int, int, int],
    spread: float,
    words: tuple[str, str],
) -> Shift:
    start, cut, end = edges
    one, two = float(counts[start:cut].sum()), float(counts[cut:end].sum())
    strength = gain(counts, start, cut, end)
    least = strength - _CLOSE * spread
    near = [at for at in range(start + 1, end) if gain(counts, start, at, end) >= least]
    ratio = rate_ratio(int(two), end - cut, int(one), cut - start) or (1.0, 0.0, math.inf)
    before, after = one / (cut - start), two / (end - cut)
    direction: Literal["rose", "fell"] = "rose" if after > before else "fell"
    return Shift(
        day=found.bins[cut].start,
        earliest=found.bins[min(near, default=cut)].start,
        latest=found.bins[max(near, default=cut)].end,
        before=round(before, 3),
        after=round(after, 3),
        ratio=ratio[0] if math.isinf(ratio[0]) else round(ratio[0], 3),
        low=round(ratio[1], 3),
        high=ratio[2] if math.isinf(ratio[2]) else round(ratio[2], 3),
        strength=round(strength / spread, 3),
        direction=direction,
        words=_words(found.bins[cut].start, before, after, direction, words),
    )


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _words(day: date, before: float, after: float, direction: str, words: tuple[str, str]) -> str:
    name, per = words
    return (
        f"From about {_MONTHS[day.month - 1]} {day.year}, {name} {direction} from "
        f"{before:.1f} to {after:.1f} a {per}."
    )


def alert(
    counts: Sequence[float], *, level: float, delta: float = 0.5, threshold: float | None = None
) -> Alert | None:
    """Return the first alert of Page and Hinkley's test in a growing series, None for none.

    Args:
        counts: Counts by period, oldest first.
        level: Level that the series had, in counts a period.
        delta: Change that is tolerated, in standard deviations of a Poisson count at that level.
        threshold: Sum of excess at which the alert is raised, in counts; five standard deviations
            where None.
    """
    deviation = math.sqrt(max(level, 0.25))
    limit = 5 * deviation if threshold is None else threshold
    slack = delta * deviation
    up = down = 0.0
    up_from = down_from = 0
    for number, count in enumerate(counts):
        if up == 0:
            up_from = number
        if down == 0:
            down_from = number
        up = max(0.0, up + count - level - slack)
        down = max(0.0, down + level - count - slack)
        if up > limit:
            return Alert(period=number, onset=up_from, direction="rose")
        if down > limit:
            return Alert(period=number, onset=down_from, direction="fell")
    return None

"""A relation in one period against the period before: improved, unchanged or worsened.

The rule: each incident that took place counts once with its points on the scale. The difference of
the two sums is put down to chance while it is no larger than 1.28 times the root of the sum of all
squared points. That root is the standard error of the difference where incidents come at random
(compound Poisson), and 1.28 leaves one change in five to chance. Fewer than four incidents in both
periods together are too few to say, and so is a period in which nothing is told: silence is no
improvement.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.registers.scales import IndexScale
    from detente.relations.incidents import Incident

Trend = Literal["improved", "unchanged", "worsened", "too few to say"]
Z = 1.28
"""80 % two-sided normal interval."""
FEWEST = 4
"""Incidents that both periods together must have."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The relation in one period against the period before.

    Attributes:
        trend: Outcome of the rule.
        since: First day of the period.
        until: Last day of the period.
        before_since: First day of the period before, which is as long.
        before_until: Last day of the period before.
        count: Incidents in the period that took place.
        before_count: Incidents in the period before.
        index: Sum of their points.
        before_index: Sum of the points of the period before.
        margin: How far the two sums must lie apart, in points, not to be put down to chance.
        incidents: Ids of the incidents of the period, then of the period before.
    """

    trend: Trend
    since: date
    until: date
    before_since: date
    before_until: date
    count: int
    before_count: int
    index: float
    before_index: float
    margin: float
    incidents: tuple[str, ...] = ()


def points(incident: Incident, scale: IndexScale) -> float:
    """Return the points of an incident on a scale, 0 where the scale does not cover it."""
    found = scale.score(
        type=incident.type,
        mode=incident.mode,
        cameo=incident.cameo,
        status=incident.status,
        ranks=incident.ranks,
    )
    return 0.0 if found is None else found


def compare(
    incidents: Iterable[Incident],
    scale: IndexScale,
    *,
    since: date,
    until: date,
    before: tuple[date, date] | None = None,
) -> Comparison:
    """Compare a period with the one of equal length before it.

    Args:
        incidents: All incidents of a relation; those that did not take place or have no date are
            left out, the others count in the period in which they begin.
        scale: Points.
        since: First day of the period.
        until: Last day of the period.
        before: First and last day of the period before, where it is not simply as long: the two
            months before two months.
    """
    length = until - since + timedelta(days=1)
    before_since, before_until = before or (since - length, since - timedelta(days=1))
    actual = [x for x in incidents if x.status == "actual" and x.start is not None]
    now = [x for x in actual if x.start is not None and since <= x.start <= until]
    earlier = [x for x in actual if x.start is not None and before_since <= x.start <= before_until]
    index = sum(points(x, scale) for x in now)
    before_index = sum(points(x, scale) for x in earlier)
    margin = Z * math.sqrt(sum(points(x, scale) ** 2 for x in (*now, *earlier)))
    return Comparison(
        trend=_trend(len(now), len(earlier), index - before_index, margin),
        since=since,
        until=until,
        before_since=before_since,
        before_until=before_until,
        count=len(now),
        before_count=len(earlier),
        index=index,
        before_index=before_index,
        margin=margin,
        incidents=tuple(x.id for x in (*now, *earlier)),
    )


def _trend(count: int, before: int, change: float, margin: float) -> Trend:
    if count == 0 or count + before < FEWEST:
        return "too few to say"
    if abs(change) <= margin:
        return "unchanged"
    return "improved" if change > 0 else "worsened"

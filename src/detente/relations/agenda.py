"""Agenda: what a relation is about, as shares of its incidents by domain, and what replaces what.

Shares are means of a Dirichlet posterior with Jeffreys' prior (one half for each domain), intervals
the 90 % credible ones of its margins. One domain replaces another between two periods where the
posterior probability is at least 0.9 that the first rose and at least 0.9 that the other fell; each
period needs ``FEWEST`` incidents for that.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import msgspec

from detente.model import Domain
from detente.relations.periods import bin_of
from detente.relations.rows import fold
from detente.relations.stats import beta_quantile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.relations.rows import Row

DOMAINS: tuple[str, ...] = get_args(Domain)
PRIOR = 0.5
SURE = 0.9
FEWEST = 5
"""Incidents that each of two periods must have before anything is said to replace anything.

With fewer, the prior of nine half incidents weighs more than what was seen.
"""
DRAWS = 4000
_SEED = 20160926


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """One domain's share of a period.

    Attributes:
        domain: The domain.
        incidents: How many incidents.
        share: Posterior mean, 0 to 1.
        low: Lower end of the 90 % credible interval.
        high: Upper end.
    """

    domain: str
    incidents: int
    share: float
    low: float
    high: float


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """The agenda of one period.

    Attributes:
        start: First day.
        end: Last day.
        incidents: How many incidents.
        shares: Every domain, in the order of the codebook.
        imported: Of the incidents, those of imported data.
    """

    start: date
    end: date
    incidents: int
    shares: tuple[Share, ...]
    imported: int = 0


class Substitution(msgspec.Struct, frozen=True, kw_only=True):
    """One domain that fell while another rose.

    Attributes:
        out: Domain whose share fell.
        into: Domain whose share rose.
        fall: Change of the falling share, in shares.
        rise: Change of the rising share.
        sure_fall: Posterior probability that the one fell.
        sure_rise: Posterior probability that the other rose.
        start: First day of the later period.
    """

    out: str
    into: str
    fall: float
    rise: float
    sure_fall: float
    sure_rise: float
    start: date


def agenda(rows: Iterable[Row], periods: Sequence[tuple[date, date]]) -> tuple[Agenda, ...]:
    """Return the agenda of each period."""
    counts: list[Counter[str]] = [Counter() for _ in periods]
    imported = [0] * len(periods)
    for row, _ in fold(rows):
        number = bin_of(row.first, periods) if row.first else None
        if number is not None:
            counts[number][row.domain] += 1
            imported[number] += row.origin != "coded"
    return tuple(_agenda(*args) for args in zip(periods, counts, imported, strict=True))


def _agenda(period: tuple[date, date], counts: Counter[str], imported: int) -> Agenda:
    total = counts.total()
    mass = total + PRIOR * len(DOMAINS)
    shares = []
    for domain in DOMAINS:
        a = counts[domain] + PRIOR
        shares.append(
            Share(
                domain=domain,
                incidents=counts[domain],
                share=round(a / mass, 4),
                low=round(beta_quantile(0.05, a, mass - a), 4),
                high=round(beta_quantile(0.95, a, mass - a), 4),
            )
        )
    return Agenda(
        start=period[0], end=period[1], incidents=total, shares=tuple(shares), imported=imported
    )


def substitutions(found: Sequence[Agenda]) -> tuple[Substitution, ...]:
    """Return what replaced what between each period and the next, surest first."""
    import numpy as np

    source = np.random.default_rng(_SEED)
    drawn = [
        source.standard_gamma([s.incidents + PRIOR for s in one.shares], (DRAWS, len(one.shares)))
        for one in found
    ]
    draws = [values / values.sum(axis=1, keepdims=True) for values in drawn]
    result: list[Substitution] = []
    for (before, one), (after, two) in pairwise(zip(found, draws, strict=True)):
        if min(before.incidents, after.incidents) >= FEWEST:
            risen = (two > one).mean(axis=0)
            rise = {share.domain: float(p) for share, p in zip(after.shares, risen, strict=True)}
            result += _between(before, after, rise)
    return tuple(result)


def _between(before: Agenda, after: Agenda, rise: Mapping[str, float]) -> list[Substitution]:
    """Pair what fell with what rose; ``rise`` is each domain's probability to have risen."""
    change = {
        a.domain: b.incidents / after.incidents - a.incidents / before.incidents
        for a, b in zip(before.shares, after.shares, strict=True)
    }
    up = [d for d in DOMAINS if rise[d] >= SURE]
    down = [d for d in DOMAINS if rise[d] <= 1 - SURE]
    pairs = [
        Substitution(
            out=out,
            into=into,
            fall=round(change[out], 4),
            rise=round(change[into], 4),
            sure_fall=round(1 - rise[out], 3),
            sure_rise=round(rise[into], 3),
            start=after.start,
        )
        for out in down
        for into in up
    ]
    return sorted(pairs, key=lambda s: (-min(s.sure_fall, s.sure_rise), s.out, s.into))

"""Ceiling: do cooperative dealings of two parties fall off after a third one reacts against them?

The rate of cooperative incidents in the days after a reaction, against the rate on all other days,
as a ratio with an exact conditional 90 % interval. Where reactions or contacts are few, the answer
is that there are too few to say.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.relations.rows import between, directed, fold
from detente.relations.stats import rate_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.registers.scales import IndexScale
    from detente.relations.rows import Row

WINDOW = 90
"""Days after a reaction in which a fall is looked for."""
FEWEST_REACTIONS = 3
FEWEST_CONTACTS = 10

Verdict = Literal["falls", "rises", "no change found", "too few events to say"]


class Ceiling(msgspec.Struct, frozen=True, kw_only=True):
    """What follows the reactions of a third party.

    Attributes:
        third: Code of the third party.
        verdict: Outcome.
        reactions: Incidents with points below 0 by the third party against one of the two.
        contacts: Cooperative incidents of the two.
        after: Of these, how many within ``window`` days after a reaction.
        days_after: Days that lie within such a window.
        days: Days in all.
        ratio: Rate after reactions over the rate otherwise; None where too few.
        low: Lower end of its 90 % interval.
        high: Upper end.
        window: Days after a reaction.
        reaction_ids: Ids of the reactions, by day.
    """

    third: str
    verdict: Verdict
    reactions: int
    contacts: int
    after: int
    days_after: int
    days: int
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    window: int = WINDOW
    reaction_ids: tuple[str, ...] = ()


def ceiling(
    rows: Sequence[Row],
    a: str,
    b: str,
    third: str,
    scale: IndexScale,
    *,
    since: date,
    until: date,
    window: int = WINDOW,
) -> Ceiling:
    """Return the rate of cooperative dealings of ``a`` and ``b`` after reactions of ``third``.

    Args:
        rows: Mentions with all three parties; others are left out.
        a: First party.
        b: Second party.
        third: The party that may set the ceiling.
        scale: Which acts are cooperative (points above 0) and which reactions (below 0).
        since: First day observed.
        until: Last day observed.
        window: Days after a reaction.
    """
    contacts = _days(between(rows, a, b), scale, 1, since, until)
    against = directed(rows, third, a) + directed(rows, third, b)
    reactions = _days(against, scale, -1, since, until)
    marked = {day + timedelta(days=n) for day, _ in reactions for n in range(1, window + 1)} & _all(
        since, until
    )
    days = (until - since).days + 1
    after = sum(day in marked for day, _ in contacts)
    few = len(reactions) < FEWEST_REACTIONS or len(contacts) < FEWEST_CONTACTS
    ratio = (
        None if few else rate_ratio(after, len(marked), len(contacts) - after, days - len(marked))
    )
    return Ceiling(
        third=third,
        verdict=_verdict(ratio),
        reactions=len(reactions),
        contacts=len(contacts),
        after=after,
        days_after=len(marked),
        days=days,
        ratio=None if ratio is None else round(ratio[0], 3),
        low=None if ratio is None else round(ratio[1], 3),
        high=None if ratio is None else round(ratio[2], 3),
        window=window,
        reaction_ids=tuple(name for _, name in reactions),
    )


def _days(
    rows: Iterable[Row], scale: IndexScale, sign: int, since: date, until: date
) -> list[tuple[date, str]]:
    found = []
    for row, _ in fold(row for row in rows if row.status == "actual"):
        points = scale.score(
            type=row.type, mode=row.mode, cameo=row.cameo, status=row.status, ranks=row.ranks
        )
        if row.first is not None and since <= row.first <= until and (points or 0) * sign > 0:
            found.append((row.first, row.incident))
    return found


def _all(since: date, until: date) -> set[date]:
    return {since + timedelta(days=n) for n in range((until - since).days + 1)}


def _verdict(ratio: tuple[float, float, float] | None) -> Verdict:
    if ratio is None:
        return "too few events to say"
    if ratio[2] < 1:
        return "falls"
    return "rises" if ratio[1] > 1 else "no change found"

"""How far reviewers agree: Krippendorff's alpha for nominal values.

Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability: alpha is 1 less observed over
expected disagreement, from coincidences of values within records that two or more people judged.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from detente.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.casebook.review import Judgement
    from detente.model import Record

FIELDS = ("kept", "type", "status", "domain", "date", "source", "target", "place")
"""What is compared: whether the record stands, and of events that all kept, these fields."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on one field.

    Attributes:
        field: The field.
        records: Records that two or more people judged.
        values: Judgements on them.
        same: Share of records on which all agree.
        alpha: Krippendorff's alpha; None where all values are the same, or nothing is shared.
    """

    field: str
    records: int
    values: int
    same: float | None
    alpha: float | None


def agreement(readings: Sequence[Judgement]) -> tuple[Agreement, ...]:
    """Return the agreement of reviewers, field by field.

    Args:
        readings: The last judgement of each record by each reviewer.
    """
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for one in readings:
        groups[one.record].append(one)
    shared = [group for group in groups.values() if len(group) > 1]
    found = [_measure("kept", [[one.verdict != "reject" for one in group] for group in shared])]
    kept = [group for group in shared if all(one.verdict != "reject" for one in group)]
    results = [[one.result() for one in group] for group in kept]
    for field in FIELDS[1:]:
        units = [
            [_value(record, field) for record in group]
            for group in results
            if all(isinstance(record, Event) for record in group)
        ]
        found.append(_measure(field, units))
    return tuple(found)


def alpha(units: Iterable[Sequence[object]]) -> float | None:
    """Return Krippendorff's alpha for nominal values.

    Args:
        units: The values that each record got; those with fewer than two are left out.

    Returns:
        1 for perfect agreement, 0 for chance; None where only one value occurs.
    """
    coincidences: dict[tuple[object, object], float] = defaultdict(float)
    for values in units:
        if len(values) < 2:
            continue
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    coincidences[one, other] += 1 / (len(values) - 1)
    totals: dict[object, float] = defaultdict(float)
    for (one, _), count in coincidences.items():
        totals[one] += count
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if expected <= 0:
        return None
    observed = sum(count for (one, other), count in coincidences.items() if one != other)
    return 1 - (n - 1) * observed / expected


def _measure(field: str, units: Sequence[Sequence[object]]) -> Agreement:
    return Agreement(
        field=field,
        records=len(units),
        values=sum(len(values) for values in units),
        same=sum(len(set(values)) == 1 for values in units) / len(units) if units else None,
        alpha=alpha(units),
    )


def _value(record: Record, field: str) -> object:
    if not isinstance(record, Event):
        return None
    if field in {"source", "target"}:
        return tuple(sorted(actor.code for actor in getattr(record, field)))
    if field == "place":
        return None if record.place is None else (record.place.geonameid or record.place.name)
    return getattr(record, field)

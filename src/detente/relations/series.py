"""Series and index: a relation's numbers by period, with the catalogue behind each number.

Each incident counts once, in the period of the first day that its date may mean. Intervals are
90 %: of counts by Byar's approximation to the exact Poisson interval, of the index by treating
incidents as coming at random with the points they had (compound Poisson, normal approximation).
Coverage correction multiplies by how much was read in an average period over how much was read in
this one; the average is over periods in which anything was read.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from detente.relations import periods as calendar
from detente.relations.rows import fold
from detente.relations.stats import Z90, poisson_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from detente.registers.scales import IndexScale
    from detente.relations.periods import Unit
    from detente.relations.rows import Row

METHOD = (
    "90 % intervals: counts by Byar's approximation to the exact Poisson interval, index as "
    "compound Poisson; an incident counts once, in the period of its first day"
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the catalogue: an incident with its points.

    Attributes:
        incident: Incident id.
        event: Id of the event that stands for it.
        day: First day, None where it has none.
        last: Last day that the date may mean.
        type: PLOVER type.
        mode: PLOVER mode.
        status: Status.
        domain: Domain.
        source: Codes of who acts.
        target: Codes of who is acted upon.
        points: Points on the scale, None where the scale does not cover the act.
        mentions: How many sentences tell of it.
        doc: Document of the mention that stands.
        sentence: Its sentence.
        origin: ``coded`` or the format of imported data.
    """

    incident: str
    event: str
    day: date | None
    last: date | None
    type: str
    mode: str | None
    status: str
    domain: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    points: float | None
    mentions: int
    doc: str
    sentence: int
    origin: str = "coded"


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """One period of a series.

    Attributes:
        start: First day.
        end: Last day.
        incidents: How many incidents.
        low: Lower end of the interval of the incident count.
        high: Upper end.
        mentions: How many sentences tell of them.
        index: Sum of their points, corrected for coverage where that was asked for; None where
            nothing was read in the period.
        index_low: Lower end of the interval of the index.
        index_high: Upper end.
        coverage: How much was read in the period, 1 for the average; None where not known.
        catalogue: Ids of the incidents.
    """

    start: date
    end: date
    incidents: int
    low: float
    high: float
    mentions: int
    index: float | None
    index_low: float | None
    index_high: float | None
    coverage: float | None = None
    catalogue: tuple[str, ...] = ()


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A relation's numbers by period.

    Attributes:
        scale: Label of the scale.
        bins: The periods, in order, without a gap.
        catalogue: Every incident behind them, by day.
        undated: Incidents that have no date and stand in no period.
        not_covered: Incidents that the scale does not cover; they count, without points.
        corrected: Whether counts of reading corrected the index.
        method: How intervals were made.
    """

    scale: str
    bins: tuple[Bin, ...]
    catalogue: tuple[Entry, ...]
    undated: int = 0
    not_covered: int = 0
    corrected: bool = False
    method: str = METHOD

    def counts(self) -> list[int]:
        """Return the incidents of each period."""
        return [one.incidents for one in self.bins]

    def imported(self) -> int:
        """Return how many incidents of the catalogue are of imported data."""
        return sum(entry.origin != "coded" for entry in self.catalogue)


def catalogue(rows: Iterable[Row], scale: IndexScale) -> tuple[Entry, ...]:
    """Return the incidents of rows with their points, by day and id."""
    return tuple(_entry(row, mentions, scale) for row, mentions in fold(rows))


def _entry(row: Row, mentions: int, scale: IndexScale) -> Entry:
    return Entry(
        incident=row.incident,
        event=row.id,
        day=row.first,
        last=row.last,
        type=row.type,
        mode=row.mode,
        status=row.status,
        domain=row.domain,
        source=row.source,
        target=row.target,
        points=scale.score(
            type=row.type, mode=row.mode, cameo=row.cameo, status=row.status, ranks=row.ranks
        ),
        mentions=mentions,
        doc=row.doc,
        sentence=row.sentence,
        origin=row.origin,
    )


def series(
    rows: Iterable[Row],
    scale: IndexScale,
    *,
    unit: Unit = "month",
    since: date | None = None,
    until: date | None = None,
    periods: Sequence[tuple[date, date]] | None = None,
    reading: Mapping[date, int] | None = None,
) -> Series:
    """Return counts and index of rows by period.

    Args:
        rows: Mentions of one relation, already filtered.
        scale: Points.
        unit: Length of a period.
        since: First day; the first incident's where None.
        until: Last day; the last incident's where None.
        periods: First and last day of each period, in order; instead of ``unit``.
        reading: How many documents were read in each period, by its first day: the index is
            corrected for it. None leaves it as it is.
    """
    found = catalogue(rows, scale)
    dated = [entry for entry in found if entry.day is not None]
    spans = _periods(dated, unit, since, until, periods)
    held: list[list[Entry]] = [[] for _ in spans]
    for entry in dated:
        number = calendar.bin_of(entry.day, spans) if entry.day else None
        if number is not None:
            held[number].append(entry)
    cover = _coverage(spans, reading)
    return Series(
        scale=scale.label,
        bins=tuple(_bin(*args) for args in zip(spans, held, cover, strict=True)),
        catalogue=tuple(entry for one in held for entry in one),
        undated=len(found) - len(dated),
        not_covered=sum(entry.points is None for one in held for entry in one),
        corrected=reading is not None,
    )


def _periods(
    dated: Sequence[Entry],
    unit: Unit,
    since: date | None,
    until: date | None,
    given: Sequence[tuple[date, date]] | None,
) -> list[tuple[date, date]]:
    if given is not None:
        return list(given)
    days = [entry.day for entry in dated if entry.day is not None]
    first, last = since or min(days, default=None), until or max(days, default=None)
    if first is None or last is None or (not days and last < first):
        return []
    return calendar.bins(first, max(last, first) if until is None else last, unit)


def _coverage(
    spans: Sequence[tuple[date, date]], reading: Mapping[date, int] | None
) -> list[float | None]:
    if reading is None:
        return [None] * len(spans)
    counts = [reading.get(start, 0) for start, _ in spans]
    read = [count for count in counts if count]
    mean = sum(read) / len(read) if read else 0
    return [count / mean if mean else 0.0 for count in counts]


def _bin(span: tuple[date, date], held: Sequence[Entry], cover: float | None) -> Bin:
    points = [entry.points or 0.0 for entry in held]
    low, high = poisson_interval(len(held))
    factor = None if cover == 0 else 1.0 if cover is None else 1 / cover
    total = sum(points)
    spread = Z90 * math.sqrt(sum(value * value for value in points))
    return Bin(
        start=span[0],
        end=span[1],
        incidents=len(held),
        low=round(low, 3),
        high=round(high, 3),
        mentions=sum(entry.mentions for entry in held),
        index=_times(total, factor),
        index_low=_times(total - spread, factor),
        index_high=_times(total + spread, factor),
        coverage=cover,
        catalogue=tuple(entry.incident for entry in held),
    )


def _times(value: float, factor: float | None) -> float | None:
    return None if factor is None else round(value * factor, 6) + 0.0


def reading(days: Iterable[date], spans: Sequence[tuple[date, date]]) -> dict[date, int]:
    """Return how many documents were published in each period, by its first day."""
    found = {start: 0 for start, _ in spans}
    for day in days:
        number = calendar.bin_of(day, spans)
        if number is not None:
            found[spans[number][0]] += 1
    return found


def to_table(found: Series) -> pa.Table:
    """Return the periods of a series as an Arrow table."""
    import pyarrow as pa

    return pa.Table.from_pylist(
        [{**msgspec.structs.asdict(one), "catalogue": list(one.catalogue)} for one in found.bins]
    )

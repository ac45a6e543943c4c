"""Which record a judgement is about after its document was coded again.

A record's id hashes what the record says, so that a new coding may give the same act another id. What
was judged is therefore followed from coding to coding: a record that is gone goes over to a new one at the
same place of the text. One that stood beside it already is another act, never its heir.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pyarrow.parquet as pq

from detente.model import Claim, Event, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from detente.casebook.review import Judgement

LEAST = 0.5
"""Share of the longer span that two records of one act have in common at least."""
_TABLES = ("events", "claims", "forecasts")
_RECORD = msgspec.json.Decoder(Record)


class Coding(NamedTuple):
    """One coding of a document.

    Attributes:
        seq: Number of its commit.
        records: Its records by id.
    """

    seq: int
    records: Mapping[str, Record]


class Heir(NamedTuple):
    """What a judged record has become.

    Attributes:
        id: Id of the current record.
        same: Whether it is of the judged kind, so that corrections can be laid over it; else what
            the reviewer saw stands in its place.
    """

    id: str
    same: bool


def heirs(
    standing: Sequence[Judgement],
    current: Iterable[str],
    codings: Callable[[str], Sequence[Coding]],
) -> dict[str, Heir]:
    """Return what judged records that are gone have become; those without an heir are left out.

    Args:
        standing: Judgements that are not undone, oldest first.
        current: Ids of the current records of the judged documents.
        codings: Gives the codings of a document, oldest first.
    """
    there = set(current)
    documents = {one.judged.doc for one in standing if one.record not in there}
    found: dict[str, Heir] = {}
    for doc in sorted(documents):
        of_it = [one for one in standing if one.judged.doc == doc]
        found |= _followed(of_it, codings(doc))
    return {name: heir for name, heir in found.items() if name != heir.id}


def _followed(standing: Sequence[Judgement], codings: Sequence[Coding]) -> dict[str, Heir]:
    """Follow the judged records of one document through its codings."""
    now: dict[str, Heir] = {}
    homes: dict[str, Coding] = {}
    for coding in codings:
        before = [one for one in standing if one.seq < coding.seq]
        for one in before:
            now.setdefault(one.record, Heir(one.record, same=True))
        moved = _moved({heir.id for heir in now.values()}, before, now, homes, coding)
        now = {name: moved.get(heir.id, heir) for name, heir in now.items()}
        homes |= dict.fromkeys(coding.records, coding)
    return now


def _moved(
    ids: Iterable[str],
    standing: Sequence[Judgement],
    now: Mapping[str, Heir],
    homes: Mapping[str, Coding],
    coding: Coding,
) -> dict[str, Heir]:
    """Return where the records go that a new coding no longer has, the closest first."""
    offers = [
        (
            _overlap(homes[name].records[name], new),
            _alike(homes[name].records[name], new),
            name,
            heir,
        )
        for name in ids
        if name not in coding.records and name in homes
        for new in coding.records.values()
        if (heir := _heir(name, homes[name], standing, now, new)) is not None
    ]
    moved: dict[str, Heir] = {}
    for _, _, name, heir in sorted(offers, key=lambda one: (-one[0], -one[1], one[2:])):
        if name not in moved and heir.id not in {one.id for one in moved.values()}:
            moved[name] = heir
    return moved


def _heir(
    name: str, home: Coding, standing: Sequence[Judgement], now: Mapping[str, Heir], new: Record
) -> Heir | None:
    """Return a new record as heir of one that its last coding had, None where it cannot be."""
    old = home.records[name]
    if new.id in home.records or _overlap(old, new) < LEAST:
        return None
    said = [one for one in standing if now[one.record].id == name]
    seen = [old, *(one.judged for one in said), *(one.result() for one in said)]
    if any(_kind(new) == _kind(one) for one in seen):
        return Heir(new.id, same=True)
    rejected = bool(said) and said[-1].verdict == "reject"
    if not rejected and any(_parties(new) and _parties(new) == _parties(one) for one in seen):
        return Heir(new.id, same=False)
    return None


def _overlap(one: Record, two: Record) -> float:
    (a, b), (c, d) = one.span, two.span
    return (min(b, d) - max(a, c)) / max(b - a, d - c, 1)


def _kind(record: Record) -> str:
    if isinstance(record, Event):
        return f"event {record.type}"
    return f"claim {record.kind}" if isinstance(record, Claim) else "forecast"


def _parties(record: Record) -> frozenset[str]:
    """Return the countries and bodies of an event, in either role; none for other records."""
    if not isinstance(record, Event):
        return frozenset()
    return frozenset(actor.country for actor in (*record.source, *record.target))


def _alike(one: Record, two: Record) -> int:
    """Return in how many fields two records agree."""
    return sum(
        getattr(one, field, None) == getattr(two, field, None)
        for field in ("type", "status", "date", "domain", "source", "target", "trigger")
    )


@lru_cache(maxsize=1_000)
def coded(place: Path, shard: str, doc: str) -> Mapping[str, Record]:
    """Return the records of a document in a shard, which never changes.

    Args:
        place: Folder of the shard, or of the pack that it went into.
        shard: Its name.
        doc: Id of the document.
    """
    chosen = [("shard", "=", shard), ("doc", "=", doc)]
    records = (
        _RECORD.decode(line)
        for name in _TABLES
        for line in pq.read_table(
            place / f"{name}.parquet", columns=["line"], filters=chosen, partitioning=None
        )
        .column("line")
        .to_pylist()
        if line
    )
    return {record.id: record for record in records}

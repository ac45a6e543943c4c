"""What was committed since the derived files were built: few records, kept in memory.

A shard never changes, so that what was read of it once serves every reader of the process.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from detente.model import Event, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

MOST = 20_000
"""Events that are kept in memory at most; more are asked for in their files."""
_SHARDS = 2_000
"""Shards that the process keeps, of at most ``_RECORDS`` records in all."""
_RECORDS = 2 * MOST
_TABLES = ("events", "claims", "forecasts")
_RECORD = msgspec.json.Decoder(Record)


class Line(NamedTuple):
    """A record as a shard's file has it."""

    id: str
    json: str
    publisher: str | None
    published: str | None


class Told(NamedTuple):
    """A document of the tail with its records."""

    shard: str
    records: list[Record]
    publisher: str | None
    published: str | None


def read(place: Path, shards: Collection[str]) -> dict[str, dict[str, list[Line]]]:
    """Return the coded records in a folder of files, by shard and document.

    Args:
        place: Folder of a shard or a pack.
        shards: Shards that count.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found: dict[str, dict[str, list[Line]]] = {name: {} for name in shards}
    for name in _TABLES:
        path = place / f"{name}.parquet"
        wanted = ["doc", "shard", "id", "line", "publisher", "published"]
        table = pq.read_table(path, columns=[*wanted, *(["origin"] if name == "events" else [])])
        if name == "events":
            table = table.filter(pc.equal(table.column("origin"), "coded"))
        for doc, shard, *rest in zip(
            *(table.column(column).to_pylist() for column in wanted), strict=True
        ):
            if shard in found:
                found[shard].setdefault(doc, []).append(Line(*rest))
    return found


class Tail:
    """The current records of some shards.

    Args:
        shards: Name and folder of every shard, and of the pack that it went into.
        superseded: Documents with the shards whose records of them no longer count.
    """

    def __init__(
        self, shards: Iterable[tuple[str, Path]], superseded: Collection[tuple[str, str]]
    ) -> None:
        self.documents: dict[str, Told] = {}
        self.homes: dict[str, str] = {}
        shards = list(shards)
        _let_go({(str(place.parent), name) for name, place in shards})
        for name, place in shards:
            for doc, told in _shard(name, place).items():
                if (doc, name) not in superseded:
                    self.documents[doc] = told
                    self.homes.update((record.id, doc) for record in told.records)


_LOCK = threading.Lock()
_KEPT: OrderedDict[tuple[str, str], dict[str, Told]] = OrderedDict()


def _shard(name: str, place: Path) -> dict[str, Told]:
    """Return the records of a shard by document, each event with its incident."""
    key = (str(place.parent), name)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    lines = read(place, [name])[name]
    found = {
        doc: Told(name, [_own(_RECORD.decode(line.json)) for line in told], *told[0][2:])
        for doc, told in lines.items()
    }
    with _LOCK:
        _KEPT[key] = found
        held = sum(map(_size, _KEPT.values()))
        while len(_KEPT) > 1 and (len(_KEPT) > _SHARDS or held > _RECORDS):
            held -= _size(_KEPT.popitem(last=False)[1])
    return found


def _let_go(current: Collection[tuple[str, str]]) -> None:
    """Forget the shards of the same casebooks that are in its tail no more."""
    casebooks = {casebook for casebook, _ in current}
    with _LOCK:
        for key in [key for key in _KEPT if key[0] in casebooks and key not in current]:
            del _KEPT[key]


def _size(shard: dict[str, Told]) -> int:
    return sum(len(told.records) for told in shard.values())


def _own(record: Record) -> Record:
    if isinstance(record, Event) and not record.incident:
        return msgspec.structs.replace(record, incident=record.id)
    return record


@lru_cache(maxsize=_SHARDS)
def together(shard: str, place: Path) -> frozenset[frozenset[str]]:
    """Return the sets of countries that stand together in the events of a shard."""
    return frozenset(
        frozenset(actor.country for actor in (*record.source, *record.target))
        for told in _shard(shard, place).values()
        for record in told.records
        if isinstance(record, Event)
    )

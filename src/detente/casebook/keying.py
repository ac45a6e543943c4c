"""Building ``keys.sqlite``: see ``keys.py`` for what is asked of it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import apsw
import msgspec
import pyarrow as pa

from detente.casebook import texts
from detente.casebook.documents import DocumentStore
from detente.casebook.files import explained
from detente.casebook.keys import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from detente.casebook.snapshot import Snapshot

QUEUED = 10_000
"""Events of least confidence that the file lists for review."""
BATCH = 50_000
PART = 4_000
"""Events of a relation that are read together."""

_SCHEMA = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, doc TEXT NOT NULL, shard TEXT NOT NULL, publisher TEXT,
  published TEXT,
  records BLOB NOT NULL             -- zlib of two JSON lists: incident by record, records
) STRICT;
CREATE TABLE events (               -- numbered from the newest first day to the oldest, then by id
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, document INTEGER NOT NULL, incident TEXT NOT NULL,
  first INTEGER, last INTEGER,      -- days, 1 is 1 January of year 1
  type TEXT NOT NULL, status TEXT NOT NULL, domain TEXT NOT NULL
) STRICT;
CREATE TABLE others (id TEXT PRIMARY KEY, document INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sides (
  code TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (code, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE pairs (
  party_a TEXT NOT NULL, party_b TEXT NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (party_a, party_b, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE relations (
  party_a TEXT NOT NULL, party_b TEXT NOT NULL, mentions INTEGER NOT NULL, last INTEGER,
  PRIMARY KEY (party_a, party_b)
) STRICT, WITHOUT ROWID;
CREATE TABLE queue (
  place INTEGER PRIMARY KEY, number INTEGER NOT NULL, confidence REAL NOT NULL, published TEXT
) STRICT;
CREATE TABLE rows (                 -- the events of a pair, oldest first, some thousand in a row
  party_a TEXT NOT NULL, party_b TEXT NOT NULL, part INTEGER NOT NULL,
  first INTEGER, last INTEGER, body BLOB NOT NULL
) STRICT;
CREATE TABLE publishers (
  name TEXT, documents INTEGER NOT NULL, coded INTEGER NOT NULL, first TEXT, last TEXT
) STRICT;
CREATE TABLE totals (coded INTEGER NOT NULL, documents INTEGER NOT NULL) STRICT;
"""
_INDEXES = """
CREATE UNIQUE INDEX documents_doc ON documents (doc);
CREATE INDEX events_id ON events (id);
CREATE INDEX events_incident ON events (incident);
CREATE UNIQUE INDEX rows_pair ON rows (party_a, party_b, part);
ANALYZE;
"""
_NUMBERED = """
CREATE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY e.day_from DESC NULLS LAST, e.id) AS number, e.id, e.doc,
  coalesce(i.incident, e.incident, e.id) AS incident, e.day_from, e.day_to, e.type,
  coalesce(e.status, 'actual') AS status, coalesce(e.domain, 'other') AS domain,
  e.source_countries, e.target_countries, e.source_codes, e.target_codes, e.confidence,
  e.published, e.origin
FROM {source} AS e LEFT JOIN incidents AS i ON i.event = e.id
WHERE NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard)
"""
_DAY = "datediff('day', DATE '0001-01-01', {}) + 1"
_SIDES = """
WITH told AS (
  SELECT number, list_concat(source_codes, target_codes) AS codes,
    list_concat(source_countries, target_countries) AS countries FROM numbered
)
SELECT DISTINCT code, number FROM (
  SELECT unnest(countries) AS code, number FROM told
  UNION ALL
  SELECT unnest(list_filter(list_concat(codes, list_transform(codes, lambda c: split_part(c, '/', 1))),
    lambda c: contains(c, '.'))) AS code, number FROM told
) WHERE code <> '' ORDER BY code, number
"""


def build(path: Path, snapshot: Snapshot, relations: str) -> None:
    """Write the file.

    Args:
        path: Where.
        snapshot: Of now, its table ``incidents`` filled.
        relations: SQL that stands for the events by relation.

    Raises:
        CasebookError: The disk is full or failed.
    """
    duck = snapshot.connection
    duck.execute("DROP TABLE IF EXISTS numbered")
    duck.execute(_NUMBERED.format(source=snapshot.source("events")))
    with explained(path):
        made = apsw.Connection(str(path))
        try:
            made.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            made.execute(_SCHEMA)
            made.execute("BEGIN")
            numbers = _documents(made, snapshot)
            _records(made, snapshot, numbers)
            _lists(made, snapshot, relations)
            made.execute("COMMIT")
            made.execute(_INDEXES)
        finally:
            made.close()
    duck.execute("DROP TABLE numbered")


def _documents(made: apsw.Connection, snapshot: Snapshot) -> dict[str, int]:
    """Write the records of every document, file by file; return the documents' numbers."""
    found = _rows(snapshot, "SELECT id, incident FROM numbered WHERE incident <> id")
    incidents = {str(name): str(incident) for name, incident in found}
    numbers: dict[str, int] = {}
    for shard, documents in snapshot.lines():
        rows = []
        for doc, lines in documents.items():
            numbers[doc] = len(numbers) + 1
            names = msgspec.json.encode([incidents.get(line.id, line.id) for line in lines])
            body = b"[%b,[%b]]" % (names, ",".join(line.json for line in lines).encode())
            head = (lines[0].publisher, lines[0].published)
            rows.append((numbers[doc], doc, shard, *head, zlib.compress(body, 1)))
        made.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", rows)
    return numbers


def _records(made: apsw.Connection, snapshot: Snapshot, numbers: dict[str, int]) -> None:
    first, last = _DAY.format("day_from"), _DAY.format("day_to")
    made.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, name, numbers[doc], *rest)
            for number, name, doc, *rest in _rows(
                snapshot,
                f"SELECT number, id, doc, incident, {first}, {last}, type, status, domain "
                "FROM numbered ORDER BY number",
            )
            if doc in numbers
        ),
    )
    for table in ("claims", "forecasts"):
        found = _rows(snapshot, f"SELECT id, doc FROM {snapshot.source(table)}")
        made.executemany(
            "INSERT OR REPLACE INTO others VALUES (?, ?)",
            ((name, numbers[doc]) for name, doc in found if doc in numbers),
        )


def _lists(made: apsw.Connection, snapshot: Snapshot, relations: str) -> None:
    made.executemany("INSERT INTO sides VALUES (?, ?)", _rows(snapshot, _SIDES))
    joined = f"FROM {relations} AS r JOIN numbered AS n ON n.id = r.id"
    made.executemany(
        "INSERT OR IGNORE INTO pairs VALUES (?, ?, ?)",
        _rows(snapshot, f"SELECT r.party_a, r.party_b, n.number {joined} ORDER BY ALL"),
    )
    made.executemany(
        "INSERT INTO relations VALUES (?, ?, ?, ?)",
        _rows(
            snapshot,
            f"SELECT party_a, party_b, count(*), max({_DAY.format('r.day_from')}) "
            f"FROM {relations} AS r GROUP BY ALL ORDER BY ALL",
        ),
    )
    made.executemany(
        "INSERT INTO queue VALUES (?, ?, ?, ?)",
        _rows(
            snapshot,
            "SELECT row_number() OVER (ORDER BY confidence, published DESC, id) AS place, number, "
            "confidence, published FROM numbered WHERE origin = 'coded' "
            f"ORDER BY place LIMIT {QUEUED:d}",
        ),
    )
    made.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", _parts(snapshot, relations))
    store = DocumentStore(snapshot.folder, write=False, busy_seconds=10)
    try:
        last = int(str(store.rows("SELECT ifnull(max(n), 0) FROM documents")[0][0]))
        told = texts.publishers(store, until=last)
    finally:
        store.close()
    made.executemany("INSERT INTO publishers VALUES (?, ?, ?, ?, ?)", told)
    coded = _rows(snapshot, "SELECT count(*) FROM numbered WHERE origin = 'coded'")
    made.executemany("INSERT INTO totals VALUES (?, ?)", ((n, last) for (n,) in coded))


def _parts(snapshot: Snapshot, relations: str) -> Iterator[tuple[object, ...]]:
    """Yield the rows of every relation, in parts."""
    chosen = ", ".join(f'"{name}"' for name in COLUMNS)
    import pyarrow.compute as pc

    sql = f"SELECT party_a, party_b, {chosen} FROM {relations}"
    pair: tuple[str, str] | None = None
    waiting: list[pa.Table] = []
    part = 0
    for batch in snapshot.connection.sql(
        f"{sql} ORDER BY party_a, party_b, day_from, id"
    ).to_arrow_reader(BATCH):
        table = pa.table(batch)
        keys = pc.binary_join_element_wise(table.column("party_a"), table.column("party_b"), " ")
        runs = pc.run_end_encode(keys.combine_chunks())
        start = 0
        for end, key in zip(runs.run_ends.to_pylist(), runs.values.to_pylist(), strict=True):
            one, _, two = key.partition(" ")
            if pair != (one, two):
                yield from _flushed(pair, part, waiting)
                pair, part, waiting = (one, two), 0, []
            waiting.append(table.slice(start, end - start).select(COLUMNS))
            start = end
            if sum(piece.num_rows for piece in waiting) >= PART:
                yield from _flushed(pair, part, waiting)
                part, waiting = part + 1, []
    yield from _flushed(pair, part, waiting)


def _flushed(
    pair: tuple[str, str] | None, part: int, waiting: Sequence[pa.Table]
) -> Iterator[tuple[object, ...]]:
    import pyarrow.compute as pc

    if pair is None or not waiting:
        return
    table = pa.concat_tables(waiting).combine_chunks()
    first = pc.min(table.column("day_from")).as_py()
    last = pc.max(table.column("day_to")).as_py()
    days = (day.toordinal() if day else None for day in (first, last))
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    yield (*pair, part, *days, sink.getvalue().to_pybytes())


def _rows(snapshot: Snapshot, sql: str) -> Iterator[tuple[object, ...]]:
    for batch in snapshot.connection.sql(sql).to_arrow_reader(BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

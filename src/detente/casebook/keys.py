"""Records by key: one SQLite file beside the derived files, for what is asked one record at a time.

DuckDB reads many rows of few columns well; a page asks for one document, one event, or the newest
twenty of a party. ``keys.sqlite`` answers those by look-up. It is built with the derived files and
never changed; what was committed since is read beside it (``tail.py``).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

import apsw
import msgspec

from detente.casebook.files import explained
from detente.model import Event, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from detente.casebook.selection import Selection
    from detente.casebook.snapshot import Snapshot

FILE = "keys.sqlite"
QUEUED = 10_000
"""Events of least confidence that the file lists for review."""
BATCH = 50_000

_SCHEMA = """
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, doc TEXT NOT NULL, shard TEXT NOT NULL,
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
CREATE TABLE totals (coded INTEGER NOT NULL) STRICT;
"""
_INDEXES = """
CREATE UNIQUE INDEX documents_doc ON documents (doc);
CREATE INDEX events_id ON events (id);
CREATE INDEX events_incident ON events (incident);
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
) WHERE code IS NOT NULL ORDER BY code, number
"""

_PAIR = msgspec.json.Decoder(tuple[list[str], list[Record]])


class Place(NamedTuple):
    """An event of a list: its first day (None where it has none), id and document."""

    first: int | None
    id: str
    doc: str
    shard: str


class Kept(NamedTuple):
    """The records of one document, and the shard that they were coded in."""

    shard: str
    records: list[Record]


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
            rows.append((numbers[doc], doc, shard, zlib.compress(body, 1)))
        made.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", rows)
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
    made.executemany(
        "INSERT INTO totals VALUES (?)",
        _rows(snapshot, "SELECT count(*) FROM numbered WHERE origin = 'coded'"),
    )


def _rows(snapshot: Snapshot, sql: str) -> Iterator[tuple[object, ...]]:
    for batch in snapshot.connection.sql(sql).to_arrow_reader(BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


class Keys:
    """The file, open for reading.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        self.connection = apsw.Connection(f"{path.resolve().as_uri()}?immutable=1", flags=flags)
        self.connection.execute("PRAGMA mmap_size = 1073741824")

    def document(self, doc: str) -> Kept | None:
        """Return the records of a document with their incidents; None where the file has none."""
        rows = self.connection.execute(
            "SELECT shard, records FROM documents WHERE doc = ?", (doc,)
        ).fetchall()
        if not rows:
            return None
        shard, body = rows[0]
        incidents, records = _PAIR.decode(zlib.decompress(body))  # type: ignore[arg-type]
        return Kept(str(shard), [_folded(*pair) for pair in zip(records, incidents, strict=True)])

    def shard(self, doc: str) -> str | None:
        """Return the shard of a document's records; None where the file has none."""
        rows = self.connection.execute("SELECT shard FROM documents WHERE doc = ?", (doc,))
        return next((str(shard) for (shard,) in rows), None)

    def place(self, name: str) -> str | None:
        """Return the document of a record, None where the file does not have it."""
        rows = self.connection.execute(
            "SELECT doc FROM documents WHERE number = coalesce("
            "(SELECT document FROM events WHERE id = ?1), "
            "(SELECT document FROM others WHERE id = ?1))",
            (name,),
        ).fetchall()
        return str(rows[0][0]) if rows else None

    def incident(self, event: str) -> str | None:
        """Return the incident of an event, None where the file does not have it."""
        rows = self.connection.execute(
            "SELECT incident FROM events WHERE id = ?", (event,)
        ).fetchall()
        return str(rows[0][0]) if rows else None

    def told(self, incidents: Sequence[str]) -> list[tuple[str, str]]:
        """Return document and id of the events of some incidents."""
        found = []
        for incident in incidents:
            found += self.connection.execute(
                "SELECT d.doc, e.id FROM events e JOIN documents d ON d.number = e.document "
                "WHERE e.incident = ?",
                (incident,),
            ).fetchall()
        return [(str(doc), str(name)) for doc, name in found]

    def newest(self, selection: Selection) -> Iterator[Place]:
        """Yield the events that a selection by parties, fields and period lets through."""
        pair, (pieces, values) = selection.pair(), selection.keyed()
        if pair is not None:
            source = "pairs AS p CROSS JOIN events AS e ON e.number = p.number"
            pieces.append("p.party_a = :a AND p.party_b = :b")
            values |= {"a": pair[0], "b": pair[1]}
        elif selection.parties:
            source = "sides AS p CROSS JOIN events AS e ON e.number = p.number"
            pieces.append("p.code = :a")
            values["a"] = selection.parties[0]
        else:
            source = "events AS e"
        order = "p.number" if selection.parties else "e.number"
        rows = self.connection.execute(
            "SELECT e.first, e.id, d.doc, d.shard "
            f"FROM {source} CROSS JOIN documents AS d ON d.number = e.document "
            f"WHERE {' AND '.join(pieces) or 'true'} ORDER BY {order}",
            values,
        )
        for first, name, doc, shard in rows:
            yield Place(first, str(name), str(doc), str(shard))

    def queue(self) -> Iterator[tuple[float, str | None, str, str, str]]:
        """Yield confidence, publication date, id, document and shard, least confidence first."""
        yield from self.connection.execute(
            "SELECT q.confidence, q.published, e.id, d.doc, d.shard FROM queue AS q "
            "CROSS JOIN events AS e ON e.number = q.number "
            "CROSS JOIN documents AS d ON d.number = e.document ORDER BY q.place"
        )

    def coded(self) -> int:
        """Return how many coded events the file has."""
        return int(str(self.connection.execute("SELECT coded FROM totals").fetchall()[0][0]))

    def relations(self) -> dict[tuple[str, str], tuple[int, int | None]]:
        """Return how many sentences tell of each pair of parties, and the last day."""
        rows = self.connection.execute("SELECT party_a, party_b, mentions, last FROM relations")
        return {(str(a), str(b)): (int(n), last) for a, b, n, last in rows}

    def close(self) -> None:
        """Release the file."""
        self.connection.close()


def _folded(record: Record, incident: str) -> Record:
    if not isinstance(record, Event):
        return record
    return msgspec.structs.replace(record, incident=incident)

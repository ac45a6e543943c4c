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
import pyarrow as pa

from detente.casebook import columns
from detente.model import Event, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from detente.casebook.selection import Selection

FILE = "keys.sqlite"
COLUMNS = (
    "id", "incident", "doc", "sentence", "day_from", "day_to", "type", "mode", "cameo", "status",
    "domain", "source_codes", "target_codes", "source_ranks", "target_ranks", "format",
    "publisher", "origin",
)  # fmt: skip
"""What the file has of the events of a relation."""

_PAIR = msgspec.json.Decoder(tuple[list[str], list[Record]])


class Publisher(NamedTuple):
    """A publisher with documents, coded documents, first and last publication date."""

    name: str | None
    documents: int
    coded: int
    first: str | None
    last: str | None


class Place(NamedTuple):
    """An event of a list: its first day (None where it has none), id and document."""

    first: int | None
    id: str
    doc: str


class Keys:
    """The file, open for reading.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        self.connection = apsw.Connection(f"{path.resolve().as_uri()}?immutable=1", flags=flags)
        self.connection.execute("PRAGMA mmap_size = 1073741824")

    def document(self, doc: str) -> list[Record] | None:
        """Return the records of a document with their incidents; None where the file has none."""
        rows = self.connection.execute(
            "SELECT records FROM documents WHERE doc = ?", (doc,)
        ).fetchall()
        if not rows:
            return None
        incidents, records = _PAIR.decode(zlib.decompress(rows[0][0]))  # type: ignore[arg-type]
        return [_folded(*pair) for pair in zip(records, incidents, strict=True)]

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
            "SELECT e.first, e.id, d.doc "
            f"FROM {source} CROSS JOIN documents AS d ON d.number = e.document "
            f"WHERE {' AND '.join(pieces) or 'true'} ORDER BY {order}",
            values,
        )
        for first, name, doc in rows:
            yield Place(first, str(name), str(doc))

    def queue(self) -> Iterator[tuple[float, str | None, str, str]]:
        """Yield confidence, publication date, id and document, least confidence first."""
        yield from self.connection.execute(
            "SELECT q.confidence, q.published, e.id, d.doc FROM queue AS q "
            "CROSS JOIN events AS e ON e.number = q.number "
            "CROSS JOIN documents AS d ON d.number = e.document ORDER BY q.place"
        )

    def totals(self) -> tuple[int, int]:
        """Return how many coded events the file has, and the number of the last document kept."""
        coded, documents = self.connection.execute("SELECT * FROM totals").fetchall()[0]
        return int(str(coded)), int(str(documents))

    def publishers(self) -> list[Publisher]:
        """Return what ``texts.publishers`` said when the file was built."""
        rows = self.connection.execute("SELECT * FROM publishers").fetchall()
        return [
            Publisher(*row)  # type: ignore[arg-type]  # the table is STRICT
            for row in rows
        ]

    def headings(self, doc: str) -> tuple[str | None, str | None]:
        """Return publisher and publication date of a document with records; None for unknown."""
        rows = self.connection.execute(
            "SELECT publisher, published FROM documents WHERE doc = ?", (doc,)
        ).fetchall()
        return rows[0] if rows else (None, None)  # type: ignore[return-value]

    def relation(self, pair: tuple[str, str], since: date | None, until: date | None) -> pa.Table:
        """Return the events of a pair of parties that touch a period, columns ``COLUMNS``, by day and id."""
        wanted = [day.toordinal() if day else None for day in (since, until)]
        rows = self.connection.execute(
            "SELECT body FROM rows WHERE party_a = ?1 AND party_b = ?2 "
            "AND (?3 IS NULL OR last >= ?3) AND (?4 IS NULL OR first <= ?4) ORDER BY part",
            (*pair, *wanted),
        )
        parts = [pa.ipc.open_stream(body).read_all() for (body,) in rows]
        if not parts:
            return columns.EVENTS.empty_table().select(list(COLUMNS))
        return _touching(pa.concat_tables(parts), since, until)

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


def _touching(table: pa.Table, since: date | None, until: date | None) -> pa.Table:
    if since is None and until is None:
        return table
    import pyarrow.compute as pc

    if since is not None:
        table = table.filter(pc.greater_equal(table.column("day_to"), pa.scalar(since)))
    if until is not None:
        table = table.filter(pc.less_equal(table.column("day_from"), pa.scalar(until)))
    return table

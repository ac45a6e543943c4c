"""Which files and judgements count as of a recorded time."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from detente.casebook import columns, compact, duck, review
from detente.casebook.derived import Derived, incidents, read_current
from detente.model import DocumentRecord, Event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from detente.casebook.book import Fold
    from detente.casebook.ledger import Ledger, Value
    from detente.casebook.review import Overlay
    from detente.model import Record

_JUDGED = pa.schema([("id", pa.string()), ("verdict", pa.string())])
_SUPERSEDED = pa.schema([("doc", pa.string()), ("shard", pa.string())])
_CORRECTED = columns.EVENTS.append(pa.field("judgement", pa.string()))
SCHEMAS = {
    "documents": columns.DOCUMENTS,
    "events": columns.EVENTS,
    "claims": columns.CLAIMS,
    "forecasts": columns.FORECASTS,
}


def is_compact(kind: object, configuration: object) -> bool:
    """Whether a committed shard holds imported events in compact form."""
    return kind == "imported" and str(configuration).startswith(compact.VERSION)


class Snapshot:
    """The records as of a recorded time, ready to be queried.

    Args:
        folder: The casebook's folder.
        ledger: Its ledger.
        as_of: Recorded time, None for now.
        fold: Joins events to incidents where the derived files do not serve.

    Attributes:
        connection: DuckDB with the tables ``superseded``, ``judged``, ``corrected`` and
            ``incidents``, and an empty table for each kind of record without files.
        head: Number of the last shard commit, imports in compact form left out.
        derived: The derived files, where they cover exactly this snapshot.
        overlay: The judgements that count.
    """

    def __init__(
        self, folder: Path, ledger: Ledger, *, as_of: str | None, fold: Fold | None = None
    ) -> None:
        self.folder = folder
        shards = ledger.rows(
            "SELECT seq, shard, kind, documents, coder, configuration FROM shards "
            "WHERE ?1 IS NULL OR recorded <= ?1 ORDER BY seq",
            (as_of,),
        )
        imported = [row for row in shards if is_compact(row[2], row[5])]
        self._compact = self._by_format(imported)
        self._shards = [row[:4] for row in shards if row not in imported]
        self.head = int(self._shards[-1][0] or 0) if self._shards else 0
        self._superseded = self._find_superseded(ledger, as_of)
        counts = Counter(shard for _, shard in self._superseded)
        sizes = {str(shard): (kind, count) for _, shard, kind, count in self._shards}
        self._folders = [
            folder / ("codings" if kind == "coded" else "imports") / shard
            for shard, (kind, count) in sizes.items()
            if kind == "imported" or counts[shard] < int(count or 0)
        ]
        self.connection: duckdb.DuckDBPyConnection = duck.connect(folder)
        for name, schema in SCHEMAS.items():
            self.connection.register(f"no_{name}", schema.empty_table())
        self._register("superseded", _SUPERSEDED, self._superseded)
        last = read_current(folder)
        self.derived: Derived | None = last if last and last.head == self.head else None
        self._load_incidents(last if as_of is None else self.derived, fold)
        self.overlay: Overlay = self._load_overlay(ledger, as_of)

    def _by_format(self, imported: Sequence[Sequence[Value]]) -> dict[str, str]:
        """Return SQL for the files of each format."""
        files: dict[str, dict[str, None]] = defaultdict(dict)
        for _, shard, _, _, form, _ in imported:
            path = self.folder / "imports" / str(shard) / "events.parquet"
            files[str(form)][duck.quoted(path)] = None
        return {
            form: f"read_parquet([{', '.join(paths)}])" for form, paths in sorted(files.items())
        }

    def _find_superseded(self, ledger: Ledger, as_of: str | None) -> list[tuple[str, str]]:
        """Return documents with the shards whose records of them no longer count."""
        rows = ledger.rows(
            "SELECT m.document, s.shard FROM members m JOIN shards s ON s.seq = m.shard "
            "WHERE m.document IN (SELECT document FROM supersessions "
            "WHERE ?1 IS NULL OR recorded <= ?1) AND (?1 IS NULL OR s.recorded <= ?1) "
            "ORDER BY m.document, s.seq",
            (as_of,),
        )
        shards: dict[str, list[str]] = defaultdict(list)
        for document, shard in rows:
            shards[str(document)].append(str(shard))
        return [
            (document, name)
            for document, names in shards.items()
            for name in sorted(set(names) - {names[-1]})
        ]

    def source(self, table: str) -> str:
        """Return SQL that stands for all rows of a kind of record, superseded ones included.

        Events that were imported in compact form are not among them; see ``imported``.
        """
        files = [duck.quoted(folder / f"{table}.parquet") for folder in self._folders]
        return f"read_parquet([{', '.join(files)}])" if files else f"no_{table}"

    def imported(self, *, where: str = "") -> str | None:
        """Return SQL for the events that were imported in compact form; None without any."""
        return compact.select(self._compact, where=where) if self._compact else None

    def imported_acts(self, *, where: str) -> str | None:
        """Return SQL for home, abroad, day, meeting and kind of imported events; None without any."""
        if not self._compact:
            return None
        parts = (
            "SELECT source_country AS home, target_country AS abroad, day, meeting, "
            f"{compact.KIND} AS kind, type, mode, cameo FROM {group}{where}"
            for group in self._compact.values()
        )
        return " UNION ALL ".join(parts)

    def imported_event(self, event: str) -> pa.Table:
        """Return the row of an imported event, or none."""
        _, _, key = event.partition(":")
        sql = self.imported(where="key IN ($key, $short)")
        if sql is None:
            return columns.EVENTS.empty_table()
        parameters = {"key": key, "short": key.rpartition(":")[0], "id": event}
        return duck.select(self.connection, f"SELECT * FROM ({sql}) WHERE id = $id", parameters)

    def relations(self) -> str | None:
        """Return SQL for the events sorted by relation, where they cover this snapshot."""
        if self.derived is None:
            return None
        path = self.folder / "derived" / self.derived.folder / "relations.parquet"
        return f"read_parquet([{duck.quoted(path)}])" if path.is_file() else None

    def _register(self, name: str, schema: pa.Schema, rows: Sequence[tuple[str, ...]]) -> None:
        values = list(zip(*rows, strict=True)) or [()] * len(schema)
        self.connection.register(name, pa.table([list(v) for v in values], schema=schema))

    def _load_incidents(self, derived: Derived | None, fold: Fold | None) -> None:
        """Take incidents from the derived files, or fold the events of an earlier time again."""
        if derived is not None:
            path = self.folder / "derived" / derived.folder / "incidents.parquet"
            if path.is_file():
                sql = f"SELECT event, incident FROM read_parquet([{duck.quoted(path)}])"
                self.connection.register("incidents", self.connection.sql(sql).to_arrow_table())
                return
        pairs: list[tuple[str, ...]] = []
        if fold is not None and self._folders:
            pairs = sorted(incidents(self.coded_events(), fold).items())
        self._register("incidents", columns.INCIDENTS, pairs)

    def coded_events(self) -> list[Event]:
        """Return every coded event that counts, by id, without reviews."""
        table = self.connection.sql(
            f"SELECT line FROM {self.source('events')} AS e WHERE origin = 'coded' AND NOT EXISTS "
            "(SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard) ORDER BY id"
        ).to_arrow_table()
        return [columns.decode(line, Event) for line in table.column("line").to_pylist()]

    def _load_overlay(self, ledger: Ledger, as_of: str | None) -> Overlay:
        found = review.judgements(ledger, as_of=as_of)
        overlay = review.overlay(found, self.records_of({j.judged.doc for j in found.values()}))
        self._register("judged", _JUDGED, sorted(overlay.verdicts.items()))
        self.overlay = overlay
        rows = [
            columns.event_row(record, self._line(record.doc), shard="")
            | {"judgement": overlay.sources[record.id]}
            for record in map(self.folded, overlay.results.values())
            if isinstance(record, Event)
        ]
        self.connection.register("corrected", pa.Table.from_pylist(rows, schema=_CORRECTED))
        return overlay

    def folded(self, record: Record) -> Record:
        """Return an event with its incident across documents; other records as they are."""
        if not isinstance(record, Event) or record.id in self.overlay.folded:
            return record
        found = self.connection.sql(
            "SELECT incident FROM incidents WHERE event = $id", params={"id": record.id}
        ).fetchall()
        incident = found[0][0] if found else record.incident or record.id
        return msgspec.structs.replace(record, incident=incident)

    def records_of(self, documents: set[str]) -> list[Record]:
        """Return all current records of some documents, without reviews."""
        records: list[Record] = []
        for name, kind in review.KINDS.items() if documents else ():
            table = self.connection.sql(
                f"SELECT e.* FROM {self.source(name)} AS e WHERE list_contains($docs, doc) AND "
                "NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND "
                "s.shard = e.shard) ORDER BY id",
                params={"docs": sorted(documents)},
            ).to_arrow_table()
            records += [columns.record(row, kind) for row in table.to_pylist()]
        imported = self.imported() if documents else None
        if imported is not None:
            sql = f"SELECT * FROM ({imported}) WHERE list_contains($docs, doc) ORDER BY id"
            table = duck.select(self.connection, sql, {"docs": sorted(documents)})
            records += [columns.record(row, Event) for row in table.to_pylist()]
        return records

    def _line(self, document: str) -> DocumentRecord:
        """Return a document's own line."""
        found = self.connection.sql(
            f"SELECT line FROM {self.source('documents')} WHERE doc = $doc LIMIT 1",
            params={"doc": document},
        ).fetchall()
        if not found:
            return DocumentRecord(id=document, source="")
        line: DocumentRecord = columns.decode(found[0][0], DocumentRecord)
        return line

    def close(self) -> None:
        """Release the connection."""
        self.connection.close()

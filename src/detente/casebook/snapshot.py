"""Which files and judgements count as of a recorded time."""

from __future__ import annotations

import os
import weakref
from collections import Counter, defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import apsw
import msgspec
import pyarrow as pa

from detente.casebook import columns, compact, duck, keys, lineage, packs, review, tail
from detente.casebook.derived import Derived, hold, incidents
from detente.casebook.keyed import Keyed
from detente.model import DocumentRecord, Event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    import duckdb

    from detente.casebook.book import Fold
    from detente.casebook.ledger import Ledger, Value
    from detente.casebook.review import Overlay
    from detente.casebook.tail import Line
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
        head: Number of the last shard commit, imports in compact form left out.
        derived: The derived files; now, shards that they do not cover yet may stand beside them.
        overlay: The judgements that count.
        heirs: What judged records have become that a new coding no longer has.
        keyed: Records by key; None as of an earlier time, or where there is no such file.
        imports: Number of the last commit of imports in compact form.
        imported_events: How many events these hold.
    """

    def __init__(
        self, folder: Path, ledger: Ledger, *, as_of: str | None, fold: Fold | None = None
    ) -> None:
        self.folder = folder
        shards = ledger.rows(
            "SELECT seq, shard, kind, documents, coder, configuration, events FROM shards "
            "WHERE ?1 IS NULL OR recorded <= ?1 ORDER BY seq",
            (as_of,),
        )
        imported = [row for row in shards if is_compact(row[2], row[5])]
        self._compact = self._by_format(imported)
        self.imports = max((int(row[0] or 0) for row in imported), default=0)
        self.imported_events = sum(int(row[6] or 0) for row in imported)
        counted = [row for row in shards if row not in imported]
        self._shards = [row[:4] for row in counted]
        self._sizes = {str(row[1]): int(row[6] or 0) for row in counted}
        self.head = int(self._shards[-1][0] or 0) if self._shards else 0
        self._superseded = self._find_superseded(ledger, as_of)
        counts = Counter(shard for _, shard in self._superseded)
        sizes = {str(shard): (kind, count) for _, shard, kind, count in self._shards}
        self._folders = [
            folder / ("codings" if kind == "coded" else "imports") / shard
            for shard, (kind, count) in sizes.items()
            if kind == "imported" or counts[shard] < int(count or 0)
        ]
        self._packed = packs.places(ledger)
        last, held = hold(folder)
        self._release = weakref.finalize(self, os.close, held) if held is not None else None
        covered = last.head if last is not None else 0
        self._newest = {str(shard): int(seq or 0) for seq, shard, _, _ in self._shards}
        self._tail = [path for path in self._folders if self._newest[path.name] > covered]
        self._tail_ready = False
        self._as_of, self._fold = as_of, fold
        self._duck: duckdb.DuckDBPyConnection | None = None
        self._last = last
        current = last is not None and (as_of is None or last.head == self.head)
        self.derived: Derived | None = last if current else None
        self.keyed: Keyed | None = self._open_keys()
        self._overlay_ready = False
        self.heirs: dict[str, lineage.Heir] = {}
        self.overlay: Overlay = self._load_overlay(ledger, as_of)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """DuckDB with the tables ``superseded``, ``judged``, ``corrected`` and ``incidents``, and an
        empty table for each kind of record without files; made when first asked.
        """  # noqa: D205
        connection = self._records_connection()
        if not self._overlay_ready:
            self._overlay_ready = True
            self._register_overlay()
        return connection

    def _records_connection(self) -> duckdb.DuckDBPyConnection:
        """Return the connection, before reviews are laid over the records."""
        if self._duck is None:
            self._duck = duck.connect(self.folder)
            for name, schema in SCHEMAS.items():
                self._duck.register(f"no_{name}", schema.empty_table())
            self._register("superseded", _SUPERSEDED, self._superseded)
            self._load_incidents(self._last if self._as_of is None else self.derived, self._fold)
        return self._duck

    @property
    def unfolded(self) -> int:
        """How many coded events are folded anew, where no derived files serve."""
        served = self.derived is not None or self._as_of is None
        return (
            0
            if served
            else sum(self._sizes[p.name] for p in self._folders if p.parent.name == "codings")
        )

    def interrupt(self) -> None:
        """Stop what another thread is asking; its question fails."""
        import duckdb

        if self._duck is not None:
            with suppress(duckdb.ConnectionException):  # closed by now: nothing is asked of it
                self._duck.interrupt()
        if self.keyed is not None:
            with suppress(apsw.ConnectionClosedError):
                self.keyed.keys.connection.interrupt()

    def _open_keys(self) -> Keyed | None:
        """Open the records by key, with the tail beside them."""
        if self.derived is None or self._as_of is not None or keys.FILE not in self.derived.files:
            return None
        if sum(self._sizes[path.name] for path in self._tail) > tail.MOST:
            return None
        path = self.folder / "derived" / self.derived.folder / keys.FILE
        superseded = frozenset(self._superseded)
        beside = tail.Tail([(path.name, self._place(path)) for path in self._tail], superseded)
        imports = bool(self._compact) or any(kind == "imported" for _, _, kind, _ in self._shards)
        return Keyed(keys.Keys(path), beside, superseded, imports=imports)

    def _place(self, shard: Path) -> Path:
        """Return the folder in which a shard's rows lie."""
        return shard.with_name(self._packed.get(shard.name, shard.name))

    def lines(self) -> Iterator[tuple[str, dict[str, list[Line]]]]:
        """Yield each shard with its current coded records by document."""
        superseded = frozenset(self._superseded)
        places: dict[Path, list[str]] = defaultdict(list)
        for path in self._folders:
            places[self._place(path)].append(path.name)
        for place, names in sorted(places.items()):
            for shard, documents in tail.read(place, names).items():
                yield shard, {d: x for d, x in documents.items() if (d, shard) not in superseded}

    def _by_format(self, imported: Sequence[Sequence[Value]]) -> dict[str, str]:
        """Return SQL for the files of each format."""
        files: dict[str, dict[str, None]] = defaultdict(dict)
        for _, shard, _, _, form, *_ in imported:
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

    def source(self, table: str, *, shards: Collection[str] | None = None) -> str:
        """Return SQL that stands for all rows of a kind of record, superseded ones included.

        Events that were imported in compact form are not among them; see ``imported``.

        Args:
            table: ``events``, ``claims``, ``forecasts`` or ``documents``.
            shards: Only these shards; all that count where None.
        """
        chosen = [path for path in self._folders if shards is None or path.name in shards]
        return self._files(table, chosen)

    def imported(self, *, where: str = "") -> str | None:
        """Return SQL for the events that were imported in compact form; None without any."""
        return compact.select(self._compact, where=where) if self._compact else None

    def imported_acts(self, *, where: str) -> str | None:
        """Return SQL for who, when, meeting and kind of imported events in compact form; None without any."""
        if not self._compact:
            return None
        parts = (
            "SELECT source_country AS home, target_country AS abroad, day, meeting, "
            f"type, mode, cameo FROM {group}{where}"
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
        """Return SQL for the events by relation: the sorted ones, and those not yet among them."""
        sorted_ones = self._derived_file("relations")
        if sorted_ones is None or not self._tail:
            return sorted_ones
        if not self._tail_ready:
            source = self._files("events", self._tail)
            tail = duck.by_relation(source, folded=True)
            self.connection.execute(f"CREATE TEMP TABLE tail AS {tail}")
            self._tail_ready = True
        names = ", ".join(f"'{path.name}'" for path in self._tail)
        return (
            f"(SELECT * FROM {sorted_ones} WHERE shard NOT IN ({names}) "
            "UNION ALL BY NAME SELECT * FROM tail)"
        )

    def last_told(self, countries: Collection[str]) -> int:
        """Return the last commit beyond the derived files that tells of all these countries."""
        last, wanted = self.imports, set(countries)
        for path in self._tail:
            together = tail.together(path.name, self._place(path))
            if any(wanted <= one for one in together):
                last = max(last, self._newest[path.name])
        return last

    def shards_of(self, record: str) -> list[str] | None:
        """Return the shards that may hold a record by its id; None for any of them."""
        places = self._derived_file("places")
        if places is None:
            return None
        found = self.connection.sql(
            f"SELECT DISTINCT shard FROM {places} WHERE id = $id", params={"id": record}
        ).fetchall()
        return [*(str(row[0]) for row in found), *(path.name for path in self._tail)]

    def _derived_file(self, name: str) -> str | None:
        if self.derived is None:
            return None
        path = self.folder / "derived" / self.derived.folder / f"{name}.parquet"
        return f"read_parquet([{duck.quoted(path)}])" if path.is_file() else None

    def _files(self, table: str, folders: Sequence[Path]) -> str:
        """Return SQL for the rows of some shards, wherever they lie."""
        names = {folder.name for folder in folders}
        places = {self._place(folder) for folder in folders}
        files = [duck.quoted(place / f"{table}.parquet") for place in sorted(places)]
        if not files:
            return f"no_{table}"
        source = f"read_parquet([{', '.join(files)}])"
        packs_used = {self._packed[name] for name in names if name in self._packed}
        inside = {shard for shard, pack in self._packed.items() if pack in packs_used}
        if inside <= names:
            return source
        listed = ", ".join(f"'{name}'" for name in sorted(names))
        return f"(SELECT * FROM {source} WHERE shard IN ({listed}))"

    def _register(self, name: str, schema: pa.Schema, rows: Sequence[tuple[str, ...]]) -> None:
        values = list(zip(*rows, strict=True)) or [()] * len(schema)
        connection = self._records_connection()
        connection.register(name, pa.table([list(v) for v in values], schema=schema))

    def _load_incidents(self, derived: Derived | None, fold: Fold | None) -> None:
        """Take incidents from the derived files, or fold the events of an earlier time again."""
        if derived is not None:
            path = self.folder / "derived" / derived.folder / "incidents.parquet"
            if path.is_file():
                sql = f"SELECT event, incident FROM read_parquet([{duck.quoted(path)}])"
                self._records_connection().execute(f"CREATE TEMP VIEW incidents AS {sql}")
                return
        pairs: list[tuple[str, ...]] = []
        if fold is not None and self._folders:
            pairs = sorted(incidents(self.coded_events(), fold).items())
        self._register("incidents", columns.INCIDENTS, pairs)

    def coded_events(self) -> list[Event]:
        """Return every coded event that counts, by id, without reviews."""
        table = (
            self._records_connection()
            .sql(
                f"SELECT line FROM {self.source('events')} AS e WHERE origin = 'coded' AND NOT EXISTS "
                "(SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard) ORDER BY id"
            )
            .to_arrow_table()
        )
        return [columns.decode(line, Event) for line in table.column("line").to_pylist()]

    def _load_overlay(self, ledger: Ledger, as_of: str | None) -> Overlay:
        standing = review.standing(ledger, as_of=as_of)
        current = self.records_of({one.judged.doc for one in standing})
        self.heirs = lineage.heirs(
            standing, (one.id for one in current), lambda doc: self._codings(ledger, doc, as_of)
        )
        return review.overlay(review.judgements(standing, self.heirs), current, self.heirs)

    def _codings(self, ledger: Ledger, doc: str, as_of: str | None) -> list[lineage.Coding]:
        """Return every coding of a document, oldest first."""
        rows = ledger.rows(
            "SELECT s.seq, s.shard FROM members m JOIN shards s ON s.seq = m.shard WHERE m.document = ?1 "
            "AND s.kind = 'coded' AND (?2 IS NULL OR s.recorded <= ?2) ORDER BY s.seq",
            (doc, as_of),
        )
        found = []
        for seq, shard in rows:
            place = self._place(self.folder / "codings" / str(shard))
            found.append(lineage.Coding(int(seq or 0), lineage.coded(place, str(shard), doc)))
        return found

    def _register_overlay(self) -> None:
        overlay = self.overlay
        self._register("judged", _JUDGED, sorted(overlay.verdicts.items()))
        rows = [
            columns.event_row(record, self._line(record.doc), shard="")
            | {"judgement": overlay.sources[record.id]}
            for record in map(self.folded, overlay.results.values())
            if isinstance(record, Event)
        ]
        corrected = pa.Table.from_pylist(rows, schema=_CORRECTED)
        self._records_connection().register("corrected", corrected)

    def folded(self, record: Record) -> Record:
        """Return an event with its incident across documents; other records as they are."""
        if not isinstance(record, Event) or record.id in self.overlay.folded:
            return record
        if self.keyed is not None:
            incident = self.keyed.incident(record)
            return msgspec.structs.replace(record, incident=incident)
        found = (
            self._records_connection()
            .sql("SELECT incident FROM incidents WHERE event = $id", params={"id": record.id})
            .fetchall()
        )
        incident = found[0][0] if found else record.incident or record.id
        return msgspec.structs.replace(record, incident=incident)

    def records_of(
        self, documents: set[str], *, shards: Collection[str] | None = None
    ) -> list[Record]:
        """Return all current records of some documents, without reviews; see ``source``."""
        if self.keyed is not None and not self.keyed.imports:
            kept = [one for doc in documents for one in self.keyed.records(doc)]
            order = list(review.KINDS.values())
            return sorted(kept, key=lambda one: (order.index(type(one)), one.id))
        records: list[Record] = []
        for name, kind in review.KINDS.items() if documents else ():
            table = (
                self._records_connection()
                .sql(
                    f"SELECT e.* FROM {self.source(name, shards=shards)} AS e "
                    "WHERE list_contains($docs, doc) AND "
                    "NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND "
                    "s.shard = e.shard) ORDER BY id",
                    params={"docs": sorted(documents)},
                )
                .to_arrow_table()
            )
            records += [columns.record(row, kind) for row in table.to_pylist()]
        imported = self.imported() if documents else None
        if imported is not None:
            sql = f"SELECT * FROM ({imported}) WHERE list_contains($docs, doc) ORDER BY id"
            table = duck.select(self._records_connection(), sql, {"docs": sorted(documents)})
            records += [columns.record(row, Event) for row in table.to_pylist()]
        return records

    def _line(self, document: str) -> DocumentRecord:
        """Return a document's own line."""
        found = (
            self._records_connection()
            .sql(
                f"SELECT line FROM {self.source('documents')} WHERE doc = $doc LIMIT 1",
                params={"doc": document},
            )
            .fetchall()
        )
        if not found:
            return DocumentRecord(id=document, source="")
        line: DocumentRecord = columns.decode(found[0][0], DocumentRecord)
        return line

    def close(self) -> None:
        """Release the files."""
        if self._duck is not None:
            self._duck.close()
        if self.keyed is not None:
            self.keyed.keys.close()
        if self._release is not None:
            self._release()

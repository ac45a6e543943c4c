"""The ledger: what was committed, when, in a chain of hashes.

Every row's hash covers its table, its values and the hash of the row before it, through all
tables. The last hash is also kept in the file ``head``, so that a ledger which lost its newest
entries is noticed.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import databases
from detente.casebook.files import explained, write_atomically
from detente.errors import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Value = str | int | None

CHAINED = {
    "jobs": ("job", "state", "coder", "configuration", "body"),
    "shards": (
        "shard", "kind", "job", "coder", "configuration", "manifest", "documents", "events",
        "claims", "forecasts", "last_document",
    ),
    "packs": ("pack", "manifest", "shards"),
    "supersessions": ("document", "old", "new"),
    "receipts": (
        "key", "job", "document", "source", "url", "publisher", "published", "title",
        "external_id",
    ),
    "quarantine": ("key", "job", "stage", "source", "document", "error", "reason"),
    "forecasts": ("forecast", "document", "body"),
    "outlook": ("forecast", "kind", "body"),
    "judgements": (
        "judgement", "record", "verdict", "corrections", "reviewer", "reason", "body", "undoes",
    ),
}  # fmt: skip
"""The tables of the chain with their columns; each also has ``seq``, ``recorded`` and ``hash``."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The last entry of a ledger; ``seq`` 0 for an empty one."""

    seq: int = 0
    hash: str = ""


class Ledger:
    """An open ledger.

    Args:
        folder: The casebook's folder.
        write: Open for writing, and bring the schema up to date.
        busy_seconds: How long to wait for another process.

    Raises:
        CasebookError: It is missing, damaged, has lost entries, or is newer than the program.
    """

    def __init__(self, folder: Path, *, write: bool, busy_seconds: float) -> None:
        self.path = folder / "ledger.sqlite"
        self._head_path = folder / "head"
        self.connection = databases.connect(self.path, write=write, busy_seconds=busy_seconds)
        try:
            if write:
                databases.migrate(self.connection, "ledger", self.path)
            else:
                databases.check_version(self.connection, "ledger", self.path)
            self.check_head()
            if write:
                self._note_head()
        except BaseException:
            databases.close(self.connection)
            raise

    def head(self) -> Head:
        """Return the last entry."""
        union = " UNION ALL ".join(
            f"SELECT seq, hash FROM (SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1)"
            for table in CHAINED
        )
        with explained(self.path):
            rows = self.connection.execute(f"{union} ORDER BY seq DESC LIMIT 1").fetchall()
        return Head(seq=int(str(rows[0][0])), hash=str(rows[0][1])) if rows else Head()

    def _note_head(self) -> None:
        """Note the head again where a killed run committed and did not come to that."""
        head = self.head()
        if self.noted_head().seq < head.seq:
            with explained(self.path):
                write_atomically(self._head_path, msgspec.json.encode(head))

    def check_head(self) -> None:
        """Compare with the head that was noted beside the ledger.

        Raises:
            CasebookError: Entries that were committed are gone.
        """
        noted = self.noted_head()
        if noted.seq == 0:
            return
        with explained(self.path):
            found = [
                row[0]
                for table in CHAINED
                for row in self.connection.execute(
                    f"SELECT hash FROM {table} WHERE seq = ?", (noted.seq,)
                )
            ]
        if found != [noted.hash]:
            raise CasebookError(
                f"{self.path}: entry {noted.seq} was committed and is missing or changed; was the "
                f"ledger copied without its -wal file? Restore it from a backup"
            )

    def recorded(self) -> str | None:
        """Return the recorded time of the last entry, None for an empty ledger."""
        with explained(self.path):
            last = [
                row
                for table in CHAINED
                for row in self.connection.execute(
                    f"SELECT seq, recorded FROM {table} ORDER BY seq DESC LIMIT 1"
                )
            ]
        return max(last)[1] if last else None

    def noted_head(self) -> Head:
        """Return the head that was noted beside the ledger at its last commit.

        Raises:
            CasebookError: The note is damaged.
        """
        if not self._head_path.exists():
            return Head()
        try:
            return msgspec.json.decode(self._head_path.read_bytes(), type=Head)
        except (msgspec.MsgspecError, OSError, UnicodeDecodeError) as error:
            raise CasebookError(f"{self._head_path}: damaged: {error}") from error

    @contextmanager
    def transaction(self, recorded: str) -> Iterator[Entry]:
        """Add entries in one transaction, then note the new head.

        Args:
            recorded: Recorded time of all of them, ISO 8601 in UTC.
        """
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                entry = Entry(self, self.head(), recorded)
                yield entry
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            write_atomically(self._head_path, msgspec.json.encode(entry.head))

    def rows(
        self, sql: str, values: tuple[Value, ...] | Mapping[str, Value] = ()
    ) -> list[tuple[Value, ...]]:
        """Return all rows of a query."""
        with explained(self.path):
            return list(self.connection.execute(sql, values))

    def made_by(self, document: str) -> tuple[str, str] | None:
        """Return coder and configuration of the newest commit that holds a document, or None."""
        rows = self.rows(
            "SELECT s.coder, s.configuration FROM members m JOIN shards s ON s.seq = m.shard "
            "WHERE m.document = ? ORDER BY s.seq DESC LIMIT 1",
            (document,),
        )
        return (str(rows[0][0]), str(rows[0][1])) if rows else None

    def entries(self) -> Iterator[tuple[int, str, str, tuple[Value, ...], str]]:
        """Yield every entry as (seq, table, recorded, values, hash), in order."""
        width = max(len(columns) for columns in CHAINED.values())
        parts = [
            f"SELECT seq, '{table}', recorded, hash, {', '.join(columns)}"
            f"{', NULL' * (width - len(columns))} FROM {table}"
            for table, columns in CHAINED.items()
        ]
        with explained(self.path):
            for row in self.connection.execute(" UNION ALL ".join(parts) + " ORDER BY 1"):
                seq, table, recorded, digest, *values = row
                yield seq, table, recorded, tuple(values[: len(CHAINED[table])]), digest

    def close(self) -> None:
        """Release the file."""
        databases.close(self.connection)


class Entry:
    """Adds entries within one transaction.

    Attributes:
        head: The last entry so far.
    """

    def __init__(self, ledger: Ledger, head: Head, recorded: str) -> None:
        self._connection = ledger.connection
        self._recorded = recorded
        self.head = head

    def add(self, table: str, **values: Value) -> int:
        """Add one entry and return its number."""
        columns = CHAINED[table]
        row = tuple(values.pop(column) for column in columns)
        if values:
            raise TypeError(f"{table} has no columns {sorted(values)}")
        seq = self.head.seq + 1
        digest = chain_hash(self.head.hash, seq, table, self._recorded, row)
        marks = ", ".join("?" * (len(columns) + 3))
        self._connection.execute(
            f"INSERT INTO {table} (seq, recorded, hash, {', '.join(columns)}) VALUES ({marks})",
            (seq, self._recorded, digest, *row),
        )
        self.head = Head(seq=seq, hash=digest)
        return seq

    def execute(self, sql: str, values: tuple[Value, ...] = ()) -> list[tuple[Value, ...]]:
        """Run a statement within the transaction."""
        return list(self._connection.execute(sql, values))


def chain_hash(
    previous: str, seq: int, table: str, recorded: str, values: tuple[Value, ...]
) -> str:
    """Return the hash of an entry that follows the one with hash ``previous``."""
    content = msgspec.json.encode([previous, seq, table, recorded, values])
    return hashlib.sha256(content).hexdigest()

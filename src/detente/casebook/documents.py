"""The texts: documents with full-text search, sentence offsets and groups of near-duplicates.

A document is visible once the ledger has a commit that covers it; what a killed run left beyond
that is swept when the casebook is next opened for writing.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import databases, near, roles
from detente.casebook.files import explained
from detente.model import Document, DocumentRecord, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from detente.casebook.ledger import Value
    from detente.coding.actors.learned import Learned
    from detente.model import Coded

_OFFSETS = msgspec.json.Decoder(tuple[Span, ...])
_COLUMNS = "id, title, text, publisher, published, language, body"

_SWEEP = (
    "DELETE FROM roles WHERE n > ?",
    "DELETE FROM twins WHERE other > ?",
    "DELETE FROM bands WHERE n > ?",
    "DELETE FROM documents WHERE n > ?",
)
_ROLES = """
SELECT r.line, min(d.published), max(d.published), count(*)
FROM roles r JOIN documents d ON d.n = r.n
WHERE r.surname = ? AND r.n <= ? AND r.n NOT IN (SELECT n FROM temp.again)
GROUP BY r.line ORDER BY r.line
"""
_GROUP = """
WITH RECURSIVE grouped (n) AS (
  SELECT n FROM documents WHERE id = ?
  UNION SELECT t.other FROM twins t JOIN grouped g ON t.one = g.n
  UNION SELECT t.one FROM twins t JOIN grouped g ON t.other = g.n
)
SELECT min(id) FROM documents WHERE n IN (SELECT n FROM grouped)
"""


class DocumentStore:
    """An open ``documents.sqlite``.

    Args:
        folder: The casebook's folder.
        write: Open for writing, and bring the schema up to date.
        busy_seconds: How long to wait for another process.

    Raises:
        CasebookError: It is missing, damaged, or newer than the program.
    """

    def __init__(self, folder: Path, *, write: bool, busy_seconds: float) -> None:
        self.path = folder / "documents.sqlite"
        self.connection = databases.connect(self.path, write=write, busy_seconds=busy_seconds)
        try:
            if write:
                databases.migrate(self.connection, "documents", self.path)
            else:
                databases.check_version(self.connection, "documents", self.path)
        except BaseException:
            databases.close(self.connection)
            raise

    def put(
        self,
        documents: Sequence[Document],
        coded: Sequence[Coded],
        stated: Mapping[str, Sequence[Learned]],
    ) -> tuple[int, int]:
        """Keep documents, and what the newest coder said of their sentences.

        Documents that are there already keep their first metadata.

        Args:
            documents: New ones.
            coded: What was coded of new and known ones.
            stated: What these state of persons, by document; what was known of others stays.

        Returns:
            The highest row number, and how many of the documents nearly repeat an earlier one.
        """
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                twins = sum([self._put_document(document) for document in documents])
                for item in coded:
                    self._put_sentences(item)
                for document, entries in stated.items():
                    self._put_roles(document, entries)
                last = self.connection.execute("SELECT max(n) FROM documents").fetchall()[0][0]
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        return int(str(last or 0)), twins

    def _put_document(self, document: Document) -> bool:
        body = msgspec.json.encode(msgspec.structs.replace(document, text="")).decode()
        row = (
            document.id, document.title, document.text, document.publisher, document.published,
            document.language, body,
        )  # fmt: skip
        self.connection.execute(
            f"INSERT INTO documents ({_COLUMNS}, hash) VALUES (?,?,?,?,?,?,?,?) "
            "ON CONFLICT (id) DO NOTHING",
            (*row, row_hash(row)),
        )
        if not self.connection.changes():
            return False
        return near.link(self.connection, self.connection.last_insert_rowid(), document)

    def _put_sentences(self, item: Coded) -> None:
        offsets = msgspec.json.encode(item.sentences).decode()
        line = msgspec.json.encode(item.document).decode()
        row = (item.document.id, offsets, line)
        self.connection.execute(
            "INSERT OR REPLACE INTO sentences VALUES (?,?,?,?)", (*row, row_hash(row))
        )

    def _put_roles(self, document: str, entries: Iterable[Learned]) -> None:
        [(n,)] = self.connection.execute("SELECT n FROM documents WHERE id = ?", (document,))
        self.connection.execute("DELETE FROM roles WHERE n = ?", (n,))
        for entry in entries:
            surname, line = roles.kept(entry)
            row = (surname, n, line)
            self.connection.execute(
                "INSERT OR IGNORE INTO roles VALUES (?,?,?,?)", (*row, row_hash(row))
            )

    def last(self) -> int:
        """Return the highest row number."""
        return int(str(self.rows("SELECT ifnull(max(n), 0) FROM documents")[0][0]))

    def read_again(self, documents: Iterable[str]) -> None:
        """Leave documents that are being read again out of what ``roles`` gives, until closed."""
        with explained(self.path):
            self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS again (n INTEGER PRIMARY KEY)")
            self.connection.executemany(
                "INSERT OR IGNORE INTO temp.again SELECT n FROM documents WHERE id = ?",
                ((document,) for document in documents),
            )

    def roles(self, surname: str, *, last: int) -> list[tuple[Value, ...]]:
        """Return what documents state of those who bear a surname.

        Args:
            surname: Its spelling-blind form.
            last: Only of documents up to this row.

        Returns:
            The role as JSON, its first and last publication date, and how many documents state it.
        """
        return self.rows(_ROLES, (surname, last))

    def sweep(self, last: int) -> int:
        """Remove documents beyond the last committed row; return how many."""
        with explained(self.path):
            extra = self.connection.execute(
                "SELECT id FROM documents WHERE n > ?", (last,)
            ).fetchall()
            if extra:
                self.connection.execute("BEGIN IMMEDIATE")
                self.connection.executemany("DELETE FROM sentences WHERE document = ?", extra)
                for sql in _SWEEP:
                    self.connection.execute(sql, (last,))
                self.connection.execute("COMMIT")
        return len(extra)

    def get(self, document_id: str) -> Document | None:
        """Return a document, or None."""
        rows = self.rows("SELECT body, text FROM documents WHERE id = ?", (document_id,))
        return _document(str(rows[0][0]), str(rows[0][1])) if rows else None

    def group(self, document_id: str) -> str:
        """Return the group of near-duplicates that a document is in: the smallest id in it."""
        return str(self.rows(_GROUP, (document_id,))[0][0])

    def groups(self) -> dict[str, str]:
        """Return the group of every document that has a near-duplicate, by document id."""
        pairs = self.rows(
            "SELECT a.id, b.id FROM twins t JOIN documents a ON a.n = t.one "
            "JOIN documents b ON b.n = t.other"
        )
        return near.groups((str(one), str(other)) for one, other in pairs)

    def all(self) -> Iterator[Document]:
        """Yield every document in the order of reading; memory stays flat."""
        with explained(self.path):
            for body, text in self.connection.execute(
                "SELECT body, text FROM documents ORDER BY n"
            ):
                yield _document(body, text)

    def sentences(self, document_id: str) -> tuple[DocumentRecord, tuple[Span, ...]] | None:
        """Return what the newest coder said of a document, with its sentence offsets, or None."""
        rows = self.rows("SELECT line, offsets FROM sentences WHERE document = ?", (document_id,))
        if not rows:
            return None
        line = msgspec.json.decode(str(rows[0][0]), type=DocumentRecord)
        return line, _OFFSETS.decode(str(rows[0][1]))

    def rows(self, sql: str, values: tuple[Value, ...] = ()) -> list[tuple[Value, ...]]:
        """Return all rows of a query."""
        with explained(self.path):
            return list(self.connection.execute(sql, values))

    def wrong_rows(self) -> Iterator[str]:
        """Yield the ids of documents whose row does not have its hash, or whose text not its id."""
        with explained(self.path):
            for *row, digest in self.connection.execute(f"SELECT {_COLUMNS}, hash FROM documents"):
                text_id = "sha256:" + hashlib.sha256(row[2].encode()).hexdigest()
                if row_hash(row) != digest or text_id != row[0]:
                    yield row[0]
            for *row, digest in self.connection.execute(
                "SELECT document, offsets, line, hash FROM sentences"
            ):
                if row_hash(row) != digest:
                    yield row[0]
            for document, *row, digest in self.connection.execute(
                "SELECT d.id, r.surname, r.n, r.line, r.hash FROM roles r LEFT JOIN documents d "
                "ON d.n = r.n"
            ):
                if row_hash(row) != digest or document is None:
                    yield str(document)

    def close(self) -> None:
        """Release the file."""
        databases.close(self.connection)


def row_hash(values: Iterable[Value]) -> str:
    """Return the hash of a row's values."""
    return hashlib.sha256(msgspec.json.encode(list(values))).hexdigest()


def _document(body: str, text: str) -> Document:
    return msgspec.structs.replace(msgspec.json.decode(body, type=Document), text=text)

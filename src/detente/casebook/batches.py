"""Batches of an ``add``: what is committed together, waiting on the disk until its shard is coded."""

from __future__ import annotations

import apsw
import msgspec

from detente.model import Document, ErrorRecord


class Batch(msgspec.Struct, kw_only=True):
    """What is committed together.

    Attributes:
        documents: Ids of those to be coded, in order; True marks one that was known.
        receipts: Documents met, with the texts left out.
        quarantine: Inputs that could not be read.
        inputs: Inputs taken up since the batch before.
    """

    documents: dict[str, bool] = {}
    receipts: list[Document] = []
    quarantine: list[ErrorRecord] = []
    inputs: int = 0


_BATCH = msgspec.msgpack.Decoder(Batch)


class Waiting:
    """Batches that are not committed yet, and the documents of the run; memory stays flat."""

    def __init__(self) -> None:
        self._rows = apsw.Connection("")
        self._rows.execute(
            "PRAGMA journal_mode = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE batches (n INTEGER PRIMARY KEY, body BLOB);"
            "CREATE TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN"
        ).fetchall()
        self._next = 1
        self._pushed = 0

    def push(self, batch: Batch) -> None:
        """Let a batch wait behind the others."""
        self._pushed += 1
        row = self._pushed, msgspec.msgpack.encode(batch)
        self._rows.execute("INSERT INTO batches VALUES (?, ?)", row)

    def pop(self) -> Batch | None:
        """Return the batch that has waited longest; None where none waits."""
        if self._next > self._pushed:
            return None
        [(body,)] = self._rows.execute(
            "DELETE FROM batches WHERE n = ? RETURNING body", (self._next,)
        ).fetchall()
        self._next += 1
        return _BATCH.decode(body)  # type: ignore[arg-type]

    def meet(self, document: str) -> bool:
        """Note a document that is to be coded; False where the run has met it before."""
        self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?)", (document,))
        return bool(self._rows.changes())

    def close(self) -> None:
        """Forget everything."""
        self._rows.close()


def without_documents(batch: Batch) -> Batch:
    """Take out of a batch what may be committed before its documents are coded."""
    kept = [document for document in batch.receipts if document.id in batch.documents]
    taken = Batch(
        receipts=[document for document in batch.receipts if document.id not in batch.documents],
        quarantine=batch.quarantine,
    )
    batch.receipts, batch.quarantine = kept, []
    return taken

"""What the documents of a run state of persons, shared by all its shards.

"Latvian envoy Ilze Ozola" in one document says who Ozola is in another. A run therefore has two
phases: the documents are cut to drafts of shards, and what their words state is read, without a parse,
by whatever codes the shards; then each shard gets the roles of those whose surnames stand in its
texts, and is coded. Its records are the same whatever the order of the documents, the size of the
shards and what runs them. What the documents of earlier runs state stands in the casebook's
``documents.sqlite``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import apsw
import msgspec

from detente.casebook import roles, shards
from detente.casebook.files import remove, write_new
from detente.coding.actors.learned import Learned
from detente.coding.actors.taught import surnames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from detente.casebook.documents import DocumentStore
    from detente.engine import Backend
    from detente.model import Document

Found = dict[str, tuple[Learned, ...]]
"""What each document of a draft states, by its id."""
_FOUND = msgspec.msgpack.Decoder(Found)
_ENTRIES = msgspec.msgpack.Decoder(tuple[Learned, ...])
_FIND = "SELECT line, first, last, support FROM roles WHERE surname = ?"
_ADD = """
INSERT INTO roles VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET support = support + 1,
first = min(ifnull(first, excluded.first), ifnull(excluded.first, first)),
last = max(ifnull(last, excluded.last), ifnull(excluded.last, last))
"""


def of(document: Document, coder: Any) -> tuple[Learned, ...]:  # noqa: ANN401
    """Return what a document states of persons; nothing where it cannot be read."""
    try:
        found: tuple[Learned, ...] = coder.stated(document)
    except shards.FATAL:
        raise
    except Exception:  # noqa: BLE001 - what is wrong with it is told when it is coded
        return ()
    return found


def read(path: Path, *, coder: Any) -> Path:  # noqa: ANN401
    """Write beside a shard's draft what its documents state of persons.

    Args:
        path: The draft.
        coder: Has ``stated``.
    """
    _, documents = shards.read_input(path)
    return write(path, {document.id: of(document, coder) for document in documents})


def known(document: Document, store: DocumentStore) -> tuple[Learned, ...]:
    """Return what all documents of a casebook state of those whose surnames stand in one."""
    store.read_again(())
    last = store.last()
    rows: list[Any] = []
    for name in sorted(surnames(document.text)):
        rows += store.roles(name, last=last)
    return roles.gathered(rows)


def write(draft: Path, found: Mapping[str, Sequence[Learned]]) -> Path:
    """Write what a draft's documents state, by id; return the file."""
    path = draft.with_suffix(".roles")
    write_new(path, msgspec.msgpack.encode(found))
    return path


class Stated:
    """What the documents of a run state of persons; memory does not grow with their number.

    Args:
        run: Reads what a draft states (``supervised.reader``); None where nothing is shared.
        backend: What runs it.
        kept: What earlier runs of the casebook read.
    """

    def __init__(
        self,
        run: Callable[[Path], Path] | None,
        backend: Backend,
        kept: DocumentStore | None = None,
    ) -> None:
        self._run = run
        self._backend = backend
        self._kept = kept
        self._last = 0
        if kept is not None:
            self._last = kept.last()
            kept.read_again(())
        self._rows = apsw.Connection("")
        self._rows.execute(
            "PRAGMA journal_mode = OFF; PRAGMA cache_size = -4000;"
            "CREATE TABLE roles (surname TEXT, line TEXT, first TEXT, last TEXT, support INTEGER,"
            " PRIMARY KEY (surname, line)) WITHOUT ROWID;"
            "CREATE TABLE documents (id TEXT PRIMARY KEY, found BLOB) WITHOUT ROWID; BEGIN"
        ).fetchall()

    @property
    def shared(self) -> bool:
        """Whether all documents are read before the first is coded."""
        return self._run is not None

    def read(self, inputs: Iterable[Path]) -> Iterator[Path]:
        """Yield the inputs of shards; where roles are shared, these are drafts and all read first."""
        if self._run is None:
            yield from inputs
            return
        drafts = []
        for path in self._backend.map(self._run, inputs):
            drafts.append(path.with_suffix(".jsonl"))
            self._hear(_FOUND.decode(path.read_bytes()))
            remove(path)
        for draft in drafts:
            yield self._finished(draft)

    def _hear(self, found: Found) -> None:
        for entry in (entry for entries in found.values() for entry in entries):
            self._rows.execute(_ADD, (*roles.kept(entry), entry.first, entry.last))
        if self._kept is not None:
            self._kept.read_again(found)
            self._rows.executemany(
                "INSERT OR IGNORE INTO documents VALUES (?, ?)",
                ((one, msgspec.msgpack.encode(entries)) for one, entries in found.items()),
            )

    def _finished(self, draft: Path) -> Path:
        """Give a shard its roles; return the path of its input, which takes the draft's place."""
        header, documents = shards.read_input(draft)
        path = shards.plan(
            documents,
            coder=header.coder,
            configuration=header.configuration,
            work=draft.parent,
            roles=self._roles_in(documents),
        )
        remove(draft)
        return path

    def _roles_in(self, documents: Iterable[Document]) -> tuple[Learned, ...]:
        """Return the roles of all whose surnames stand in documents."""
        rows: list[Any] = []
        for name in sorted({name for document in documents for name in surnames(document.text)}):
            rows += self._rows.execute(_FIND, (name,))
            if self._kept is not None:
                rows += self._kept.roles(name, last=self._last)
        return roles.gathered(rows)

    def of_document(self, document: str) -> tuple[Learned, ...] | None:
        """Return what a document that this run has read states; None where it read none of it."""
        rows = self._rows.execute("SELECT found FROM documents WHERE id = ?", (document,))
        return next((_ENTRIES.decode(found) for (found,) in rows), None)

    def close(self) -> None:
        """Forget everything."""
        self._rows.close()

"""Checks everything that a casebook says of itself: hashes, checksums, the chain, the counts."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from detente.casebook import databases, derived, near, packs, shards
from detente.casebook.documents import DocumentStore
from detente.casebook.files import litter, require, sha256
from detente.casebook.ledger import Head, Ledger, Value, chain_hash
from detente.casebook.meter import Meter
from detente.errors import CasebookError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_LISTED = 20
"""How many of many like problems are named."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is wrong with a casebook.

    Attributes:
        file: The file or folder, relative to the casebook's folder.
        code: ``changed``, ``missing``, ``damaged``, ``chain``, ``counts`` or ``litter``.
        reason: One sentence for a person.
    """

    file: str
    code: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def verify(
    path: Path | str,
    *,
    settings: Settings | None = None,
    progress: Callable[[int, int], None] | None = None,
    meter: Meter | None = None,
) -> list[Problem]:
    """Check a casebook; nothing is changed.

    Args:
        path: The casebook's folder.
        settings: Limits; the defaults where None.
        progress: Called with the megabytes checked, and those there are.
        meter: What counts them, where more than the check is counted.

    Returns:
        What is wrong; an empty list for a healthy casebook.

    Raises:
        CasebookError: There is no casebook.
    """
    folder = Path(path)
    require(folder)
    wait = (settings or Settings()).busy_seconds
    counted = meter or Meter(folder, progress)
    found = [
        Problem(file=str(left.relative_to(folder)), code="litter", reason="an unfinished write")
        for left in litter(folder)
    ]
    try:
        ledger = Ledger(folder, write=False, busy_seconds=wait)
    except CasebookError as error:
        return [*found, Problem(file="ledger.sqlite", code="damaged", reason=str(error))]
    try:
        found += _guarded("ledger.sqlite", lambda: _ledger(ledger))
        counted.add(ledger.path)
        found += _guarded("codings", lambda: _shards(folder, ledger, counted))
        found += _guarded("documents.sqlite", lambda: _documents(folder, ledger, wait, counted))
        found += _guarded("derived", lambda: _derived(folder, counted))
    finally:
        ledger.close()
    return found


def _guarded(file: str, check: Callable[[], Iterator[Problem]]) -> list[Problem]:
    """Run a check; what makes it fail is a problem too."""
    found: list[Problem] = []
    try:
        found.extend(check())
    except (CasebookError, apsw.Error, msgspec.MsgspecError, OSError, ValueError) as error:
        found.append(Problem(file=file, code="damaged", reason=str(error)))
    return found


def _integrity(connection: apsw.Connection, file: str) -> Iterator[Problem]:
    if not databases.made(connection, file.partition(".")[0]):
        yield Problem(file=file, code="changed", reason="the record of its migrations has changed")
    for (answer,) in connection.execute(f"PRAGMA integrity_check({_LISTED})"):
        if answer != "ok":
            yield Problem(file=file, code="damaged", reason=str(answer))


def _ledger(ledger: Ledger) -> Iterator[Problem]:
    file = ledger.path.name
    yield from _integrity(ledger.connection, file)
    head = Head()
    noted = ledger.noted_head()
    for seq, table, recorded, values, digest in ledger.entries():
        expected = chain_hash(head.hash, head.seq + 1, table, recorded, values)
        if seq != head.seq + 1 or digest != expected:
            yield Problem(file=file, code="chain", reason=f"entry {seq} ({table}) does not follow")
            return
        head = Head(seq=seq, hash=digest)
        if seq == noted.seq and digest != noted.hash:
            yield Problem(file="head", code="chain", reason="the noted hash is not the ledger's")
    if noted.seq > head.seq:
        yield Problem(file=file, code="chain", reason=f"entries after {head.seq} are missing")
    if head.seq and not noted.seq:
        yield Problem(file="head", code="missing", reason="the head of the ledger is not noted")


def _shards(folder: Path, ledger: Ledger, meter: Meter) -> Iterator[Problem]:
    members: dict[int, set[str]] = defaultdict(set)
    for document, shard in ledger.rows("SELECT document, shard FROM members"):
        members[int(shard or 0)].add(str(document))
    rows = ledger.rows(
        "SELECT seq, shard, kind, manifest, documents, events, claims, forecasts FROM shards"
    )
    packed = packs.places(ledger)
    yield from _packs(folder, ledger, rows, members, meter)
    for seq, shard, kind, manifest, *counts in rows:
        if shard in packed:
            continue
        place = folder / ("codings" if kind == "coded" else "imports") / str(shard)
        file = str(place.relative_to(folder))
        wrong = list(_damage(place, file, manifest, "shard", shards.problems))
        yield from wrong
        if not wrong:
            yield from _contents(place, file, counts, members[int(seq or 0)], kind == "coded")
        meter.add(place)
    for seq in set(members) - {row[0] for row in rows}:
        yield Problem(file="ledger.sqlite", code="counts", reason=f"members of no shard {seq}")


def _damage(
    place: Path, file: str, manifest: Value, what: str, problems: Callable[[Path], Iterable[str]]
) -> Iterator[Problem]:
    """Check that a committed shard or pack is there, with the manifest and files of its commit."""
    if not (place / shards.MANIFEST).is_file():
        yield Problem(file=file, code="missing", reason=f"a committed {what} is not there")
    elif sha256(place / shards.MANIFEST) != manifest:
        yield Problem(file=file, code="changed", reason="its manifest is not the ledger's")
    else:
        for reason in problems(place):
            yield Problem(file=file, code="changed", reason=reason)


def _packs(
    folder: Path,
    ledger: Ledger,
    rows: Sequence[Sequence[Value]],
    members: dict[int, set[str]],
    meter: Meter,
) -> Iterator[Problem]:
    """Check every pack: its hashes, and that it holds of each shard what was committed."""
    for pack, manifest, names in ledger.rows("SELECT pack, manifest, shards FROM packs"):
        place = folder / "codings" / str(pack)
        file = f"codings/{pack}"
        wrong = list(_damage(place, file, manifest, "pack", packs.problems))
        yield from wrong
        if not wrong:
            inside = set(json.loads(str(names)))
            own = [row for row in rows if row[1] in inside]
            yield from _pack_contents(place, file, own, members)
        meter.add(place)


def _pack_contents(
    place: Path, file: str, rows: Sequence[Sequence[Value]], members: dict[int, set[str]]
) -> Iterator[Problem]:
    for position, name in enumerate(shards.TABLES, start=4):
        path = place / f"{name}.parquet"
        try:
            table = pq.read_table(path, columns=["shard", "doc"], page_checksum_verification=True,
                                  partitioning=None)  # fmt: skip
        except (OSError, pa.ArrowInvalid) as error:
            yield Problem(file=f"{file}/{name}.parquet", code="damaged", reason=str(error))
            continue
        found: dict[str, list[str]] = defaultdict(list)
        for shard, document in zip(*table.to_pydict().values(), strict=True):
            found[shard].append(document)
        for row in rows:
            inside = found.get(str(row[1]), [])
            if len(inside) != row[position]:
                reason = f"{name}: not as many of {row[1]} as committed"
                yield Problem(file=file, code="counts", reason=reason)
            elif name == "documents" and set(inside) != members[int(row[0] or 0)]:
                reason = f"its documents of {row[1]} are not the ledger's"
                yield Problem(file=file, code="counts", reason=reason)


def _contents(
    place: Path,
    file: str,
    counts: Sequence[object],
    members: set[str],
    coded: bool,  # noqa: FBT001
) -> Iterator[Problem]:
    """Compare the rows of a shard's files with the ledger, reading every page's checksum."""
    for name, count in zip(shards.TABLES, counts, strict=True):
        path = place / f"{name}.parquet"
        try:
            number, found = _read(path, documents=name == "documents")
        except (OSError, pa.ArrowInvalid) as error:
            yield Problem(file=f"{file}/{name}.parquet", code="damaged", reason=str(error))
            continue
        if number != count:
            yield Problem(file=file, code="counts", reason=f"{name}: not as many as committed")
        if name == "documents" and coded and found != members:
            yield Problem(file=file, code="counts", reason="its documents are not the ledger's")


def _read(path: Path, *, documents: bool) -> tuple[int, set[str]]:
    """Read a whole file, some rows at a time; return their number and the documents named."""
    number, found = 0, set[str]()
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches():
            number += batch.num_rows
            if documents:
                found.update(batch.column("doc").to_pylist())
    return number, found


def _documents(folder: Path, ledger: Ledger, wait: float, meter: Meter) -> Iterator[Problem]:
    store = DocumentStore(folder, write=False, busy_seconds=wait)
    file = store.path.name
    try:
        yield from _integrity(store.connection, file)
        meter.add(store.path, share=1 / 3)
        for document in store.wrong_rows():
            yield Problem(file=file, code="changed", reason=f"document {document} has changed")
        for document in near.wrong_rows(store.connection):
            yield Problem(file=file, code="changed", reason=f"the near-duplicates of {document}")
        committed = {row[0] for row in ledger.rows("SELECT DISTINCT document FROM members")}
        kept = {row[0] for row in store.rows("SELECT id FROM documents")}
        described = {row[0] for row in store.rows("SELECT document FROM sentences")}
        met = {row[0] for row in ledger.rows("SELECT DISTINCT document FROM receipts")}
        for document in sorted(map(str, committed - (kept & described)))[:_LISTED]:
            yield Problem(file=file, code="missing", reason=f"document {document} is not there")
        for document in sorted(map(str, committed - met))[:_LISTED]:
            yield Problem(file="ledger.sqlite", code="counts", reason=f"no receipt of {document}")
        meter.add(store.path, share=1 / 3)
        yield from _search(store)
        meter.add(store.path, share=1 / 3)
    finally:
        store.close()


def _search(store: DocumentStore) -> Iterator[Problem]:
    """Compare the search index with one made anew from the texts, term by term."""
    connection = store.connection
    connection.execute(
        "CREATE VIRTUAL TABLE temp.anew USING fts5 (title, text, content = '', "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute(
        "INSERT INTO temp.anew (rowid, title, text) SELECT n, title, text FROM documents"
    )
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search, instance)")
    connection.execute("CREATE VIRTUAL TABLE temp.again USING fts5vocab(temp, anew, instance)")
    terms = connection.execute("SELECT * FROM temp.terms")
    again = connection.execute("SELECT * FROM temp.again")
    while True:
        one, other = next(terms, None), next(again, None)
        if one != other:
            reason = "the search index does not fit the texts"
            yield Problem(file=store.path.name, code="changed", reason=reason)
            return
        if one is None:
            return


def _derived(folder: Path, meter: Meter) -> Iterator[Problem]:
    note = folder / "derived" / derived.CURRENT
    if not note.exists():
        return
    current = derived.read_current(folder)
    if current is None:
        yield Problem(file=f"derived/{derived.CURRENT}", code="damaged", reason="cannot be read")
        return
    if json.loads(note.read_bytes()) != msgspec.to_builtins(current):
        yield Problem(file=f"derived/{derived.CURRENT}", code="changed", reason="unknown content")
    for name, digest in current.files.items():
        path = folder / "derived" / current.folder / name
        if not path.is_file():
            yield Problem(file=str(path.relative_to(folder)), code="missing", reason="not there")
        elif sha256(path) != digest:
            yield Problem(file=str(path.relative_to(folder)), code="changed", reason="changed")
        meter.add(path)

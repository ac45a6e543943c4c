"""What is computed from all records: incidents across documents, and events sorted by relation.

``derived/current.json`` names the folder in use and the commit that it was built from. A new
folder is built beside and swapped in by renaming that one file. Who reads a folder holds a shared lock on
it, so that the writer leaves it to a later one to remove.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import columns, duck, keying, keys
from detente.casebook.files import TEMPORARY, remove, sha256, sync, write_atomically, write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from detente.casebook.book import Fold
    from detente.casebook.snapshot import Snapshot
    from detente.model import Event

CURRENT = "current.json"
ROW_GROUP = 20_000
"""Rows that are read together: small, so that one relation costs little."""


LARGE = 50_000
"""Events from which on the derived files are not built again for every few new ones: building them
takes about a second for so many, and a minute for a million."""
NEW_SHARE = 0.005
"""Share of events not yet covered at which they are built again."""


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """The derived files in use.

    Attributes:
        head: Number of the last shard commit that they cover.
        folder: Name of their folder in ``derived/``.
        files: SHA-256 of each file by name.
    """

    head: int
    folder: str
    files: dict[str, str]


def read_current(folder: Path) -> Derived | None:
    """Return the derived files in use; None where there are none or their note is damaged."""
    try:
        return msgspec.json.decode((folder / "derived" / CURRENT).read_bytes(), type=Derived)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def covered(folder: Path) -> int:
    """Return the commit that the derived files cover, 0 for none."""
    current = read_current(folder)
    return current.head if current else 0


def hold(folder: Path) -> tuple[Derived | None, int | None]:
    """Return the derived files in use and a handle; they stay until the handle is closed.

    Args:
        folder: The casebook's folder.

    Returns:
        What ``read_current`` returns, and an open handle of the folder named there; None where there
        is no such folder.
    """
    while (current := read_current(folder)) is not None:
        handle = _open(folder / "derived" / current.folder)
        if handle is not None:
            fcntl.flock(handle, fcntl.LOCK_SH)
            if os.fstat(handle).st_nlink:
                return current, handle
            os.close(handle)
        if read_current(folder) == current:
            return current, None
    return None, None


def _remove_unread(folder: Path) -> None:
    """Remove a folder of derived files unless somebody reads them."""
    handle = _open(folder)
    if handle is None:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove(folder)
    except BlockingIOError:
        return
    finally:
        os.close(handle)


def _open(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None


def stale(current: Derived | None, shards: Iterable[tuple[int, int]]) -> bool:
    """Return whether new shards want the derived files built again.

    In a large casebook a few new events are read beside the derived files, and fold across documents
    when enough of them have come.

    Args:
        current: The derived files in use.
        shards: Number of the commit and of events of every shard that they should cover.
    """
    if current is None or keys.FILE not in current.files:
        return True
    old = new = 0
    newest = 0
    for seq, events in shards:
        newest = max(newest, seq)
        old, new = (old, new + events) if seq > current.head else (old + events, new)
    return newest > current.head and (old < LARGE or new > NEW_SHARE * old)


def incidents(events: list[Event], fold: Fold | None) -> Mapping[str, str]:
    """Return the incident of every event; its own where there is no ``fold``."""
    if fold is not None:
        return fold(events)
    return {event.id: event.incident or event.id for event in events}


def build(snapshot: Snapshot, *, fold: Fold | None) -> Derived:
    """Build the derived files of a snapshot and swap them in.

    Args:
        snapshot: Of now.
        fold: Joins events to incidents.
    """
    import pyarrow as pa

    pairs = sorted(incidents(snapshot.coded_events(), fold).items())
    table = pa.table(
        [[event for event, _ in pairs], [incident for _, incident in pairs]],
        schema=columns.INCIDENTS,
    )
    snapshot.connection.execute("DROP VIEW IF EXISTS incidents")
    snapshot.connection.register("incidents", table)
    place = snapshot.folder / "derived"
    beside = place / f"{TEMPORARY}{os.getpid()}-{snapshot.head}"
    remove(beside)
    beside.mkdir()
    write_new(beside / "incidents.parquet", columns.parquet(table, rows=ROW_GROUP))
    relations = duck.by_relation(snapshot.source("events"), folded=True)
    _write(beside / "relations.parquet", snapshot, relations)
    places = " UNION ALL ".join(
        f"SELECT id, shard FROM {snapshot.source(name)}"
        for name in ("events", "claims", "forecasts")
    )
    _write(beside / "places.parquet", snapshot, f"{places} ORDER BY id, shard")
    path = beside / "relations.parquet"
    keying.build(beside / keys.FILE, snapshot, f"read_parquet([{duck.quoted(path)}])")
    sync(beside)
    files = {path.name: sha256(path) for path in sorted(beside.iterdir())}
    parts = (files["relations.parquet"][:8], files["incidents.parquet"][:8])
    name = f"{snapshot.head:012d}-{'-'.join(parts)}"
    if _same(place / name, files):
        remove(beside)
    else:
        remove(place / name)
        beside.rename(place / name)
    sync(place)
    derived = Derived(head=snapshot.head, folder=name, files=files)
    write_atomically(place / CURRENT, msgspec.json.encode(derived))
    return derived


def sweep(folder: Path) -> None:
    """Remove derived files that are no longer in use, but for those that somebody still reads.

    Args:
        folder: The casebook's folder.
    """
    current = read_current(folder)
    for entry in (folder / "derived").iterdir():
        if entry.is_dir() and current is not None and entry.name != current.folder:
            _remove_unread(entry)


def _same(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether a folder holds just these files."""
    try:
        return {path.name: sha256(path) for path in folder.iterdir()} == files
    except OSError:
        return False


def _write(path: Path, snapshot: Snapshot, sql: str) -> None:
    """Write the rows of a query."""
    import pyarrow.parquet as pq

    reader = snapshot.connection.sql(sql).to_arrow_reader(ROW_GROUP)
    with pq.ParquetWriter(
        str(path), reader.schema, compression="zstd", write_page_checksum=True
    ) as writer:
        for batch in reader:
            writer.write_batch(batch)
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

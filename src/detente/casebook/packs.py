"""Compaction: the rows of many small shards in one folder.

A casebook that is fed a little every day would come to thousands of small files, and a question
opens each. A pack holds the rows of many shards, unchanged, in the order in which the shards were
committed; the ledger says which. What was believed as of a day is asked as before, because every
row names its shard. The folders of the packed shards are removed by the next writer, so that whoever
is reading them now can finish.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import columns, shards
from detente.errors import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from detente.casebook.ledger import Ledger

PREFIX = "pack-"
LOOSE = 100
"""Small shards after which an ``add`` compacts by itself: a question opens a file of each, and a
process may often open no more than 256."""

LARGEST = 5_000
"""Documents in one pack, about; a shard with at least half as many is left alone."""


class PackManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack holds.

    Attributes:
        pack: Its name.
        shards: Hash of each shard's own manifest, by name, in the order of the rows.
        files: SHA-256 of each file by name.
    """

    pack: str
    shards: dict[str, str]
    files: dict[str, str]


class CompactReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a compaction did.

    Attributes:
        shards: Small shards that were packed.
        packs: Packs made of them.
        files_before: Parquet files that a question about all records opened before.
        files_after: And now.
        seconds: Duration.
    """

    shards: int = 0
    packs: int = 0
    files_before: int = 0
    files_after: int = 0
    seconds: float = 0.0


def places(ledger: Ledger) -> dict[str, str]:
    """Return the pack of every packed shard."""
    found: dict[str, str] = {}
    for pack, names in ledger.rows("SELECT pack, shards FROM packs ORDER BY seq"):
        found.update(dict.fromkeys(msgspec.json.decode(str(names), type=list[str]), str(pack)))
    return found


def groups(ledger: Ledger, *, largest: int) -> list[list[str]]:
    """Return the names of small coded shards that would go into one pack each, in order."""
    packed = places(ledger)
    found: list[list[str]] = [[]]
    documents = 0
    rows = ledger.rows(
        "SELECT shard, max(documents) FROM shards WHERE kind = 'coded' GROUP BY shard "
        "ORDER BY min(seq)"
    )
    for shard, count in rows:
        size = int(count or 0)
        if shard in packed or size * 2 >= largest:
            continue
        if documents + size > largest:
            found.append([])
            documents = 0
        found[-1].append(str(shard))
        documents += size
    return [names for names in found if len(names) > 1]


def loose(ledger: Ledger) -> int:
    """Return how many coded shards are in no pack."""
    packed = places(ledger)
    names = ledger.rows("SELECT DISTINCT shard FROM shards WHERE kind = 'coded'")
    return sum(str(name) not in packed for (name,) in names)


def write(codings: Path, names: Sequence[str], ledger: Ledger) -> str:
    """Write the pack of some shards; return its name.

    Raises:
        CasebookError: A shard is not whole.
    """
    import pyarrow as pa

    for name in names:
        wrong = shards.problems(codings / name)
        if wrong:
            raise CasebookError("; ".join(wrong))
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()
    pack = f"{PREFIX}{digest[:16]}"
    contents: dict[str, bytes] = {}
    for table in shards.TABLES:
        parts = [_table(codings / name / f"{table}.parquet") for name in names]
        contents[f"{table}.parquet"] = columns.parquet(pa.concat_tables(parts))
    manifest = PackManifest(
        pack=pack,
        shards={name: _manifest_hash(ledger, name) for name in names},
        files={name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    )
    contents[shards.MANIFEST] = msgspec.json.encode(manifest)
    shards.put_folder(codings / pack, contents, check=problems)
    _keep_time(codings, pack, names)
    return pack


def _keep_time(codings: Path, pack: str, names: Sequence[str]) -> None:
    """Give a pack the time of its newest shard; a rescue tells by it what was coded last."""
    newest = max((codings / name / shards.MANIFEST).stat().st_mtime_ns for name in names)
    os.utime(codings / pack / shards.MANIFEST, ns=(newest, newest))


def _table(path: Path) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.read_table(path, page_checksum_verification=True, partitioning=None)


def _manifest_hash(ledger: Ledger, name: str) -> str:
    rows = ledger.rows("SELECT manifest FROM shards WHERE shard = ? ORDER BY seq LIMIT 1", (name,))
    return str(rows[0][0])


def read_manifest(folder: Path) -> PackManifest:
    """Return a pack's manifest.

    Raises:
        CasebookError: It is missing or damaged.
    """
    path = folder / shards.MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=PackManifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CasebookError(f"{path}: damaged: {error}") from error


def problems(folder: Path) -> list[str]:
    """Return what is wrong with a pack's folder: missing files, hashes."""
    try:
        manifest = read_manifest(folder)
    except CasebookError as error:
        return [str(error)]
    found = shards.changed(folder, manifest.files)
    if set(manifest.files) != {f"{name}.parquet" for name in shards.TABLES}:
        found.append(f"{folder}: the manifest does not name the pack's files")
    return found


def unused(codings: Path, ledger: Ledger) -> Iterator[Path]:
    """Yield the folders of packed shards, and those that no entry of the ledger names."""
    packed = places(ledger)
    kept = {str(row[0]) for row in ledger.rows("SELECT DISTINCT shard FROM shards")} - set(packed)
    kept |= set(packed.values())
    for folder in codings.iterdir():
        if folder.name not in kept:
            yield folder

"""Imported events: one folder of ``imports/`` for each file, committed like a coded shard."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import columns, compact, duck, shards
from detente.casebook.files import TEMPORARY, remove, sha256, sync, write_new
from detente.errors import CasebookError
from detente.model import record_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from detente.casebook.ledger import Entry, Ledger


class Imports:
    """Writes imported events into a casebook that is open for writing.

    Args:
        folder: The casebook's folder.
        ledger: Its ledger, open for writing.
        now: Gives the recorded time, ISO 8601 in UTC.
    """

    def __init__(self, folder: Path, ledger: Ledger, *, now: Callable[[], str]) -> None:
        self.folder = folder
        self._ledger = ledger
        self._now = now

    def known(self, shard: str) -> bool:
        """Whether a shard of this name is committed."""
        return bool(self._ledger.rows("SELECT 1 FROM shards WHERE shard = ?", (shard,)))

    def ids(self, origin: str) -> str:
        """Return SQL for the ids of the committed events of a format; empty without any."""
        found = self._ledger.rows(
            "SELECT DISTINCT shard, configuration FROM shards WHERE kind = 'imported' AND "
            "coder = ?",
            (origin,),
        )
        parts = []
        for expression, wanted in ((compact.event_id(origin), True), ("id", False)):
            files = [
                duck.quoted(self.folder / "imports" / str(shard) / "events.parquet")
                for shard, configuration in found
                if str(configuration).startswith(compact.VERSION) == wanted
            ]
            if files:
                parts.append(f"SELECT {expression} AS id FROM read_parquet([{', '.join(files)}])")
        return " UNION ALL ".join(parts)

    def known_ids(self, origin: str) -> list[str]:
        """Return the ids of the committed events of a format."""
        sql = self.ids(origin)
        if not sql:
            return []
        connection = duck.connect(self.folder)
        try:
            return [str(row[0]) for row in connection.execute(sql).fetchall()]
        finally:
            connection.close()

    def work(self) -> Path:
        """Return an empty folder that a later opening of the casebook would sweep away."""
        place = self.folder / "work" / f"{TEMPORARY}{os.getpid()}-import"
        remove(place)
        place.mkdir(parents=True)
        return place

    def put(self, shard: str, events: Path, *, origin: str, configuration: str, rows: int) -> Path:
        """Move a finished file of events into place, with its manifest; nobody sees it yet.

        Args:
            shard: Name of the shard.
            events: A Parquet file with the columns of ``compact.SCHEMA``; it is moved.
            origin: The format.
            configuration: Hash of what the records depend on.
            rows: Number of its rows.
        """
        place = self.folder / "imports"
        target, beside = place / shard, place / f"{TEMPORARY}{os.getpid()}-{shard}"
        remove(beside)
        beside.mkdir()
        events.rename(beside / "events.parquet")
        handle = os.open(beside / "events.parquet", os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        for name, schema in (
            ("documents", columns.DOCUMENTS),
            ("claims", columns.CLAIMS),
            ("forecasts", columns.FORECASTS),
        ):
            write_new(beside / f"{name}.parquet", columns.parquet(schema.empty_table()))
        manifest = shards.Manifest(
            shard=shard, coder=origin, configuration=configuration, inputs=0, coded=0, empty=0,
            quarantined=(), events=rows, claims=0, forecasts=0,
            files={f"{name}.parquet": sha256(beside / f"{name}.parquet") for name in shards.TABLES},
        )  # fmt: skip
        write_new(beside / shards.MANIFEST, msgspec.json.encode(manifest))
        sync(beside)
        if target.exists():
            remove(target)
        beside.rename(target)
        sync(place)
        return target

    def commit(
        self, target: Path | None, *, origin: str, source: str, bad: Sequence[tuple[int, str]]
    ) -> None:
        """Make a shard visible and note the rows that were skipped, in one transaction.

        Args:
            target: The shard's folder; None where the file held nothing new.
            origin: The format.
            source: The file that the user named.
            bad: Line number and reason of rows that were skipped.
        """
        if target is None and not bad:
            return
        with self._ledger.transaction(self._now()) as entry:
            job = f"j{entry.head.seq + 1}"
            configuration = "" if target is None else shards.read_manifest(target).configuration
            about = {"job": job, "coder": origin, "configuration": configuration}
            entry.add("jobs", state="begin", body="{}", **about)
            for line, reason in bad:
                _skip(entry, job, f"{source}:{line}", reason)
            if target is not None:
                manifest = shards.read_manifest(target)
                entry.add(
                    "shards", **about, shard=manifest.shard, kind="imported",
                    manifest=sha256(target / shards.MANIFEST), documents=0,
                    events=manifest.events, claims=0, forecasts=0, last_document=0,
                )  # fmt: skip
            body = msgspec.json.encode({"import": origin, "source": source}).decode()
            entry.add("jobs", state="end", body=body, **about)

    def sweep(self) -> None:
        """Remove folders of killed imports that were never committed."""
        committed = {
            row[0] for row in self._ledger.rows("SELECT shard FROM shards WHERE kind = 'imported'")
        }
        for entry in (self.folder / "imports").iterdir():
            if entry.name not in committed:
                remove(entry)

    def check(self, target: Path) -> None:
        """Raise ``CasebookError`` where a shard's folder is not whole."""
        wrong = shards.problems(target)
        if wrong:
            raise CasebookError("; ".join(wrong))


def _skip(entry: Entry, job: str, source: str, reason: str) -> None:
    key = record_id("q", "import", source, None, reason)
    if not entry.execute("SELECT 1 FROM quarantine WHERE key = ?", (key,)):
        entry.add(
            "quarantine", key=key, job=job, stage="import", source=source, document=None,
            error="row", reason=reason,
        )  # fmt: skip

"""Writing a casebook: create, add, judge, compact.

One process writes at a time; it holds the lock of the folder while a ``Casebook`` is open for
writing. Any number of ``View`` objects may read meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from detente.casebook import derived, packs, shards
from detente.casebook.adding import Adder
from detente.casebook.documents import DocumentStore
from detente.casebook.files import explained, litter, no_casebook, remove, require, sha256
from detente.casebook.imports import Imports
from detente.casebook.ledger import Ledger
from detente.casebook.lock import WriterLock
from detente.casebook.review import Verdict, corrected
from detente.casebook.snapshot import Snapshot, is_compact
from detente.casebook.times import stamp, utc_now
from detente.casebook.view import View
from detente.errors import CasebookError, InputError
from detente.model import Document, ErrorRecord, Event, record_id
from detente.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from detente.casebook.packs import CompactReport
    from detente.casebook.shards import Code
    from detente.casebook.supervised import CoderSpec
    from detente.engine import Backend

Fold = Callable[[Sequence[Event]], Mapping[str, str]]
"""Gives every event id the id of the incident that it tells of."""


class AddReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one ``add`` did; every input is counted once.

    ``inputs = added + known + empty + quarantined``.

    Attributes:
        inputs: Documents and error records handed in.
        added: New documents, kept and coded.
        known: Texts that the casebook had already, or met twice in this run.
        receipts: New receipts for known texts (another source or publisher of the same text).
        near_duplicates: Of the added, how many nearly repeat an earlier document.
        empty: Documents without text.
        quarantined: Documents that could not be read or coded.
        reasons: How many of the quarantined, by code.
        not_coded: Of the added, how many are kept but were not coded (another language).
        undated: Of the added, how many brought a date that could not be read, and have none.
        first_undated: The first of these, and what is wrong with its date.
        recoded: Known documents coded again by a new coder or configuration.
        events: Events coded.
        claims: Claims coded.
        forecasts: Forecasts coded.
        shards: Shards committed.
        resumed: Of these shards, how many an interrupted run had finished already.
        seconds: Duration.
    """

    inputs: int = 0
    added: int = 0
    known: int = 0
    receipts: int = 0
    near_duplicates: int = 0
    empty: int = 0
    quarantined: int = 0
    reasons: dict[str, int] = {}
    not_coded: int = 0
    undated: int = 0
    first_undated: str | None = None
    recoded: int = 0
    events: int = 0
    claims: int = 0
    forecasts: int = 0
    shards: int = 0
    resumed: int = 0
    seconds: float = 0.0


FOLDERS = ("codings", "imports", "derived", "work")
"""Folders within a casebook; ``work`` holds inputs of shards that are not committed yet."""


class Casebook:
    """A casebook open for writing, or with ``read_only`` for its ``view`` alone.

    For instance ``with Casebook.create("minsk.casebook") as book: book.add(documents, ...)``.
    """

    def __init__(
        self, path: Path, settings: Settings, *, clock: Callable[[], datetime], write: bool
    ) -> None:
        """Use ``create`` or ``open``."""
        self.path = path
        self.settings = settings
        self._clock = clock
        self._lock: WriterLock | None = None
        if not write:
            require(path)
            return
        wait = settings.busy_seconds
        self._lock = WriterLock(path / "writer.lock", seconds=wait)
        try:
            with explained(path):
                for name in FOLDERS:
                    (path / name).mkdir(exist_ok=True)
                for left in litter(path):
                    remove(left)
            self._ledger = Ledger(path, write=True, busy_seconds=wait)
            self._store = DocumentStore(path, write=True, busy_seconds=wait)
            last = self._ledger.rows("SELECT max(last_document) FROM shards")[0][0]
            self._store.sweep(int(last or 0))
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(
        cls,
        path: Path | str,
        settings: Settings | None = None,
        *,
        clock: Callable[[], datetime] | None = None,
    ) -> Casebook:
        """Make a new casebook in folder ``path`` and open it for writing.

        Raises:
            CasebookError: The folder exists and is not empty, or cannot be written.
        """
        folder = Path(path)
        with explained(folder):
            if folder.exists() and any(folder.iterdir()):
                raise CasebookError(f"{folder}: exists and is not empty")
            folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, settings or Settings(), clock=clock or utc_now, write=True)

    @classmethod
    def open(
        cls,
        path: Path | str,
        settings: Settings | None = None,
        *,
        read_only: bool = False,
        create: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> Casebook:
        """Open a casebook; a writer waits ``settings.busy_seconds`` for another one.

        Args:
            path: The casebook's folder.
            settings: Limits; the defaults where None.
            read_only: Take no lock and write nothing.
            create: Make it where there is none.
            clock: Gives the recorded time; UTC now where None.

        Raises:
            CasebookError: It is missing, damaged, newer than the program, or another process is
                writing (the message names its process id).
        """
        folder = Path(path)
        if folder.is_file():
            raise no_casebook(folder)
        with explained(folder):
            if not (folder / "ledger.sqlite").exists():
                # A lock file alone is what a first run leaves that was killed at once.
                content = {entry.name for entry in folder.iterdir()} if folder.exists() else set()
                if not create and not content & {"writer.lock", *FOLDERS}:
                    raise no_casebook(folder)
                if "head" in content:
                    require(folder)
                if content - {"head", "writer.lock", "documents.sqlite", *FOLDERS}:
                    raise CasebookError(f"{folder}: is a folder with other files, not a casebook")
                folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, settings or Settings(), clock=clock or utc_now, write=not read_only)

    def add(
        self,
        documents: Iterable[Document | ErrorRecord],
        *,
        code: Code | CoderSpec,
        coder_version: str,
        configuration: str,
        fold: Fold | None = None,
        preparing: Callable[[int], None] | None = None,
        progress: Callable[[int], None] | None = None,
        backend: Backend | None = None,
    ) -> AddReport:
        """Keep documents and code the new ones, in shards of ``settings.shard_documents``.

        Documents are taken as they come and memory stays flat. Where the coder has ``stated``, what
        all new documents state of persons is read before the first is coded. A text that is known
        adds no document, at most a receipt. Killed at any point, the next ``add`` of the same
        documents finishes the work.

        Args:
            documents: What was read, with what could not be read.
            code: The coder, or how a child makes it, which can be killed.
            coder_version: Its version; another one codes known documents again.
            configuration: Hash of what else the records depend on (registers, frames, model).
            fold: Joins events to incidents over all documents; each event keeps its own where
                None.
            preparing: Called with how many inputs have been read, before any is coded.
            progress: Called with how many inputs have been dealt with so far.
            backend: What runs the shards; one after the other in this process where None.

        Raises:
            CasebookError: The disk is full or failed; what was committed stays.
        """
        began = time.monotonic()
        adder = Adder(
            self.path,
            self._writable(),
            self._store,
            coder=(coder_version, configuration),
            size=self.settings.shard_documents,
            now=self._now,
        )
        adder.run(documents, code, backend=backend, preparing=preparing, progress=progress)
        self._sweep()
        if packs.loose(self._ledger) > packs.LOOSE:
            self.compact()
        if self._derived_is_stale():
            self.rebuild(fold=fold)
        counts = msgspec.to_builtins(adder.tally)
        seconds = round(time.monotonic() - began, 3)
        return AddReport(**counts, reasons=dict(sorted(adder.reasons.items())), seconds=seconds)

    def imports(self) -> Imports:
        """Return the writer of imported events.

        Raises:
            CasebookError: The casebook is not open for writing.
        """
        return Imports(self.path, self._writable(), now=self._now)

    def recode(
        self,
        *,
        code: Code | CoderSpec,
        coder_version: str,
        configuration: str,
        fold: Fold | None = None,
        preparing: Callable[[int], None] | None = None,
        progress: Callable[[int], None] | None = None,
        backend: Backend | None = None,
    ) -> AddReport:
        """Code every kept document again that this coder has not coded; see ``add``.

        What it says now supersedes what was coded before, which stays askable as of then.
        """
        reader = DocumentStore(self.path, write=False, busy_seconds=self.settings.busy_seconds)
        try:
            return self.add(
                reader.all(),
                code=code,
                coder_version=coder_version,
                configuration=configuration,
                fold=fold,
                preparing=preparing,
                progress=progress,
                backend=backend,
            )
        finally:
            reader.close()

    def compact(
        self,
        *,
        largest: int = packs.LARGEST,
        progress: Callable[[int, int], None] | None = None,
    ) -> CompactReport:
        """Put the rows of small shards together, so that a question opens fewer files.

        Nothing that a casebook says changes, nor what it said as of a day.

        Args:
            largest: Documents in one pack; shards of at least half as many are left alone.
            progress: Called with the packs made, and those there will be.

        Raises:
            CasebookError: A shard is damaged, or the disk is full; nothing has changed then.
        """
        began = time.monotonic()
        ledger, codings = self._writable(), self.path / "codings"
        self._sweep()
        before = sum(1 for _ in codings.iterdir())
        chosen = packs.groups(ledger, largest=largest)
        with explained(self.path):
            for number, names in enumerate(chosen, start=1):
                pack = packs.write(codings, names, ledger)
                with ledger.transaction(self._now()) as entry:
                    entry.add(
                        "packs",
                        pack=pack,
                        manifest=sha256(codings / pack / shards.MANIFEST),
                        shards=msgspec.json.encode(names).decode(),
                    )
                if progress is not None:
                    progress(number, len(chosen))
        packed = sum(len(names) for names in chosen)
        return packs.CompactReport(
            shards=packed,
            packs=len(chosen),
            files_before=before * len(shards.TABLES),
            files_after=(before - packed + len(chosen)) * len(shards.TABLES),
            seconds=round(time.monotonic() - began, 3),
        )

    def rebuild(self, *, fold: Fold | None = None) -> None:
        """Build ``derived/`` again from the records and swap it in."""
        snapshot = Snapshot(self.path, self._writable(), as_of=None)
        try:
            with explained(self.path / "derived"):
                derived.build(snapshot, fold=fold)
        finally:
            snapshot.close()
        derived.sweep(self.path)

    def judge(
        self,
        record: str,
        verdict: Verdict,
        *,
        reviewer: str,
        reason: str = "",
        corrections: Mapping[str, Any] | None = None,
    ) -> str:
        """Note what a reviewer says of a record; the newest verdict counts, and corrections add up.

        Args:
            record: Id of an event, claim or forecast.
            verdict: ``accept``, ``correct`` or ``reject``.
            reviewer: Who judges.
            reason: Why.
            corrections: For ``correct``: fields of the line format with their right values.

        Returns:
            The judgement's id.

        Raises:
            InputError: There is no such record, or a correction does not fit it.
        """
        ledger = self._writable()
        with self.view() as view:
            current = view.reviewed(record)
        changes = dict(corrections or {})
        if (verdict == "correct") != bool(changes):
            raise InputError("a correction names at least one field, and nothing else does")
        corrected(current, changes)
        return self._add_judgement(
            ledger,
            record=record,
            verdict=verdict,
            corrections=msgspec.json.encode(changes, order="sorted").decode(),
            reviewer=reviewer,
            reason=reason,
            body=msgspec.json.encode(current).decode(),
            undoes=None,
        )

    def undo(self, judgement: str, *, reviewer: str, reason: str = "") -> str:
        """Take a judgement back; the one before it counts again.

        Returns:
            The id of this undoing.

        Raises:
            InputError: There is no such judgement, or it is undone already.
        """
        ledger = self._writable()
        rows = ledger.rows(
            "SELECT record, body FROM judgements WHERE judgement = ?1 AND verdict <> 'undo' "
            "AND NOT EXISTS (SELECT 1 FROM judgements WHERE undoes = ?1)",
            (judgement,),
        )
        if not rows:
            raise InputError(f"{judgement}: there is no such judgement to undo")
        return self._add_judgement(
            ledger,
            record=str(rows[0][0]),
            verdict="undo",
            corrections="{}",
            reviewer=reviewer,
            reason=reason,
            body=str(rows[0][1]),
            undoes=judgement,
        )

    def view(self, *, as_of: datetime | None = None) -> View:
        """Return a reader of this casebook."""
        return View(self.path, settings=self.settings, as_of=as_of)

    def close(self) -> None:
        """Release the lock and the files."""
        for name in ("_ledger", "_store"):
            if hasattr(self, name):
                getattr(self, name).close()
                delattr(self, name)
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _writable(self) -> Ledger:
        if self._lock is None:
            raise CasebookError(f"{self.path}: not open for writing")
        return self._ledger

    def _now(self) -> str:
        """Return the recorded time; never before the last one, should the clock be set back."""
        newest = max(
            str(row[0] or "")
            for table in ("shards", "receipts", "judgements", "jobs")
            for row in self._ledger.rows(f"SELECT recorded FROM {table} ORDER BY seq DESC LIMIT 1")
            or [("",)]
        )
        return max(stamp(self._clock()), newest)

    def _add_judgement(self, ledger: Ledger, **values: str | None) -> str:
        with explained(self.path), ledger.transaction(self._now()) as entry:
            name = record_id("j", entry.head.hash, values["record"], values["verdict"])
            entry.add("judgements", judgement=name, **values)
        return name

    def _sweep(self) -> None:
        """Remove shards and inputs of killed runs that this one did not take up."""
        with explained(self.path):
            for folder in packs.unused(self.path / "codings", self._ledger):
                remove(folder)
            for path in (self.path / "work").iterdir():
                remove(path)

    def _derived_is_stale(self) -> bool:
        rows = self._ledger.rows("SELECT seq, kind, configuration, events FROM shards")
        counted = [row for row in rows if not is_compact(row[1], row[2])]
        events = [(int(row[0] or 0), int(row[3] or 0)) for row in counted]
        return derived.stale(derived.read_current(self.path), events)

"""Backup of a casebook while it is read and written, and restoring one.

A backup is itself a casebook. The ledger is copied first, in one consistent piece; what it names was
on the disk before and never changes, so that it can be copied after. Derived files are built anew.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import databases, packs, shards
from detente.casebook.book import FOLDERS, Casebook
from detente.casebook.derived import CURRENT
from detente.casebook.files import TEMPORARY, explained, remove, require, sync
from detente.casebook.ledger import Ledger
from detente.casebook.lock import WriterLock
from detente.casebook.meter import Meter
from detente.casebook.verify import verify
from detente.errors import CasebookError, InputError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from detente.casebook.book import Fold

ATTEMPTS = 3
"""How often a backup is begun anew where a writer has put shards together meanwhile."""


class BackupReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup or a restored casebook holds.

    Attributes:
        folder: Where it lies.
        documents: Number of documents.
        shards: Folders of records.
        megabytes: Size on disk.
        aside: Where the casebook lies that was there before.
    """

    folder: str
    documents: int
    shards: int
    megabytes: float
    aside: str | None = None


class _MovedError(Exception):
    """A shard that the copied ledger names is gone: it was packed meanwhile."""


def backup(
    casebook: Path,
    out: Path,
    *,
    settings: Settings | None = None,
    fold: Fold | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BackupReport:
    """Copy a casebook, also one that is being written.

    Args:
        casebook: The casebook's folder.
        out: A new folder.
        settings: Limits.
        fold: Joins events to incidents in the copy's derived files.
        progress: Called with the megabytes copied and checked, and those there are.

    Raises:
        InputError: ``out`` exists, or lies within the casebook.
        CasebookError: There is no casebook, it is damaged, or the disk is full.
    """
    chosen = settings or Settings()
    require(casebook)
    _refuse(casebook, out)
    meter = Meter(casebook, progress, times=2)
    beside = out.with_name(f"{TEMPORARY}{os.getpid()}-{out.name}")
    with explained(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            for attempt in range(1, ATTEMPTS + 1):
                remove(beside)
                try:
                    _copy(casebook, beside, chosen, meter)
                    break
                except _MovedError as error:
                    if attempt == ATTEMPTS:
                        raise CasebookError(f"{casebook}: {error} is missing") from error
            _check(beside, chosen, fold, meter)
            beside.rename(out)
            sync(out.parent)
        finally:
            remove(beside)
    return _report(out, chosen)


def restore(
    source: Path,
    casebook: Path,
    *,
    replace: bool = False,
    settings: Settings | None = None,
    fold: Fold | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BackupReport:
    """Put a backup in the place of a casebook.

    With ``replace`` a copy of the casebook that is there is kept beside it under another name. A
    writer is waited for; whoever reads sees the old state or the new one. Killed half-way, it is
    to be run again.

    Args:
        source: The backup.
        casebook: Where it is to go.
        replace: Whether a casebook may be there.
        settings: Limits.
        fold: As in ``backup``.
        progress: As in ``backup``.

    Raises:
        InputError: Something is there, and ``replace`` is False.
        CasebookError: The backup is damaged, a writer does not end, or the disk is full.
    """
    chosen = settings or Settings()
    if not casebook.exists():
        return backup(source, casebook, settings=chosen, fold=fold, progress=progress)
    if not replace:
        raise InputError(f"{casebook}: exists already; it is replaced only when you say so")
    if not (casebook / "ledger.sqlite").is_file():
        raise InputError(f"{casebook}: exists and is no casebook")
    fresh = casebook.with_name(f"{TEMPORARY}{os.getpid()}-restored-{casebook.name}")
    with explained(casebook):
        lock = WriterLock(casebook / "writer.lock", seconds=chosen.busy_seconds)
        try:
            backup(source, fresh, settings=chosen, fold=fold, progress=progress)
            aside = _free_name(casebook)
            shutil.copytree(casebook, aside)
            _put_in_place(fresh, casebook, chosen)
        finally:
            lock.release()
            remove(fresh)
    return msgspec.structs.replace(_report(casebook, chosen), aside=str(aside))


def _put_in_place(fresh: Path, casebook: Path, settings: Settings) -> None:
    """Move the folders in, then let the databases become those of the backup."""
    for name in ("codings", "imports", "derived"):
        (casebook / name).mkdir(exist_ok=True)
        for entry in (fresh / name).iterdir():
            if entry.is_dir():
                remove(casebook / name / entry.name)
                entry.rename(casebook / name / entry.name)
        sync(casebook / name)
    for name in ("documents.sqlite", "ledger.sqlite"):
        try:
            databases.copy(fresh / name, casebook / name, busy_seconds=settings.busy_seconds)
        except CasebookError:
            # The one that is there is too damaged to be written: it gives way.
            for left in (f"{name}-wal", f"{name}-shm"):
                remove(casebook / left)
            (fresh / name).replace(casebook / name)
    if (fresh / "head").exists():
        (fresh / "head").replace(casebook / "head")
    else:
        remove(casebook / "head")
    (fresh / "derived" / CURRENT).replace(casebook / "derived" / CURRENT)
    sync(casebook)


def _refuse(casebook: Path, out: Path) -> None:
    if out.exists():
        raise InputError(f"{out}: exists already; name a new folder")
    if casebook.resolve() in (out.resolve(), *out.resolve().parents):
        raise InputError(f"{out}: lies within the casebook")


def _copy(casebook: Path, out: Path, settings: Settings, meter: Meter) -> None:
    out.mkdir()
    for name in FOLDERS:
        (out / name).mkdir()
    wait = settings.busy_seconds
    databases.copy(casebook / "ledger.sqlite", out / "ledger.sqlite", busy_seconds=wait)
    databases.copy(casebook / "documents.sqlite", out / "documents.sqlite", busy_seconds=wait)
    for name in ("ledger.sqlite", "documents.sqlite"):
        meter.add(out / name)
    ledger = Ledger(out, write=True, busy_seconds=wait)
    try:
        packed = packs.places(ledger)
        names = {
            f"{'codings' if kind == 'coded' else 'imports'}/{packed.get(str(shard), str(shard))}"
            for shard, kind in ledger.rows("SELECT DISTINCT shard, kind FROM shards")
        }
    finally:
        ledger.close()
    for name in sorted(names):
        try:
            shutil.copytree(casebook / name, out / name)
        except (FileNotFoundError, shutil.Error) as error:
            raise _MovedError(name) from error
        for path in (out / name).iterdir():
            _flush(path)
        sync(out / name)
        meter.add(out / name)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(folder: Path, settings: Settings, fold: Fold | None, meter: Meter) -> None:
    """Sweep what the copied texts hold beyond the copied ledger, and check everything."""
    Casebook.open(folder, settings).close()
    wrong = verify(folder, settings=settings, meter=meter)
    if wrong:
        raise CasebookError(f"the casebook is damaged: {wrong[0]}; run 'detente verify'")
    with Casebook.open(folder, settings) as book:
        book.rebuild(fold=fold)


def _report(folder: Path, settings: Settings) -> BackupReport:
    with Casebook.open(folder, settings, read_only=True) as book, book.view() as view:
        documents = view.counts().documents
    places = [*(folder / "codings").iterdir(), *(folder / "imports").iterdir()]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return BackupReport(
        folder=str(folder),
        documents=documents,
        shards=sum((place / shards.MANIFEST).is_file() for place in places),
        megabytes=round(size / 1e6, 1),
    )


def _free_name(casebook: Path) -> Path:
    number = 1
    while (place := casebook.with_name(f"{casebook.name}.before-{number}")).exists():
        number += 1
    return place

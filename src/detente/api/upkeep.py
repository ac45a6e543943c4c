"""Keeping a casebook well: compaction, backup, and what ails it or the installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.casebook.backup import BackupReport
    from detente.casebook.doctor import Finding
    from detente.casebook.packs import CompactReport
    from detente.casebook.rescue import RescueReport

    Progress = Callable[[int, int], None]


def compact(
    casebook: str | Path | None = None, *, progress: Progress | None = None
) -> CompactReport:
    """Put the records of small shards together, so that questions open fewer files.

    Nothing that the casebook says changes, nor what it said as of a day.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        progress: Called with the packs made, and those there will be.

    Raises:
        CasebookError: The casebook is damaged, missing or being written.
    """
    from detente.casebook.book import Casebook

    settings = Settings.from_environment()
    with Casebook.open(_place(casebook, settings), settings) as book:
        return book.compact(progress=progress)


def backup(
    out: str | Path,
    *,
    casebook: str | Path | None = None,
    progress: Progress | None = None,
) -> BackupReport:
    """Copy a casebook, also one that is being written, and check the copy.

    Args:
        out: A new folder; the backup is itself a casebook.
        casebook: The casebook's folder; that of the settings where None.
        progress: Called with the megabytes copied and checked, and those there are.

    Raises:
        InputError: ``out`` exists, or lies within the casebook.
        CasebookError: There is no casebook, it is damaged, or the disk is full.
    """
    from detente.casebook import backup as backing
    from detente.coding.incidents import fold

    settings = Settings.from_environment()
    return backing.backup(
        _place(casebook, settings), Path(out), settings=settings, fold=fold, progress=progress
    )


def restore(
    source: str | Path,
    *,
    casebook: str | Path | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> BackupReport:
    """Put a backup in the place of a casebook.

    Args:
        source: The backup.
        casebook: Where it is to go; the casebook of the settings where None.
        replace: Whether a casebook may be there; it is kept beside under another name.
        progress: As in ``backup``.

    Raises:
        InputError: Something is there, and ``replace`` is False.
        CasebookError: The backup is damaged, a writer does not end, or the disk is full.
    """
    from detente.casebook import backup as backing
    from detente.coding.incidents import fold

    settings = Settings.from_environment()
    place = _place(casebook, settings)
    return backing.restore(
        Path(source), place, replace=replace, settings=settings, fold=fold, progress=progress
    )


def rescue(
    source: str | Path,
    *,
    casebook: str | Path | None = None,
    progress: Progress | None = None,
) -> RescueReport:
    """Take texts and records of a casebook whose ledger was lost into a new one.

    What stood in the ledger alone is gone: judgements, what became of forecasts, what was set
    aside, and when all of it was recorded.

    Args:
        source: What is left of the casebook; it is only read.
        casebook: A new folder; that of the settings where None.
        progress: Called with the documents taken over, and all that have records.

    Raises:
        InputError: The ledger is there, or something stands at ``casebook``.
        CasebookError: The texts are missing or damaged too.
    """
    from detente.casebook import rescue as rescuing
    from detente.coding.incidents import fold

    settings = Settings.from_environment()
    place = _place(casebook, settings)
    return rescuing.rescue(Path(source), place, settings=settings, fold=fold, progress=progress)


def doctor(
    casebook: str | Path | None = None, *, progress: Progress | None = None
) -> list[Finding]:
    """Look at the installation, the disk and a casebook; sweep what killed runs left.

    Args:
        casebook: The casebook's folder; that of the settings where None, if it is there.
        progress: Called with the megabytes of the casebook checked, and those there are.
    """
    from detente.casebook.doctor import examine

    return examine(None if casebook is None else Path(casebook), progress=progress)


def _place(casebook: str | Path | None, settings: Settings) -> Path:
    return Path(casebook if casebook is not None else settings.casebook)

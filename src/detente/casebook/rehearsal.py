"""A copy of a casebook on which something is tried before it is done.

Files that never change are linked, not copied, so that a trial costs little more than its databases.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from detente.casebook import databases
from detente.casebook.files import TEMPORARY, explained
from detente.casebook.lock import WriterLock
from detente.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

_DATABASES = ("ledger.sqlite", "documents.sqlite")
_LINKED = ("codings", "imports", "derived")


def copy(casebook: Path, out: Path, *, settings: Settings | None = None) -> None:
    """Copy a casebook as it is between two writes.

    Args:
        casebook: The casebook's folder.
        out: A new folder.
        settings: How long a writer is waited for.

    Raises:
        CasebookError: A writer does not end, or the disk is full.
    """
    wait = (settings or Settings()).busy_seconds
    with explained(out):
        lock = WriterLock(casebook / "writer.lock", seconds=wait)
        try:
            out.mkdir(parents=True)
            for name in _DATABASES:
                if (casebook / name).exists():
                    databases.copy(casebook / name, out / name, busy_seconds=wait)
            for entry in casebook.iterdir():
                if entry.name in _LINKED:
                    shutil.copytree(entry, out / entry.name, copy_function=_link, ignore=_litter)
                elif entry.is_file() and not entry.name.startswith((*_DATABASES, "writer.lock")):
                    shutil.copy2(entry, out / entry.name)
        finally:
            lock.release()


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target)


_litter = shutil.ignore_patterns(f"{TEMPORARY}*")

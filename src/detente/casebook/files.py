"""Files that are whole or not there: written beside, flushed, then renamed.

Every change to a casebook's plain files goes through this module, so that it can be tested by
letting the n-th system call fail.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import apsw

from detente.errors import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPORARY = ".tmp-"
"""How the names of unfinished files and folders begin."""

_CHUNK = 1 << 20


@contextmanager
def explained(what: Path | str) -> Iterator[None]:
    """Turn errors of the disk and of SQLite into ``CasebookError`` naming ``what``."""
    try:
        yield
    except apsw.BusyError as error:
        raise CasebookError(f"{what}: another process is using the casebook: {error}") from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise CasebookError(f"{what}: the database is damaged: {error}") from error
    except apsw.FullError as error:
        raise CasebookError(f"{what}: the disk is full") from error
    except apsw.Error as error:
        raise CasebookError(f"{what}: {error}") from error
    except OSError as error:
        raise CasebookError(f"{what}: {error.strerror or error}") from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file and flush it to the disk; the folder is not flushed."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, content: bytes) -> None:
    """Put a whole file in the place of ``path``: old or new stands there, never a part."""
    beside = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
    try:
        write_new(beside, content)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Flush a folder's entries to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """Return the hash of a file's content, 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def remove(path: Path) -> None:
    """Remove a file or a folder with what is in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def litter(folder: Path) -> list[Path]:
    """Return what unfinished writes left in a casebook, in the order of their names."""
    places = [folder, *(entry for entry in folder.iterdir() if entry.is_dir())]
    return sorted(entry for place in places for entry in place.glob(f"{TEMPORARY}*"))


def no_casebook(path: Path) -> CasebookError:
    """Return the error for a path at which no casebook lies."""
    if path.is_file():
        return CasebookError(f"{path}: is a file; a casebook is a folder")
    return CasebookError(f"{path}: there is no casebook; 'detente add' makes one")


def require(folder: Path) -> None:
    """Raise ``CasebookError`` where a folder holds no casebook, or one whose ledger is missing."""
    if (folder / "ledger.sqlite").is_file():
        return
    if not (folder / "head").is_file():
        raise no_casebook(folder)
    raise CasebookError(
        f"{folder}: its ledger.sqlite is missing; restore a backup, or save its texts and records "
        f"with 'detente rescue {folder} --casebook NEW'"
    )

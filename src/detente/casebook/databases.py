"""SQLite through apsw: connections and numbered migrations.

The program brings its own SQLite (apsw), because older ones can lose a write-ahead log.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

import apsw

from detente.casebook.files import explained
from detente.errors import CasebookError

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"(\d{4})_\w+\.sql")


def connect(path: Path, *, write: bool, busy_seconds: float) -> apsw.Connection:
    """Open a database file.

    Args:
        path: The file; a writer makes it if need be.
        write: Open it for writing, with every commit flushed to the disk.
        busy_seconds: How long a statement waits for another process.

    Raises:
        CasebookError: It cannot be opened.
    """
    with explained(path):
        if write:
            flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
            connection = apsw.Connection(str(path), flags=flags)
        else:
            connection = _reader(path)
        connection.set_busy_timeout(int(busy_seconds * 1000))
        if write:
            connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF")
        return connection


def close(connection: apsw.Connection) -> None:
    """Close a database; a disk that fails now costs nothing, as the log is taken up when next opened."""
    try:
        connection.close()
    except apsw.Error:
        connection.close(True)


def copy(path: Path, target: Path, *, busy_seconds: float) -> None:
    """Copy a database that others may be writing, as it stands at one moment.

    Args:
        path: The database.
        target: A new file, or a database that takes on the other's content in one step.
        busy_seconds: How long to wait for another process.

    Raises:
        CasebookError: It cannot be read, or the disk is full.
    """
    source = connect(path, write=False, busy_seconds=busy_seconds)
    try:
        with explained(target):
            made = apsw.Connection(str(target))
            try:
                made.set_busy_timeout(int(busy_seconds * 1000))
                running = made.backup("main", source, "main")
                try:
                    while not running.done:
                        running.step()
                    running.finish()
                finally:
                    running.close(True)
                made.execute("PRAGMA journal_mode = WAL").fetchall()
            finally:
                close(made)
    finally:
        close(source)


def _reader(path: Path) -> apsw.Connection:
    """Open for reading; on a disk that cannot be written, where no log is pending, as a fixed file."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        connection.close()
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        return apsw.Connection(f"file:{quote(str(path))}?immutable=1", flags=flags)
    return connection


def migrations(kind: str) -> list[tuple[int, str, str]]:
    """Return number, name and SQL of the migrations of ``ledger`` or ``documents``, in order."""
    folder = resources.files("detente.casebook") / "migrations" / kind
    found = []
    for entry in folder.iterdir():
        match = _NAME.fullmatch(entry.name)
        if match:
            found.append((int(match[1]), entry.name, entry.read_text(encoding="utf-8")))
    return sorted(found)


def version(connection: apsw.Connection) -> int:
    """Return the number of the last migration that a database has."""
    return int(str(connection.execute("PRAGMA user_version").fetchall()[0][0]))


def made(connection: apsw.Connection, kind: str) -> bool:
    """Whether the record of the migrations is that of the program's own."""
    known = [(number, name) for number, name, _ in migrations(kind)]
    return connection.execute("SELECT * FROM migrations ORDER BY 1").fetchall() == known


def check_version(connection: apsw.Connection, kind: str, path: Path) -> None:
    """Refuse a database that a newer program wrote, or that is not finished.

    Raises:
        CasebookError: The database is newer or older than the program.
    """
    with explained(path):
        have, known = version(connection), migrations(kind)[-1][0]
    if have > known:
        raise CasebookError(
            f"{path}: written by a newer version of Détente (schema {have}; this program knows "
            f"{known}); update the program"
        )
    if have < known:
        raise CasebookError(
            f"{path}: schema {have} is older than {known}; 'detente compact' brings it up to date"
        )


def migrate(connection: apsw.Connection, kind: str, path: Path) -> None:
    """Bring a database to the newest schema, one transaction for each migration.

    Each migration and the record that it was made stand in the same transaction, so that one
    that is killed half-way leaves nothing behind.

    Raises:
        CasebookError: The database is newer than the program.
    """
    with explained(path):
        for number, name, sql in migrations(kind):
            connection.execute("BEGIN IMMEDIATE")
            try:
                if version(connection) < number:
                    connection.execute(sql)
                    connection.execute(
                        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, "
                        "name TEXT NOT NULL) STRICT"
                    )
                    connection.execute("INSERT INTO migrations VALUES (?, ?)", (number, name))
                    connection.execute(f"PRAGMA user_version = {number:d}")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    check_version(connection, kind, path)

"""The ids that the rows of one file give themselves: one id stands for one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import ReadError

if TYPE_CHECKING:
    import apsw


class OwnIds:
    """Notes which text a row's own id stood for first; memory does not grow with the rows."""

    def __init__(self) -> None:
        self._seen: apsw.Connection | None = None

    def check(self, own: str, document: str) -> None:
        """Note an id and its text.

        Args:
            own: The id that the row gives itself.
            document: The id of its text.

        Raises:
            ReadError: ``conflict`` where the id stood for another text before.
        """
        if self._seen is None:
            self._seen = _database()
        digest = bytes.fromhex(document.removeprefix("sha256:"))
        self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (own, digest))
        if self._seen.changes():
            return
        found = self._seen.execute("SELECT document FROM seen WHERE id = ?", (own,)).fetchall()
        if found != [(digest,)]:
            raise ReadError("conflict", f"its id {own!r} stands for another text above")

    def close(self) -> None:
        """Let go of what was noted."""
        if self._seen is not None:
            self._seen.close()


def _database() -> apsw.Connection:
    """Return a database in a temporary file that SQLite keeps in memory while it is small."""
    import apsw

    seen = apsw.Connection("")
    seen.execute(
        "PRAGMA journal_mode = OFF; PRAGMA cache_size = -4000;"
        "CREATE TABLE seen (id TEXT PRIMARY KEY, document BLOB) WITHOUT ROWID; BEGIN"
    ).fetchall()
    return seen

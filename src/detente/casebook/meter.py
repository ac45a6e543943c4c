"""How far a look at a whole casebook is, in megabytes of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEGABYTE = 1_000_000


class Meter:
    """Adds up what has been dealt with, and tells it.

    Args:
        folder: The casebook's folder.
        tell: Called with the megabytes done and those there are; None where nobody listens.
        times: How often each file is dealt with.
    """

    def __init__(
        self, folder: Path, tell: Callable[[int, int], None] | None, *, times: int = 1
    ) -> None:
        self._tell = tell
        self._done = 0.0
        self._total = 0 if tell is None else times * size(folder)

    def add(self, path: Path, *, share: float = 1.0) -> None:
        """Note that a file or folder, or a share of it, has been dealt with."""
        if self._tell is not None:
            self._done = min(self._done + share * size(path), self._total)
            self._tell(round(self._done / MEGABYTE), max(round(self._total / MEGABYTE), 1))


def size(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(file.stat().st_size for file in files)

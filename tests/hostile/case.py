"""What an entry of the table of hostile inputs is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENDINGS = {
    "OK": "coded as specified",
    "Q": "quarantined, the others complete",
    "R": "refused before any change",
    "X": "recovered on the next run",
    "-": "does not apply",
}


@dataclass(frozen=True, kw_only=True)
class Input:
    """A hostile input that is added to a casebook between two good documents.

    Attributes:
        number: Of the list.
        title: What it is, in a few words.
        make: Writes the input's files into a folder.
        codes: Codes of which each that is quarantined must have one; empty where all is coded.
        flags: Flags that some document must have.
        coded: How many documents must come out, the good ones apart; None for any number.
        holds: Words that a coded document must hold.
        lacks: Words that none may hold.
        settings: Limits that differ from the defaults.
        seconds: Longest time.
        megabytes: Most memory above what the process had before.
    """

    number: int
    title: str
    make: Callable[[Path], None]
    codes: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    coded: int | None = None
    holds: str = ""
    lacks: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    seconds: float = 30.0
    megabytes: float = 400.0

    @property
    def ending(self) -> str:
        """The class of the ending."""
        return "Q" if self.codes else "OK"


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A number that tests elsewhere hold, each named as ``path::function``."""

    number: int
    title: str
    ending: str
    tests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Without:
    """A number that does not apply, and why."""

    number: int
    title: str
    why: str
    ending: str = "-"


def one(name: str, content: bytes | str) -> Callable[[Path], None]:
    """Return what writes one file."""

    def make(folder: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)

    return make

"""What ingest hands on: a stream of bytes and where it came from."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from pathlib import Path

    from detente.ingest.sniff import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the place of finding says about a document, such as a feed's entry."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file, member of an archive, page or feed entry, opened at its first byte.

    Attributes:
        source: Where it came from, printable: a path or an address; ``#name`` follows for a member.
        name: The last part of the name, without ``.gz``; gives the extension and perhaps a date.
        kind: What the first bytes (and, where they do not tell, the name) say it is.
        stream: The bytes. Valid until the next item is asked for.
        path: The file, where the bytes lie on disk just as they are; None otherwise.
        url: The address that it was fetched from, after redirects.
        charset: The character set that a server declared.
        hints: What a feed says of it.
        flags: What was mended on the way, such as ``feed_malformed``.
    """

    source: str
    name: str
    kind: Kind
    stream: io.BufferedReader
    path: Path | None = None
    url: str | None = None
    charset: str | None = None
    hints: Hints = field(default_factory=Hints)
    flags: tuple[str, ...] = ()


def printable(path: str | bytes | os.PathLike[str]) -> str:
    r"""Return a path as text that can be encoded: bytes that are not UTF-8 become ``\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")

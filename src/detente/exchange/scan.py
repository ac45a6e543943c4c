"""Event files as DuckDB can read them: expanded, UTF-8, without endless lines, hashed on the way."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import msgspec
import numpy as np

from detente.errors import ReadError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE = 1 << 20
"""Longest line of an event file, in bytes; real ones have a few hundred."""

_CHUNK = 1 << 18
"""Bytes read at once: they and what is made of them stay in the cache of a core, half the time of 4 MB."""
_LINE_END = ord("\n")


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """An event file that can be read.

    Attributes:
        source: The file that the user named.
        path: The file to read: the same, or its expanded and recoded text.
        digest: SHA-256 of the text, before it was recoded.
        lines: Number of lines, a last one without an end included.
        first: The first line that is not empty.
    """

    source: Path
    path: Path
    digest: str
    lines: int
    first: str


def scan(source: Path, *, work: Path, settings: Settings) -> Scanned:
    """Look through a file once.

    Args:
        source: A plain, gzipped or zipped file (one member).
        work: Folder for what has to be expanded or recoded.
        settings: Limits.

    Raises:
        ReadError: It is missing, empty, truncated, too large, or holds a line longer than
            ``MAX_LINE`` bytes; the code says which.
    """
    name = hashlib.sha256(str(source).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    expanded = work / f"{name}.expanded"
    try:
        with _opened(source, settings) as (stream, packed):
            plain, scanned = _look(stream, source, expanded if packed else None)
            path = expanded if packed else source
    except FileNotFoundError as error:
        raise ReadError("missing", "there is no such file", source=str(source)) from error
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error) as error:
        reason = f"the packed file is damaged or cut short: {error}"
        raise ReadError("truncated", reason, source=str(source)) from error
    except OSError as error:
        raise ReadError("unreadable", error.strerror or str(error), source=str(source)) from error
    if not plain:
        path = _recode(path, work / f"{name}.recoded")
    return msgspec.structs.replace(scanned, path=path)


def glance(source: Path, *, least: int) -> Scanned | None:
    """Return a file by its beginning alone, without digest and lines.

    Args:
        source: The file.
        least: Bytes that it must have.

    Returns:
        None where it is packed, smaller, blank at its beginning or cannot be read.
    """
    try:
        with _opened(source, Settings()) as (stream, packed):
            head = b"" if packed or source.stat().st_size < least else stream.read(MAX_LINE)
    except (OSError, ReadError, zipfile.BadZipFile):
        return None
    if not head.strip():
        return None
    return Scanned(source=source, path=source, digest="", lines=0, first=_first(head))


@contextmanager
def _opened(source: Path, settings: Settings) -> Iterator[tuple[IO[bytes], bool]]:
    """Open a file for reading its text; the flag says whether it was packed."""
    with source.open("rb") as handle:
        head = handle.read(4)
        handle.seek(0)
        if head.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=handle) as unpacked:
                yield cast("IO[bytes]", _Limited(unpacked, source, settings)), True
        elif head.startswith(b"PK"):
            with zipfile.ZipFile(handle) as archive:
                members = [entry for entry in archive.infolist() if not entry.is_dir()]
                if len(members) != 1:
                    reason = f"holds {len(members)} files; one is expected"
                    raise ReadError("archive", reason, source=str(source))
                if members[0].flag_bits & 1:
                    raise ReadError("encrypted", "is encrypted", source=str(source))
                with archive.open(members[0]) as unpacked:
                    yield cast("IO[bytes]", _Limited(unpacked, source, settings)), True
        else:
            yield handle, False


class _Limited:
    """Reads a packed stream up to the limit on what it may grow to."""

    def __init__(self, stream: object, source: Path, settings: Settings) -> None:
        self._stream = cast("IO[bytes]", stream)
        self._source = source
        self._left = settings.max_expanded_bytes

    def read(self, size: int) -> bytes:
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            reason = "grows beyond the limit on expanded files (DETENTE_MAX_EXPANDED_BYTES)"
            raise ReadError("too_large", reason, source=str(self._source))
        return chunk


def _look(stream: IO[bytes], source: Path, copy: Path | None) -> tuple[bool, Scanned]:
    """Hash, count and check a text; write it to ``copy`` where given."""
    digest, lines, open_line, size = hashlib.sha256(), 0, 0, 0
    plain, rest, head = True, b"", b""
    target = copy.open("wb") if copy is not None else None
    try:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            open_line = _longest(chunk, open_line, lines, source)
            lines += _ends(chunk)
            if len(head) < MAX_LINE:
                head += chunk
            if plain:
                plain, rest = _is_utf8(rest + chunk)
            if target is not None:
                target.write(chunk)
    finally:
        if target is not None:
            target.close()
    if not head.strip():
        raise ReadError("empty", "the file is empty", source=str(source))
    whole = Scanned(
        source=source, path=source, digest=digest.hexdigest(), lines=lines + (open_line > 0),
        first=_first(head),
    )  # fmt: skip
    return plain and not rest, whole


def _first(head: bytes) -> str:
    first = next(line for line in head.splitlines() if line.strip())
    return first.decode("utf-8-sig", "replace")


def _ends(chunk: bytes) -> int:
    """Count line ends; four times as fast as ``bytes.count`` on short lines."""
    return int(np.count_nonzero(np.frombuffer(chunk, dtype=np.uint8) == _LINE_END))


def _longest(chunk: bytes, before: int, lines: int, source: Path) -> int:
    """Return the length of the line still open at the end of a chunk; refuse one too long."""
    start = -before
    while len(chunk) - start > MAX_LINE:
        end = chunk.rfind(b"\n", max(start, 0), start + MAX_LINE + 1)
        if end < 0:
            number = lines + 1 + chunk.count(b"\n", 0, max(start, 0))
            reason = f"line {number} is longer than {MAX_LINE:,} bytes"
            raise ReadError("too_large", reason, source=str(source))
        start = end + 1
    end = chunk.rfind(b"\n", max(start, 0))
    return len(chunk) - (end + 1 if end >= 0 else start)


def _is_utf8(data: bytes) -> tuple[bool, bytes]:
    """Whether bytes are UTF-8, with the last character that is not complete yet."""
    if data.isascii():
        return True, b""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) - error.start < 4:
            return True, data[error.start :]
        return False, b""
    return True, b""


def _recode(path: Path, target: Path) -> Path:
    """Write an ISO-8859-1 file as UTF-8."""
    with path.open("rb") as read, target.open("wb") as write:
        while chunk := read.read(_CHUNK):
            write.write(chunk.decode("iso-8859-1").encode("utf-8"))
    return target

"""JSON Lines, read as a stream: a bad line is one error, the others go on.

Where a key stands twice in one object, the last value counts and ``duplicate_keys`` is noted.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import ReadError
from detente.read import encoding, rows
from detente.read.draft import Draft, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.settings import Settings


class _Row(msgspec.Struct):
    text: Any = None
    id: Any = None
    title: Any = None
    published: Any = None
    url: Any = None
    publisher: Any = None
    author: Any = None
    language: Any = None


_DECODER = msgspec.json.Decoder(_Row)
_HEAD = 65_536


def read(stream: io.BufferedReader, settings: Settings) -> Iterator[Draft | Failure]:
    """Yield a draft or a failure for every line that is not blank.

    Args:
        stream: The file at its first byte.
        settings: The limits.

    Raises:
        ReadError: The file's character set cannot be told, or it is binary.
    """
    name = encoding.sniff(stream.peek(_HEAD)[:_HEAD])
    text: io.TextIOWrapper | None = None
    if name.startswith(("utf-16", "utf-32")):
        text = io.TextIOWrapper(stream, encoding=name, errors="surrogateescape", newline="\n")
        lines = _text_lines(text, settings.max_line_bytes)
    else:
        lines = _lines(stream, settings.max_line_bytes)
    try:
        yield from _drafts(lines, settings)
    finally:
        if text is not None:
            text.detach()


def _drafts(
    lines: Iterator[tuple[int, bytes | None]], settings: Settings
) -> Iterator[Draft | Failure]:
    for number, (offset, line) in enumerate(lines, start=1):
        if line is None:
            reason = f"line {number} is longer than {settings.max_line_bytes:,} bytes"
            yield Failure(where=str(number), code="line_too_long", reason=reason)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        try:
            yield _draft(line, number)
        except ReadError as error:
            reason = f"line {number}, at byte {offset:,}: {error.reason}"
            yield Failure(where=str(number), code=error.code, reason=reason)


def _lines(stream: io.BufferedReader, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield offset and line; None for a line that is too long, which is never held whole."""
    offset = 0
    while line := stream.readline(most + 1):
        start = offset
        offset += len(line)
        if len(line) <= most or line.endswith(b"\n"):
            yield start, line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
            offset += len(line)
        yield start, None


def _text_lines(stream: io.TextIOWrapper, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Do the same for UTF-16 and UTF-32; the offset counts characters."""
    offset = 0
    while line := _text_line(stream, most + 1):
        start = offset
        offset += len(line)
        if len(line) <= most or line.endswith("\n"):
            yield start, line.removeprefix("\ufeff").encode("utf-8", "surrogateescape")
            continue
        while not line.endswith("\n") and (line := _text_line(stream, 1 << 20)):
            offset += len(line)
        yield start, None


def _text_line(stream: io.TextIOWrapper, most: int) -> str:
    try:
        return stream.readline(most)
    except UnicodeDecodeError as error:
        raise ReadError("encoding", "it is cut off in the middle of a character") from error


def _draft(line: bytes, number: int) -> Draft:
    try:
        row = msgspec.structs.asdict(_DECODER.decode(line))
    except msgspec.ValidationError as error:
        raise ReadError("row", "it is no JSON object") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        row = _slowly(line, error)
    found = rows.draft(row, number)
    if any(line.count(f'"{name}"'.encode()) > 1 for name in rows.FIELDS) and _repeats(line):
        found.flags.append("duplicate_keys")
    return found


def _slowly(line: bytes, error: Exception) -> dict[str, Any]:
    """Read a line that the strict decoder refused: only lone surrogates are forgiven."""
    if isinstance(error, UnicodeDecodeError) or _is_broken(line):
        raise ReadError("encoding", "it is not UTF-8") from error
    if isinstance(error, RecursionError):
        raise ReadError("too_deep", "its JSON is nested too deeply") from error
    if b"\\u" in line and "surrogate" in str(error):
        try:
            row = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            return row
    raise ReadError("json", f"it is no valid JSON: {_short(str(error))}") from error


def _short(text: str) -> str:
    return text if len(text) < 120 else text[:117] + "..."


def _is_broken(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _refuse(name: str) -> object:
    raise ValueError(name)


def _repeats(line: bytes) -> bool:
    """Whether a field stands twice at the top level."""
    found = False

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal found
        keys = [key for key, _ in items]
        found = "text" in keys and len(set(keys)) < len(keys)
        return dict(items)

    try:
        json.loads(line, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return False
    return found

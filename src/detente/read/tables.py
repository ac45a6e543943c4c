"""CSV and TSV, read as a stream; the first row names the columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from detente.errors import ReadError
from detente.read import encoding, rows
from detente.read.draft import Draft, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.settings import Settings

_HEAD = 65_536
_DELIMITERS = ",\t;|"
MOST_COLUMNS = 1_000
_SHOWN = 60
"""Characters of a first row that an error shows."""


def read(stream: io.BufferedReader, settings: Settings) -> Iterator[Draft | Failure]:
    """Yield a draft or a failure for every row below the header.

    Args:
        stream: The file at its first byte. Comma, tab, semicolon or bar part the columns.
        settings: The limits.

    Raises:
        ReadError: ``columns``: the header is missing, names no ``text`` or is far too long.
            ``encoding`` or ``binary``: the file is no text.
    """
    name = encoding.sniff(stream.peek(_HEAD)[:_HEAD])
    text = io.TextIOWrapper(stream, encoding=name, errors="surrogateescape", newline="")
    try:
        header = text.readline(1_000_000)
        delimiter, names = _columns(header)
        csv.field_size_limit(max(csv.field_size_limit(), settings.max_line_bytes))
        reader = csv.reader(_capped(text, settings.max_line_bytes), delimiter=delimiter)
        yield from _rows(reader, names)
    except UnicodeDecodeError as error:
        raise ReadError(
            "encoding", f"it is cut off in the middle of a character of {name}"
        ) from error
    finally:
        text.detach()


def _columns(header: str) -> tuple[str, list[str]]:
    """Return the delimiter and the columns' names."""
    header = header.removeprefix("\ufeff")
    best: tuple[str, list[str]] = (",", [])
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            continue
        names = [name.strip().lower() for name in names]
        if "text" in names and len(names) >= len(best[1]):
            best = (delimiter, names)
    if not best[1]:
        raise ReadError(
            "columns", f"the table has no column text; its first row is {_start(header)}"
        )
    if len(best[1]) > MOST_COLUMNS:
        raise ReadError("columns", f"the table has more than {MOST_COLUMNS:,} columns")
    twice = [name for name in rows.FIELDS if best[1].count(name) > 1]
    if twice:
        raise ReadError("columns", f"the table has more than one column {twice[0]}")
    return best


def _start(header: str) -> str:
    """Return the beginning of a first row, as an error shows it."""
    row = header.strip()
    return repr(row if len(row) <= _SHOWN else f"{row[:_SHOWN]}…")


def _capped(text: io.TextIOWrapper, most: int) -> Iterator[str]:
    """Yield lines; one that is too long ends the table."""
    while line := text.readline(most):
        if len(line) >= most:
            raise ReadError("line_too_long", f"a line is longer than {most:,} characters")
        yield line


def _rows(reader: Iterator[list[str]], names: list[str]) -> Iterator[Draft | Failure]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(where=str(number), code="row", reason=f"row {number}: {error}")
            return
        except ReadError as error:
            yield Failure(
                where=str(number), code=error.code, reason=f"row {number}: {error.reason}"
            )
            return
        if cells:
            yield _row(cells, names, number)


def _row(cells: list[str], names: list[str], number: int) -> Draft | Failure:
    try:
        if len(cells) > len(names):
            raise ReadError(
                "row", f"it has {len(cells)} cells for {len(names)} columns: is a comma unquoted?"
            )
        row: dict[str, object] = {
            name: cell or None
            for name, cell in zip(names, cells, strict=False)
            if name in rows.FIELDS
        }
        if any(isinstance(cell, str) and _undecoded(cell) for cell in row.values()):
            raise ReadError("encoding", "it is not in the character set of the rest")
        found = rows.draft(row, number)
    except ReadError as error:
        reason = f"row {number}: {error.reason}"
        return Failure(where=str(number), code=error.code, reason=reason)
    if len(cells) < len(names):
        found.flags.append("ragged_row")
    return found


def _undecoded(cell: str) -> bool:
    """Whether bytes of another character set are left in a cell."""
    return not cell.isascii() and any("\udc80" <= char <= "\udcff" for char in cell)

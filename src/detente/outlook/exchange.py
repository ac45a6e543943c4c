"""Forecasts in and out as CSV and JSON."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import InputError
from detente.outlook.records import Entry, Outlook, by_hand, checked

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTS = ("subject", "object", "about")
_NUMBERS = ("low", "high", "probability")
COLUMNS = tuple(Outlook.__struct_fields__)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def to_json(entries: Iterable[Entry]) -> bytes:
    """Return entries as JSON lines, in their order."""
    encoder = msgspec.json.Encoder()
    return b"".join(encoder.encode(entry) + b"\n" for entry in entries)


def from_json(data: bytes) -> tuple[Entry, ...]:
    """Return entries from JSON lines or from one JSON list.

    Raises:
        InputError: A line is no entry; the message names it.
    """
    if data.lstrip().startswith(b"["):
        listed: list[Entry] = _decode(data, list[Entry], "json")
        return tuple(checked(e) if isinstance(e, Outlook) else e for e in listed)
    found: list[Entry] = []
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            found.append(_decode(line, Entry, f"line {number}"))
    return tuple(checked(e) if isinstance(e, Outlook) else e for e in found)


def _decode(data: bytes, kind: Any, where: str) -> Any:  # noqa: ANN401
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise InputError(f"{where}: {error}") from error


def to_csv(outlooks: Iterable[Outlook]) -> str:
    """Return forecasts as CSV with a header; lists are parted by blanks, formulas defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for outlook in outlooks:
        row = msgspec.to_builtins(outlook)
        writer.writerow([_cell(row.get(name)) for name in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_RISKY) else text


def from_csv(text: str) -> tuple[Outlook, ...]:
    """Return forecasts from CSV with a header; a row without id is written by hand.

    Raises:
        InputError: A column is unknown, ``text`` or ``issued`` is missing, or a field cannot be
            used; the message names line and field.
    """
    reader = csv.DictReader(io.StringIO(text))
    names = reader.fieldnames or []
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise InputError(f"line 1: no such column: {', '.join(unknown)}")
    missing = [name for name in ("text", "issued") if name not in names]
    if missing:
        raise InputError(f"line 1: there is no column {', '.join(missing)}")
    return tuple(_row(row, number) for number, row in enumerate(reader, 2))


def _row(row: dict[str, str | None], number: int) -> Outlook:
    values: dict[str, Any] = {"id": ""}
    for name, cell in row.items():
        if not cell:
            continue
        if cell.startswith("'") and cell[1:].startswith(_RISKY):
            cell = cell[1:]
        values[name] = cell.split() if name in _LISTS else cell
    try:
        for name in _NUMBERS:
            if name in values:
                values[name] = float(values[name])
        outlook = msgspec.convert({"entry": "forecast", **values}, Outlook)
        return checked(outlook) if outlook.id else by_hand(outlook)
    except (InputError, ValueError) as error:
        raise InputError(f"line {number}: {error}") from error

"""Forecasts in and out as CSV and JSON."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import InputError
from detente.exchange.lines import spreadsheet_safe, without_apostrophe
from detente.outlook.hand import written
from detente.outlook.records import Entry, Outlook, checked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.outlook.ledger import Case
    from detente.outlook.records import Query

_LISTS = ("subject", "object", "about")
_NUMBERS = {"low": float, "high": float, "probability": float, "sentence": int}
COLUMNS = tuple(Outlook.__struct_fields__)
STATE = (
    "query", "query_number", "query_accepted", "outcome", "outcome_reason", "outcome_as_of",
    "outcome_by", "incidents",
)  # fmt: skip


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


def to_csv(cases: Iterable[Case]) -> str:
    """Return forecasts as CSV with a header; lists are parted by blanks, formulas defused.

    The columns of ``STATE`` tell the query in force and the outcome; ``from_csv`` skips them.
    """
    lines = [_line([*COLUMNS, *STATE])]
    for case in cases:
        row = {**msgspec.to_builtins(case.outlook), **_state(case)}
        lines.append(_line([_cell(row.get(name)) for name in (*COLUMNS, *STATE)]))
    return "".join(lines)


def _line(cells: list[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(
        cells
    )  # it quotes what stands in the line's end
    return out.getvalue().removesuffix("\r\n") + "\n"


def _state(case: Case) -> dict[str, Any]:
    version, found = case.version, case.resolution
    return {
        "query": told(version.query) if version is not None else None,
        "query_number": version.number if version is not None else None,
        "query_accepted": version.accepted if version is not None else None,
        "outcome": case.outcome,
        "outcome_reason": found.reason if found is not None else None,
        "outcome_as_of": found.as_of if found is not None else None,
        "outcome_by": found.by if found is not None else None,
        "incidents": found.incidents if found is not None else None,
    }


def told(query: Query) -> str:
    """Return a query in words: ``at least 2 CONSULT of NOR and ISL, 2020-03-01 to 2020-08-28``."""
    domain = f" {query.domain.replace('_', ' ')}" if query.domain else ""
    form = f" {query.format}" if query.format else ""
    modes = f" ({', '.join(query.modes)})" if query.modes else ""
    status = "" if query.statuses == ("actual",) else f", {' or '.join(query.statuses)},"
    parties = " and ".join(party.replace("|", " or ") for party in query.parties)
    return (
        f"{query.comparison} {query.threshold}{domain}{form} {' or '.join(query.types)}{modes}"
        f"{status} of {parties}, {query.first} to {query.deadline}"
    )


def _cell(value: Any) -> str:  # noqa: ANN401
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, (list, tuple)):
        return " ".join(value)
    return spreadsheet_safe(value) if isinstance(value, str) else str(value)


def from_csv(text: str) -> tuple[Outlook, ...]:
    """Return forecasts from CSV with a header; a row without id is written by hand.

    Raises:
        InputError: A column is unknown, ``text`` or ``issued`` is missing, or a field cannot be
            used; the message names line and field.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = reader.fieldnames or []
    unknown = [name for name in names if name not in {*COLUMNS, *STATE}]
    if unknown:
        raise InputError(f"line 1: no such column: {', '.join(unknown)}")
    missing = [name for name in ("text", "issued") if name not in names]
    if missing:
        raise InputError(f"line 1: there is no column {', '.join(missing)}")
    return tuple(_row(row, number) for number, row in enumerate(reader, 2))


def _row(row: dict[str, str | None], number: int) -> Outlook:
    values: dict[str, Any] = {}
    for name, cell in row.items():
        if not cell or name in STATE:
            continue
        plain = without_apostrophe(cell)
        values[name] = plain.split() if name in _LISTS else plain
    try:
        if "denied" in values:
            values["denied"] = _flag(values["denied"], "denied")
        for name, kind in _NUMBERS.items():
            if name in values:
                values[name] = _number(values[name], name, kind)
        return written(values.pop("text", ""), issued=values.pop("issued", ""), **values)
    except InputError as error:
        raise InputError(f"line {number}: {error}") from error


def _flag(text: str, field: str) -> bool:
    if text.lower() not in {"yes", "no", "true", "false"}:
        raise InputError(f"{field}: {text!r} is neither yes nor no")
    return text.lower() in {"yes", "true"}


def _number(text: str, field: str, kind: type[int] | type[float]) -> float:
    try:
        return kind(text)
    except ValueError as error:
        raise InputError(f"{field}: {text!r} is no number") from error

"""Results as a table on a terminal, as aligned text in a pipe, as CSV or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a command shows to a reader.

    Attributes:
        title: One line above it.
        columns: Headings; one that ends in ``>`` is set to the right, without that sign.
        rows: Cells as text.
        notes: Lines below it.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def show(table: Table) -> None:
    """Write a table on standard output: drawn on a terminal, aligned text elsewhere."""
    cells = [tuple(clean(cell) for cell in row) for row in table.rows]
    if sys.stdout.isatty():
        _draw(table, cells)
        return
    lines = [table.title]
    if cells:
        lines += ["", *_aligned(table.columns, cells)]
    if table.notes:
        lines += ["", *table.notes]
    sys.stdout.write("\n".join(clean(line) for line in lines) + "\n")


def _draw(table: Table, cells: Sequence[tuple[str, ...]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    console = Console(file=sys.stdout)
    console.print(Text(clean(table.title), style="bold"))
    if cells:
        drawn = Drawn(box=SIMPLE_HEAD, pad_edge=False)
        for name in table.columns:
            right = name.endswith(">")
            drawn.add_column(Text(name.removesuffix(">")), justify="right" if right else "left")
        for row in cells:
            drawn.add_row(*(Text(cell) for cell in row))
        console.print(drawn)
    for note in table.notes:
        console.print(Text(clean(note)))


def _aligned(columns: Sequence[str], cells: Sequence[tuple[str, ...]]) -> list[str]:
    heads = tuple(name.removesuffix(">") for name in columns)
    widths = [max(len(row[i]) for row in (heads, *cells)) for i in range(len(heads))]
    found = []
    for row in (heads, *cells):
        parts = [
            cell.rjust(width) if name.endswith(">") else cell.ljust(width)
            for cell, width, name in zip(row, widths, columns, strict=True)
        ]
        found.append("  ".join(parts).rstrip())
    return found


def clean(text: str) -> str:
    """Return text of documents without signs that could steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def write_json(found: object) -> None:
    """Write a result as one line of JSON."""
    import msgspec

    sys.stdout.write(msgspec.json.encode(found).decode() + "\n")


def write_csv(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as CSV; lists are parted by ``;``, and no cell starts a formula."""
    import csv

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(fields)
    out.writerows([_cell(row.get(name)) for name in fields] for row in rows)


def _cell(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ";".join(_cell(item) for item in value)
    if isinstance(value, Mapping):
        return ";".join(f"{key}={number}" for key, number in value.items())
    if isinstance(value, str):
        from detente.exchange.lines import spreadsheet_safe

        return spreadsheet_safe(value)
    return str(value)


def period(start: date, end: date) -> str:
    """Return a period as short as it can be told: ``2016-09``, ``2016 Q3``, ``2016``."""
    days = (end - start).days + 1
    if days == 1:
        return start.isoformat()
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day != 1 or days <= 7:
        return f"{start.isoformat()} to {end.isoformat()}"
    if months == 1:
        return f"{start:%Y-%m}"
    if months == 3:
        return f"{start.year} Q{(start.month + 2) // 3}"
    return str(start.year) if months == 12 else f"{start:%Y-%m} to {end:%Y-%m}"


def run(first: tuple[date, date], last: tuple[date, date]) -> str:
    """Return periods that follow each other as one: ``2006-03 to 2015-09``."""
    one, two = period(*first), period(*last)
    if one == two:
        return one
    return f"{one.split(' to ', maxsplit=1)[0]} to {two.rsplit(' to ', maxsplit=1)[-1]}"

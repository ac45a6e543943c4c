"""The formats that can be imported: columns, header, SQL, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import compact
from detente.errors import InputError
from detente.exchange import gdelt, icews, mapping, polecat, tkg

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from detente.exchange.scan import Scanned

_NONE = {"", "NA", "NULL", "None"}

VERSION = compact.VERSION
"""Changes when the same file would give other records; begins with that of the layout."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a user says of files that do not say it themselves.

    Attributes:
        start: The day of time 0 of a temporal knowledge graph.
        unit: Its unit of time: ``minute``, ``hour`` or ``day``.
    """

    start: str | None = None
    unit: str = "hour"


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How one file is laid out.

    Attributes:
        form: The format's name.
        columns: Names of the columns in order.
        header: Number of header lines, 0 or 1.
        query: Gives SQL for ``columns.EVENTS`` from SQL of the text columns.
        required: Columns that must not be empty.
        day: Column of the date.
        place: Columns of latitude and longitude.
        unique: SQL of a number that differs from event to event, on the columns of
            ``compact.SCHEMA``; where it does, ids need not be compared.
        allowed: By column, the values that it may have, whatever their case.
        configuration: What else than the file the records depend on.
        tables: Small tables that ``query`` names: columns and rows by table.
        check: Says what is wrong with a row of the right width, in place of the usual checks.
        late: Whether rows may be tested last: ``query`` has outer joins alone.
        published: Column of the publication date, without which a row is good too, and SQL for the
            day of a text of it; both empty where there is none.
    """

    form: str
    columns: tuple[str, ...]
    header: int
    query: Callable[[str], str]
    required: tuple[str, ...]
    day: str
    place: tuple[str, str]
    allowed: dict[str, tuple[str, ...]] = {}
    unique: str = "TRY_CAST(key AS BIGINT)"
    configuration: str = VERSION
    tables: dict[str, tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]] = {}
    check: Callable[[Sequence[str]], str | None] | None = None
    late: bool = False
    published: tuple[str, str] = ("", "")


def _gdelt(scanned: Scanned, _: Choices) -> Layout:
    fields = scanned.first.split("\t")
    known = {len(gdelt.V1): gdelt.V1, len(gdelt.V2): gdelt.V2}
    _check_width(scanned, len(fields), known)
    return Layout(
        form="gdelt",
        columns=known[len(fields)],
        header=int(fields[0].strip().lower() in {"globaleventid", "global_event_id"}),
        query=partial(gdelt.query, columns=known[len(fields)]),
        required=("GLOBALEVENTID", "EventCode"),
        day="SQLDATE",
        place=("ActionGeo_Lat", "ActionGeo_Long"),
        late=True,
        published=("DATEADDED", gdelt.PUBLISHED),
    )


def _icews(scanned: Scanned, _: Choices) -> Layout:
    fields = scanned.first.split("\t")
    _check_width(scanned, len(fields), {len(icews.COLUMNS)})
    return Layout(
        form="icews",
        columns=icews.COLUMNS,
        header=int(fields[0].strip().casefold() == "event id"),
        query=icews.query,
        required=("Event ID", "CAMEO Code"),
        day="Event Date",
        place=("Latitude", "Longitude"),
        late=True,
    )


def _polecat(scanned: Scanned, _: Choices) -> Layout:
    columns = polecat.columns_of(scanned.first.split("\t"))
    if columns is None:
        raise InputError(
            f"{scanned.source}: its first row is no header of POLECAT (Event ID, Event Date, Event "
            "Type and 36 or 37 more, parted by tabs)"
        )
    return Layout(
        form="polecat",
        columns=columns,
        header=1,
        query=partial(polecat.query, columns=columns),
        required=("Event ID",),
        day="Event Date",
        place=("Latitude", "Longitude"),
        allowed={"Event Type": polecat.TYPES},
        published=("Publication Date", polecat.PUBLISHED),
        unique="md5_number(key)",
    )


def _tkg(scanned: Scanned, choices: Choices) -> Layout:
    start, minutes = tkg.checked(choices.start, choices.unit)
    width = len(scanned.first.split("\t"))
    _check_width(scanned, width, (4, 5))
    graph = tkg.graph(scanned.source.parent)
    entities, relations = ({row[0] for row in rows} for rows in (graph.entities, graph.relations))

    def check(fields: Sequence[str]) -> str | None:
        subject, relation, target, at = (field.strip() for field in fields[:4])
        for kind, value, known in (
            ("subject", subject, entities),
            ("relation", relation, relations),
            ("object", target, entities),
        ):
            if not value.isdecimal() or str(int(value)) not in known:
                return f"there is no {kind} {value[:20]!r}"
        return None if at.isdecimal() else f"{at[:20]!r} is no time"

    return Layout(
        form="tkg",
        columns=(*tkg.HEAD, "more")[:width],
        header=0,
        query=partial(tkg.query, name=graph.name, start=start, minutes=minutes),
        required=(),
        day="time",
        place=("", ""),
        configuration=f"{VERSION}-{start}-{choices.unit}",
        tables={
            "entities": (("key", "name", "country", "institution", "person"), graph.entities),
            "relations": (("key", "name", "code"), graph.relations),
        },
        check=check,
    )


LAYOUTS: dict[str, Callable[[Scanned, Choices], Layout]] = {
    "gdelt": _gdelt,
    "icews": _icews,
    "polecat": _polecat,
    "tkg": _tkg,
}
"""Gives the layout of a file by its format's name."""


def _check_width(scanned: Scanned, width: int, known: Collection[int]) -> None:
    if width not in known:
        wanted = " or ".join(str(number) for number in sorted(known))
        raise InputError(
            f"{scanned.source}: its first row has {width} columns parted by tabs; {wanted} are "
            "expected"
        )


def bad_rows(scanned: Scanned, layout: Layout, *, limit: int) -> tuple[int, list[tuple[int, str]]]:
    """Return the number of rows that are not blank, and line and reason of the first bad ones.

    Args:
        scanned: The file.
        layout: Its layout.
        limit: How many bad rows are returned.
    """
    found: list[tuple[int, str]] = []
    total = 0
    for number, fields in _rows(scanned, layout):
        total += 1
        if len(found) < limit:
            reason = problem(fields, layout)
            if reason:
                found.append((number, reason))
    return total, found


def dates(scanned: Scanned, layout: Layout) -> dict[str, tuple[int, int]]:
    """Return the texts that stand as publication date in good rows: how often, and in which line first."""
    at = layout.columns.index(layout.published[0])
    found: dict[str, tuple[int, int]] = {}
    for number, fields in _rows(scanned, layout):
        text = fields[at] if len(fields) == len(layout.columns) else ""
        if text not in _NONE and problem(fields, layout) is None:
            times, first = found.get(text, (0, number))
            found[text] = (times + 1, first)
    return found


def _rows(scanned: Scanned, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and fields of every row that is not blank."""
    with scanned.path.open(encoding="utf-8", errors="replace", newline="\n") as handle:
        for number, line in enumerate(handle, start=1):
            text = line.rstrip("\r\n")
            if text and not (layout.header and number == 1):
                yield number, text.split("\t")


def problem(fields: Sequence[str], layout: Layout) -> str | None:
    """Return what is wrong with a row, None for a good one."""
    if len(fields) != len(layout.columns):
        return f"{len(fields)} columns instead of {len(layout.columns)}"
    if layout.check is not None:
        return layout.check(fields)
    row = dict(zip(layout.columns, fields, strict=True))
    for name in layout.required:
        if not row[name]:
            return f"{name} is empty"
    for name, known in layout.allowed.items():
        if row[name].strip().upper() not in known:
            return f"{name} {row[name][:40]!r} is not known"
    if not _is_day(row[layout.day]):
        return f"{layout.day} {row[layout.day][:40]!r} is no day from {mapping.FIRST_DAY} on"
    latitude, longitude = (row[name] for name in layout.place)
    if latitude not in _NONE and not (_within(latitude, 90) and _within(longitude, 180)):
        return f"the coordinates {latitude[:20]!r}, {longitude[:20]!r} are no place on earth"
    return None


def _is_day(text: str) -> bool:
    for form in ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y"):
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        return (
            date.fromisoformat(mapping.FIRST_DAY) <= found <= date.fromisoformat(mapping.LAST_DAY)
        )
    return False


def _within(text: str, limit: int) -> bool:
    try:
        return -limit <= float(text) <= limit
    except ValueError:
        return False

"""Event data of others into a casebook: each file read by DuckDB in one pass, committed whole."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import compact, shards
from detente.casebook.files import explained, remove
from detente.coding.incidents import fold
from detente.errors import InputError, ReadError
from detente.exchange import plover_in, rows
from detente.exchange.copying import Copying, copy, count, parquet
from detente.exchange.rows import Choices
from detente.exchange.scan import glance, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb

    from detente.casebook.book import Casebook
    from detente.casebook.imports import Imports
    from detente.exchange.rows import Layout
    from detente.exchange.scan import Scanned

FORMATS = (*rows.LAYOUTS, "plover")
"""Formats that are read."""

LISTED = 20
"""How many skipped rows are named."""

AHEAD = 1 << 26
"""Bytes from which on a file is copied while it is looked through: with two cores an import of 1.6 GB
takes an eighth less time. A smaller one is looked through in a tenth of a second, and is often known."""

SPARSE = 16
"""How many numbers there may be to each event's own for its key to be told apart by marking bits."""
MOST_MARKS = 500_000_000
"""Most bits that are marked, of which each core has 60 MB then; DuckDB marks a thousand million at most."""


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was skipped: its file, line number from 1, and why."""

    file: str
    line: int
    reason: str


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be read, of which nothing was taken, and why."""

    file: str
    reason: str


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: ``rows = added + known + skipped``.

    Attributes:
        format: The format.
        files: Files named.
        files_known: Of these, how many the casebook held already as they are.
        rows: Rows in the files that were not known as they are.
        added: Events added.
        known: Rows whose event was there already, or stands twice in the file.
        skipped: Bad rows.
        bad: The first 20 bad rows of each file.
        undated: Good rows with a date of publication, or a last day, that could not be read: they stand
            without it.
        first_undated: The first of these, and what is wrong.
        refused: Files that could not be read while others could.
        seconds: Duration.
    """

    format: str
    files: int
    files_known: int
    rows: int
    added: int
    known: int
    skipped: int
    bad: tuple[BadRow, ...]
    refused: tuple[Refused, ...]
    seconds: float
    undated: int = 0
    first_undated: str | None = None


class _Outcome(msgspec.Struct, frozen=True, kw_only=True):
    rows: int = 0
    added: int = 0
    known: int = 0
    bad: tuple[BadRow, ...] = ()
    undated: int = 0
    first_undated: str | None = None
    seen: bool = False


def import_files(
    book: Casebook,
    form: str,
    files: Sequence[Path],
    *,
    choices: Choices | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Import event files into a casebook that is open for writing.

    Every file is committed on its own; one that is known by its content, or events known by
    their ids, add nothing. Killed at any point, the casebook is whole and the next import of the
    same files goes on. A file that cannot be read does not keep the others out.

    Args:
        book: The casebook.
        form: One of ``FORMATS``.
        files: Plain, gzipped or zipped files.
        choices: What a temporal knowledge graph does not say of itself.
        progress: Called with how many files are done.

    Raises:
        InputError: The format is not known, or no file is of this format.
        ReadError: No file can be read: the first is missing or truncated.
    """
    began = time.monotonic()
    if form not in FORMATS:
        raise InputError(f"{form}: no such format; the formats are {', '.join(FORMATS)}")
    if not files:
        raise InputError("name at least one file")
    writer = book.imports()
    outcomes = []
    errors: list[tuple[Path, InputError]] = []
    for number, path in enumerate(files, start=1):
        try:
            with explained(book.path):
                outcomes.append(_import_file(book, writer, (form, choices or Choices()), path))
        except InputError as error:
            errors.append((path, error))
        if progress is not None:
            progress(number)
    if not outcomes:
        raise errors[0][1]
    with explained(book.path):
        writer.sweep()
        if form == "plover" and any(outcome.added for outcome in outcomes):
            book.rebuild(fold=fold)
    return ImportReport(
        format=form,
        files=len(files),
        files_known=sum(outcome.seen for outcome in outcomes),
        rows=sum(outcome.rows for outcome in outcomes),
        added=sum(outcome.added for outcome in outcomes),
        known=sum(outcome.known for outcome in outcomes),
        skipped=sum(o.rows - o.added - o.known for o in outcomes),
        bad=tuple(row for outcome in outcomes for row in outcome.bad),
        refused=tuple(Refused(file=str(path), reason=str(error)) for path, error in errors),
        seconds=round(time.monotonic() - began, 3),
        undated=sum(outcome.undated for outcome in outcomes),
        first_undated=next((o.first_undated for o in outcomes if o.first_undated), None),
    )


def _import_file(
    book: Casebook, writer: Imports, asked: tuple[str, Choices], path: Path
) -> _Outcome:
    form, choices = asked
    work = writer.work()
    with ExitStack() as stack:
        stack.callback(remove, work)
        copying = _ahead(book, asked, path, work)
        if copying is not None:
            stack.enter_context(copying)
        scanned = scan(path, work=work, settings=book.settings)
        if form == "plover":
            return _import_plover(writer, scanned, work)
        layout = rows.LAYOUTS[form](scanned, choices)
        shard = shards.shard_name(scanned.digest, form, layout.configuration)
        if writer.known(shard):
            return _Outcome(seen=True)
        if copying is None or scanned.path != path:
            copying = Copying(book.path, scanned.path, layout, work / "copy")
            stack.enter_context(copying)
        return _write(copying, writer, scanned, layout, shard)


def _ahead(book: Casebook, asked: tuple[str, Choices], path: Path, work: Path) -> Copying | None:
    """Begin to copy a large file before it has been looked through; None for any other.

    What was copied is thrown away where the look finds that the file is known, damaged or not UTF-8.
    """
    form, choices = asked
    seen = glance(path, least=AHEAD) if form in rows.LAYOUTS else None
    if seen is None:
        return None
    try:
        layout = rows.LAYOUTS[form](seen, choices)
    except (InputError, ReadError):
        return None  # told once the file has been looked through
    return Copying(book.path, path, layout, work / "ahead")


def _import_plover(writer: Imports, scanned: Scanned, work: Path) -> _Outcome:
    """Import a file of JSON objects, which no SQL reads."""
    shard = shards.shard_name(scanned.digest, "plover", plover_in.CONFIGURATION)
    if writer.known(shard):
        return _Outcome(seen=True)
    known = set(writer.known_ids("plover"))
    events = work / "events.parquet"
    told = plover_in.write(scanned, events, shard=shard, known=known, limit=LISTED)
    total, added, wrong = told.total, told.added, told.bad
    bad = tuple(
        BadRow(file=str(scanned.source), line=line, reason=reason)
        for line, reason in wrong
        if reason
    )
    target = None
    if added:
        target = writer.put(
            shard, events, origin="plover", configuration=plover_in.CONFIGURATION, rows=added
        )
    listed = [(row.line, row.reason) for row in bad]
    writer.commit(target, origin="plover", source=str(scanned.source), bad=listed)
    return _Outcome(
        rows=total,
        added=added,
        known=total - added - len(wrong),
        bad=bad,
        undated=told.undated,
        first_undated=told.first_undated and f"{scanned.source}:{told.first_undated}",
    )


def _write(
    copying: Copying, writer: Imports, scanned: Scanned, layout: Layout, shard: str
) -> _Outcome:
    good = copying.rows()
    undated, first = _unread_dates(copying, scanned, layout)
    added, events = _new(copying.connection, writer, layout, copying.events, good)
    total = scanned.lines - layout.header
    bad: tuple[BadRow, ...] = ()
    if total != good:
        total, found = rows.bad_rows(scanned, layout, limit=LISTED)
        bad = tuple(
            BadRow(file=str(scanned.source), line=line, reason=reason) for line, reason in found
        )
    target = None
    if added:
        target = writer.put(
            shard,
            events,
            origin=layout.form,
            configuration=layout.configuration,
            rows=added,
        )
    listed = [(row.line, row.reason) for row in bad]
    writer.commit(target, origin=layout.form, source=str(scanned.source), bad=listed)
    return _Outcome(
        rows=total,
        added=added,
        known=good - added,
        bad=bad,
        undated=undated,
        first_undated=first,
    )


def _unread_dates(copying: Copying, scanned: Scanned, layout: Layout) -> tuple[int, str | None]:
    """Return how many good rows have a publication date that is none, and which is the first.

    The file is read again only where a row stands without one.
    """
    name, day = layout.published
    here = parquet(copying.events)
    if not name or not count(copying.connection, f"SELECT count(*) - count(published) FROM {here}"):
        return 0, None
    met = rows.dates(scanned, layout)
    none = copying.connection.execute(
        f"SELECT text FROM (SELECT unnest($texts) AS text) WHERE {day.format('text')} IS NULL",
        {"texts": list(met)},
    ).fetchall()
    unread = sorted((met[text][1], met[text][0], text) for (text,) in none)
    if not unread:
        return 0, None
    line, _, text = unread[0]
    where = f"{scanned.source}:{line}: {name} {text[:40]!r} is no day"
    return sum(times for _, times, _ in unread), where


def _new(
    connection: duckdb.DuckDBPyConnection,
    writer: Imports,
    layout: Layout,
    events: Path,
    good: int,
) -> tuple[int, Path]:
    """Return how many events are new and a file of these alone."""
    here, name = parquet(events), compact.event_id(layout.form)
    kept = writer.ids(layout.form)
    met = 0
    if kept:
        ids = f"(SELECT {name} AS id FROM {here}) AS h"
        met = count(connection, f"SELECT count(*) FROM {ids} SEMI JOIN ({kept}) AS t USING (id)")
    if not met and _all_different(connection, here, layout, good):
        return good, events
    target = events.with_name("new.parquet")
    there = kept or "SELECT NULL::VARCHAR AS id WHERE false"
    sql = (
        f"SELECT h.* FROM {here} AS h ANTI JOIN ({there}) AS t ON t.id = {name} "
        f"QUALIFY row_number() OVER (PARTITION BY {name} ORDER BY given) = 1"
    )
    return copy(connection, sql, target), target


def _all_different(
    connection: duckdb.DuckDBPyConnection, here: str, layout: Layout, good: int
) -> bool:
    """Whether no event stands twice in a file; the ids themselves are compared only at need."""
    if _all_marked(connection, f"(SELECT TRY_CAST(key AS BIGINT) AS k FROM {here})", good):
        return True
    for value in (layout.unique, compact.event_id(layout.form)):
        if count(connection, f"SELECT count(DISTINCT {value}) FROM {here}") == good:
            return True
    return False


def _all_marked(connection: duckdb.DuckDBPyConnection, keys: str, good: int) -> bool:
    """Whether ``k`` is a number that differs from row to row, where the numbers lie close together.

    Each number marks its bit, which takes a bit of memory a number and half the time of a count of
    distinct ones: for 10 million rows 1 second in place of 2.
    """
    least, most, rows = connection.sql(f"SELECT min(k), max(k), count(k) FROM {keys}").fetchall()[0]
    if rows != good or not rows or most - least >= min(SPARSE * good, MOST_MARKS):
        return False
    marks = f"bitstring_agg(k, {least}::BIGINT, {most}::BIGINT)"
    return count(connection, f"SELECT bit_count({marks}) FROM {keys}") == good

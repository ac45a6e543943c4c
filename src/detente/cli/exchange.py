"""``detente import`` and ``detente export``: event data of others in, events out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import OK, PARTIAL
from detente.cli.options import AsOf, CasebookOption, Json, Quiet, Since, Until
from detente.cli.rehearsing import rehearsed

if TYPE_CHECKING:
    from detente.exchange.importing import ImportReport


SHEET_ROWS = 1_048_576
"""Rows that a spreadsheet shows, its header included."""


class ImportFormat(StrEnum):
    """Formats that ``detente import`` reads."""

    gdelt = "gdelt"
    icews = "icews"
    polecat = "polecat"
    plover = "plover"
    tkg = "tkg"


class Unit(StrEnum):
    """Units of time of a temporal knowledge graph."""

    minute = "minute"
    hour = "hour"
    day = "day"


class ExportFormat(StrEnum):
    """Formats that ``detente export`` writes."""

    gdelt = "gdelt"
    icews = "icews"
    polecat = "polecat"
    plover = "plover"
    csv = "csv"
    parquet = "parquet"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        "import",
        epilog="Examples:\n\n\b\n  detente import icews events.tab --casebook minsk.casebook",
    )(rehearsed(import_, "casebook"))
    app.command(
        epilog="Examples:\n\n\b\n  detente export csv --party BLR --casebook minsk.casebook\n"
        "  detente export plover --from 2016-01-01 --to 2016-12-31 --out events.jsonl "
        "--casebook minsk.casebook"
    )(rehearsed(export, "out"))


def import_(
    format: Annotated[ImportFormat, typer.Argument(help="What kind of files they are.")],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Plain, gzipped or zipped files.")
    ],
    casebook: CasebookOption = None,
    start: Annotated[
        str | None, typer.Option(metavar="DATE", help="tkg: the day of time 0, YYYY-MM-DD.")
    ] = None,
    unit: Annotated[Unit, typer.Option(help="tkg: the unit of time.")] = Unit.hour,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read event files of others into a casebook; bad rows are counted, listed and skipped.

    The casebook is made if need be. Events that it holds already are not added again; a run that
    was killed goes on where it was.
    """
    from detente import api
    from detente.cli.progress import measuring
    from detente.settings import Settings

    folder = casebook if casebook is not None else Path(Settings.from_environment().casebook)
    with measuring("", "Importing", quiet=quiet, unit="files") as (_, advance):
        report = api.import_events(
            format.value,
            files,
            casebook=folder,
            start=start,
            unit=unit.value,
            progress=lambda done: advance(done, len(files)),
        )
    bad = [f"{row.file}:{row.line}: {row.reason}" for row in report.bad]
    for line in [*bad, *(one.reason for one in report.refused)]:
        text = "".join(c if c.isprintable() else "?" for c in line)
        sys.stderr.write(f"detente: {text}\n")
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    else:
        sys.stdout.write(summary(report, folder))
    return PARTIAL if report.skipped or report.refused else OK


def summary(report: ImportReport, folder: Path) -> str:
    """Say in a few lines what an import did."""
    from detente.brief.wording import figures

    head = f"Imported {figures(report.added, 'event')} to {folder} in {report.seconds:.1f} s."
    notes = [
        (report.known, f"{figures(report.known, 'event')} known already"),
        (report.files_known, f"{figures(report.files_known, 'file')} known already"),
        (report.skipped, f"{figures(report.skipped, 'bad row')} skipped"),
        (report.undated, _undated(report)),
        (len(report.refused), f"{figures(len(report.refused), 'file')} refused"),
    ]
    rest = ", ".join(text for number, text in notes if number)
    return f"{head}\n" + (f"Also: {rest}.\n" if rest else "")


def _undated(report: ImportReport) -> str:
    """Say how many rows stand without a date that could not be read, and which is the first."""
    from detente.brief.wording import figures

    which = "" if report.undated == 1 else "the first: "
    return f"a date of {figures(report.undated, 'row')} could not be read ({which}{report.first_undated})"


def export(
    format: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help="What to write.")],
    casebook: CasebookOption = None,
    party: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only events with this party; twice: between both."),
    ] = None,
    since: Since = None,
    until: Until = None,
    domain: Annotated[
        str | None, typer.Option(metavar="DOMAIN", help="Only this domain, such as military.")
    ] = None,
    as_of: AsOf = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file, not to the screen.")
    ] = None,
) -> int:
    """Write the events of a casebook, coded and imported, for other programs."""
    from detente import api

    number = api.export_events(
        format.value,
        sys.stdout.buffer if out is None else out,
        casebook=casebook,
        parties=party or (),
        domain=domain,
        since=since,
        until=until,
        as_of=as_of,
        omitted=lambda count: _left_out(count, format),
    )
    if out is not None:
        sys.stderr.write(f"Wrote {number:,} rows to {out}.\n")
    if format is ExportFormat.csv and number >= SHEET_ROWS:
        sys.stderr.write(
            f"A spreadsheet shows the first {SHEET_ROWS - 1:,} of these {number:,} rows alone: narrow "
            "with --from and --to, or take parquet.\n"
        )
    return OK


def _left_out(count: int, format: ExportFormat) -> None:
    from detente.brief.wording import figures

    lacks = {
        "gdelt": "without a day, or what did not take place",
        "icews": "without a day, or what did not take place",
        "polecat": "without a day or a type, or what did not take place",
    }
    why = lacks.get(format.value, "without a day or a type")
    told = f"Left out {figures(count, 'event')} that {format.value} cannot hold: {why}.\n"
    sys.stderr.write(told)

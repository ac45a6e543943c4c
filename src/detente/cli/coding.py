"""``detente code``, ``add`` and ``recode``: documents in, and those that are there once more."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import OK, PARTIAL
from detente.cli.options import (
    CasebookOption,
    Inputs,
    Jobs,
    Json,
    OptionalInputs,
    Published,
    Publisher,
    Quiet,
    RegisterFiles,
)
from detente.cli.rehearsing import rehearsed
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.api.opening import ReadAs
    from detente.casebook.book import AddReport
    from detente.model import ErrorRecord


class Engine(StrEnum):
    """What runs the shards of ``detente code --out``."""

    serial = "serial"
    processes = "processes"
    ray = "ray"


class Format(StrEnum):
    """Output formats of ``detente code``."""

    jsonl = "jsonl"
    plover = "plover"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        epilog="Examples:\n\n\b\n  detente code note.txt --published 2016-09-26\n"
        "  detente code reports/ --format csv\n"
        "  detente code reports/ --out run --jobs 2\n"
        "  detente code note.txt --explain\n  detente code note.txt --why-not"
    )(code)
    app.command(
        epilog="Examples:\n\n\b\n  detente add reports/ --casebook minsk.casebook\n"
        '  detente add note.txt --publisher "Example Weekly" --casebook minsk.casebook'
    )(rehearsed(add, "casebook"))
    app.command(
        epilog="Examples:\n\n\b\n  detente recode --casebook minsk.casebook\n"
        "  detente recode --dry-run --casebook minsk.casebook"
    )(rehearsed(recode, "casebook"))


def code(
    paths: Inputs,
    published: Published = None,
    publisher: Publisher = None,
    format: Annotated[
        Format, typer.Option(help="jsonl: every record; plover, csv: events.")
    ] = Format.jsonl,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add each record's sentence.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print why each record was coded instead.")
    ] = False,
    why_not: Annotated[
        bool,
        typer.Option("--why-not", help="Print why each sentence without an event has none."),
    ] = False,
    json: Json = False,
    register: RegisterFiles = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Code many documents into a folder."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="With --out: what runs the shards.")
    ] = Engine.processes,
    jobs: Jobs = None,
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="With --engine ray: a running cluster.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --out: say what would be done.")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """Code documents and print the records; nothing is kept.

    With --out the records go to a folder of Parquet shards, coded several at a time; what one
    document states of a person's office is known to all others. A run that was killed goes on where it
    was, a second one does nothing, and 'detente add --from FOLDER' takes the result into a
    casebook.
    """
    if out is not None:
        from detente.cli.corpus import Asked, run

        reading: ReadAs = {"published": published, "publisher": publisher}
        reading["register"] = register
        asked = Asked(engine=engine.value, jobs=jobs, address=address)
        return run(paths, out, asked, reading, dry_run=dry_run, json=json, quiet=quiet)
    if dry_run or address is not None or jobs is not None or engine is not Engine.processes:
        raise InputError("--engine, --jobs, --address and --dry-run go with --out FOLDER")
    from detente import api
    from detente.cli.progress import counting
    from detente.exchange.lines import writer
    from detente.model import ErrorRecord
    from detente.read.published import unread

    if explain or why_not:
        return _explain(
            paths, published, register, parts=(explain, why_not), json=json, quiet=quiet
        )
    failed = 0
    undated: list[str] = []
    write = writer(format.value, with_text=with_text)
    stream = sys.stdout.buffer
    with counting("Coding", quiet=quiet) as (advance,):
        items = api.code(paths, published=published, publisher=publisher, register=register)
        for number, item in enumerate(items, start=1):
            if isinstance(item, ErrorRecord):
                failed += 1
                report_failure(item)
            elif (reason := unread(item.document)) is not None:
                undated.append(reason)
            stream.write(write(item))
            stream.flush()
            advance(number)
    if undated:
        sys.stderr.write(f"detente: {_undated(len(undated), undated[0])}\n")
    return PARTIAL if failed else OK


def _explain(
    paths: Sequence[str],
    published: str | None,
    register: Sequence[Path] | None,
    *,
    parts: tuple[bool, bool],
    json: bool,
    quiet: bool,
) -> int:
    """Print explanations (first of ``parts``) and sentences without an event (second)."""
    from detente import api
    from detente.cli.explaining import show
    from detente.cli.progress import counting
    from detente.model import ErrorRecord

    failed = shown = 0
    with counting("Coding", quiet=quiet) as (advance,):
        for number, item in enumerate(
            api.explain_inputs(paths, published=published, register=register), start=1
        ):
            if isinstance(item, ErrorRecord):
                failed += 1
                report_failure(item)
            else:
                records, silent = item
                told = (records if parts[0] else (), silent if parts[1] else ())
                show(*told, json=json)
                shown += sum(map(len, told))
            advance(number)
    if not (shown or failed):
        sys.stderr.write(
            "No record to explain.\n" if parts[0] else "Every sentence gave an event.\n"
        )
    return PARTIAL if failed else OK


def add(
    paths: OptionalInputs = None,
    casebook: CasebookOption = None,
    published: Published = None,
    publisher: Publisher = None,
    register: RegisterFiles = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FOLDER", help="Take in what 'detente code --out' made."),
    ] = None,
    jobs: Jobs = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read documents, code the new ones and keep them in a casebook.

    The casebook is made if need be. All documents are read before the first is coded: what one
    states of a person's office is known to the others. What the casebook holds already is not coded
    again; a run that was killed goes on where it was.
    """
    from detente import api
    from detente.cli.progress import reading_first
    from detente.settings import Settings

    folder = casebook if casebook is not None else Path(Settings.from_environment().casebook)
    if (source is None) == (not paths):
        raise InputError("name documents to add, or a folder with --from")
    if source is not None and (published or publisher or register or jobs):
        raise InputError("--from takes what was coded as it is, without further options")
    with reading_first("Reading", "Adding", quiet=quiet) as (prepare, advance):
        if source is not None:
            report = api.add_corpus(
                source, casebook=folder, failed=report_failure, progress=prepare
            )
        else:
            report = api.add(
                paths or (),
                casebook=folder,
                jobs=jobs or 1,
                published=published,
                publisher=publisher,
                register=register,
                failed=report_failure,
                preparing=prepare,
                progress=advance,
            )
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    else:
        sys.stdout.write(summary(report, folder))
    return PARTIAL if report.quarantined else OK


def recode(
    casebook: CasebookOption = None,
    register: RegisterFiles = None,
    jobs: Jobs = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Code the documents of a casebook again with this coder and these register files.

    What is coded so already is left alone. What was coded before is superseded, and --as-of still
    asks it; judgements of reviewers are kept. A run that was killed goes on where it was.
    """
    from detente import api
    from detente.brief.wording import figures
    from detente.cli.progress import reading_first
    from detente.settings import Settings

    folder = casebook if casebook is not None else Path(Settings.from_environment().casebook)
    with reading_first("Reading", "Coding", quiet=quiet) as (prepare, advance):
        report = api.recode(
            folder, register=register, jobs=jobs or 1, preparing=prepare, progress=advance
        )
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
        return PARTIAL if report.quarantined else OK
    if report.recoded:
        told = (
            f"Coded {figures(report.recoded, 'document')} of {folder} again in "
            f"{report.seconds:.1f} s: {coded(report)}."
        )
    else:
        told = f"Nothing to code again: {folder} is coded so already."
    sys.stdout.write(f"{told}\n")
    if report.quarantined:
        failed = figures(report.quarantined, "document")
        sys.stdout.write(f"Also: {failed} could not be coded; what was coded before stands.\n")
    return PARTIAL if report.quarantined else OK


def coded(report: AddReport) -> str:
    """Say how many records an ``add`` coded: ``3 events, 1 claim, 0 forecasts``."""
    from detente.brief.wording import figures

    return (
        f"{figures(report.events, 'event')}, {figures(report.claims, 'claim')}, "
        f"{figures(report.forecasts, 'forecast')}"
    )


def summary(report: AddReport, folder: Path | str) -> str:
    """Say in two or three lines what an ``add`` did."""
    from detente.brief.wording import figures

    if not (report.added or report.recoded or report.receipts):
        held = "the document" if report.known == 1 else f"all {report.known:,} documents"
        nothing = f"Nothing to add: {folder} holds {held} already."
        head = nothing if report.known else "Nothing was added."
    else:
        head = (
            f"Added {figures(report.added, 'document')} to {folder} in {report.seconds:.1f} s: "
            f"{coded(report)}."
        )
    rest = [
        (report.known and report.added, f"{figures(report.known, 'document')} known already"),
        (report.receipts, f"{figures(report.receipts, 'further receipt')} of known texts"),
        (report.near_duplicates, f"{figures(report.near_duplicates, 'near-duplicate')}"),
        (report.recoded, f"{figures(report.recoded, 'document')} coded again"),
        (report.not_coded, f"{figures(report.not_coded, 'document')} kept but not coded"),
        (report.undated, _undated(report.undated, report.first_undated)),
        (report.empty, f"{figures(report.empty, 'empty document')}"),
        (report.quarantined, f"{figures(report.quarantined, 'input')} could not be read"),
    ]
    notes = ", ".join(text for condition, text in rest if condition)
    return f"{head}\n" + (f"Also: {notes}.\n" if notes else "")


def _undated(number: int, first: str | None) -> str:
    """Say how many documents brought a date that could not be read, and which was the first."""
    from detente.brief.wording import figures

    which = "" if number == 1 else "the first: "
    return f"the date of {figures(number, 'document')} could not be read ({which}{first})"


def report_failure(error: ErrorRecord) -> None:
    """Write one line on standard error that names the input and the reason."""
    line = f"detente: {error.source}: {error.reason} [{error.error}]"
    sys.stderr.write("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line) + "\n")

"""``detente compact``, ``backup``, ``restore``, ``rescue`` and ``doctor``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli import FAULT, OK
from detente.cli.options import CasebookOption, Json, Quiet
from detente.cli.rehearsing import rehearsed

if TYPE_CHECKING:
    from detente.casebook.backup import BackupReport


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(epilog="Examples:\n\n\b\n  detente compact --casebook minsk.casebook")(
        rehearsed(compact, "casebook")
    )
    app.command(
        epilog="Examples:\n\n\b\n  detente backup --out saved.casebook --casebook minsk.casebook"
    )(rehearsed(backup, "out"))
    app.command(
        epilog="Examples:\n\n\b\n"
        "  detente restore backup.casebook --casebook restored.casebook\n"
        "  detente restore backup.casebook --casebook minsk.casebook --replace"
    )(rehearsed(restore, "casebook"))
    app.command(
        epilog="Examples:\n\n\b\n  detente rescue damaged.casebook --casebook rescued.casebook"
    )(rehearsed(rescue, "casebook"))
    app.command(epilog="Examples:\n\n\b\n  detente doctor --casebook minsk.casebook")(doctor)


def compact(casebook: CasebookOption = None, json: Json = False, quiet: Quiet = False) -> None:
    """Put the records of small shards together.

    Questions then open fewer files. Nothing that the casebook says changes, nor what it said as
    of a day.
    """
    from detente import api
    from detente.cli.progress import measuring

    with measuring("", "Packing", quiet=quiet, unit="packs") as (_, advance):
        report = api.compact(casebook, progress=advance)
    if json:
        _print(report)
    elif not report.shards:
        sys.stdout.write("Nothing to compact: there are no two small shards.\n")
    else:
        sys.stdout.write(
            f"Packed {report.shards:,} shards into {report.packs:,}: {report.files_before:,} "
            f"files before, {report.files_after:,} now, in {report.seconds:.1f} s.\n"
        )


def backup(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="A new folder for the copy.")
    ],
    casebook: CasebookOption = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Copy a casebook, also while it is written, and check the copy.

    The backup is itself a casebook that every command can read.
    """
    from detente import api
    from detente.cli.progress import measuring

    with measuring("", "Copying and checking", quiet=quiet, unit="MB") as (_, advance):
        report = api.backup(out, casebook=casebook, progress=advance)
    _tell("Saved", report, json=json)


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup.")],
    casebook: CasebookOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="A casebook that is there is kept under a new name.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Put a backup in the place of a casebook."""
    from detente import api
    from detente.cli.progress import measuring

    with measuring("", "Copying and checking", quiet=quiet, unit="MB") as (_, advance):
        report = api.restore(source, casebook=casebook, replace=replace, progress=advance)
    _tell("Restored", report, json=json)


def rescue(
    source: Annotated[
        Path, typer.Argument(metavar="DAMAGED", help="The casebook without its ledger.")
    ],
    casebook: CasebookOption = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Save texts and records of a casebook whose ledger was lost into a new one.

    Judgements, what became of forecasts, what was set aside and when it was recorded stood in the
    ledger alone and are gone. Exit code 1 where something else was damaged too.
    """
    from detente import api
    from detente.brief.wording import figures
    from detente.cli.progress import measuring

    with measuring("", "Taking over", quiet=quiet) as (_, advance):
        report = api.rescue(source, casebook=casebook, progress=advance)
    if json:
        _print(report)
    else:
        sys.stdout.write(
            f"Rescued {figures(report.documents, 'document')}, {figures(report.events, 'event')}, "
            f"{figures(report.claims, 'claim')}, {figures(report.forecasts, 'forecast')} and "
            f"{figures(report.imported, 'imported event')} into {report.folder}.\n"
        )
        if report.without_records:
            lost = figures(report.without_records, "document")
            sys.stdout.write(f"Left out: {lost} without records.\n")
        for line in report.damaged:
            sys.stdout.write(f"Damaged: {line}\n")
    return FAULT if report.damaged else OK


def doctor(casebook: CasebookOption = None, json: Json = False, quiet: Quiet = False) -> int:
    """Look at the installation, the disk and the casebook.

    What killed runs left behind is removed. Exit code 1 where something is wrong.
    """
    from detente import api
    from detente.cli.progress import measuring

    with measuring("", "Checking", quiet=quiet, unit="MB") as (_, advance):
        findings = api.doctor(casebook, progress=advance)
    if json:
        _print(findings)
    else:
        for finding in findings:
            sys.stdout.write(f"{finding.state:8} {finding.what}: {finding.reason}\n")
    return FAULT if any(finding.state == "fault" for finding in findings) else OK


def _tell(done: str, report: BackupReport, *, json: bool) -> None:
    if json:
        _print(report)
        return
    from detente.brief.wording import figures

    sys.stdout.write(
        f"{done} {figures(report.documents, 'document')} in {report.folder} ({report.megabytes:,.1f} MB); "
        "every hash was checked.\n"
    )
    if report.aside:
        sys.stdout.write(f"What was there before lies in {report.aside}.\n")


def _print(answer: object) -> None:
    import msgspec

    sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")

"""``detente brief`` and ``detente issue``: notes to read, print and pass on."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import (
    AsOf,
    CasebookOption,
    Domain,
    Json,
    Other,
    Party,
    Scale,
    Since,
    Until,
)
from detente.cli.rehearsing import rehearsed

if TYPE_CHECKING:
    from detente.brief import Brief, Issue
    from detente.brief.issue import Line


class NoteFormat(StrEnum):
    """Formats of a note, those of ``detente.brief.render``."""

    md = "md"
    html = "html"
    pdf = "pdf"
    docx = "docx"


Format = Annotated[
    NoteFormat | None,
    typer.Option(help="Markdown, a page that stands alone, PDF or Word; by the ending of --out."),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there.")]


CATALOGUE = (
    "day", "date", "partner", "type", "domain", "points", "mentions", "incident", "words",
)  # fmt: skip
"""Columns of an issue's catalogue as CSV."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    some = "--casebook minsk.casebook"
    for command, examples in (
        (
            brief,
            (
                f"BLR USA {some}",
                f"BLR USA --domain military --from 2016-01-01 --to 2016-12-31 --out brief.pdf {some}",
            ),
        ),
        (
            issue,
            (
                f"BLR --with RUS,EU,CHN,USA,UKR --from 2016-09-01 --to 2016-10-31 {some}",
                f"BLR --with RUS,USA --from 2016-09-01 --to 2016-10-31 --out issue.docx {some}",
                f"BLR --with RUS,USA --from 2016-09-01 --to 2016-10-31 --csv {some}",
            ),
        ),
    ):
        lines = "\n".join(f"  detente {command.__name__} {example}" for example in examples)
        app.command(epilog=f"Examples:\n\n\b\n{lines}")(rehearsed(command, "out"))


def brief(
    party: Party,
    other: Other,
    casebook: CasebookOption = None,
    domain: Domain = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    scale: Scale = "barometer-1",
    format: Format = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Write a cited brief on the relation of two parties."""
    from detente import api
    from detente.cli import tables

    if json and (format is not None or out is not None):
        raise typer.BadParameter("take one of --json, and --format or --out")
    written = api.brief(
        party, other, casebook=casebook, domain=domain, since=since, until=until, as_of=as_of,
        scale=scale,
    )  # fmt: skip
    if json:
        tables.write_json(written)
    else:
        _write(written, format, out)


def issue(
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Code of a country, such as BLR.")],
    partners: Annotated[
        str, typer.Option("--with", metavar="CODES", help="Its partners, parted by commas.")
    ],
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option("--to", metavar="DATE", help="Last day, YYYY-MM-DD.")],
    casebook: CasebookOption = None,
    as_of: AsOf = None,
    scale: Scale = "barometer-1",
    format: Format = None,
    out: Out = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the catalogue as CSV.")] = False,
) -> None:
    """Write the barometer issue of a country and its partners."""
    from detente import api
    from detente.cli import tables

    codes = [code.strip() for code in partners.split(",") if code.strip()]
    written = api.issue(
        party, codes, since=since, until=until, casebook=casebook, as_of=as_of, scale=scale
    )
    if sum((json, csv, format is not None or out is not None)) > 1:
        raise typer.BadParameter("take one of --json, --csv and --format or --out")
    if json:
        tables.write_json(written)
    elif csv:
        tables.write_csv(CATALOGUE, [_line(one) for one in written.catalogue])
    else:
        _write(written, format, out)


def _line(one: Line) -> dict[str, object]:
    return {
        "day": one.day, "date": one.label, "partner": one.partner, "type": one.type,
        "domain": one.domain, "points": one.points, "mentions": one.mentions,
        "incident": one.incident, "words": one.told.text,
    }  # fmt: skip


def _write(note: Brief | Issue, format: NoteFormat | None, out: Path | None) -> None:
    """Write a note to a file, or to standard output."""
    from detente import api

    chosen = format or _by_ending(out)
    if out is None and chosen in {NoteFormat.pdf, NoteFormat.docx} and sys.stdout.isatty():
        raise typer.BadParameter(f"a terminal cannot show {chosen}; add --out note.{chosen}")
    content = api.render(note, chosen.value)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    from detente.casebook.files import write_atomically

    write_atomically(out, content)
    sys.stderr.write(f"Wrote {out}\n")


def _by_ending(out: Path | None) -> NoteFormat:
    ending = out.suffix.lower().lstrip(".") if out is not None else ""
    return NoteFormat(ending) if ending in set(NoteFormat) else NoteFormat.md

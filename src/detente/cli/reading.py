"""``detente brief`` and ``detente search``: what a casebook says."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import AsOf, CasebookOption, Json, Since, Until


class BriefFormat(StrEnum):
    """Output formats of ``detente brief``."""

    md = "md"
    html = "html"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        epilog="Examples:\n\n\b\n  detente brief BLR USA --casebook minsk.casebook\n"
        "  detente brief BLR USA --domain military --from 2016-01-01 --to 2016-12-31 "
        "--format html --out brief.html --casebook minsk.casebook"
    )(brief)
    app.command(
        epilog='Examples:\n\n\b\n  detente search "military attache" --casebook minsk.casebook'
    )(search)


def brief(
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Code of a party, such as BLR.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Code of the other party.")],
    casebook: CasebookOption = None,
    domain: Annotated[
        str | None, typer.Option(metavar="DOMAIN", help="Only this domain, such as military.")
    ] = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    format: Annotated[
        BriefFormat, typer.Option(help="Markdown or a page that stands alone.")
    ] = BriefFormat.md,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there.")
    ] = None,
) -> None:
    """Write a cited brief on the relation of two parties."""
    from detente import api
    from detente.brief import to_html, to_markdown

    written = api.brief(
        party, other, casebook=casebook, domain=domain, since=since, until=until, as_of=as_of
    )
    text = to_html(written) if format is BriefFormat.html else to_markdown(written)
    if out is None:
        sys.stdout.write(text)
        return
    from detente.casebook.files import write_atomically

    write_atomically(out, text.encode("utf-8"))
    sys.stderr.write(f"Wrote {out}\n")


def search(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="Words that must all occur.")],
    casebook: CasebookOption = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most documents.")] = 20,
    json: Json = False,
) -> None:
    """Find documents that hold all the words, best first."""
    from detente import api

    hits = api.search(query, casebook=casebook, limit=limit)
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(hits).decode() + "\n")
        return
    bold = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    for hit in hits:
        head = ", ".join(part for part in (hit.published, hit.publisher) if part)
        snippet = "".join(c if c.isprintable() or c in "\x02\x03" else " " for c in hit.snippet)
        snippet = snippet.replace("\x02", bold[0]).replace("\x03", bold[1])
        sys.stdout.write(f"{hit.title or hit.document} ({head})\n    {snippet}\n")
    if not hits:
        sys.stdout.write("No document holds all of these words.\n")

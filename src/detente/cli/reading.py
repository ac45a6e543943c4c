"""``detente search``: what the documents of a casebook say."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from detente.cli.options import CasebookOption, Json


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(
        epilog='Examples:\n\n\b\n  detente search "defence attache" --casebook minsk.casebook'
    )(search)


def search(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="Words that must all occur.")],
    casebook: CasebookOption = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most documents.")] = 20,
    json: Json = False,
) -> None:
    """Find documents that hold all the words, best first."""
    from detente import api
    from detente.cli.tables import clean

    hits = api.search(query, casebook=casebook, limit=limit)
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(hits).decode() + "\n")
        return
    plain = (
        not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    )
    bold = ("", "") if plain else ("\x1b[1m", "\x1b[0m")
    for hit in hits:
        head = ", ".join(part for part in (hit.published, hit.publisher) if part)
        snippet = "".join(c if c.isprintable() or c in "\x02\x03" else " " for c in hit.snippet)
        snippet = snippet.replace("\x02", bold[0]).replace("\x03", bold[1])
        sys.stdout.write(f"{clean(f'{hit.title or hit.document} ({head})')}\n    {snippet}\n")
    if not hits:
        sys.stdout.write("No document holds all of these words.\n")

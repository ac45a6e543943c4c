"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL|FEED...", help="Files, folders, archives, web addresses or feeds."
    ),
]
OptionalInputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH|URL|FEED...]", help="Files, folders, archives, web addresses or feeds."
    ),
]
CasebookOption = Annotated[
    Path | None,
    typer.Option(
        "--casebook",
        "-c",
        metavar="FOLDER",
        help="The casebook; DETENTE_CASEBOOK or detente.casebook where not given.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Publication date of all inputs, YYYY-MM-DD."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Publisher of all inputs.")]
RegisterFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        metavar="FILE",
        help="Your own register file, laid over the shipped one; DETENTE_REGISTER or detente.register.yaml where it exists.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Shards coded at a time."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress.")]
Since = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, YYYY-MM-DD.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="What the casebook held at the end of this day, or at this moment (YYYY-MM-DDTHH:MM:SSZ).",
    ),
]
Party = Annotated[str, typer.Argument(metavar="PARTY", help="Code of a party, such as BLR.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Code of the other party.")]
Domain = Annotated[
    str | None, typer.Option(metavar="DOMAIN", help="Only this domain, such as military.")
]
Scale = Annotated[
    str,
    typer.Option(metavar="NAME|FILE", help="Index scale: a shipped one, or your own YAML file."),
]

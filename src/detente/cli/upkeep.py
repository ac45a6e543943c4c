"""``detente verify`` and ``detente demo``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from detente.cli import FAULT, OK
from detente.cli.options import CasebookOption, Json


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(epilog="Examples:\n\n\b\n  detente verify --casebook minsk.casebook")(verify)
    app.command(epilog="Examples:\n\n\b\n  detente demo --out demo")(demo)


def verify(casebook: CasebookOption = None, json: Json = False) -> int:
    """Check every hash of a casebook; exit code 1 where something is wrong."""
    from detente import api

    problems = api.verify(casebook)
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(problems).decode() + "\n")
    else:
        for problem in problems:
            sys.stdout.write(f"{problem}\n")
        if not problems:
            sys.stdout.write("The casebook is whole.\n")
    return FAULT if problems else OK


def demo(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FOLDER", help="Where the casebook and briefs go."),
    ] = Path("demo"),
) -> int:
    """Code the bundled documents on Belarus and the West, and write a brief."""
    from detente.cli.demo import run

    return run(out)

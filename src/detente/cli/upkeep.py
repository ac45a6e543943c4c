"""``detente verify`` and ``detente demo``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from detente.cli import FAULT, OK
from detente.cli.options import CasebookOption, Json, Quiet


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(epilog="Examples:\n\n\b\n  detente verify --casebook minsk.casebook")(verify)
    app.command(epilog="Examples:\n\n\b\n  detente demo --out demo")(demo)
    app.command(
        name="eval",
        epilog="Examples:\n\n\b\n  detente eval --list\n  detente eval --only dates",
    )(evaluate)


def verify(casebook: CasebookOption = None, json: Json = False, quiet: Quiet = False) -> int:
    """Check every hash of a casebook.

    Exit code 1 where something is wrong.
    """
    from detente import api
    from detente.cli.progress import measuring

    with measuring("", "Checking", quiet=quiet, unit="MB") as (_, advance):
        problems = api.verify(casebook, progress=advance)
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
    quiet: Quiet = False,
) -> int:
    """Write a brief from the bundled documents on Belarus and the West."""
    from detente.cli.demo import run

    return run(out, quiet=quiet)


def evaluate(
    only: Annotated[
        str | None, typer.Option(metavar="NAME", help="Run this measure alone.")
    ] = None,
    names: Annotated[bool, typer.Option("--list", help="List the measures and stop.")] = False,
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Your own gold instead, as detente review gold writes it."
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Measure the coder on gold data.

    Exit code 1 where a figure is worse than its floor.

    Measures live in the repository's eval folder. Those that need the gold data beside the
    checkout are left out where it is not there.
    """
    from detente.cli.evaluation import run, run_gold

    if gold is not None:
        return run_gold(gold, json=json)
    return run(only, names=names, json=json)

"""The ``detente`` command and its groups."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli import (
    actors,
    assistants,
    claims,
    coding,
    exchange,
    explaining,
    forecasts,
    notes,
    reading,
    relations,
    reviewing,
    safekeeping,
    serving,
    upkeep,
)

app = typer.Typer(
    name="detente",
    help="Détente keeps the file on how states deal with each other: who met, said and did what "
    "to whom, each line tied to its sentence.",
    epilog="Start with: detente demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Détente keeps the file on how states deal with each other."""
    if version:
        from detente import __version__

        typer.echo(f"detente {__version__}")
        raise typer.Exit


for module in (
    coding, explaining, reading, notes, relations, claims, forecasts, actors, reviewing, serving,
    exchange, safekeeping, upkeep, assistants,
):  # fmt: skip
    module.register(app)

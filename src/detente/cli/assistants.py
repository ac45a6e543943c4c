"""``detente mcp``: the casebook for assistants."""

from __future__ import annotations

import sys

import typer

from detente.cli.options import CasebookOption


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(epilog="Examples:\n\n\b\n  detente mcp --casebook minsk.casebook")(mcp)


def mcp(casebook: CasebookOption = None) -> None:
    """Answer an assistant's questions on standard input and output (Model Context Protocol).

    Only reads; every answer names its sentences. Name this command in the assistant's settings.
    """
    from detente.mcp import serve

    sys.stderr.write("Answering on standard input and output until the other side closes.\n")
    serve(casebook)

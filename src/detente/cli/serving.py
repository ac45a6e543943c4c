"""``detente serve``: the web pages of a casebook."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import CasebookOption, Quiet


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(
        epilog="Examples:\n\n\b\n  detente serve --casebook minsk.casebook\n"
        "  detente serve --casebook minsk.casebook --port 8765 --open"
    )(serve)


def serve(
    casebook: CasebookOption = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port; 0 takes one that is free.")
    ] = 8765,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Address to listen on; this machine alone sees the default."
        ),
    ] = "127.0.0.1",
    page: Annotated[
        str, typer.Option(metavar="PATH", help="Page to open first, such as /relation/BLR/USA.")
    ] = "/",
    open: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    quiet: Quiet = False,
) -> None:
    """Show a casebook as web pages, on this machine alone, until stopped with Ctrl-C."""
    from detente.cli.progress import measuring
    from detente.settings import Settings
    from detente.web.serve import serve as run

    settings = Settings.from_environment()
    folder = Path(casebook if casebook is not None else settings.casebook)

    shown = ExitStack()

    def ready(address: str) -> None:
        shown.close()
        sys.stdout.write(f"{folder}: {address}\nStop with Ctrl-C.\n")
        sys.stdout.flush()
        if open:
            import webbrowser

            webbrowser.open(address)

    with shown:
        _, advance = shown.enter_context(
            measuring("Opening", "Counting the busiest relations", unit="sentences", quiet=quiet)
        )
        run(
            folder,
            host=host,
            port=port,
            path=page,
            settings=settings,
            ready=ready,
            advance=advance,
        )

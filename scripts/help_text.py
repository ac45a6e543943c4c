"""Writes the help that ``detente --help`` prints as text, ``src/detente/cli/help-80.txt`` and ``-100``.

Run ``python scripts/help_text.py`` after a command was added or its first line changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import typer.main

import detente.cli
from detente.cli.app import whole

WIDTHS = (80, detente.cli.WIDEST)


def text(columns: int) -> str:
    """Return the help for a terminal of this width."""
    os.environ["COLUMNS"] = str(columns)
    command = typer.main.get_command(whole())
    context = command.make_context("detente", [], resilient_parsing=True)
    return command.get_help(context) + "\n"


def main() -> None:
    """Write both files."""
    folder = Path(detente.cli.__file__).parent
    for columns in WIDTHS:
        (folder / f"help-{columns}.txt").write_text(text(columns), encoding="utf-8")


if __name__ == "__main__":
    main()

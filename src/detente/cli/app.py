"""The ``detente`` command and its groups."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMMANDS: dict[str, tuple[str, ...]] = {
    "coding": ("code", "add", "recode"),
    "explaining": ("explain",),
    "reading": ("search",),
    "notes": ("brief", "issue"),
    "relations": (
        "index", "agenda", "competence", "channels", "shifts", "proposals", "ceiling", "compare",
    ),
    "claims": ("claims",),
    "forecasts": ("forecasts",),
    "actors": ("actors",),
    "reviewing": ("review",),
    "serving": ("serve",),
    "exchange": ("import", "export"),
    "safekeeping": ("compact", "backup", "restore", "rescue", "doctor"),
    "upkeep": ("verify", "demo", "eval"),
    "assistants": ("mcp",),
}  # fmt: skip
"""The files of commands, in the order of the help, with the commands that each adds."""


def whole() -> typer.Typer:
    """Return the command with all its groups."""
    return _made_of(COMMANDS)


def every_command() -> dict[str, Any]:
    """Return every command by what is typed after ``detente``, sorted: ``review queue``."""
    found: dict[str, Any] = {}
    pending: list[tuple[str, Any]] = [("", typer.main.get_command(whole()))]
    while pending:
        name, command = pending.pop()
        children = getattr(command, "commands", None)
        if children is None:
            found[name] = command
        else:
            pending += [(f"{name} {child}".strip(), sub) for child, sub in children.items()]
    return dict(sorted(found.items()))


def holding(arguments: Sequence[str]) -> typer.Typer:
    """Return the command with the file alone that holds what is asked for, so that it starts fast.

    Args:
        arguments: What stands after ``detente``; where they begin with no known command, all are
            there, so that help and errors name them.
    """
    wanted = arguments[0] if arguments else ""
    files = [name for name, commands in COMMANDS.items() if wanted in commands]
    return _made_of(files or COMMANDS)


def _made_of(files: Iterable[str]) -> typer.Typer:
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
    app.callback(invoke_without_command=True)(main)
    for name in files:
        importlib.import_module(f"detente.cli.{name}").register(app)
    return app


def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Détente keeps the file on how states deal with each other."""
    if version:
        from detente import __version__

        typer.echo(f"detente {__version__}")
        raise typer.Exit

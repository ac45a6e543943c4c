"""The command line: thin wrappers over ``detente.api``, one file per command group.

Exit codes: 0 all went well; 1 a fault in Détente; 2 refused (a wrong option, a missing casebook);
3 done, but some inputs could not be read (each is named on standard error); 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = 100
"""Columns over which the help is not made wider."""
OK, FAULT, REFUSED, PARTIAL, INTERRUPTED = 0, 1, 2, 3, 130


def run(arguments: Sequence[str]) -> int:
    """Run the command line.

    Args:
        arguments: What stands after ``detente``.

    Returns:
        The exit code.
    """
    if list(arguments) in (["--help"], ["-h"]) and _show_help():
        return OK
    from detente.cli.app import holding
    from detente.errors import DetenteError

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = holding(arguments)(list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except DetenteError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return _end("Interrupted. What was committed is kept; run the command again to go on.")
    except Exception as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(f"{error}\n")
            return REFUSED
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):
            message = error.format_message().replace(": Value error, ", ": ")
            return _refuse(message, getattr(error, "ctx", None))
        if type(error).__name__ == "Abort":
            return _end("Stopped.")
        raise
    return result if isinstance(result, int) else OK


def _show_help() -> bool:
    """Print the help that is kept as text, which takes a sixth of the time of making it.

    Returns:
        False where none is kept for a terminal of this width.
    """
    kept = Path(__file__).with_name(f"help-{min(_columns(), WIDEST)}.txt")
    if not kept.exists():
        return False
    sys.stdout.write(kept.read_text(encoding="utf-8"))
    sys.stdout.flush()
    return True


def _columns() -> int:
    """Return how wide the terminal is, 80 where there is none."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def _interrupt(_signal: int, _frame: object) -> None:
    """Take SIGTERM as Ctrl-C: stop soon, keep what is committed, exit 130."""
    raise KeyboardInterrupt


def _refuse(message: str, context: object = None) -> int:
    hint = getattr(context, "command_path", None)
    sys.stderr.write(f"detente: {message}\n")
    if hint:
        sys.stderr.write(f"Try '{hint} --help'.\n")
    return REFUSED


def _end(message: str) -> int:
    sys.stderr.write(f"\n{message}\n")
    return INTERRUPTED

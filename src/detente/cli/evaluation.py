"""``detente eval``: runs the measures of the repository's ``eval`` folder."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.cli import FAULT, OK
from detente.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType

REPOSITORY = Path(__file__).parents[3]


def run(only: str | None, *, names: bool, json: bool) -> int:
    """Run all measures, or one, and hold them against the floors.

    Raises:
        InputError: The repository is not there, or no measure has that name.
    """
    gate = _gate()
    if names:
        shown = msgspec.json.encode(gate.names()).decode() if json else "\n".join(gate.names())
        sys.stdout.write(shown + "\n")
        return OK
    shared = REPOSITORY.parent / "shared"
    floors = gate.floors()
    figures: dict[str, float] = {}
    started = time.monotonic()
    try:
        for name, value in gate.measures(shared if shared.is_dir() else None, only=only):
            figures[name] = value
            if not json:
                floor = f"floor {floors[name]:.4g}" if name in floors else ""
                sys.stdout.write(f"{name:58} {value:10.4g}  {floor}\n")
                sys.stdout.flush()
    except ValueError as error:
        if isinstance(error, InputError) or only in gate.names():
            raise
        raise InputError(str(error)) from error
    failed = gate.failures(figures, floors)
    if json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
    for line in failed:
        sys.stderr.write(f"detente: {line}\n")
    if not json:
        sys.stdout.write(f"{len(figures)} figures in {time.monotonic() - started:.0f} s\n")
    return FAULT if failed else OK


def run_gold(path: Path, *, json: bool) -> int:
    """Score the coder on a file of gold, such as ``detente review gold`` writes.

    Raises:
        InputError: The file is not there or does not follow the notation.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such file")
    try:
        figures = _gate().measure_gold(path)
    except (ValueError, msgspec.MsgspecError) as error:
        raise InputError(f"{path}: {error}") from error
    if json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
        return OK
    for name, value in figures.items():
        sys.stdout.write(f"{name:58} {value:10.4g}\n")
    return OK


def _gate() -> ModuleType:
    path = REPOSITORY / "eval" / "gate.py"
    if not path.is_file():
        raise InputError(f"{path}: eval needs the repository, not only the package")
    spec = importlib.util.spec_from_file_location("detente_eval_gate", path)
    if spec is None or spec.loader is None:
        raise InputError(f"{path}: cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""``--dry-run``: a command does its work on a copy that is thrown away, and says what it did."""

from __future__ import annotations

import functools
import inspect
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Do it on a copy that is thrown away, and say what was done."),
]


def rehearsed(command: Callable[..., Result], *written: str) -> Callable[..., Result]:
    """Give a command that writes the option ``--dry-run``.

    Args:
        command: The command.
        written: Its parameters that name what it writes: ``casebook``, ``register`` (a file) and ``out`` (a new file
            or folder). In a dry run they name copies, or places, in a folder that is removed in the end.
    """

    @functools.wraps(command)
    def run(*, dry_run: bool = False, **given: Any) -> Result:  # noqa: ANN401
        if not dry_run:
            return command(**given)
        import tempfile

        with tempfile.TemporaryDirectory(prefix="detente-dry-run-") as place:
            chosen = {name: _copy(name, given[name], Path(place)) for name in written}
            made = command(**{**given, **chosen})
            sys.stdout.flush()
            sys.stderr.write(f"Dry run: {_told(given, Path(place))}\n")
        return made

    parameters = inspect.signature(command, eval_str=True).parameters.values()
    option = inspect.Parameter(
        "dry_run", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=DryRun
    )
    keyword = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
    run.__signature__ = inspect.Signature([*keyword, option])  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in (*keyword, option)}
    return run


def _copy(name: str, given: Path | None, place: Path) -> Path | None:
    """Return what stands for something that a command would write."""
    from detente.casebook import rehearsal
    from detente.settings import Settings

    settings = Settings.from_environment()
    if name == "out":
        return None if given is None else given if given.is_dir() else place / given.name
    path = Path(given or getattr(settings, name))
    copy = place / (path.name or name)
    if name == "register" and path.is_file():
        shutil.copy2(path, copy)
    elif (path / "ledger.sqlite").is_file():
        rehearsal.copy(path, copy, settings=settings)
    elif path.exists():
        return path  # no casebook: the command itself refuses it
    return copy


def _told(given: dict[str, Any], place: Path) -> str:
    out = given.get("out")
    if out is None:
        return "it was done on a copy, which is gone; nothing was changed."
    made = place / out.name
    size = sum(path.stat().st_size for path in (made, *made.rglob("*")) if path.is_file())
    return f"{out} would hold {size:,} bytes; nothing was written."

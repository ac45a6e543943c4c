"""``--dry-run``: a command does its work on a copy that is thrown away, and says what it did."""

from __future__ import annotations

import functools
import inspect
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, TypeVar, cast

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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
            own = {name: _own(name, given[name]) for name in written}
            chosen = {name: _copy(name, path, Path(place)) for name, path in own.items()}
            with _told_as({str(chosen[name]): str(path) for name, path in own.items() if path}):
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


def _own(name: str, given: Path | None) -> Path | None:
    """Return what a command would write: what was given, else the casebook or register of the settings."""
    from detente.settings import Settings

    if name == "out":
        return given
    return Path(given or getattr(Settings.from_environment(), name))


def _copy(name: str, path: Path | None, place: Path) -> Path | None:
    """Return what stands for something that a command would write."""
    from detente.casebook import rehearsal
    from detente.settings import Settings

    if path is None:
        return None
    copy = place / (path.name or name)
    if name == "out":
        return path if path.is_dir() else copy
    if name == "register" and path.is_file():
        shutil.copy2(path, copy)
    elif (path / "ledger.sqlite").is_file():
        rehearsal.copy(path, copy, settings=Settings.from_environment())
    elif path.exists():
        return path  # no casebook: the command itself refuses it
    return copy


class _Renaming:
    """A stream that passes on what is written to it, with some names in the place of others."""

    def __init__(self, stream: TextIO, names: Mapping[str, str]) -> None:
        self._stream, self._names = stream, names

    def write(self, text: str) -> int:
        return self._stream.write(_renamed(text, self._names))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._stream, name)


@contextmanager
def _told_as(names: Mapping[str, str]) -> Iterator[None]:
    """Have a command, in what it prints and in its errors, name its copies as what they stand for."""
    from detente.errors import DetenteError

    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Renaming(one, names)) for one in streams)
    try:
        yield
    except DetenteError as error:
        error.args = tuple(
            _renamed(one, names) if isinstance(one, str) else one for one in error.args
        )
        raise
    finally:
        sys.stdout, sys.stderr = streams


def _renamed(text: str, names: Mapping[str, str]) -> str:
    for copy, name in names.items():
        text = text.replace(copy, name)
    return text


def _told(given: dict[str, Any], place: Path) -> str:
    out = given.get("out")
    if out is None:
        return "it was done on a copy, which is gone; nothing was changed."
    made = place / out.name
    size = sum(path.stat().st_size for path in (made, *made.rglob("*")) if path.is_file())
    return f"{out} would hold {size:,} bytes; nothing was written."

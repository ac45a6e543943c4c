"""Looks at the installation, the disk and a casebook, and says what is wrong."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import apsw
import msgspec

from detente import __version__
from detente.casebook import duck
from detente.casebook.files import explained, litter, remove
from detente.casebook.lock import WriterLock
from detente.casebook.verify import verify
from detente.coding.grammar.parse import Parser
from detente.engine import cores
from detente.errors import CasebookError, DetenteError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLDEST_SQLITE = (3, 51, 3)
"""Before it, SQLite could lose a write-ahead log that was reset while it was written."""

PACKAGES = ("spacy", "pyarrow", "duckdb", "apsw", "msgspec", "numpy", "trafilatura", "pypdfium2")
EXTRAS = {"ray": "the engine ray: pip install 'detente[ray]'"}
LOW_BYTES = 1_000_000_000
"""Free space under which a warning is given."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at.

    Attributes:
        what: What it is.
        state: ``ok``, ``warning`` or ``fault``.
        reason: What was found, in one sentence, with the remedy where something is wrong.
    """

    what: str
    state: Literal["ok", "warning", "fault"]
    reason: str


def examine(
    casebook: Path | None, *, progress: Callable[[int, int], None] | None = None
) -> list[Finding]:
    """Look at everything; litter of killed runs is removed on the way.

    Args:
        casebook: The casebook's folder; that of the settings where None, if it is there.
        progress: Called with the megabytes of the casebook checked, and those there are.
    """
    found = [*_program(), *_packages()]
    try:
        settings = Settings.from_environment()
    except DetenteError as error:
        return [*found, Finding(what="settings", state="fault", reason=str(error))]
    found += _model(settings)
    place = casebook if casebook is not None else Path(settings.casebook)
    found += _disk(place)
    if casebook is not None or place.exists():
        found += _casebook(place, settings, progress)
    return found


def _program() -> Iterator[Finding]:
    version = platform.python_version()
    good = (3, 11) <= sys.version_info[:2] < (3, 14)
    reason = f"Détente {__version__} on Python {version}, {cores()} cores"
    yield Finding(
        what="program",
        state="ok" if good else "fault",
        reason=reason if good else f"{reason}; Python 3.11 to 3.13 is needed",
    )
    library = apsw.sqlite_lib_version()
    good = tuple(map(int, library.split("."))) >= OLDEST_SQLITE
    yield Finding(
        what="sqlite",
        state="ok" if good else "fault",
        reason=f"SQLite {library}" + ("" if good else "; install a newer apsw"),
    )
    with duck.connect(Path()) as connection:
        [(value,)] = connection.execute(
            "SELECT current_setting('autoinstall_known_extensions')"
        ).fetchall()
    yield Finding(
        what="duckdb",
        state="fault" if value else "ok",
        reason="it would fetch extensions" if value else "it fetches no extensions",
    )


def _packages() -> Iterator[Finding]:
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding(what=name, state="fault", reason=f"missing: pip install {name}")
    yield Finding(what="packages", state="ok", reason=", ".join(versions))
    for name, use in EXTRAS.items():
        there = importlib.util.find_spec(name) is not None
        reason = f"installed {metadata.version(name)}" if there else f"not installed; {use}"
        yield Finding(what=f"extra {name}", state="ok", reason=reason)


def _model(settings: Settings) -> Iterator[Finding]:
    try:
        version = Parser(settings.model).version
    except (DetenteError, OSError, ValueError) as error:
        yield Finding(what="language model", state="fault", reason=str(error))
    else:
        yield Finding(what="language model", state="ok", reason=f"{settings.model}: {version}")


def _disk(place: Path) -> Iterator[Finding]:
    there = place.absolute()
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    reason = f"{free / 1e9:,.1f} GB free at {there}"
    if not os.access(there, os.W_OK):
        yield Finding(what="disk", state="warning", reason=f"{there} cannot be written")
    elif free < LOW_BYTES:
        yield Finding(what="disk", state="warning", reason=f"only {reason}")
    else:
        yield Finding(what="disk", state="ok", reason=reason)


def _casebook(
    place: Path, settings: Settings, progress: Callable[[int, int], None] | None
) -> Iterator[Finding]:
    yield from _litter(place, settings)
    try:
        problems = verify(place, settings=settings, progress=progress)
    except DetenteError as error:
        yield Finding(what="casebook", state="fault", reason=str(error))
        return
    for problem in problems:
        yield Finding(what="casebook", state="fault", reason=str(problem))
    if not problems:
        yield Finding(what="casebook", state="ok", reason=f"{place} is whole")


def _litter(place: Path, settings: Settings) -> Iterator[Finding]:
    if not place.is_dir():
        return
    try:
        with explained(place):
            left = litter(place)
            if not left:
                return
            lock = WriterLock(place / "writer.lock", seconds=min(1.0, settings.busy_seconds))
            try:
                for path in litter(place):
                    remove(path)
            finally:
                lock.release()
    except CasebookError as error:
        yield Finding(what="litter", state="warning", reason=f"not swept: {error}")
    else:
        reason = f"{len(left)} unfinished files of killed runs were removed"
        yield Finding(what="litter", state="ok", reason=reason)

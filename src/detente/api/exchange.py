"""Event data of others, in and out."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

from detente.api import codes
from detente.api.opening import Asked, as_domain, as_period, view
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detente.exchange.importing import ImportReport


def import_events(
    format: str,
    files: Sequence[str | Path],
    *,
    casebook: str | Path | None = None,
    start: str | None = None,
    unit: str = "hour",
    settings: Settings | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Read event files of others into a casebook, which is made if need be.

    Args:
        format: ``gdelt``, ``icews``, ``polecat``, ``plover`` (JSON), or ``tkg``, a temporal
            knowledge graph.
        files: Plain, gzipped or zipped files.
        casebook: The casebook's folder; that of the settings where None.
        start: The day of time 0 of a temporal knowledge graph, ``YYYY-MM-DD``.
        unit: Its unit of time: ``minute``, ``hour`` or ``day``.
        settings: Limits; from the environment where None.
        progress: Called with how many files are done.

    Raises:
        InputError: A file is missing, truncated or not of this format.
        CasebookError: The casebook is damaged, newer than the program, or being written.
    """
    from detente.casebook.book import Casebook
    from detente.exchange.importing import import_files
    from detente.exchange.rows import Choices

    chosen = settings or Settings.from_environment()
    folder = casebook if casebook is not None else chosen.casebook
    with Casebook.open(folder, chosen, create=True) as book:
        return import_files(
            book,
            format,
            [Path(file) for file in files],
            choices=Choices(start=start, unit=unit),
            progress=progress,
        )


def export_events(
    format: str,
    out: str | Path | IO[bytes],
    *,
    parties: Sequence[str] = (),
    omitted: Callable[[int], None] | None = None,
    **asked: Unpack[Asked],
) -> int:
    """Write events of a casebook, coded and imported, for other programs.

    Args:
        format: ``gdelt``, ``icews``, ``polecat``, ``plover``, ``csv`` or ``parquet``.
        out: A file, replaced when the whole of it is written, or a binary stream.
        parties: None, one or two codes, as in ``View``.
        omitted: Called with how many events the format cannot hold, where there are any: those without a
            type that it knows, and what did not take place where it has no word for that.
        **asked: ``casebook``, ``domain``, ``since``, ``until`` and ``as_of``, as in ``Asked``.

    Returns:
        The number of rows written.

    Raises:
        InputError: A format or domain is not known, a code is nobody's, or the period is impossible.
    """
    from detente.exchange.exporting import write

    since, until = as_period(asked.get("since"), asked.get("until"))
    with view(asked.get("casebook"), as_of=asked.get("as_of")) as opened:
        codes.check(opened, *parties)
        events = opened.events(
            parties=parties,
            since=since,
            until=until,
            domain=as_domain(asked.get("domain")),
        )
    return write(events, format, out, omitted=omitted)

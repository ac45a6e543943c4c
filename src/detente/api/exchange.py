"""Event data of others, in and out."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from detente.api.opening import as_date, view
from detente.settings import Settings

if TYPE_CHECKING:
    import datetime
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
    casebook: str | Path | None = None,
    parties: Sequence[str] = (),
    domain: str | None = None,
    since: str | datetime.date | None = None,
    until: str | datetime.date | None = None,
    as_of: str | datetime.date | None = None,
) -> int:
    """Write events of a casebook, coded and imported, for other programs.

    Args:
        format: ``gdelt``, ``icews``, ``polecat``, ``plover``, ``csv`` or ``parquet``.
        out: A file, replaced when the whole of it is written, or a binary stream.
        casebook: The casebook's folder; that of the settings where None.
        parties: None, one or two codes, as in ``View``.
        domain: Only this domain.
        since: First day.
        until: Last day.
        as_of: Day up to whose end the casebook is believed; None is now.

    Returns:
        The number of rows written.

    Raises:
        InputError: A format or domain is not known.
    """
    from detente.exchange.exporting import checked_domain, write

    with view(casebook, as_of=as_of) as opened:
        events = opened.events(
            parties=parties,
            since=as_date(since),
            until=as_date(until),
            domain=checked_domain(domain),
        )
    return write(events, format, out)

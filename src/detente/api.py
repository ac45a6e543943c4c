"""What a notebook imports, and what the command line and the web page call.

For instance::

    import detente.api as dt

    for coded in dt.code(["report.txt"], published="2016-09-26"):
        print(coded.records)
    dt.add(["reports/"], casebook="minsk.casebook")
    print(dt.to_markdown(dt.brief("BLR", "USA", casebook="minsk.casebook")))
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from detente.errors import InputError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detente.brief import Brief
    from detente.casebook.book import AddReport
    from detente.casebook.verify import Problem
    from detente.casebook.view import SearchHit, View
    from detente.coding.pipeline import Coder
    from detente.exchange.importing import ImportReport
    from detente.model import Coded, Document, ErrorRecord


def read(
    inputs: Sequence[str | Path],
    *,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Document | ErrorRecord]:
    """Read documents; one that cannot be read gives an error record, the others go on.

    Args:
        inputs: Files, folders, archives, web addresses or feeds.
        published: Publication date of all of them, where theirs is not to be looked for.
        publisher: Publisher of all of them.
        settings: Limits; from the environment where None.

    Raises:
        InputError: ``published`` is no date.
    """
    from detente.read import ReadOptions
    from detente.read import read as read_inputs

    day = as_date(published)
    options = ReadOptions(published=day.isoformat() if day else None, publisher=publisher)
    return read_inputs(inputs, options=options, settings=settings or Settings.from_environment())


def coder(*, settings: Settings | None = None, register: Sequence[str | Path] = ()) -> Coder:
    """Return a coder.

    Args:
        settings: Limits and the model; from the environment where None.
        register: The user's own register files, laid over the shipped register.

    Raises:
        RegisterError: A register file is wrong; nothing of it was loaded.
    """
    from detente.coding.pipeline import Coder

    return Coder(
        settings=settings or Settings.from_environment(), overlays=[Path(path) for path in register]
    )


def code(
    inputs: Sequence[str | Path],
    *,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    register: Sequence[str | Path] = (),
    settings: Settings | None = None,
) -> Iterator[Coded | ErrorRecord]:
    """Read and code documents without a casebook, in input order.

    The arguments are those of ``read`` and ``coder``.
    """
    from detente.model import ErrorRecord

    chosen = coder(settings=settings, register=register)
    for item in read(inputs, published=published, publisher=publisher, settings=chosen.settings):
        if isinstance(item, ErrorRecord):
            yield item
        else:
            yield from chosen.code([item])


def add(
    inputs: Sequence[str | Path],
    *,
    casebook: str | Path | None = None,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    register: Sequence[str | Path] = (),
    settings: Settings | None = None,
    failed: Callable[[ErrorRecord], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> AddReport:
    """Read documents, code the new ones and keep them in a casebook, which is made if need be.

    Args:
        inputs: Files, folders, archives, web addresses or feeds.
        casebook: The casebook's folder; that of the settings where None.
        published: As in ``read``.
        publisher: As in ``read``.
        register: As in ``coder``.
        settings: Limits; from the environment where None.
        failed: Called with every input that could not be read.
        progress: Called with how many inputs have been dealt with.

    Raises:
        CasebookError: The casebook is damaged, newer than the program, or being written.
    """
    from detente.casebook.book import Casebook
    from detente.coding.incidents import fold

    chosen = coder(settings=settings, register=register)
    documents = read(inputs, published=published, publisher=publisher, settings=chosen.settings)
    folder = casebook if casebook is not None else chosen.settings.casebook
    with Casebook.open(folder, chosen.settings, create=True) as book:
        return book.add(
            _reporting(documents, failed),
            code=chosen.code,
            coder_version=chosen.version,
            configuration=chosen.configuration,
            fold=fold,
            progress=progress,
        )


def view(casebook: str | Path | None = None, *, as_of: str | datetime.date | None = None) -> View:
    """Open a casebook for reading.

    Args:
        casebook: The casebook's folder; that of the settings where None.
        as_of: Day up to whose end the casebook is believed; None is now.

    Raises:
        CasebookError: There is no casebook, or it is newer than the program.
    """
    from detente.casebook.view import View

    settings = Settings.from_environment()
    day = as_date(as_of)
    moment = None
    if day is not None:
        end = datetime.time(23, 59, 59, 999_999)
        moment = datetime.datetime.combine(day, end, datetime.UTC)
    return View(casebook if casebook is not None else settings.casebook, as_of=moment)


def search(query: str, *, casebook: str | Path | None = None, limit: int = 20) -> list[SearchHit]:
    """Return the documents of a casebook that hold all words of ``query``, best first."""
    with view(casebook) as opened:
        return opened.search(query, limit=limit)


def verify(casebook: str | Path | None = None) -> list[Problem]:
    """Check every hash of a casebook.

    Returns:
        The problems found; an empty list is a healthy casebook.
    """
    from detente.casebook.verify import verify as check

    settings = Settings.from_environment()
    return check(Path(casebook if casebook is not None else settings.casebook))


def import_events(
    format: str,
    files: Sequence[str | Path],
    *,
    casebook: str | Path | None = None,
    settings: Settings | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Read event files of others into a casebook, which is made if need be.

    Args:
        format: ``gdelt`` or ``icews``.
        files: Plain, gzipped or zipped files.
        casebook: The casebook's folder; that of the settings where None.
        settings: Limits; from the environment where None.
        progress: Called with how many files are done.

    Raises:
        InputError: A file is missing, truncated or not of this format.
        CasebookError: The casebook is damaged, newer than the program, or being written.
    """
    from detente.casebook.book import Casebook
    from detente.exchange.importing import import_files

    chosen = settings or Settings.from_environment()
    folder = casebook if casebook is not None else chosen.casebook
    with Casebook.open(folder, chosen, create=True) as book:
        return import_files(book, format, [Path(file) for file in files], progress=progress)


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
        format: ``gdelt``, ``icews``, ``plover``, ``csv`` or ``parquet``.
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


def brief(
    party: str,
    other: str,
    *,
    casebook: str | Path | None = None,
    domain: str | None = None,
    since: str | datetime.date | None = None,
    until: str | datetime.date | None = None,
    as_of: str | datetime.date | None = None,
) -> Brief:
    """Write a cited brief on the relation of two parties.

    Args:
        party: Code of a country, organisation or bloc, such as ``BLR``.
        other: The other one.
        casebook: The casebook's folder; that of the settings where None.
        domain: Only this domain.
        since: First day of the period.
        until: Last day of the period.
        as_of: Day up to whose end the casebook is believed; None is now.

    Raises:
        InputError: A code or domain is not known, or the period ends before it begins.
    """
    from detente.brief import write

    with view(casebook, as_of=as_of) as opened:
        return write(
            opened, party, other, domain=domain, since=as_date(since), until=as_date(until)
        )


def as_date(value: str | datetime.date | None) -> datetime.date | None:
    """Return a day from ``YYYY-MM-DD``.

    Raises:
        InputError: It is no such day.
    """
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{value!r} is no date of the form YYYY-MM-DD") from error


def _reporting(
    documents: Iterator[Document | ErrorRecord], failed: Callable[[ErrorRecord], None] | None
) -> Iterator[Document | ErrorRecord]:
    from detente.model import ErrorRecord

    for item in documents:
        if failed is not None and isinstance(item, ErrorRecord):
            failed(item)
        yield item

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
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypedDict, Unpack

from detente.errors import InputError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detente.brief import Brief, Issue
    from detente.casebook.book import AddReport
    from detente.casebook.verify import Problem
    from detente.casebook.view import SearchHit, View
    from detente.coding.pipeline import Coder
    from detente.exchange.importing import ImportReport
    from detente.model import Coded, Document, ErrorRecord
    from detente.relations.agenda import Agenda, Substitution
    from detente.relations.analysis import Scope
    from detente.relations.ceiling import Ceiling
    from detente.relations.channels import ChannelPair, Novelty
    from detente.relations.competence import Competence, Takeover
    from detente.relations.periods import Unit
    from detente.relations.proposals import Proposal
    from detente.relations.series import Series
    from detente.relations.shifts import Shifts


class Asked(TypedDict, total=False):
    """What every question about a relation may be narrowed by, as keywords.

    Attributes:
        casebook: The casebook's folder; that of the settings where not given.
        domain: Only this domain.
        since: First day.
        until: Last day.
        as_of: Day up to whose end the casebook is believed.
    """

    casebook: str | Path | None
    domain: str | None
    since: str | datetime.date | None
    until: str | datetime.date | None
    as_of: str | datetime.date | None


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
    return View(casebook if casebook is not None else settings.casebook, as_of=_end_of(as_of))


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
    start: str | None = None,
    unit: str = "hour",
    settings: Settings | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Read event files of others into a casebook, which is made if need be.

    Args:
        format: ``gdelt``, ``icews`` or ``tkg``, a temporal knowledge graph.
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
            opened,
            party,
            other,
            domain=domain,
            since=as_date(since),
            until=as_date(until),
            as_of=_end_of(as_of),
        )


def issue(
    state: str,
    partners: Sequence[str],
    *,
    since: str | datetime.date,
    until: str | datetime.date,
    casebook: str | Path | None = None,
    as_of: str | datetime.date | None = None,
    scale: str = "barometer-1",
) -> Issue:
    """Write the barometer issue of one country and its partners.

    Args:
        state: Code of the country, such as ``BLR``.
        partners: Codes of its partners, in the order in which they are told.
        since: First day of the period.
        until: Last day; the issue before is as long.
        casebook: The casebook's folder; that of the settings where None.
        as_of: Day up to whose end the casebook is believed; None is now.
        scale: Name or file of the index scale.

    Raises:
        InputError: No partner, a partner twice, or a period that ends before it begins.
    """
    from detente.brief import write_issue

    twice = sorted({code for code in partners if list(partners).count(code) > 1})
    if twice:
        raise InputError(f"{', '.join(twice)}: named twice among the partners")
    first, last = as_date(since), as_date(until)
    if first is None or last is None:
        raise InputError("an issue needs its first and its last day")
    with view(casebook, as_of=as_of) as opened:
        return write_issue(
            opened, state, partners, since=first, until=last, as_of=_end_of(as_of), scale=scale
        )


def index(
    party: str,
    other: str,
    *,
    by: Unit = "month",
    scale: str = "barometer-1",
    corrected: bool = False,
    **asked: Unpack[Asked],
) -> Series:
    """Return counts and index of a relation by period, with the catalogue behind them.

    Args:
        party: Code of a country, organisation, bloc or institution, such as ``BLR``.
        other: The other one.
        by: Length of a period.
        scale: Name or file of the index scale.
        corrected: Correct the index for how many documents were published in each period.
        **asked: ``casebook``, ``domain``, ``since``, ``until`` and ``as_of``, as in ``Asked``.

    Raises:
        InputError: There is no such domain, scale or unit, or the period is impossible.
    """
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.index(
            opened, party, other, scope=scope, unit=by, scale=scale, corrected=corrected
        )


def agenda(
    party: str, other: str, *, by: Unit = "year", **asked: Unpack[Asked]
) -> tuple[tuple[Agenda, ...], tuple[Substitution, ...]]:
    """Return what a relation is about by period, and what replaced what; arguments of ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.agenda(opened, party, other, scope=scope, unit=by)


def competence(
    party: str, other: str, *, by: Unit = "year", **asked: Unpack[Asked]
) -> tuple[tuple[Competence, ...], Takeover | None]:
    """Return who spoke for ``party`` with ``other``, and a tested take-over; see ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.competence(opened, party, other, scope=scope, unit=by)


def channels(
    party: str, other: str, **asked: Unpack[Asked]
) -> tuple[tuple[ChannelPair, ...], tuple[Novelty, ...]]:
    """Return who meets whom, and contacts that were the first for some time; see ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.channels(opened, party, other, scope=scope)


def shifts(party: str, other: str, *, by: Unit = "month", **asked: Unpack[Asked]) -> Shifts:
    """Return the shifts in the number of incidents of a relation; arguments of ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.shifts(opened, party, other, scope=scope, unit=by)


def proposals(party: str, other: str, **asked: Unpack[Asked]) -> tuple[Proposal, ...]:
    """Return what was planned, proposed or possible, and its outcome; arguments of ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, other) as (opened, scope):
        return analysis.proposals(opened, party, other, scope=scope)


def ceiling(
    party: str, other: str, third: str, *, scale: str = "barometer-1", **asked: Unpack[Asked]
) -> Ceiling:
    """Return whether dealings of two parties fall off after reactions of ``third``; see ``index``.

    Raises:
        InputError: As in ``index``, or nothing of the three parties has a date.
    """
    from detente.relations import analysis

    with _relation(asked, party, other, third) as (opened, scope):
        return analysis.ceiling(opened, party, other, third, scope=scope, scale=scale)


def compare(
    party: str,
    others: Sequence[str],
    *,
    by: Unit = "month",
    scale: str = "barometer-1",
    **asked: Unpack[Asked],
) -> dict[str, Series]:
    """Return the index of ``party`` with each of ``others`` over the same periods; see ``index``."""
    from detente.relations import analysis

    with _relation(asked, party, *others) as (opened, scope):
        return analysis.compare(opened, party, others, scope=scope, unit=by, scale=scale)


@contextmanager
def _relation(asked: Asked, *parties: str) -> Iterator[tuple[View, Scope]]:
    """Open the casebook that was asked for and say what to count."""
    from typing import get_args

    from detente.model import Domain
    from detente.relations.analysis import Scope

    domain = asked.get("domain")
    if domain is not None and domain not in get_args(Domain):
        raise InputError(f"{domain}: no such domain; there are {', '.join(get_args(Domain))}")
    if len(set(parties)) < len(parties):
        raise InputError(f"{', '.join(parties)}: a party is named twice")
    since, until = as_date(asked.get("since")), as_date(asked.get("until"))
    if since is not None and until is not None and until < since:
        raise InputError(f"the period ends on {until}, before it begins on {since}")
    with view(asked.get("casebook"), as_of=asked.get("as_of")) as opened:
        yield opened, Scope(since=since, until=until, domain=domain)


def _end_of(value: str | datetime.date | None) -> datetime.datetime | None:
    day = as_date(value)
    if day is None:
        return None
    end = datetime.time(23, 59, 59, 999_999)
    return datetime.datetime.combine(day, end, datetime.UTC)


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

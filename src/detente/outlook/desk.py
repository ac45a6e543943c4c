"""The forecast ledger of a casebook: read, add to it, operationalise, resolve and score.

Every function opens the casebook, does one thing and closes it. Nothing that was written is ever
changed: a new version or outcome stands after the old one in the chain of the casebook's ledger.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente.casebook.ledger import Ledger as Chain
from detente.casebook.lock import WriterLock
from detente.casebook.times import stamp, utc_now
from detente.casebook.view import View
from detente.errors import CasebookError, InputError
from detente.model import Forecast
from detente.outlook import queries, scoring
from detente.outlook.ledger import Ledger
from detente.outlook.queries import Incident
from detente.outlook.records import (
    Entry,
    Outlook,
    Resolution,
    Version,
    by_hand,
    from_forecast,
)
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.outlook.records import Query
    from detente.outlook.scoring import Score

__all__ = [
    "Facts", "Refused", "accept", "add", "by_hand", "facts", "load", "operationalise", "resolve",
    "score", "write",
]  # fmt: skip

_KINDS = {Outlook: "forecast", Version: "version", Resolution: "resolution"}


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A forecast that a step could not take, and why."""

    forecast: str
    reason: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What outcomes are decided by.

    Attributes:
        incidents: All incidents, each known since its earliest document was published.
        days: Publication days of the documents, in order.
    """

    incidents: tuple[Incident, ...]
    days: tuple[str, ...]

    @property
    def first(self) -> str | None:
        """The first publication day."""
        return self.days[0] if self.days else None

    def covered_until(self, as_of: str) -> str | None:
        """Return the last publication day up to a day; the day before all where there is none."""
        known = [day for day in self.days if day <= as_of]
        return known[-1] if known else None


def load(path: Path | str, *, settings: Settings | None = None) -> Ledger:
    """Return the forecast ledger of a casebook.

    A coded forecast from a document without a publication day has no day of issue and is left out.

    Raises:
        CasebookError: There is no casebook, or it is damaged or newer than the program.
    """
    folder, limits = Path(path), settings or Settings()
    with View(folder, settings=limits) as view:
        sources = _sources(view)
    return Ledger(_entries(folder, limits, sources))


def _sources(view: View) -> dict[str, tuple[str, str | None, str | None]]:
    table = view.documents()
    columns = [table.column(n).to_pylist() for n in ("id", "published", "author", "publisher")]
    return {
        document: (published, author, publisher)
        for document, published, author, publisher in zip(*columns, strict=True)
        if published is not None
    }


def _entries(
    folder: Path, settings: Settings, sources: dict[str, tuple[str, str | None, str | None]]
) -> Iterator[Entry]:
    if not (folder / "ledger.sqlite").is_file():
        raise CasebookError(f"{folder}: there is no casebook")
    chain = Chain(folder, write=False, busy_seconds=settings.busy_seconds)
    try:
        frozen = chain.rows("SELECT document, body FROM forecasts ORDER BY seq")
        later = chain.rows("SELECT body FROM outlook ORDER BY seq")
    finally:
        chain.close()
    for document, body in frozen:
        source = sources.get(str(document))
        if source is None:
            continue
        forecast = msgspec.json.decode(str(body), type=Forecast)
        published, author, publisher = source
        try:
            yield from_forecast(forecast, issued=published, author=author, publisher=publisher)
        except InputError:
            continue
    for (body,) in later:
        yield msgspec.json.decode(str(body), type=Entry)


def write(path: Path | str, entries: Sequence[Entry], *, settings: Settings | None = None) -> None:
    """Add entries to the casebook's chain, all or none.

    Raises:
        CasebookError: There is no casebook, or another process is writing it.
    """
    folder, limits = Path(path), settings or Settings()
    if not (folder / "ledger.sqlite").is_file():
        raise CasebookError(f"{folder}: there is no casebook")
    if not entries:
        return
    lock = WriterLock(folder / "writer.lock", seconds=limits.busy_seconds)
    try:
        chain = Chain(folder, write=True, busy_seconds=limits.busy_seconds)
        try:
            with chain.transaction(stamp(utc_now())) as transaction:
                for entry in entries:
                    transaction.add(
                        "outlook",
                        forecast=entry.id if isinstance(entry, Outlook) else entry.forecast,
                        kind=_KINDS[type(entry)],
                        body=msgspec.json.encode(entry).decode(),
                    )
        finally:
            chain.close()
    finally:
        lock.release()


def facts(path: Path | str, *, settings: Settings | None = None) -> Facts:
    """Return the incidents of a casebook and the days that it covers."""
    with View(Path(path), settings=settings or Settings()) as view:
        published = {document: source[0] for document, source in _sources(view).items()}
        events = view.records()
    return Facts(
        incidents=queries.incidents_of(events, recorded=published),
        days=tuple(sorted(set(published.values()))),
    )


def add(
    path: Path | str, outlooks: Iterable[Outlook], *, settings: Settings | None = None
) -> tuple[Outlook, ...]:
    """Add hand-written forecasts; those that the ledger holds already are left out.

    Raises:
        InputError: One cannot be kept; none is written.
    """
    ledger = load(path, settings=settings)
    fresh: list[Outlook] = []
    for outlook in outlooks:
        entry = ledger.add(outlook)
        if entry is not None:
            ledger.apply(entry)
            fresh.append(entry)
    write(path, fresh, settings=settings)
    return tuple(fresh)


def operationalise(
    path: Path | str, *, ids: Sequence[str] = (), settings: Settings | None = None
) -> tuple[tuple[Version, ...], tuple[Refused, ...]]:
    """Propose a query for every forecast that has none.

    Args:
        path: The casebook.
        ids: Only these forecasts; a new query is proposed even where there is one.
        settings: Limits.

    Returns:
        The proposals that were written, and the forecasts that a person must word.
    """
    ledger, known = load(path, settings=settings), facts(path, settings=settings)
    made: list[Version] = []
    refused: list[Refused] = []
    for case in ledger.cases.values():
        outlook = case.outlook
        if (ids and outlook.id not in ids) or (not ids and case.versions):
            continue
        before = [i for i in known.incidents if i.recorded is None or i.recorded < outlook.issued]
        try:
            version = queries.operationalise(outlook, before, since=known.first)
        except InputError as error:
            refused.append(Refused(forecast=outlook.id, reason=str(error)))
            continue
        made.append(ledger.propose(version))
    write(path, made, settings=settings)
    return tuple(made), tuple(refused)


def accept(
    path: Path | str,
    forecast: str,
    *,
    query: Query | None = None,
    reason: str = "",
    settings: Settings | None = None,
) -> Version:
    """Take a forecast's proposed query, or an own one in its place.

    Raises:
        InputError: There is no such forecast, nothing to accept, or the query can never resolve.
    """
    version = load(path, settings=settings).accept(forecast, query=query, reason=reason)
    write(path, [version], settings=settings)
    return version


def resolve(
    path: Path | str, *, as_of: str, ids: Sequence[str] = (), settings: Settings | None = None
) -> tuple[Resolution, ...]:
    """Answer every forecast that has a query, as believed on a day.

    Args:
        path: The casebook.
        as_of: The day; documents published later are not looked at.
        ids: Only these forecasts.
        settings: Limits.

    Returns:
        The outcome of each forecast asked; what is new was written, with the outcome it revises.
    """
    ledger, known = load(path, settings=settings), facts(path, settings=settings)
    found: list[Resolution] = []
    fresh: list[Resolution] = []
    for case in ledger.cases.values():
        version = case.version
        if version is None or (ids and case.outlook.id not in ids) or case.outlook.issued > as_of:
            continue
        resolution = queries.resolve(
            version, known.incidents, as_of=as_of, covered_until=known.covered_until(as_of)
        )
        entry = ledger.settle(resolution)
        found.append(entry if entry is not None else resolution)
        if entry is not None and (entry.outcome != "open" or case.resolutions):
            fresh.append(entry)
    write(path, fresh, settings=settings)
    return tuple(found)


def score(
    path: Path | str, *, seed: int = 0, settings: Settings | None = None
) -> tuple[Score, ...]:
    """Score the ledger of a casebook: the whole, then by author, publisher and hedge word."""
    return scoring.score(load(path, settings=settings), seed=seed)

"""The forecast ledger of a casebook: read, add to it, operationalise, resolve and score.

Every function opens the casebook, does one thing and closes it. Nothing that was written is ever
changed: a new version or outcome stands after the old one in the chain of the casebook's ledger.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

import msgspec

from detente.casebook.files import require
from detente.casebook.ledger import Ledger as Chain
from detente.casebook.lock import WriterLock
from detente.casebook.spoken import counts, spoken, totals
from detente.casebook.times import stamp, utc_now
from detente.casebook.view import View
from detente.errors import InputError
from detente.model import Forecast
from detente.outlook import queries, resolving, scoring
from detente.outlook.incidents import Incident, countries_of, incidents_of
from detente.outlook.ledger import Ledger
from detente.outlook.records import (
    Entry,
    Outlook,
    Resolution,
    Version,
    by_hand,
    from_forecast,
)
from detente.outlook.resolving import Facts, Reading
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    import pyarrow as pa

    from detente.outlook.records import Outcome, Query
    from detente.outlook.scoring import Score

__all__ = [
    "Facts", "Refused", "accept", "add", "by_hand", "facts", "import_entries", "judge", "load",
    "operationalise", "read", "resolve", "score", "write",
]  # fmt: skip

_KINDS = {Outlook: "forecast", Version: "version", Resolution: "resolution"}
Parties = tuple[str, ...]
_Sources = dict[str, tuple[str | None, str | None, str | None]]


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A forecast that a step could not take, and why."""

    forecast: str
    reason: str


def load(path: Path | str, *, settings: Settings | None = None) -> Ledger:
    """Return the forecast ledger of a casebook; see ``read``.

    Raises:
        CasebookError: There is no casebook, or it is damaged or newer than the program.
    """
    with View(Path(path), settings=settings or Settings()) as view:
        return read(view)


def read(view: View, *, as_of: datetime | None = None) -> Ledger:
    """Return the forecast ledger of an open casebook, as recorded up to a time.

    A coded forecast from a document without a publication day has no day of issue and is left
    out, and so is one that the coder no longer finds or a reviewer rejected, unless a person
    accepted a query for it or it was resolved.
    """
    frozen, later = view.outlook(as_of=as_of)
    entries = [msgspec.json.decode(body, type=Entry) for body in later]
    current = {forecast.id for forecast in view.forecasts(as_of=as_of)}
    current |= {entry.forecast for entry in entries if _settled(entry)}
    known = {entry.id for entry in entries if isinstance(entry, Outlook)}
    sources = view.origins({document for document, _ in frozen})
    coded = list(_coded(frozen, sources, current))
    known |= {outlook.id for outlook in coded}
    kept = [e for e in entries if isinstance(e, Outlook) or e.forecast in known]
    return Ledger([*coded, *kept])


def _settled(entry: Entry) -> TypeGuard[Version | Resolution]:
    return isinstance(entry, Resolution) or (isinstance(entry, Version) and entry.accepted)


def _coded(
    frozen: Iterable[tuple[str, str]], sources: _Sources, current: set[str]
) -> Iterator[Outlook]:
    for document, body in frozen:
        source = sources.get(document)
        forecast = msgspec.json.decode(body, type=Forecast)
        if source is None or forecast.id not in current:
            continue
        published, author, publisher = source
        if published is None:
            continue
        try:
            yield from_forecast(forecast, issued=published, author=author, publisher=publisher)
        except InputError:
            continue


def write(path: Path | str, entries: Sequence[Entry], *, settings: Settings | None = None) -> None:
    """Add entries to the casebook's chain, all or none.

    Raises:
        CasebookError: There is no casebook, or another process is writing it.
    """
    folder, limits = Path(path), settings or Settings()
    require(folder)
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


_COLUMNS = (
    "id", "incident", "type", "mode", "date", "date_precision", "date_basis", "status", "domain", "format",
    "source_codes", "target_codes", "doc",
)  # fmt: skip


def facts(view: View, asked: Iterable[tuple[Parties, str, str]]) -> Facts:
    """Return what the outcomes of some queries are decided by: coded events, and what was read when.

    Imported events decide nothing: no sentence stands behind them. Only what names the parties
    asked for is read, and of it no more than the columns that count.

    Args:
        view: The casebook.
        asked: The parties of each query, its first day and its deadline.
    """
    pairs: dict[tuple[frozenset[str], frozenset[str]], None] = {}
    for parties, first, deadline in asked:
        sides = [countries_of(party, first, deadline) for party in parties]
        pairs[sides[0], sides[-1]] = None
    published = view.published()
    readings = {Reading(day=when) for when in published.values()}
    if not pairs:
        return Facts(readings=_in_order(readings))
    table = view.event_columns(_COLUMNS, across=list(pairs), imported=False)
    codes = {code for pair in pairs for side in pair for code in side}
    for document, named in spoken(view.snapshot(), codes).items():
        if document in published:
            readings.add(Reading(day=published[document], parties=named))
    return Facts(incidents=incidents_of(_mentions(table, published)), readings=_in_order(readings))


def _in_order(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(sorted(readings, key=lambda r: (r.day, sorted(r.parties))))


def _mentions(table: pa.Table, published: Mapping[str, str]) -> Iterator[Incident]:
    for row in table.to_pylist():
        yield Incident(
            id=row["incident"] or row["id"],
            type=row["type"],
            mode=row["mode"],
            date=row["date"],
            own=row["date_basis"] != "published",
            exact=row["date_precision"] in {None, "day"},
            status=row["status"],
            domain=row["domain"],
            format=row["format"],
            source=tuple(row["source_codes"]),
            target=tuple(row["target_codes"]),
            recorded=published.get(row["doc"]),
        )


def focuses(view: View, documents: Iterable[str]) -> dict[str, str]:
    """Return the country that each of some documents is mostly about.

    Of those that the document's records name at least half as often as the most named one, it is
    the one that most records of the casebook name.
    """
    found = counts(view.snapshot(), documents)
    whole = totals(view.snapshot()) if found else Counter()
    return {
        document: max(
            (code for code in sorted(counter) if 2 * counter[code] >= max(counter.values())),
            key=lambda code: (whole[code], counter[code]),
        )
        for document, counter in found.items()
    }


def add(
    path: Path | str, outlooks: Iterable[Outlook], *, settings: Settings | None = None
) -> tuple[Outlook, ...]:
    """Add hand-written forecasts; those that the ledger holds already are left out.

    Raises:
        InputError: One cannot be kept; none is written.
    """
    found = import_entries(path, tuple(outlooks), settings=settings)
    return tuple(entry for entry in found if isinstance(entry, Outlook))


def import_entries(
    path: Path | str, entries: Iterable[Entry], *, settings: Settings | None = None
) -> tuple[Entry, ...]:
    """Add entries of another ledger; those that this one holds already are left out.

    Returns:
        What was added.

    Raises:
        InputError: One cannot be kept, or speaks of a forecast that is not there; none is written.
    """
    ledger = load(path, settings=settings)
    fresh: list[Entry] = []
    for entry in entries:
        if ledger.holds(entry):
            continue
        if isinstance(entry, Outlook):
            entry = ledger.add(entry) or entry
        elif isinstance(entry, Version):
            issued = ledger.find(entry.forecast).outlook.issued
            queries.check(entry.query, issued=issued)
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
    with View(Path(path), settings=settings or Settings()) as view:
        ledger = read(view)
        asked = {ledger.find(name).outlook.id for name in ids}
        wanted = [
            case.outlook
            for case in ledger.cases.values()
            if (case.outlook.id in asked if asked else not case.versions)
        ]
        focus = focuses(view, {outlook.document for outlook in wanted if outlook.document})
        sides = {o.id: queries.parties_of(o, focus=focus.get(o.document or "")) for o in wanted}
        spans = ((sides[o.id], *queries.lookback_of(o.issued)) for o in wanted if sides[o.id])
        known = facts(view, spans)
    made: list[Version] = []
    refused: list[Refused] = []
    for outlook in wanted:
        try:
            version = queries.operationalise(
                outlook, known.before(outlook.issued), parties=sides[outlook.id], since=known.first
            )
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

    An own query gets the base rate of its class before the issue, where it names none.

    Raises:
        InputError: There is no such forecast, nothing to accept, or the query can never resolve.
    """
    with View(Path(path), settings=settings or Settings()) as view:
        ledger = read(view)
        outlook = ledger.find(forecast).outlook
        if query is not None and query.base_rate is None:
            queries.check(query, issued=outlook.issued)
            known = facts(view, [(query.parties, *queries.lookback_of(outlook.issued))])
            history = known.before(outlook.issued)
            query = queries.with_base_rate(query, history, issued=outlook.issued, since=known.first)
    version = ledger.accept(outlook.id, query=query, reason=reason)
    write(path, [version], settings=settings)
    return version


def judge(
    path: Path | str,
    forecast: str,
    outcome: Outcome,
    *,
    by: str,
    reason: str,
    as_of: str,
    settings: Settings | None = None,
) -> Resolution | None:
    """Settle a forecast by a person's word, which the rule does not overturn.

    Raises:
        InputError: There is no such forecast, or a field is empty or wrong.
    """
    ledger = load(path, settings=settings)
    name = ledger.find(forecast).outlook.id
    made = ledger.judge(name, outcome, by=by, reason=reason, as_of=as_of)
    write(path, [made] if made is not None else [], settings=settings)
    return made


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
        The outcome of each forecast asked, a person's where there is one; what is new was
        written, with the outcome that it revises.
    """
    with View(Path(path), settings=settings or Settings()) as view:
        ledger = read(view)
        asked = {ledger.find(name).outlook.id for name in ids}
        versions = [
            case.version
            for case in ledger.cases.values()
            if case.version is not None and (not asked or case.outlook.id in asked)
        ]
        known = facts(view, ((v.query.parties, v.query.first, v.query.deadline) for v in versions))
    found: list[Resolution] = []
    fresh: list[Resolution] = []
    for case in ledger.cases.values():
        version = case.version
        if (asked and case.outlook.id not in asked) or case.outlook.issued > as_of:
            continue
        if case.resolution is not None and case.resolution.by != "rule":
            found.append(case.resolution)
            continue
        if version is None:
            continue
        resolution = resolving.resolve(version, known, as_of=as_of)
        entry = ledger.settle(resolution)
        found.append(entry or resolution)
        if entry is not None:
            fresh.append(entry)
    write(path, fresh, settings=settings)
    return tuple(found)


def score(
    path: Path | str, *, accepted: bool = False, seed: int = 0, settings: Settings | None = None
) -> tuple[Score, ...]:
    """Score the ledger of a casebook: the whole, then by author, publisher and hedge word."""
    return scoring.score(load(path, settings=settings), accepted=accepted, seed=seed)

"""Reading a casebook: typed records, Arrow tables, texts and search.

Every read takes ``as_of``, the recorded time up to which the store is believed: what the casebook
would have answered then. Readers need no lock and never wait for a writer.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Self

from detente.casebook import asking, columns, derived, duck, finding, keys, stated, texts
from detente.casebook.documents import DocumentStore
from detente.casebook.files import require
from detente.casebook.kept import Counts, KeptDocument, Receipt, SearchHit, SentenceText
from detente.casebook.ledger import Ledger
from detente.casebook.review import KINDS, Judgement, judgements, standing
from detente.casebook.selection import Selection, concerns
from detente.casebook.snapshot import Snapshot
from detente.casebook.times import stamp
from detente.errors import InputError
from detente.model import Claim, Event, Forecast
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime

    import pyarrow as pa

    from detente.casebook.book import Fold
    from detente.casebook.keyed import Keyed
    from detente.coding.actors.learned import Learned
    from detente.model import ClaimKind, Document, Domain, EventType, Span, Status


__all__ = ["Counts", "KeptDocument", "Receipt", "SearchHit", "SentenceText", "View"]

_KEPT = 4
"""How many recorded times stay ready to be asked."""

_COUNTS = (
    " AND NOT EXISTS (SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard)"
)


class View:
    """A casebook, read-only. Use it as a context manager or call ``close``.

    Dates in ``since`` and ``until`` are days in the world, both inclusive, and select events whose
    interval touches them; events without a date are left out where either is given. ``parties``
    are codes: a country or organisation (``BLR``, ``NATO``, ``BLOC:west``) or an institution
    (``BLR.MFA``). None stands for all; one code selects events where it is source or target; two
    codes select events between them, in either direction.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        settings: Settings | None = None,
        as_of: datetime | None = None,
        fold: Fold | None = None,
    ) -> None:
        """Open the casebook in folder ``path``.

        Args:
            path: The casebook's folder.
            settings: Limits; the defaults where None.
            as_of: Recorded time for every read that gives none of its own; None is now.
            fold: Joins events to incidents as of an earlier time, for which nothing is derived;
                that of ``coding.incidents`` where None.

        Raises:
            CasebookError: There is no casebook, or it is newer than the program.
        """
        self.path = Path(path)
        settings = Settings() if settings is None else settings
        self._as_of = as_of
        self._fold = fold
        self._snapshots: dict[str | None, tuple[tuple[int, int], Snapshot]] = {}
        require(self.path)
        wait = settings.busy_seconds
        self._ledger = Ledger(self.path, write=False, busy_seconds=wait)
        try:
            self._store = DocumentStore(self.path, write=False, busy_seconds=wait)
        except BaseException:
            self._ledger.close()
            raise

    def events(
        self,
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        domain: Domain | None = None,
        status: Status | None = None,
        type: EventType | None = None,
        imported: bool | None = None,
        as_of: datetime | None = None,
    ) -> pa.Table:
        """Return events as a table with the columns of ``columns.EVENTS``, ordered by date and id.

        Reviewed records are laid over the coder's: rejected ones are left out, corrected ones
        show the corrected values, column ``judgement`` says which. ``incident`` is the folded
        incident across documents. Column ``line`` holds the whole record as JSON.

        Args:
            parties: See the class.
            since: First day.
            until: Last day.
            domain: Only this domain.
            status: Only this status.
            type: Only this PLOVER type.
            imported: True for imported events alone, False for coded ones alone, None for both.
            as_of: Recorded time.
        """
        selection = Selection(parties, domain=domain, status=status, type=type)
        selection.period(since, until)
        selection.origin(imported)
        return asking.events(selection, self._snapshot(as_of))

    def event_columns(
        self,
        columns: Sequence[str],
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        across: Sequence[tuple[Collection[str], Collection[str]]] | None = None,
        imported: bool | None = None,
        as_of: datetime | None = None,
    ) -> pa.Table:
        """Return some columns of ``events``, which is much quicker than all of them.

        Events ``across`` pairs of sets of countries name one of both sets of a pair.
        """
        selection = Selection(parties)
        if across is not None:
            selection.across(across)
        selection.period(since, until)
        selection.origin(imported)
        snapshot = self._snapshot(as_of)
        keyed = self._lists(snapshot)
        known = selection.pair() and imported is not True and set(columns) <= set(keys.COLUMNS)
        if keyed is not None and known:
            table = keyed.relation(selection, self._given(snapshot), self._left_out(snapshot))
            return table.select(list(columns))
        chosen = ", ".join(f'"{name}"' for name in columns)
        return asking.events(selection, snapshot, chosen=chosen)

    def _lists(self, snapshot: Snapshot) -> Keyed | None:
        """Return the records by key where they are all there are."""
        return None if snapshot.keyed is None or snapshot.keyed.imports else snapshot.keyed

    def _left_out(self, snapshot: Snapshot) -> set[str]:
        """Return the ids of records that reviewers rejected, or replaced by another."""
        verdicts = snapshot.overlay.verdicts
        return {name for name, verdict in verdicts.items() if verdict != "accept"}

    def _given(self, snapshot: Snapshot) -> list[Event]:
        """Return the events that reviewers gave."""
        results = (snapshot.folded(one) for one in snapshot.overlay.results.values())
        return [one for one in results if isinstance(one, Event)]

    def snapshot(self, *, as_of: datetime | None = None) -> Snapshot:
        """Return the state as of a time, for questions that are asked in SQL; do not close it."""
        return self._snapshot(as_of)

    def records(
        self,
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        domain: Domain | None = None,
        status: Status | None = None,
        type: EventType | None = None,
        as_of: datetime | None = None,
    ) -> list[Event]:
        """Return coded events as records, ``incident`` folded and reviews laid over them.

        The arguments are those of ``events``; imported events are left out.
        """
        table = self.events(
            parties=parties,
            since=since,
            until=until,
            domain=domain,
            status=status,
            type=type,
            imported=False,
            as_of=as_of,
        )
        lines, incidents = (table.column(name).to_pylist() for name in ("line", "incident"))
        return [
            columns.decode_event(line, incident)
            for line, incident in zip(lines, incidents, strict=True)
        ]

    def mentions(self, incident: str, *, as_of: datetime | None = None) -> list[Event]:
        """Return the coded events that are folded into an incident, reviews laid over them."""
        selection = Selection(())
        selection.pieces.append("r.incident = $incident")
        selection.parameters["incident"] = incident
        selection.origin(False)
        table = asking.events(selection, self._snapshot(as_of), chosen="line, incident")
        return [columns.decode_event(row["line"], row["incident"]) for row in table.to_pylist()]

    def made_by(self, document_id: str) -> tuple[str, str] | None:
        """Return version and configuration of the coder that last coded a document, or None."""
        return self._ledger.made_by(document_id)

    def claims(
        self,
        *,
        parties: Sequence[str] = (),
        kind: ClaimKind | None = None,
        domain: Domain | None = None,
        as_of: datetime | None = None,
    ) -> list[Claim]:
        """Return claims in which every one of ``parties`` stands as subject, object or topic."""
        found = asking.others(
            self._snapshot(as_of), "claims", Claim, {"kind": kind, "domain": domain}
        )
        return [claim for claim in found if concerns(claim, parties)]

    def forecasts(
        self,
        *,
        parties: Sequence[str] = (),
        domain: Domain | None = None,
        as_of: datetime | None = None,
    ) -> list[Forecast]:
        """Return forecasts in which every one of ``parties`` is subject, object or topic."""
        found = asking.others(self._snapshot(as_of), "forecasts", Forecast, {"domain": domain})
        return [forecast for forecast in found if concerns(forecast, parties)]

    def outlook(
        self, *, as_of: datetime | None = None
    ) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """Return the rows of the forecast ledger, as JSON and in the order of their recording.

        Returns:
            Document and record of every forecast as it was first coded, and every later entry.
        """
        when, time = "WHERE ?1 IS NULL OR recorded <= ?1 ORDER BY seq", self._time(as_of)
        frozen = self._ledger.rows(f"SELECT document, body FROM forecasts {when}", (time,))
        later = self._ledger.rows(f"SELECT body FROM outlook {when}", (time,))
        return tuple((str(doc), str(body)) for doc, body in frozen), tuple(
            str(body) for (body,) in later
        )

    def record(self, record_id: str, *, as_of: datetime | None = None) -> Event | Claim | Forecast:
        """Return one record by its id.

        Raises:
            InputError: There is no such record.
        """
        snapshot = self._snapshot(as_of)
        if record_id in snapshot.overlay.results:
            return snapshot.folded(snapshot.overlay.results[record_id])
        if snapshot.overlay.verdicts.get(record_id, "accept") == "accept":
            filed = None if snapshot.keyed is None else snapshot.keyed.record(record_id)
            if filed is not None:
                return filed
            shards = snapshot.shards_of(record_id)
            for name, kind in KINDS.items():
                source = snapshot.source(name, shards=shards)
                sql = f"SELECT e.* FROM {source} AS e WHERE e.id = $id"
                table = duck.select(snapshot.connection, sql + _COUNTS, {"id": record_id})
                if not table.num_rows and kind is Event:
                    table = snapshot.imported_event(record_id)
                if table.num_rows:
                    row = table.slice(0, 1).to_pylist()[0]
                    record: Event | Claim | Forecast = columns.record(row, kind)
                    return snapshot.folded(record)
        raise InputError(f"{record_id}: there is no such record")

    def reviewed(self, record_id: str) -> Event | Claim | Forecast:
        """Return one record by its id, a rejected one as it stood before.

        Raises:
            InputError: There is no such record.
        """
        try:
            return self.record(record_id)
        except InputError:
            found = self._judged(None).get(record_id)
            if found is None or found.verdict != "reject":
                raise
            record: Event | Claim | Forecast = found.result()
            return record

    def recorded(self) -> str | None:
        """Return when the casebook last changed, ISO 8601 in UTC; as of then it says what it says now."""
        return self._ledger.recorded()

    def stated(self, document: Document) -> tuple[Learned, ...]:
        """Return what all documents state of the persons whose surnames stand in one, for the coder."""
        return stated.known(document, self._store)

    def documents(self, *, as_of: datetime | None = None) -> pa.Table:
        """Return a table of documents: id, source, title, author, publisher, url, published,
        published_basis, language, characters, cluster, receipts (how many), coded, reason,
        recorded.
        """  # noqa: D205
        return texts.table(self._ledger, self._store, as_of=self._time(as_of))

    def texts(
        self, *, as_of: datetime | None = None
    ) -> Iterator[tuple[Document, tuple[Span, ...]]]:
        """Yield every document with the offsets of its sentences, which are none where it was not
        coded, in the order of reading; memory stays flat.
        """  # noqa: D205
        yield from texts.each(self._ledger, self._store, as_of=self._time(as_of))

    def origins(
        self, documents: Iterable[str]
    ) -> dict[str, tuple[str | None, str | None, str | None]]:
        """Return publication date, author and publisher of some documents."""
        return texts.origins(self._store, documents)

    def published(self) -> dict[str, str]:
        """Return the publication day of each document that has one."""
        return texts.published(self._store)

    def document(self, document_id: str, *, as_of: datetime | None = None) -> KeptDocument:
        """Return one document with its text and receipts.

        Raises:
            InputError: There is no such document.
        """
        return texts.document(self._ledger, self._store, document_id, as_of=self._time(as_of))

    def sentence(self, document_id: str, number: int) -> SentenceText:
        """Return one sentence with its neighbours.

        Raises:
            InputError: There is no such document or sentence.
        """
        return texts.sentence(self.document(document_id), number)

    def search(
        self, query: str, *, limit: int = 20, as_of: datetime | None = None
    ) -> list[SearchHit]:
        """Return documents that hold all words of ``query``, best first.

        The words are quoted: no character in them is search syntax. A query without words finds
        nothing.
        """
        words = re.findall(r"\w+", query)
        if limit < 1:
            raise InputError(f"limit {limit}: ask for at least one hit")
        return finding.search(
            self._ledger, self._store, words, limit=limit, as_of=self._time(as_of)
        )

    def counts(self, *, as_of: datetime | None = None) -> Counts:
        """Return how much the casebook holds."""
        time = self._time(as_of)
        snapshot = self._snapshot(as_of)
        coded, imported = Selection(()), Selection(())
        coded.origin(imported=False)
        imported.origin(imported=True)
        told = asking.events(coded, snapshot, chosen="count(*) AS n, count(DISTINCT incident) AS m")
        others = asking.events(imported, snapshot, chosen="count(*) AS n")
        return texts.counts(
            self._ledger,
            self._store,
            time,
            events=told.column("n")[0].as_py(),
            imported=others.column("n")[0].as_py(),
            incidents=told.column("m")[0].as_py(),
            claims=len(self.claims(as_of=as_of)),
            forecasts=len(self.forecasts(as_of=as_of)),
        )

    def close(self) -> None:
        """Release the files."""
        for _, snapshot in self._snapshots.values():
            snapshot.close()
        self._snapshots = {}
        self._ledger.close()
        self._store.close()

    def judgements(self, *, as_of: datetime | None = None) -> list[Judgement]:
        """Return the judgement that counts of each judged record, oldest first."""
        found = self._judged(as_of).values()
        return sorted(found, key=lambda judgement: (judgement.recorded, judgement.id))

    def _judged(self, as_of: datetime | None) -> dict[str, Judgement]:
        heirs = self._snapshot(as_of).heirs
        return judgements(standing(self._ledger, as_of=self._time(as_of)), heirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _time(self, as_of: datetime | None) -> str | None:
        chosen = self._as_of if as_of is None else as_of
        return None if chosen is None else stamp(chosen)

    @property
    def as_of(self) -> datetime | None:
        """Recorded time for every read that gives none of its own; None is now."""
        return self._as_of

    def settled(self) -> bool:
        """Whether nothing that is still to be recorded can change what this view answers."""
        return self._settled(self._time(None))

    def folding(self) -> int:
        """Return how many coded events are folded anew before the first answer."""
        return self._snapshot(None).unfolded

    def _settled(self, time: str | None) -> bool:
        return time is not None and time < (self._ledger.recorded() or "")

    def _snapshot(self, as_of: datetime | None) -> Snapshot:
        """Return the state as of a time, kept until the ledger or the derived files change.

        A time before the last entry is settled: only a pack can still move its records.
        """
        time = self._time(as_of)
        if self._settled(time):
            state = (-1, int(self._ledger.rows("SELECT ifnull(max(seq), 0) FROM packs")[0][0] or 0))
        else:
            state = (self._ledger.head().seq, derived.covered(self.path))
        kept = self._snapshots.get(time)
        if kept is not None and kept[0] == state:
            return kept[1]
        if kept is not None:
            kept[1].close()
            del self._snapshots[time]
        while len(self._snapshots) >= _KEPT:
            _, oldest = self._snapshots.pop(next(iter(self._snapshots)))
            oldest.close()
        snapshot = Snapshot(
            self.path, self._ledger, as_of=time, fold=self._folding() if time else None
        )
        self._snapshots[time] = (state, snapshot)
        return snapshot

    def _folding(self) -> Fold:
        if self._fold is not None:
            return self._fold
        from detente.coding.incidents import fold

        return fold

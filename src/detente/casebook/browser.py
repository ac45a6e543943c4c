"""A view with the questions that pages ask: lists in pages, one record's surroundings, whole counts."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import asking, columns, derived, duck, finding, texts
from detente.casebook.review import readings, standing, touched
from detente.casebook.selection import Selection
from detente.casebook.view import View
from detente.model import Claim, Event, Forecast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    import pyarrow as pa

    from detente.casebook.kept import Reading, SearchHit
    from detente.casebook.keyed import Keyed
    from detente.casebook.review import Judgement
    from detente.casebook.snapshot import Snapshot
    from detente.settings import Settings

Stamp = tuple[int, tuple[int, ...]]
"""What changes when an answer may: the last review that it rests on, and what else."""
Heading = tuple[str | None, str | None, str | None]
"""Title, publisher and publication date of a document."""


class Browser(View):
    """A view that pages read from; every list comes in pages, and a question can be stopped."""

    def __init__(
        self,
        path: Path | str,
        *,
        settings: Settings | None = None,
        as_of: datetime | None = None,
    ) -> None:
        """Open the casebook in folder ``path``; see ``View``."""
        super().__init__(path, settings=settings, as_of=as_of)
        self._reviews: list[tuple[int, frozenset[str]]] = []
        self._told: dict[str, frozenset[str]] = {}

    def told(
        self,
        incidents: Sequence[str],
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> list[Event]:
        """Return the events, coded and imported, that tell of some incidents.

        Args:
            incidents: Ids of folded incidents.
            parties: Only between these parties; naming them makes it quick.
            since: Only events that touch the time from this day on; so does naming this.
            until: Only events that touch the time up to this day.
        """
        selection = Selection(parties)
        selection.incidents(incidents)
        selection.period(since, until)
        snapshot = self._snapshot(None)
        keyed = self._lists(snapshot)
        if keyed is not None:
            out = self._left_out(snapshot)
            told = [event for event in keyed.told(incidents) if event.id not in out]
            return [e for e in (*told, *self._given(snapshot)) if selection.matches(e)]
        return _events(asking.events(selection, self._snapshot(None)).to_pylist())

    def page(
        self,
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        domain: str | None = None,
        status: str | None = None,
        type: str | None = None,
        limit: int,
        offset: int = 0,
    ) -> list[Event]:
        """Return some of the events that ``events`` would select, the newest first."""
        selection = Selection(parties, domain=domain, status=status, type=type)
        selection.period(since, until)
        snapshot = self._snapshot(None)
        keyed = self._lists(snapshot)
        if keyed is not None and selection.by_key:
            out, given = self._left_out(snapshot), self._given(snapshot)
            rows = keyed.newest(selection, given, out)
            return self._picked(keyed, islice(rows, offset, offset + limit), given)
        chosen = asking.events(
            selection, snapshot, chosen="id, shard, day_from", newest=(limit, offset)
        )
        return self._whole(chosen, snapshot, selection)

    def _picked(
        self, keyed: Keyed, chosen: Iterable[tuple[str, str]], given: Sequence[Event] = ()
    ) -> list[Event]:
        """Return the events of ids and documents, in their order."""
        events = {event.id: event for event in given}
        found = []
        for name, doc in chosen:
            if name not in events:
                events.update(
                    (e.id, e)
                    for e in keyed.records(doc)
                    if isinstance(e, Event) and e.id not in events
                )
            if name in events:
                found.append(events[name])
        return found

    def _whole(self, chosen: pa.Table, snapshot: Snapshot, selection: Selection) -> list[Event]:
        """Return the events of chosen ids and shards, in their order: few files are read whole."""
        ids = chosen.column("id").to_pylist()
        if not ids:
            return []
        exact = Selection(selection.parties)
        exact.ids(ids)
        shards = {name for name in chosen.column("shard").to_pylist() if name}
        found = {
            e.id: e for e in _events(asking.events(exact, snapshot, shards=shards).to_pylist())
        }
        return [found[name] for name in ids if name in found]

    def stream(
        self,
        *,
        columns: Sequence[str],
        batch: int,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        domain: str | None = None,
        status: str | None = None,
        type: str | None = None,
    ) -> Iterator[list[dict[str, object]]]:
        """Yield columns of the events that ``events`` would select, some rows at a time."""
        selection = Selection(parties, domain=domain, status=status, type=type)
        selection.period(since, until)
        snapshot = self._snapshot(None)
        sql, parameters = asking.events_sql(selection, snapshot)
        names = ", ".join(f'"{name}"' for name in columns)
        chosen = f"SELECT {names} FROM ({sql})"
        yield from duck.stream(snapshot.connection, chosen, parameters, batch)

    def others(
        self, *, kind: str, parties: Sequence[str] = (), limit: int, offset: int = 0
    ) -> list[Claim | Forecast]:
        """Return some claims or forecasts (``kind``), in which all parties stand, by document."""
        found: list[Claim] | list[Forecast]
        found = self.claims(parties=parties) if kind == "claim" else self.forecasts(parties=parties)
        return [*found[offset : offset + limit]]

    def records_of(self, document_id: str) -> list[Event | Claim | Forecast]:
        """Return what stands of a document, reviews laid over it, in the order of its text."""
        snapshot = self._snapshot(None)
        verdicts, results = snapshot.overlay.verdicts, snapshot.overlay.results
        kept = [
            record
            for record in snapshot.records_of({document_id}, shards=self._shards_of(document_id))
            if verdicts.get(record.id, "accept") == "accept" and record.id not in results
        ]
        kept += [record for record in results.values() if record.doc == document_id]
        return [snapshot.folded(r) for r in sorted(kept, key=lambda r: (r.span, r.id))]

    def _shards_of(self, document_id: str) -> list[str]:
        rows = self._ledger.rows(
            "SELECT DISTINCT s.shard FROM members m JOIN shards s ON s.seq = m.shard "
            "WHERE m.document = ?",
            (document_id,),
        )
        return [str(row[0]) for row in rows]

    def quotes(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """Return the sentences at some places (document id, sentence number), where there are any."""
        return texts.quotes(self._store, places)

    def headings(self, documents: Sequence[str]) -> dict[str, Heading]:
        """Return title, publisher and date of some documents."""
        return texts.headings(self._store, documents)

    def found(self, query: str, *, limit: int, offset: int = 0) -> list[SearchHit]:
        """Return some of the documents that ``search`` finds."""
        words = re.findall(r"\w+", query)
        time = self._time(None)
        return finding.search(
            self._ledger, self._store, words, limit=limit, as_of=time, skip=offset
        )

    def pairs(self) -> list[tuple[str, str, int, date | None]]:
        """Return every pair of parties with how many sentences tell of it and its last day."""
        snapshot = self._snapshot(None)
        keyed = self._lists(snapshot)
        if keyed is not None and keyed.whole:
            return keyed.relations()
        events = snapshot.source("events")
        source = snapshot.relations() or f"({duck.by_relation(events, folded=True)})"
        sql = (
            "SELECT e.party_a, e.party_b, count(*) AS n, max(e.day_from) AS last "
            f"FROM {source} AS e WHERE NOT EXISTS (SELECT 1 FROM superseded AS s "
            "WHERE s.doc = e.doc AND s.shard = e.shard) GROUP BY ALL"
        )
        imported = snapshot.imported()
        if imported is not None:
            sql += (
                " UNION ALL SELECT least(source_countries[1], target_countries[1]), "
                "greatest(source_countries[1], target_countries[1]), count(*), max(day_from) "
                f"FROM ({imported}) WHERE len(source_countries) > 0 AND len(target_countries) > 0 "
                "AND source_countries[1] <> target_countries[1] GROUP BY ALL"
            )
        sql = (
            f"SELECT party_a, party_b, CAST(sum(n) AS BIGINT) AS n, max(last) AS last FROM ({sql}) "
            "GROUP BY party_a, party_b ORDER BY party_a, party_b"
        )
        return [
            (row["party_a"], row["party_b"], row["n"], row["last"])
            for row in duck.select(snapshot.connection, sql, {}).to_pylist()
        ]

    def unjudged(self, *, limit: int, offset: int = 0) -> tuple[int, list[Event]]:
        """Return how many coded events nobody has judged, and some, least confidence first."""
        snapshot = self._snapshot(None)
        keyed = self._lists(snapshot)
        if keyed is not None and keyed.whole:
            count, rows = keyed.unjudged(snapshot.overlay.verdicts)
            found = self._picked(keyed, islice(rows, offset, offset + limit))
            if len(found) == min(limit, max(0, count - offset)):
                return count, found
        rest = (
            f"FROM {snapshot.source('events')} AS e WHERE e.origin = 'coded' AND NOT EXISTS "
            "(SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard) "
            "AND NOT EXISTS (SELECT 1 FROM judged AS j WHERE j.id = e.id)"
        )
        total = duck.select(snapshot.connection, f"SELECT count(*) AS n {rest}", {})
        chosen = duck.select(
            snapshot.connection,
            f"SELECT e.id, e.shard {rest} ORDER BY e.confidence, e.published DESC, e.id "
            f"LIMIT {limit:d} OFFSET {offset:d}",
            {},
        )
        return int(total.column("n")[0].as_py()), self._whole(chosen, snapshot, Selection(()))

    def coder(self) -> tuple[str, str]:
        """Return version and configuration of the coder of the last reading, empty for none."""
        rows = self._ledger.rows(
            "SELECT coder, configuration FROM shards WHERE kind = 'coded' ORDER BY seq DESC LIMIT 1"
        )
        return (str(rows[0][0]), str(rows[0][1])) if rows else ("", "")

    def publishers(self) -> list[tuple[str | None, int, int, str | None, str | None]]:
        """Return every publisher with documents, coded documents, first and last date."""
        keyed = self._lists(self._snapshot(None))
        if keyed is not None and keyed.whole:
            return [*keyed.publishers(self._store)]
        return texts.publishers(self._store)

    def listed(self, *, limit: int, offset: int = 0) -> list[tuple[str, Heading]]:
        """Return some documents, id and heading, the last read first."""
        return texts.listed(self._store, limit=limit, offset=offset)

    def failures(self, *, limit: int = 50) -> list[tuple[str, str, str, str]]:
        """Return source, code, reason and time of the last inputs that could not be read."""
        rows = self._ledger.rows(
            "SELECT source, error, reason, recorded FROM quarantine ORDER BY seq DESC LIMIT ?",
            (limit,),
        )
        return [(str(a), str(b), str(c), str(d)) for a, b, c, d in rows]

    def reading(self) -> Reading:
        """Return how much was read, and when last."""
        if self.as_of is not None:
            return texts.read_by_then(self.documents())
        return texts.reading(self._ledger, self.publishers())

    def readings(self) -> list[Judgement]:
        """Return the last judgement of each record by each reviewer, undone ones left out."""
        return readings(standing(self._ledger, as_of=self._time(None)), self._snapshot(None).heirs)

    def stamp(self, parties: Sequence[str] | None = None) -> Stamp:
        """Return what changes with what an answer rests on.

        Args:
            parties: None where it rests on the whole casebook. Else codes: it rests on reviews and on new
                events in which the countries of all these codes stand, and on the derived files; no
                code stands for what new documents do not touch, and any review does.
        """
        if self.settled():
            return 0, ()
        covered = derived.covered(self.path)
        if parties is None:
            return self._last_review(set()), (covered, self._ledger.head().seq)
        countries = {code.partition(".")[0] for code in parties}
        row = self._ledger.rows("SELECT ifnull(max(seq), 0) FROM supersessions")[0]
        last = self._snapshot(None).last_told(countries) if countries else 0
        return self._last_review(countries), (covered, int(str(row[0])), last)

    def _last_review(self, countries: set[str]) -> int:
        """Return the last judgement of a record in which these countries stand together."""
        since = self._reviews[-1][0] if self._reviews else 0
        for seq, record, told in touched(self._ledger, since=since):
            self._told[record] = self._told.get(record, frozenset()) | told
            self._reviews.append((seq, self._told[record]))
        return next((seq for seq, told in reversed(self._reviews) if countries <= told), 0)

    def interrupt(self) -> None:
        """Stop what another thread is asking of this view; its question fails."""
        for _, snapshot in list(self._snapshots.values()):
            snapshot.interrupt()
        self._ledger.connection.interrupt()
        self._store.connection.interrupt()


def _events(rows: list[dict[str, object]]) -> list[Event]:
    found = []
    for row in rows:
        event: Event = columns.record(row, Event)
        found.append(msgspec.structs.replace(event, incident=str(row["incident"] or event.id)))
    return found

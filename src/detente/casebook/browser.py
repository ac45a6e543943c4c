"""A view with the questions that pages ask: lists in pages, one record's surroundings, whole counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from detente.casebook import columns, duck, texts
from detente.casebook.review import readings
from detente.casebook.selection import Selection
from detente.casebook.view import View
from detente.model import Claim, Event, Forecast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from detente.casebook.kept import Reading, SearchHit
    from detente.casebook.review import Judgement

Heading = tuple[str | None, str | None, str | None]
"""Title, publisher and publication date of a document."""


class Browser(View):
    """A view that pages read from; every list comes in pages, and a question can be stopped."""

    def told(self, incidents: Sequence[str], *, parties: Sequence[str] = ()) -> list[Event]:
        """Return the events, coded and imported, that tell of some incidents.

        Args:
            incidents: Ids of folded incidents.
            parties: Only between these parties; naming them makes it quick.
        """
        selection = Selection(parties)
        selection.incidents(incidents)
        return _events(self._events(selection, self._snapshot(None)).to_pylist())

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
        table = self._events(selection, self._snapshot(None), newest=(limit, offset))
        return _events(table.to_pylist())

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
        sql, parameters = self._events_sql(selection, snapshot)
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
            for record in snapshot.records_of({document_id})
            if verdicts.get(record.id, "accept") == "accept" and record.id not in results
        ]
        kept += [record for record in results.values() if record.doc == document_id]
        return [snapshot.folded(r) for r in sorted(kept, key=lambda r: (r.span, r.id))]

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
        return texts.search(self._ledger, self._store, words, limit=limit, as_of=time, skip=offset)

    def pairs(self) -> list[tuple[str, str, int, date | None]]:
        """Return every pair of parties with how many sentences tell of it and its last day."""
        snapshot = self._snapshot(None)
        source = snapshot.relations() or f"({duck.query('relations')})".format(
            source=snapshot.source("events")
        )
        sql = (
            "SELECT e.party_a, e.party_b, count(*) AS n, max(e.day_from) AS last "
            f"FROM {source} AS e WHERE NOT EXISTS (SELECT 1 FROM superseded AS s "
            "WHERE s.doc = e.doc AND s.shard = e.shard) GROUP BY ALL ORDER BY ALL"
        )
        return [
            (row["party_a"], row["party_b"], row["n"], row["last"])
            for row in duck.select(snapshot.connection, sql, {}).to_pylist()
        ]

    def unjudged(self, *, limit: int, offset: int = 0) -> tuple[int, list[Event]]:
        """Return how many coded events nobody has judged, and some, least confidence first."""
        snapshot = self._snapshot(None)
        rest = (
            f"FROM {snapshot.source('events')} AS e WHERE e.origin = 'coded' AND NOT EXISTS "
            "(SELECT 1 FROM superseded AS s WHERE s.doc = e.doc AND s.shard = e.shard) "
            "AND NOT EXISTS (SELECT 1 FROM judged AS j WHERE j.id = e.id)"
        )
        total = duck.select(snapshot.connection, f"SELECT count(*) AS n {rest}", {})
        rows = duck.select(
            snapshot.connection,
            f"SELECT e.* {rest} ORDER BY e.confidence, e.published DESC, e.id "
            f"LIMIT {limit:d} OFFSET {offset:d}",
            {},
        )
        return int(total.column("n")[0].as_py()), _events(rows.to_pylist())

    def coder(self) -> tuple[str, str]:
        """Return version and configuration of the coder of the last reading, empty for none."""
        rows = self._ledger.rows(
            "SELECT coder, configuration FROM shards WHERE kind = 'coded' ORDER BY seq DESC LIMIT 1"
        )
        return (str(rows[0][0]), str(rows[0][1])) if rows else ("", "")

    def publishers(self) -> list[tuple[str | None, int, int, str | None, str | None]]:
        """Return every publisher with documents, coded documents, first and last date."""
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
        return texts.reading(self._ledger, self._store)

    def readings(self) -> list[Judgement]:
        """Return the last judgement of each record by each reviewer, undone ones left out."""
        return readings(self._ledger)

    def stamp(self) -> tuple[int, int]:
        """Return what changes with every change of the casebook: its last entries."""
        return self._ledger.head().seq, texts.derived_head(self.path)

    def interrupt(self) -> None:
        """Stop what another thread is asking of this view; its question fails."""
        for _, snapshot in list(self._snapshots.values()):
            snapshot.connection.interrupt()
        self._ledger.connection.interrupt()
        self._store.connection.interrupt()


def _events(rows: list[dict[str, object]]) -> list[Event]:
    found = []
    for row in rows:
        event: Event = columns.record(row, Event)
        found.append(msgspec.structs.replace(event, incident=str(row["incident"] or event.id)))
    return found

"""Questions that are answered by key: the file of the derived state, and the tail beside it.

Nothing here knows of reviews but what it is told; ``Browser`` lays them over.
"""

from __future__ import annotations

import heapq
from collections import Counter
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from detente.casebook import columns, texts
from detente.casebook.keys import COLUMNS, Publisher
from detente.model import DocumentRecord, Event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from detente.casebook.documents import DocumentStore
    from detente.casebook.keys import Keys
    from detente.casebook.selection import Selection
    from detente.casebook.tail import Tail
    from detente.model import Record

Ordered = tuple[tuple[int, str], str]
"""What a list is ordered by (days before the last, id), and the document."""


class Keyed:
    """Records of now by key.

    Args:
        keys: The file.
        tail: What was committed since.
        superseded: Documents with the shards whose records of them no longer count.
        imports: Whether there are imported events, which the file does not have.

    Attributes:
        keys: The file.
        tail: What was committed since.
        imports: Whether there are imported events.
        whole: Whether every document of the file still counts.
    """

    def __init__(
        self, keys: Keys, tail: Tail, superseded: Collection[tuple[str, str]], *, imports: bool
    ) -> None:
        self.keys = keys
        self.tail = tail
        self.imports = imports
        replaced = {doc for doc, _ in superseded}
        self._void = {doc for doc in replaced if (doc, keys.shard(doc)) in superseded}
        self.whole = not self._void
        self._new = {
            doc: self._folded(told.records) if doc in replaced else told.records
            for doc, told in tail.documents.items()
        }

    def records(self, doc: str) -> list[Record]:
        """Return the records of a document, events with their incidents; none where it has none."""
        told = self._new.get(doc)
        if told is not None:
            return told
        kept = self.keys.document(doc)
        return [] if kept is None or doc in self._void else kept

    def record(self, name: str) -> Record | None:
        """Return a record by its id, None where there is none of this id here."""
        doc = self.tail.homes.get(name) or self.keys.place(name)
        found = [] if doc is None else self.records(doc)
        return next((one for one in found if one.id == name), None)

    def _folded(self, records: Iterable[Record]) -> list[Record]:
        """Return records coded again with the incidents that the file knows them by."""
        return [
            msgspec.structs.replace(one, incident=self.incident(one))
            if isinstance(one, Event)
            else one
            for one in records
        ]

    def _events(self) -> Iterator[Event]:
        """Yield the events of the tail."""
        for records in self._new.values():
            yield from (one for one in records if isinstance(one, Event))

    def incident(self, event: Event) -> str:
        """Return the incident of an event across documents."""
        return self.keys.incident(event.id) or event.incident or event.id

    def told(self, incidents: Sequence[str]) -> list[Event]:
        """Return the events that tell of some incidents."""
        wanted = set(incidents)
        places = {doc for doc, _ in self.keys.told(incidents)}
        found = [event for event in self._events() if event.incident in wanted]
        for doc in places - self.tail.documents.keys():
            found += [
                one
                for one in self.records(doc)
                if isinstance(one, Event) and one.incident in wanted
            ]
        return found

    def newest(
        self, selection: Selection, beside: Iterable[Event], left_out: Collection[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield id and document of selected events, the newest first.

        Args:
            selection: What is selected; ``by_key`` holds of it.
            beside: Events that reviewers gave, which stand beside those on file.
            left_out: Ids of events on file that do not count.
        """
        near = [
            _ordered(event)
            for group in ((e for e in self._events() if e.id not in left_out), beside)
            for event in group
            if selection.matches(event)
        ]
        for (_, name), doc in heapq.merge(self._on_file(selection, left_out), sorted(near)):
            yield name, doc

    def _on_file(self, selection: Selection, left_out: Collection[str]) -> Iterator[Ordered]:
        for place in self.keys.newest(selection):
            if place.id not in left_out and place.doc not in self._void:
                yield (-(place.first or 0), place.id), place.doc

    def unjudged(self, judged: Collection[str]) -> tuple[int, Iterator[tuple[str, str]]]:
        """Return how many coded events are not judged, and id and document of the least sure.

        Only where ``whole`` holds; not more than the file lists and the tail has.
        """
        near = sorted(
            (event.confidence, _descending(told.published), event.id, doc)
            for doc, told in self.tail.documents.items()
            for event in told.records
            if isinstance(event, Event) and event.id not in judged
        )
        seen = sum(self.keys.incident(name) is not None for name in judged)
        total = self.keys.totals()[0] - seen + len(near)
        filed = (
            (confidence, _descending(published), name, doc)
            for confidence, published, name, doc in self.keys.queue()
            if name not in judged
        )
        return total, ((name, doc) for *_, name, doc in heapq.merge(filed, near))

    def relations(self) -> list[tuple[str, str, int, date | None]]:
        """Return every pair of parties with how many sentences tell of it and its last day.

        Only where ``whole`` holds.
        """
        filed = self.keys.relations()
        counts: Counter[tuple[str, str]] = Counter()
        days: dict[tuple[str, str], int | None] = {}
        for pair, (mentions, last) in filed.items():
            counts[pair], days[pair] = mentions, last
        for event in self._events():
            first, _ = columns.days(event.date, event.date_end, event.date_precision)
            for pair in pairs(event):
                counts[pair] += 1
                known = days.get(pair)
                day = None if first is None else first.toordinal()
                days[pair] = day if known is None else max(known, day or 0)
        return [
            (a, b, counts[a, b], None if days[a, b] is None else date.fromordinal(days[a, b] or 1))
            for a, b in sorted(counts)
        ]

    def relation(
        self, selection: Selection, beside: Iterable[Event], left_out: Collection[str]
    ) -> pa.Table:
        """Return the selected events of a pair of parties, columns ``keys.COLUMNS``, by day and id.

        Args:
            selection: A pair of parties and a period.
            beside: Events that reviewers gave, which stand beside those on file.
            left_out: Ids of events on file that do not count.
        """
        pair = selection.pair()
        table = self.keys.relation(pair, *selection.days) if pair else _none()
        if not self.whole:
            table = _without(table, "doc", self._void)
        if left_out:
            table = _without(table, "id", left_out)
        near = [e for e in self._events() if e.id not in left_out and selection.matches(e)]
        near += [event for event in beside if selection.matches(event)]
        if not near:
            return table
        rows = [columns.event_row(event, self._line(event.doc), shard="") for event in near]
        added = pa.Table.from_pylist(rows, schema=columns.EVENTS).select(list(COLUMNS))
        order = [("day_from", "ascending"), ("id", "ascending")]
        return pa.concat_tables([table, added]).sort_by(order)

    def _line(self, doc: str) -> DocumentRecord:
        told = self.tail.documents.get(doc)
        publisher, published = told[2:] if told else self.keys.headings(doc)
        return DocumentRecord(id=doc, source="", publisher=publisher, published=published)

    def publishers(self, store: DocumentStore) -> list[Publisher]:
        """Return every publisher, the busiest first; only where ``whole`` holds."""
        found = {one.name: one for one in self.keys.publishers()}
        for row in texts.publishers(store, since=self.keys.totals()[1]):
            new = Publisher(*row)
            old = found.get(new.name)
            found[new.name] = new if old is None else _together(old, new)
        return sorted(
            found.values(), key=lambda p: (-p.documents, p.name is not None, p.name or "")
        )


def _together(one: Publisher, two: Publisher) -> Publisher:
    days = [day for day in (one.first, one.last, two.first, two.last) if day is not None]
    return Publisher(
        one.name,
        one.documents + two.documents,
        one.coded + two.coded,
        min(days, default=None),
        max(days, default=None),
    )


def _none() -> pa.Table:
    return columns.EVENTS.empty_table().select(list(COLUMNS))


def pairs(event: Event) -> set[tuple[str, str]]:
    """Return the unordered pairs of parties in an event, as ``queries/relations.sql`` counts them."""
    source, target = ([actor.country for actor in side] for side in (event.source, event.target))
    others = source if not target and event.channel.symmetric else target
    return {(min(a, b), max(a, b)) for a, b in product(source, others) if a and b and a != b}


def _ordered(event: Event) -> Ordered:
    first, _ = columns.days(event.date, event.date_end, event.date_precision)
    return (-(first.toordinal() if first else 0), event.id), event.doc


def _descending(published: str | None) -> tuple[bool, tuple[int, ...]]:
    """Return what sorts publication dates from the latest to the earliest, none last."""
    text = published or ""
    return published is None, tuple(-ord(c) for c in text)


def _without(table: pa.Table, column: str, values: Collection[str]) -> pa.Table:
    import pyarrow.compute as pc

    away = pa.array(list(values), pa.string())
    return table.filter(pc.invert(pc.is_in(table.column(column), value_set=away)))

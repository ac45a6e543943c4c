"""The review queue: what is worth a human look first, and what reviewers have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.casebook.agreement import Agreement, agreement
from detente.web.content.event import verdict_of
from detente.web.content.shown import Shown, shown

if TYPE_CHECKING:
    from detente.model import Record
    from detente.web.desk import Desk


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A standing judgement with the record that it is about."""

    judgement: str
    record: str
    kind: str
    verdict: str
    reviewer: str
    reason: str
    recorded: str
    corrections: str
    doc: str


class QueuePage(msgspec.Struct, frozen=True, kw_only=True):
    """The review queue.

    Attributes:
        open: Records that nobody has judged.
        judged: Records with a standing judgement.
        limit: Most records on the page.
        offset: Records skipped.
        reader: Whose second reading the queue is for: records that others judged and this one did
            not; None for records that nobody judged.
        records: Records to judge, those of least confidence first.
        judgements: The last standing judgements.
        agreement: Krippendorff's alpha of records that two or more people judged.
    """

    open: int
    judged: int
    limit: int
    offset: int
    reader: str | None
    records: tuple[Shown, ...]
    judgements: tuple[Judged, ...]
    agreement: tuple[Agreement, ...]


def load(desk: Desk, *, reader: str | None = None, offset: int = 0, limit: int = 25) -> QueuePage:
    """Return the queue."""
    with desk.view() as view:
        readings = view.readings()
        records: list[Record]
        if reader is None:
            total, unjudged = desk.remember(
                view,
                ("unjudged", limit, offset),
                lambda found: found.unjudged(limit=limit, offset=offset),
            )
            records = [*unjudged]
        else:
            seen = {one.record for one in readings if one.reviewer == reader}
            waiting = [one for one in readings if one.record not in seen]
            waiting = list({one.record: one for one in waiting}.values())
            total = len(waiting)
            records = [one.judged for one in waiting[offset : offset + limit]]
        quotes = view.quotes([(record.doc, record.sentence) for record in records])
    return QueuePage(
        open=total,
        judged=len({one.record for one in readings}),
        limit=limit,
        offset=offset,
        reader=reader,
        records=shown(records, quotes=quotes),
        judgements=tuple(
            Judged(
                judgement=one.id,
                record=one.record,
                kind=type(one.judged).__name__.lower(),
                doc=one.judged.doc,
                **{
                    name: getattr(verdict, name)
                    for name in ("verdict", "reviewer", "reason", "recorded", "corrections")
                },
            )
            for one in readings[::-1][:50]
            for verdict in [verdict_of(one)]
        ),
        agreement=agreement(readings),
    )

"""Search: documents by words, records by fields."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from detente.api import codes
from detente.casebook.kept import SearchHit
from detente.web.asked import told_as_of
from detente.web.content.shown import Shown, shown

if TYPE_CHECKING:
    from datetime import datetime

    from detente.casebook.browser import Browser
    from detente.web.desk import Desk


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """What records are searched by; None for any."""

    party: str | None = None
    other: str | None = None
    type: str | None = None
    status: str | None = None
    domain: str | None = None
    since: date | None = None
    until: date | None = None

    def empty(self) -> bool:
        """Whether nothing is asked."""
        return all(getattr(self, name) is None for name in self.__struct_fields__)


class SearchPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found.

    Attributes:
        words: Words that documents must hold.
        fields: Fields that events must have.
        limit: Most documents and most events.
        offset: How many of each are skipped.
        more: Whether there are more.
        documents: Documents, best first.
        events: Events, newest first.
        as_of: Day or moment up to which the casebook is believed, None for now.
    """

    words: str
    fields: Fields
    limit: int
    offset: int
    more: bool
    documents: tuple[SearchHit, ...]
    events: tuple[Shown, ...]
    as_of: str | None


def load(
    desk: Desk,
    words: str,
    fields: Fields,
    *,
    offset: int = 0,
    limit: int = 25,
    as_of: datetime | None = None,
) -> SearchPage:
    """Search the texts for words and the events for fields, as of a recorded time.

    Raises:
        InputError: A code is nobody's.
    """
    key = ("search", words, fields, offset, limit)
    with desk.view(as_of=as_of) as view:
        return desk.remember(
            view, key, lambda found: _load(found, words, fields, offset=offset, limit=limit)
        )


def _load(view: Browser, words: str, fields: Fields, *, offset: int, limit: int) -> SearchPage:
    documents: list[SearchHit] = []
    events: tuple[Shown, ...] = ()
    more = False
    if words:
        documents = view.found(words, limit=limit + 1, offset=offset)
        more = len(documents) > limit
    if not fields.empty():
        parties = [code for code in (fields.party, fields.other) if code]
        codes.check(view, *parties)
        found = view.page(
            parties=parties,
            type=fields.type,
            status=fields.status,
            domain=fields.domain,
            since=fields.since,
            until=fields.until,
            limit=limit + 1,
            offset=offset,
        )
        more = more or len(found) > limit
        chosen = found[:limit]
        events = shown(chosen, quotes=view.quotes([(e.doc, e.sentence) for e in chosen]))
    return SearchPage(
        words=words,
        fields=fields,
        limit=limit,
        offset=offset,
        more=more,
        documents=tuple(documents[:limit]),
        events=events,
        as_of=told_as_of(view.as_of),
    )

"""One document: its text with the coded stretches, and the records beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.casebook.browser import Browser
from detente.casebook.kept import Receipt
from detente.model import Event
from detente.web.content.shown import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.model import Block, Record
    from detente.web.desk import Desk


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text that the same records cover.

    Attributes:
        block: Number of its headline or paragraph, from 0.
        kind: ``headline`` or ``paragraph``.
        text: The stretch.
        records: Ids of the records that cover it, the shortest first.
        starts: Ids of the records that begin here.
        covered: ``event``, ``claim`` or ``forecast``: what the shortest record is, an event where it is as
            short as others; None for none.
    """

    block: int
    kind: Literal["headline", "paragraph"]
    text: str
    records: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    covered: str | None = None


class DocumentPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a document.

    Attributes:
        id: Its id.
        title: Its title.
        publisher: Who published it.
        author: Who wrote it.
        published: Publication date.
        published_basis: How the date was found.
        language: Language tag.
        source: Path or address that it was read from.
        url: Its address, where it has one.
        cluster: Group of near-duplicates.
        coded: Whether a coder of its language read it.
        flags: What was mended while reading.
        pieces: The text.
        records: What is coded from it, in the order of the text.
        receipts: Every time the text was met.
    """

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    published_basis: str
    language: str | None
    source: str
    url: str | None
    cluster: str
    coded: bool
    flags: tuple[str, ...]
    pieces: tuple[Piece, ...]
    records: tuple[Shown, ...]
    receipts: tuple[Receipt, ...]


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One document of the list."""

    id: str
    title: str
    publisher: str | None
    published: str | None


class DocumentsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The documents, the last read first.

    Attributes:
        total: Documents kept.
        offset: Documents skipped.
        limit: Most documents on the page.
        documents: The documents.
    """

    total: int
    offset: int
    limit: int
    documents: tuple[Listed, ...]


def listed(desk: Desk, *, offset: int = 0, limit: int = 50) -> DocumentsPage:
    """Return a page of the list of documents."""
    with desk.view() as view:
        reading = desk.remember(view, "reading", Browser.reading)
        rows = view.listed(limit=limit, offset=offset)
    return DocumentsPage(
        total=reading.documents,
        offset=offset,
        limit=limit,
        documents=tuple(
            Listed(id=name, title=title or "Without a title", publisher=by, published=when)
            for name, (title, by, when) in rows
        ),
    )


def load(desk: Desk, document: str) -> DocumentPage:
    """Return the page of a document.

    Raises:
        InputError: There is no such document.
    """
    with desk.view() as view:
        return desk.remember(
            view, ("document", document), lambda found: _load(found, document), parties=()
        )


def _load(view: Browser, document: str) -> DocumentPage:
    kept = view.document(document)
    records = view.records_of(document)
    judged = {one.record: one for one in view.judgements()}
    found, text = kept.document, kept.document.text
    quotes = {
        (document, number): text[start:end] for number, (start, end) in enumerate(kept.sentences)
    }
    return DocumentPage(
        id=found.id,
        title=found.title or "Document without a title",
        publisher=found.publisher,
        author=found.author,
        published=found.published,
        published_basis=found.published_basis,
        language=found.language,
        source=found.source,
        url=found.url if (found.url or "").startswith(("http://", "https://")) else None,
        cluster=kept.cluster,
        coded=kept.coded,
        flags=found.flags,
        pieces=pieces(text, found.blocks, records),
        records=shown(records, quotes=quotes, judged=judged),
        receipts=kept.receipts,
    )


def pieces(text: str, blocks: Sequence[Block], records: Sequence[Record]) -> tuple[Piece, ...]:
    """Cut a text where records begin and end."""
    found: list[Piece] = []
    told: set[str] = set()
    for number, block in enumerate(blocks):
        inside = [r for r in records if r.span[0] < block.end and r.span[1] > block.start]
        edges = {block.start, block.end}
        for record in inside:
            edges |= {max(record.span[0], block.start), min(record.span[1], block.end)}
        order = sorted(edges)
        for start, end in pairwise(order):
            over = [r for r in inside if r.span[0] <= start and r.span[1] >= end]
            over.sort(key=lambda r: (r.span[1] - r.span[0], not isinstance(r, Event), r.id))
            names = tuple(record.id for record in over)
            found.append(
                Piece(
                    block=number,
                    kind=block.kind,
                    text=text[start:end],
                    records=names,
                    starts=tuple(name for name in names if name not in told),
                    covered=_kind(over[0]) if over else None,
                )
            )
            told.update(names)
    return tuple(found)


def _kind(record: Record) -> str:
    return type(record).__name__.lower()

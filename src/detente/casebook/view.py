"""Reading a casebook: typed records, Arrow tables, texts and search.

Every read takes ``as_of``, the recorded time up to which the store is believed: what the casebook
would have answered then. Readers need no lock and never wait for a writer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from detente.model import Claim, Document, Event, Forecast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    import pyarrow as pa

    from detente.model import ClaimKind, Domain, EventType, Status
    from detente.settings import Settings


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """One time that a text was met: the same text from two publishers has two receipts.

    Attributes:
        seq: Order in which the casebook met it, from 1.
        document: The document's id.
        source: Path or address that it was read from.
        url: Address that the document gives for itself.
        publisher: Who published it.
        published: Publication date, ISO 8601.
        recorded: When the casebook took it in, ISO 8601 in UTC.
    """

    seq: int
    document: str
    source: str
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    recorded: str = ""


class KeptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the casebook keeps it.

    Attributes:
        document: The document, with the metadata of its first receipt.
        cluster: Id of the document that it nearly repeats; its own id where it repeats none.
        receipts: Every time the same text was met, in order.
        sentences: Offsets of every sentence, by number; empty where it was not coded.
        coded: True where a coder of its language read it.
    """

    document: Document
    cluster: str
    receipts: tuple[Receipt, ...]
    sentences: tuple[tuple[int, int], ...] = ()
    coded: bool = True


class SentenceText(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence with its neighbours.

    Attributes:
        document: The document's id.
        number: Number of the sentence, from 0.
        start: First character in the document's text.
        end: One past the last character.
        text: The sentence.
        before: The sentence before it, empty for the first.
        after: The sentence after it, empty for the last.
    """

    document: str
    number: int
    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """A document that a search found, best first.

    Attributes:
        document: The document's id.
        title: Its title.
        publisher: Who published it.
        published: Publication date, ISO 8601.
        snippet: Words around the first find; finds stand between ``\x02`` and ``\x03``.
        score: Higher is better (negated BM25 of SQLite's FTS5).
    """

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    snippet: str
    score: float


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much a casebook holds."""

    documents: int = 0
    receipts: int = 0
    clusters: int = 0
    events: int = 0
    imported: int = 0
    incidents: int = 0
    claims: int = 0
    forecasts: int = 0
    quarantined: int = 0
    judgements: int = 0
    shards: int = 0


class View:
    """A casebook, read-only. Use it as a context manager or call ``close``.

    Dates in ``since`` and ``until`` are days in the world, both inclusive, and select events whose
    interval touches them; events without a date are left out where either is given. ``parties``
    are codes: a country or organisation (``BLR``, ``NATO``, ``BLOC:west``) or an institution
    (``BLR.MFA``). None stands for all; one code selects events where it is source or target; two
    codes select events between them, in either direction.
    """

    def __init__(
        self, path: Path | str, *, settings: Settings | None = None, as_of: datetime | None = None
    ) -> None:
        """Open the casebook in folder ``path``.

        Args:
            path: The casebook's folder.
            settings: Limits; the defaults where None.
            as_of: Recorded time for every read that gives none of its own; None is now.

        Raises:
            CasebookError: There is no casebook, or it is newer than the program.
        """
        raise NotImplementedError

    def events(
        self,
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        domain: Domain | None = None,
        status: Status | None = None,
        type: EventType | None = None,  # noqa: A002  (the record's own word)
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
        raise NotImplementedError

    def records(
        self,
        *,
        parties: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        domain: Domain | None = None,
        status: Status | None = None,
        type: EventType | None = None,  # noqa: A002
        as_of: datetime | None = None,
    ) -> list[Event]:
        """Return coded events as records, ``incident`` folded and reviews laid over them.

        The arguments are those of ``events``; imported events are left out.
        """
        raise NotImplementedError

    def claims(
        self,
        *,
        parties: Sequence[str] = (),
        kind: ClaimKind | None = None,
        domain: Domain | None = None,
        as_of: datetime | None = None,
    ) -> list[Claim]:
        """Return claims in which every one of ``parties`` stands as subject, object or topic."""
        raise NotImplementedError

    def forecasts(
        self,
        *,
        parties: Sequence[str] = (),
        domain: Domain | None = None,
        as_of: datetime | None = None,
    ) -> list[Forecast]:
        """Return forecasts in which every one of ``parties`` is subject, object or topic."""
        raise NotImplementedError

    def record(self, record_id: str, *, as_of: datetime | None = None) -> Event | Claim | Forecast:
        """Return one record by its id.

        Raises:
            InputError: There is no such record.
        """
        raise NotImplementedError

    def documents(self, *, as_of: datetime | None = None) -> pa.Table:
        """Return a table of documents: id, source, title, author, publisher, url, published,
        published_basis, language, characters, cluster, receipts (how many), coded, reason,
        recorded.
        """  # noqa: D205
        raise NotImplementedError

    def document(self, document_id: str) -> KeptDocument:
        """Return one document with its text and receipts.

        Raises:
            InputError: There is no such document.
        """
        raise NotImplementedError

    def sentence(self, document_id: str, number: int) -> SentenceText:
        """Return one sentence with its neighbours.

        Raises:
            InputError: There is no such document or sentence.
        """
        raise NotImplementedError

    def search(self, query: str, *, limit: int = 20) -> list[SearchHit]:
        """Return documents that hold all words of ``query``, best first.

        The words are quoted: no character in them is search syntax. A query without words finds
        nothing.
        """
        raise NotImplementedError

    def counts(self, *, as_of: datetime | None = None) -> Counts:
        """Return how much the casebook holds."""
        raise NotImplementedError

    def close(self) -> None:
        """Release the files."""
        raise NotImplementedError

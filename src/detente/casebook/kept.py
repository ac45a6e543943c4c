"""What a casebook answers besides coded records: receipts, texts, sentences, hits, counts."""

from __future__ import annotations

import msgspec

from detente.model import Document


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
        cluster: Group of near-duplicates that it is in: the smallest document id in it, its own
            where it stands alone.
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
    r"""A document that a search found, best first.

    Attributes:
        document: The document's id.
        title: Its title.
        publisher: Who published it.
        published: Publication date, ISO 8601.
        snippet: Words around the first find; finds stand between ``\x02`` and ``\x03``.
        score: Higher is better (negated BM25 of SQLite's FTS5); 0 for a document that was not ranked,
            because more than 2,000 that were read later match too.
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


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How much was read, and when last.

    Attributes:
        documents: Documents kept.
        newest: Newest publication date.
        recorded: When something was read last, ISO 8601 in UTC; empty for never.
    """

    documents: int
    newest: str | None
    recorded: str

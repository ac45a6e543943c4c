"""Texts and receipts as a reader asks for them; only what the ledger has committed is visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from detente.casebook.kept import Counts, KeptDocument, Reading, Receipt, SentenceText
from detente.errors import InputError
from detente.model import Document, DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.casebook.documents import DocumentStore
    from detente.casebook.ledger import Ledger
    from detente.model import Span

_WHEN = "(?1 IS NULL OR recorded <= ?1)"

_TABLE = pa.schema([
    ("id", pa.string()), ("source", pa.string()), ("title", pa.string()), ("author", pa.string()),
    ("publisher", pa.string()), ("url", pa.string()), ("published", pa.string()),
    ("published_basis", pa.string()), ("language", pa.string()), ("characters", pa.int64()),
    ("cluster", pa.string()), ("receipts", pa.int64()), ("coded", pa.bool_()),
    ("reason", pa.string()), ("recorded", pa.string()),
])  # fmt: skip


def table(ledger: Ledger, store: DocumentStore, *, as_of: str | None) -> pa.Table:
    """Return all documents, one a row, in the order of reading."""
    met = {
        row[0]: row[1:]
        for row in ledger.rows(
            f"SELECT document, count(*), min(recorded) FROM receipts WHERE {_WHEN} "
            "AND document IN (SELECT document FROM members) GROUP BY document",
            (as_of,),
        )
    }
    rows = []
    groups = store.groups()
    for body, characters, line in store.rows(
        "SELECT d.body, length(d.text), s.line FROM documents d "
        "LEFT JOIN sentences s ON s.document = d.id ORDER BY d.n"
    ):
        document = msgspec.json.decode(str(body), type=Document)
        if document.id not in met:
            continue
        coded = msgspec.json.decode(str(line), type=DocumentRecord) if line else None
        count, recorded = met[document.id]
        row = {name: getattr(document, name) for name in _TABLE.names[:9]}
        row |= {
            "characters": characters,
            "cluster": groups.get(document.id, document.id),
            "receipts": count,
        }
        row |= {"coded": bool(coded and coded.coded), "reason": coded.reason if coded else None}
        rows.append(row | {"recorded": recorded})
    return pa.Table.from_pylist(rows, schema=_TABLE)


def each(
    ledger: Ledger, store: DocumentStore, *, as_of: str | None
) -> Iterator[tuple[Document, tuple[Span, ...]]]:
    """Yield every document with its sentences' offsets, in the order of reading."""
    met = ledger.rows(
        f"SELECT DISTINCT document FROM receipts WHERE {_WHEN} "
        "AND document IN (SELECT document FROM members)",
        (as_of,),
    )
    known = {row[0] for row in met}
    for document in store.all():
        if document.id in known:
            coded = store.sentences(document.id)
            yield document, coded[1] if coded else ()


def receipts(ledger: Ledger, document: str, *, as_of: str | None) -> tuple[Receipt, ...]:
    """Return every time that a text was met, in order."""
    rows = ledger.rows(
        "SELECT seq, document, source, url, publisher, published, recorded FROM receipts "
        f"WHERE document = ?2 AND {_WHEN} AND document IN (SELECT document FROM members) "
        "ORDER BY seq",
        (as_of, document),
    )
    names = ("seq", "document", "source", "url", "publisher", "published", "recorded")
    return tuple(msgspec.convert(dict(zip(names, row, strict=True)), Receipt) for row in rows)


def document(
    ledger: Ledger, store: DocumentStore, document_id: str, *, as_of: str | None
) -> KeptDocument:
    """Return one document.

    Raises:
        InputError: There is no such document.
    """
    met = receipts(ledger, document_id, as_of=as_of)
    found = store.get(document_id) if met else None
    if found is None:
        raise InputError(f"{document_id}: there is no such document")
    coded = store.sentences(document_id)
    return KeptDocument(
        document=found,
        cluster=store.group(document_id),
        receipts=met,
        sentences=coded[1] if coded else (),
        coded=coded is not None and coded[0].coded,
    )


def sentence(kept: KeptDocument, number: int) -> SentenceText:
    """Return one sentence of a document.

    Raises:
        InputError: There is no such sentence.
    """
    spans, text = kept.sentences, kept.document.text
    if not 0 <= number < len(spans):
        raise InputError(f"{kept.document.id}: there is no sentence {number}")
    start, end = spans[number]
    before = text[slice(*spans[number - 1])] if number else ""
    after = text[slice(*spans[number + 1])] if number + 1 < len(spans) else ""
    return SentenceText(
        document=kept.document.id,
        number=number,
        start=start,
        end=end,
        text=text[start:end],
        before=before,
        after=after,
    )


def quotes(store: DocumentStore, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the sentences at some places (document id, sentence number), where there are any."""
    wanted: dict[str, set[int]] = {}
    for document_id, number in places:
        wanted.setdefault(document_id, set()).add(number)
    found: dict[tuple[str, int], str] = {}
    for document_id, numbers in wanted.items():
        kept, coded = store.get(document_id), store.sentences(document_id)
        if kept is None or coded is None:
            continue
        for number in numbers:
            if 0 <= number < len(coded[1]):
                found[document_id, number] = kept.text[slice(*coded[1][number])]
    return found


def counts(ledger: Ledger, store: DocumentStore, as_of: str | None, **records: int) -> Counts:
    """Return how much a casebook holds; the counts of records are handed in."""

    def one(sql: str) -> int:
        return int(ledger.rows(f"{sql} {_WHEN}", (as_of,))[0][0] or 0)

    committed = {
        row[0]
        for row in ledger.rows(
            f"SELECT DISTINCT document FROM receipts WHERE {_WHEN} "
            "AND document IN (SELECT document FROM members)",
            (as_of,),
        )
    }
    groups = store.groups()
    clusters = {groups.get(str(document), str(document)) for document in committed}
    return Counts(
        documents=len(committed),
        clusters=len(clusters),
        receipts=one("SELECT count(*) FROM receipts WHERE"),
        quarantined=one("SELECT count(*) FROM quarantine WHERE error <> 'empty' AND"),
        judgements=one("SELECT count(*) FROM judgements WHERE"),
        shards=one("SELECT count(*) FROM shards WHERE"),
        **records,
    )


def headings(
    store: DocumentStore, documents: Sequence[str]
) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Return title, publisher and date of some documents."""
    found = {}
    for name in set(documents):
        for row in store.rows(
            "SELECT title, publisher, published FROM documents WHERE id = ?", (name,)
        ):
            title, publisher, published = (None if v is None else str(v) for v in row)
            found[name] = (title, publisher, published)
    return found


def origins(
    store: DocumentStore, documents: Iterable[str]
) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Return publication date, author and publisher of some documents."""
    found = {}
    for name in documents:
        for (body,) in store.rows("SELECT body FROM documents WHERE id = ?", (name,)):
            kept = msgspec.json.decode(str(body), type=Document)
            found[name] = (kept.published, kept.author, kept.publisher)
    return found


def published(store: DocumentStore) -> dict[str, str]:
    """Return the publication day of each document that has one."""
    sql = "SELECT id, published FROM documents WHERE published IS NOT NULL"
    return {str(name): str(day) for name, day in store.rows(sql)}


def listed(
    store: DocumentStore, *, limit: int, offset: int
) -> list[tuple[str, tuple[str | None, str | None, str | None]]]:
    """Return some documents, id and heading, the last read first."""
    rows = store.rows(
        "SELECT id, title, publisher, published FROM documents ORDER BY n DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    heads = [(str(row[0]), [None if v is None else str(v) for v in row[1:]]) for row in rows]
    return [(name, (head[0], head[1], head[2])) for name, head in heads]


def publishers(
    store: DocumentStore, *, since: int = 0, until: int = 2**62
) -> list[tuple[str | None, int, int, str | None, str | None]]:
    """Return every publisher with documents, coded documents, first and last date, the busiest first.

    Args:
        store: The texts.
        since: Only documents after this number.
        until: Only documents up to this number.
    """
    rows = store.rows(
        "SELECT publisher, count(*), sum(s.document IS NOT NULL AND "
        "json_extract(s.line, '$.coded')), min(published), max(published) FROM documents d "
        "LEFT JOIN sentences s ON s.document = d.id WHERE n > ? AND n <= ? "
        "GROUP BY publisher ORDER BY 2 DESC, 1",
        (since, until),
    )
    return [
        (
            None if name is None else str(name),
            int(str(count)),
            int(str(coded or 0)),
            None if first is None else str(first),
            None if last is None else str(last),
        )
        for name, count, coded, first, last in rows
    ]


def read_by_then(documents: pa.Table) -> Reading:
    """Return how much was read, and when last, from what ``table`` gives as of a time."""
    published, recorded = (documents.column(name).to_pylist() for name in ("published", "recorded"))
    return Reading(
        documents=documents.num_rows,
        newest=max((day for day in published if day is not None), default=None),
        recorded=max(recorded, default=""),
    )


def reading(ledger: Ledger, told: Sequence[tuple[object, int, int, object, str | None]]) -> Reading:
    """Return how much was read, and when last, from what ``publishers`` gives."""
    last = ledger.rows("SELECT recorded FROM receipts ORDER BY seq DESC LIMIT 1")
    return Reading(
        documents=sum(row[1] for row in told),
        newest=max((row[4] for row in told if row[4] is not None), default=None),
        recorded=str(last[0][0]) if last else "",
    )

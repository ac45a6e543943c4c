"""Near-duplicates that survive between runs: bands of signatures and pairs of twins in SQLite.

The finding is that of ``read.duplicates``; here its memory is a table, so that a million documents
need no more memory than one. Groups are the connected parts of the graph of twins, so the order of
reading changes nothing; a group is named by its smallest document id.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from detente.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import apsw

CANDIDATES = 64
"""Earlier documents that one is compared with, most bands in common first: enough to join a group
of any size, as its members resemble each other, and a bound where thousands share a template."""


def link(connection: apsw.Connection, n: int, document: Document) -> bool:
    """Enter a new document and pair it with those before it that it nearly repeats.

    Args:
        connection: Of ``documents.sqlite``, within a transaction.
        n: The document's row.
        document: The document.

    Returns:
        Whether it has a twin.
    """
    from detente.read import duplicates

    shingles = duplicates.shingles_of(document)
    if not shingles:
        return False
    bands = [_key(band) for band in duplicates.bands_of(shingles)]
    common: Counter[int] = Counter()
    for band in bands:
        for (other,) in connection.execute("SELECT n FROM bands WHERE band = ?", (band,)):
            common[int(str(other))] += 1
    connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(b, n) for b in bands])
    found = False
    for other, _ in sorted(common.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
        ratio = duplicates.jaccard(shingles, duplicates.shingles_of(_read(connection, other)))
        if ratio >= duplicates.THRESHOLD:
            connection.execute("INSERT INTO twins VALUES (?, ?)", (other, n))
            found = True
    return found


def wrong_rows(connection: apsw.Connection) -> Iterator[str]:
    """Yield the ids of documents whose bands or twins are not those of their texts."""
    from detente.read import duplicates

    total = 0
    for n, document_id in connection.execute("SELECT n, id FROM documents ORDER BY n").fetchall():
        shingles = duplicates.shingles_of(_read(connection, int(str(n))))
        expected = {_key(band) for band in duplicates.bands_of(shingles)} if shingles else set()
        total += len(expected)
        found = {
            band
            for band in expected
            if connection.execute(
                "SELECT 1 FROM bands WHERE (band, n) = (?, ?)", (band, n)
            ).fetchall()
        }
        twins = connection.execute("SELECT one FROM twins WHERE other = ?", (n,)).fetchall()
        if found != expected or not all(
            _like(connection, int(str(one)), shingles) for (one,) in twins
        ):
            yield str(document_id)
    if connection.execute("SELECT count(*) FROM bands").fetchall() != [(total,)]:
        yield "of a band without a document"
    lost = "SELECT count(*) FROM twins WHERE other NOT IN (SELECT n FROM documents)"
    if connection.execute(lost).fetchall() != [(0,)]:
        yield "of a twin without a document"


def _like(connection: apsw.Connection, n: int, shingles: frozenset[int]) -> bool:
    from detente.read import duplicates

    if not connection.execute("SELECT 1 FROM documents WHERE n = ?", (n,)).fetchall():
        return False
    other = duplicates.shingles_of(_read(connection, n))
    return duplicates.jaccard(shingles, other) >= duplicates.THRESHOLD


def groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the group of every document that stands in a pair of twins, by document id."""
    parent: dict[str, str] = {}

    def root(document: str) -> str:
        while parent.setdefault(document, document) != document:
            parent[document] = parent[parent[document]]
            document = parent[document]
        return document

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {document: root(document) for document in list(parent)}


def _read(connection: apsw.Connection, n: int) -> Document:
    [(body, text)] = connection.execute("SELECT body, text FROM documents WHERE n = ?", (n,))
    return msgspec.structs.replace(msgspec.json.decode(str(body), type=Document), text=str(text))


def _key(band: tuple[int, ...]) -> int:
    """Return 63 bits that stand for a band."""
    digest = blake2b(repr(band).encode("ascii"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1

"""Of whom documents speak: the countries and organisations that their records name.

Read from the columns of the record files; no record is decoded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from detente.casebook import duck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.casebook.snapshot import Snapshot


def spoken(snapshot: Snapshot, codes: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return which of some countries and organisations each document names that names any."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = _rows(
        snapshot,
        chosen="DISTINCT doc, code",
        wanted="list_contains($codes, code)",
        codes=sorted(set(codes)),
    )
    for document, code in rows:
        found[str(document)].add(str(code))
    return {document: frozenset(named) for document, named in found.items()}


def counts(snapshot: Snapshot, documents: Iterable[str]) -> dict[str, Counter[str]]:
    """Return how many records of each document name each country and organisation."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = _rows(
        snapshot,
        chosen="doc, code, count(*)",
        wanted="list_contains($documents, doc)",
        grouped="GROUP BY doc, code",
        documents=sorted(set(documents)),
    )
    for document, code, count in rows:
        found[str(document)][str(code)] = int(str(count))
    return found


def totals(snapshot: Snapshot) -> Counter[str]:
    """Return how many records name each country and organisation."""
    rows = _rows(snapshot, chosen="code, count(*)", wanted="true", grouped="GROUP BY code")
    return Counter({str(code): int(str(count)) for code, count in rows})


def _rows(
    snapshot: Snapshot, *, chosen: str, wanted: str, grouped: str = "", **parameters: object
) -> list[tuple[object, ...]]:
    sql = duck.query("spoken").format(
        chosen=chosen,
        wanted=wanted,
        grouped=grouped,
        **{name: snapshot.source(name) for name in ("events", "claims", "forecasts")},
    )
    table = duck.select(snapshot.connection, sql, parameters)
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

"""Of whom documents speak: the countries and organisations that their records name.

Read from the columns of the record files; no record is decoded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from detente.casebook import duck

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from detente.casebook.snapshot import Snapshot


def spoken(
    snapshot: Snapshot, codes: Iterable[str], *, since: date, until: date
) -> list[tuple[str, frozenset[str]]]:
    """Return which of some countries and organisations the documents of some days name.

    Args:
        snapshot: The casebook as of a time.
        codes: Countries and organisations.
        since: First day of publication.
        until: Last day of publication.

    Returns:
        Day of publication and what it names of ``codes``, for each document that names any.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows = _rows(
        snapshot,
        chosen="doc, published, code",
        wanted="list_contains($codes, code) AND published BETWEEN $since AND $until",
        grouped="GROUP BY ALL",
        codes=sorted(set(codes)),
        since=since.isoformat(),
        until=until.isoformat(),
    )
    for document, day, code in rows:
        found[str(day), str(document)].add(str(code))
    return [(day, frozenset(named)) for (day, _), named in sorted(found.items())]


def counts(snapshot: Snapshot, documents: Iterable[str]) -> dict[str, Counter[str]]:
    """Return how many records of each document name each country and organisation."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = _rows(
        snapshot,
        chosen="doc, code, count(*)",
        wanted="list_contains($documents, doc)",
        grouped="GROUP BY ALL",
        documents=sorted(set(documents)),
    )
    for document, code, count in rows:
        found[str(document)][str(code)] = int(str(count))
    return found


def totals(snapshot: Snapshot) -> Counter[str]:
    """Return how many records name each country and organisation."""
    rows = _rows(snapshot, chosen="code, count(*)", wanted="true", grouped="GROUP BY ALL")
    return Counter({str(code): int(str(count)) for code, count in rows})


def _rows(
    snapshot: Snapshot, *, chosen: str, wanted: str, grouped: str, **parameters: object
) -> list[tuple[object, ...]]:
    sql = duck.query("spoken").format(
        chosen=chosen,
        wanted=wanted,
        grouped=grouped,
        **{name: snapshot.source(name) for name in ("events", "claims", "forecasts")},
    )
    table = duck.select(snapshot.connection, sql, parameters)
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

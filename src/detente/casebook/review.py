"""Human judgements: laid over the coder's records when they are read, never written into them.

Of the judgements of a record that are not undone the newest verdict counts, and all corrections that
nobody corrected again: whoever judges sees what those before left. When a document has been coded again
and a judged record is gone, its judgement goes over to the record of the same kind at the same
place of the text; an accepted or corrected record that has no successor stays as it was judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from detente.errors import InputError
from detente.model import Claim, Event, Forecast, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.casebook.ledger import Ledger

Verdict = Literal["accept", "correct", "reject"]

FIXED = frozenset({"id", "doc", "record"})
"""Fields that no correction changes."""

_RECORD = msgspec.json.Decoder(Record)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer said of a record.

    Attributes:
        id: Its own id.
        record: Id of the record as it was judged.
        verdict: ``accept``, ``correct`` or ``reject``.
        corrections: Fields with their right values, as in the line format.
        reviewer: Who judged.
        reason: Why.
        recorded: When, ISO 8601 in UTC.
        judged: The record as it stood.
    """

    id: str
    record: str
    verdict: Verdict
    corrections: dict[str, Any]
    reviewer: str
    reason: str
    recorded: str
    judged: Record

    def result(self, record: Record | None = None) -> Record:
        """Return the record with the corrections laid over it."""
        return corrected(self.judged if record is None else record, self.corrections)


def corrected(record: Record, corrections: Mapping[str, Any]) -> Record:
    """Return a record with some fields changed.

    Args:
        record: The record.
        corrections: Field names of the line format with their new values.

    Raises:
        InputError: A field does not exist, may not be changed, or the value does not fit.
    """
    values = msgspec.to_builtins(record)
    names = {field.encode_name for field in msgspec.structs.fields(record)}
    for name in corrections:
        if name in FIXED or name not in names:
            raise InputError(f"{name!r} is not a field that can be corrected")
    try:
        return msgspec.convert(values | dict(corrections), type=type(record))
    except msgspec.ValidationError as error:
        raise InputError(f"the correction does not fit: {error}") from error


def judgements(ledger: Ledger, *, as_of: str | None = None) -> dict[str, Judgement]:
    """Return what is judged of each record, by record id: the newest verdict, and every correction.

    Each reviewer sees a record as those before left it. Therefore corrections add up, the newer one of
    a field counts, and who accepts a corrected record accepts its corrections.

    Args:
        ledger: The ledger.
        as_of: Recorded time; None is now.
    """
    found: dict[str, Judgement] = {}
    for one in _standing(ledger, as_of):
        before = found.get(one.record)
        found[one.record] = one if before is None else _after(before, one)
    return found


def _after(before: Judgement, one: Judgement) -> Judgement:
    """Return a judgement of a record that was judged before, with what was corrected before."""
    changes = before.corrections | one.corrections
    accepted = one.verdict == "accept" and bool(changes)
    return msgspec.structs.replace(
        one,
        verdict="correct" if accepted else one.verdict,
        corrections=changes,
        judged=before.judged,
    )


def readings(ledger: Ledger) -> list[Judgement]:
    """Return the last judgement of each record by each reviewer, oldest first."""
    found = {(one.record, one.reviewer): one for one in _standing(ledger, None)}
    return sorted(found.values(), key=lambda one: (one.recorded, one.id))


def touched(ledger: Ledger, *, since: int = 0) -> list[tuple[int, str, frozenset[str]]]:
    """Return what judgements after an entry of the ledger are about.

    Args:
        ledger: The ledger.
        since: Number of an entry.

    Returns:
        Number of the entry, id of the record, and the countries and bodies in the record as it was
        judged and as it was corrected.
    """
    rows = ledger.rows(
        "SELECT seq, record, body, corrections FROM judgements WHERE seq > ? ORDER BY seq", (since,)
    )
    found = []
    for seq, name, body, corrections in rows:
        record = _RECORD.decode(str(body))
        later = corrected(record, msgspec.json.decode(str(corrections)))
        found.append((int(seq or 0), str(name), _countries(record) | _countries(later)))
    return found


def _countries(record: Record) -> frozenset[str]:
    if isinstance(record, Event):
        return frozenset(actor.country for actor in (*record.source, *record.target))
    about = {code.partition(".")[0] for code in record.about}
    return frozenset({a.country for a in (*record.subject, *record.object)} | about)


def _standing(ledger: Ledger, as_of: str | None) -> list[Judgement]:
    """Return the judgements that are not undone, oldest first."""
    rows = ledger.rows(
        "SELECT judgement, record, verdict, corrections, reviewer, reason, recorded, body, undoes "
        "FROM judgements WHERE ?1 IS NULL OR recorded <= ?1 ORDER BY seq",
        (as_of,),
    )
    undone = {row[8] for row in rows if row[2] == "undo"}
    return [
        Judgement(
            id=str(judgement),
            record=str(record),
            verdict=verdict,  # type: ignore[arg-type]  # the table's own CHECK
            corrections=msgspec.json.decode(str(corrections)),
            reviewer=str(reviewer),
            reason=str(reason),
            recorded=str(recorded),
            judged=_RECORD.decode(str(body)),
        )
        for judgement, record, verdict, corrections, reviewer, reason, recorded, body, _ in rows
        if verdict != "undo" and judgement not in undone
    ]


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """Judgements matched with the records that are there.

    Attributes:
        verdicts: Id of a current record to the verdict on it.
        results: Records as corrected, and judged ones that have no successor.
        sources: Id of a result to its verdict.
        folded: Ids of results whose incident the reviewer gave.
    """

    verdicts: dict[str, Verdict]
    results: dict[str, Record]
    sources: dict[str, Verdict]
    folded: frozenset[str] = frozenset()


def overlay(found: Mapping[str, Judgement], current: Iterable[Record]) -> Overlay:
    """Match judgements with current records.

    Args:
        found: Judgements by record id.
        current: All current records of the judged documents.
    """
    by_id = {record.id: record for record in current}
    verdicts: dict[str, Verdict] = {}
    results: dict[str, Record] = {}
    sources: dict[str, Verdict] = {}
    folded: set[str] = set()
    for judgement in found.values():
        record = by_id.get(judgement.record)
        if record is None:
            free = (r for r in by_id.values() if r.id not in found and r.id not in verdicts)
            record = _successor(judgement.judged, free)
        if record is not None:
            verdicts[record.id] = judgement.verdict
        if judgement.verdict == "correct" or (record is None and judgement.verdict == "accept"):
            result = judgement.result(record)
            results[result.id] = result
            sources[result.id] = judgement.verdict
            if "incident" in judgement.corrections:
                folded.add(result.id)
    return Overlay(verdicts=verdicts, results=results, sources=sources, folded=frozenset(folded))


def _successor(judged: Record, candidates: Iterable[Record]) -> Record | None:
    """Return the record of the same kind whose span overlaps most, at least by half."""
    best, most = None, 0.5
    for record in candidates:
        if record.doc != judged.doc or _kind(record) != _kind(judged):
            continue
        (a, b), (c, d) = judged.span, record.span
        share = (min(b, d) - max(a, c)) / max(b - a, d - c, 1)
        if share >= most and (best is None or share > most):
            best, most = record, share
    return best


def _kind(record: Record) -> str:
    if isinstance(record, Event):
        return f"event {record.type}"
    return f"claim {record.kind}" if isinstance(record, Claim) else "forecast"


KINDS: dict[str, type[Event | Claim | Forecast]] = {
    "events": Event,
    "claims": Claim,
    "forecasts": Forecast,
}

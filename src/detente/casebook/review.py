"""Human judgements: laid over the coder's records when they are read, never written into them.

Of the judgements of a record that are not undone the newest verdict counts, and all corrections that
nobody corrected again: whoever judges sees what those before left. When a document has been coded again
and a judged record is gone, its judgement goes over to its heir (``lineage``), and counts with what is
said of that one later; an accepted or corrected record that has no heir stays as it was judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from detente.errors import InputError
from detente.model import Claim, Event, Forecast, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.casebook.ledger import Ledger
    from detente.casebook.lineage import Heir

Verdict = Literal["accept", "correct", "reject"]

FIXED = frozenset({"id", "doc", "record"})
"""Fields that no correction changes."""

_RECORD = msgspec.json.Decoder(Record)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer said of a record.

    Attributes:
        id: Its own id.
        record: Id of the record that it is about: as it was judged, or its heir's after a new coding.
        verdict: ``accept``, ``correct`` or ``reject``.
        corrections: Fields with their right values, as in the line format.
        reviewer: Who judged.
        reason: Why.
        recorded: When, ISO 8601 in UTC.
        judged: The record as it stood.
        seq: Number of its entry in the ledger.
    """

    id: str
    record: str
    verdict: Verdict
    corrections: dict[str, Any]
    reviewer: str
    reason: str
    recorded: str
    judged: Record
    seq: int = 0

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


def judgements(
    standing: Iterable[Judgement], heirs: Mapping[str, Heir] | None = None
) -> dict[str, Judgement]:
    """Return what is judged of each record, by record id: the newest verdict, and every correction.

    Each reviewer sees a record as those before left it. Therefore corrections add up, the newer one of
    a field counts, and who accepts a corrected record accepts its corrections.

    Args:
        standing: Judgements that are not undone, oldest first.
        heirs: What judged records have become.
    """
    found: dict[str, Judgement] = {}
    for one in named(standing, heirs or {}):
        before = found.get(one.record)
        found[one.record] = one if before is None else _after(before, one)
    return found


def named(standing: Iterable[Judgement], heirs: Mapping[str, Heir]) -> list[Judgement]:
    """Return judgements with the ids that their records have now."""
    return [
        msgspec.structs.replace(one, record=heirs[one.record].id) if one.record in heirs else one
        for one in standing
    ]


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


def readings(standing: Iterable[Judgement], heirs: Mapping[str, Heir]) -> list[Judgement]:
    """Return the last judgement of each record by each reviewer, oldest first."""
    found: dict[tuple[str, str], Judgement] = {}
    for one in named(standing, heirs):
        found.pop((one.record, one.reviewer), None)
        found[one.record, one.reviewer] = one
    return sorted(found.values(), key=lambda one: one.recorded)


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


def standing(ledger: Ledger, *, as_of: str | None = None) -> list[Judgement]:
    """Return the judgements that are not undone, oldest first.

    Args:
        ledger: The ledger.
        as_of: Recorded time; None is now.
    """
    rows = ledger.rows(
        "SELECT judgement, record, verdict, corrections, reviewer, reason, recorded, body, undoes, seq "
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
            seq=int(seq or 0),
        )
        for judgement, record, verdict, corrections, reviewer, reason, recorded, body, _, seq in rows
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


def overlay(
    found: Mapping[str, Judgement], current: Iterable[Record], heirs: Mapping[str, Heir]
) -> Overlay:
    """Match judgements with current records.

    Args:
        found: Judgements by record id.
        current: All current records of the judged documents.
        heirs: What judged records that are gone have become.
    """
    by_id = {record.id: record for record in current}
    other = {heir.id for heir in heirs.values() if not heir.same}
    verdicts: dict[str, Verdict] = {}
    results: dict[str, Record] = {}
    sources: dict[str, Verdict] = {}
    folded: set[str] = set()
    for name, judgement in found.items():
        record = by_id.get(name)
        verdict = judgement.verdict
        if record is not None:
            replaced = name in other and verdict == "accept"
            verdicts[name] = "correct" if replaced else verdict
        if verdict == "correct" or (verdict == "accept" and (record is None or name in other)):
            base = None if name in other else record
            results[name] = _renamed(judgement.result(base), name)
            sources[name] = verdict
            if "incident" in judgement.corrections:
                folded.add(name)
    return Overlay(verdicts=verdicts, results=results, sources=sources, folded=frozenset(folded))


def _renamed(record: Record, name: str) -> Record:
    return record if record.id == name else msgspec.structs.replace(record, id=name)


KINDS: dict[str, type[Event | Claim | Forecast]] = {
    "events": Event,
    "claims": Claim,
    "forecasts": Forecast,
}

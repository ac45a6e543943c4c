"""What people say of the records: judgements, their agreement, and what follows from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.casebook.agreement import Agreement
    from detente.casebook.review import Judgement, Verdict
    from detente.model import Event


def judge(
    record: str,
    verdict: Verdict,
    *,
    reviewer: str,
    reason: str = "",
    corrections: Mapping[str, Any] | None = None,
    casebook: str | Path | None = None,
) -> str:
    """Note what a reviewer says of a record; it is laid over the record from then on.

    Args:
        record: Id of an event, claim or forecast.
        verdict: ``accept``, ``correct`` or ``reject``.
        reviewer: Who judges.
        reason: Why; a rejection needs one.
        corrections: For ``correct``: fields of the line format with their right values; an
            ``incident`` folds the event into that incident, or out of it under its own id.
        casebook: The casebook's folder; that of the settings where None.

    Returns:
        The judgement's id.

    Raises:
        InputError: There is no such record, a correction does not fit it, no reviewer is named,
            or a rejection gives no reason.
        CasebookError: Another process is writing the casebook.
    """
    from detente.casebook.book import Casebook

    if not reviewer.strip():
        raise InputError("a judgement needs the reviewer's name")
    if verdict == "reject" and not reason.strip():
        raise InputError("a rejection needs a reason")
    with Casebook.open(_folder(casebook), Settings.from_environment()) as book:
        return book.judge(
            record,
            verdict,
            reviewer=reviewer.strip(),
            reason=reason.strip(),
            corrections=corrections,
        )


def undo(
    judgement: str, *, reviewer: str, reason: str = "", casebook: str | Path | None = None
) -> str:
    """Take a judgement back; the one before it counts again.

    Returns:
        The id of this undoing.

    Raises:
        InputError: There is no such judgement, or it is undone already.
    """
    from detente.casebook.book import Casebook

    with Casebook.open(_folder(casebook), Settings.from_environment()) as book:
        return book.undo(judgement, reviewer=reviewer, reason=reason)


def unjudged(
    *, limit: int = 20, offset: int = 0, casebook: str | Path | None = None
) -> tuple[int, list[Event]]:
    """Return how many coded events nobody has judged, and some, those of least confidence first."""
    from detente.casebook.browser import Browser

    with Browser(_folder(casebook)) as opened:
        return opened.unjudged(limit=limit, offset=offset)


def judgements(casebook: str | Path | None = None) -> list[Judgement]:
    """Return the last judgement of each record by each reviewer, oldest first."""
    from detente.casebook.browser import Browser

    with Browser(_folder(casebook)) as opened:
        return opened.readings()


def agreement(casebook: str | Path | None = None) -> tuple[Agreement, ...]:
    """Return how far reviewers agree, field by field (Krippendorff's alpha, nominal)."""
    from detente.casebook.agreement import agreement as measure

    return measure(judgements(casebook))


def gold(casebook: str | Path | None = None) -> tuple[str, int, int]:
    """Return reviewed documents as gold.

    Returns:
        YAML that ``detente eval --gold`` reads, how many documents it holds, and how many judged
        documents still have events that nobody judged.
    """
    from detente.casebook.browser import Browser
    from detente.casebook.gold import gold as write

    with Browser(_folder(casebook)) as opened:
        return write(opened)


def suggest(
    record: str, surface: str, code: str | None, *, casebook: str | Path | None = None
) -> str:
    """Return the register entry, as YAML, that would have resolved an actor of an event rightly.

    Args:
        record: Id of the event.
        surface: The actor's words in the text, as the event has them.
        code: The right code, such as ``BLR.MFA``; None where the words name no actor.
        casebook: The casebook's folder; that of the settings where None.

    Raises:
        InputError: There is no such event or actor, or no such country or body.
    """
    from detente.casebook.browser import Browser
    from detente.model import Event
    from detente.registers.additions import dump
    from detente.registers.suggestions import suggest as make

    with Browser(_folder(casebook)) as opened:
        event = opened.record(record)
        if not isinstance(event, Event):
            raise InputError(f"{record}: only events have actors to correct")
        published = opened.headings([event.doc]).get(event.doc, (None, None, None))[2]
    found = [a for a in (*event.source, *event.target) if a.surface == surface]
    if not found:
        raise InputError(f"{surface!r}: there is no such actor in {record}")
    actor = found[0]
    entry = make(surface, code, person=actor.person, role=actor.role, since=published)
    return dump(entry)


def _folder(casebook: str | Path | None) -> Path:
    return Path(casebook if casebook is not None else Settings.from_environment().casebook)

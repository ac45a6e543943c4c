"""What a reviewer fills in, as corrections in the line format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import InputError
from detente.model import Actor, Event, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewForm:
    """A reviewer's form; an empty field leaves the record's value as it is.

    Attributes:
        verdict: ``accept``, ``correct`` or ``reject``.
        reviewer: Who judges.
        reason: Why.
        type: PLOVER type.
        mode: PLOVER mode.
        status: Status.
        domain: Domain.
        date: First day, ISO 8601.
        date_end: Last day.
        source: Codes of who acts, parted by commas.
        target: Codes of who is acted upon; a dash for nobody.
        place: Name of the place; a dash for none.
        incident: Incident that the event belongs to; a dash for one of its own.
        back: Page to return to.
    """

    verdict: str
    reviewer: str = ""
    reason: str = ""
    type: str = ""
    mode: str = ""
    status: str = ""
    domain: str = ""
    date: str = ""
    date_end: str = ""
    source: str = ""
    target: str = ""
    place: str = ""
    incident: str = ""
    back: str = ""


def corrections(form: ReviewForm, record: Record) -> dict[str, Any]:
    """Return what the form changes of a record, in the line format.

    Raises:
        InputError: The record is no event and a field of events was filled in.
    """
    changes: dict[str, Any] = {}
    for name in ("type", "mode", "status", "domain", "date", "date_end"):
        value = getattr(form, name).strip()
        if value and value != (getattr(record, name, None) or ""):
            changes[name] = None if value == "-" else value
    if "date" in changes:
        changes |= {"date_precision": "day", "date_basis": "review"}
        changes.setdefault("date_end", None)
    if not isinstance(record, Event):
        return changes
    for side in ("source", "target"):
        codes = _codes(getattr(form, side))
        actors: Sequence[Actor] = getattr(record, side)
        if codes is not None and codes != [actor.code for actor in actors]:
            changes[side] = [msgspec.to_builtins(_actor(code, record)) for code in codes]
    place = form.place.strip()
    if place and place != (record.place.name if record.place else ""):
        changes["place"] = None if place == "-" else msgspec.to_builtins(Place(name=place))
    incident = form.incident.strip()
    if incident and incident != record.incident:
        changes["incident"] = record.id if incident == "-" else incident
    return changes


def _codes(text: str) -> list[str] | None:
    """Return the codes of a field: None for an empty one, none for a dash."""
    text = text.strip()
    if not text:
        return None
    return [] if text == "-" else [code.strip() for code in text.split(",") if code.strip()]


def _actor(code: str, record: Event) -> Actor:
    """Return the actor of a code: the record's own where it has one, else a new one."""
    for actor in (*record.source, *record.target):
        if actor.code == code:
            return actor
    body, _, rest = code.partition(".")
    institution = rest.partition("/")[0] or None
    if not body or not all(c.isalnum() or c in ":_-" for c in body):
        raise InputError(f"{code!r} is no code of an actor, such as BLR or BLR.MFA")
    return Actor(code=code, country=body, institution=institution, surface=code, how="review")

"""What a reviewer fills in, field by field, as corrections in the line format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from detente.errors import InputError
from detente.model import Actor, Event, Place
from detente.registers import parties
from detente.registers.gazetteer import fold, load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.model import Record

FIELDS = (
    "type", "mode", "status", "domain", "date", "date_end", "source", "target", "place", "incident",
)  # fmt: skip
"""Fields that a reviewer can fill in."""
_DIVISIONS = ("admin1", "admin2", "district")
NONE = "-"
"""What takes a value away."""


def corrections(filled: Mapping[str, str], record: Record) -> dict[str, Any]:
    """Return what filled-in fields change of a record, in the line format.

    Args:
        filled: Text by name of ``FIELDS``. An empty text leaves the value as it is, a dash takes it
            away; actors are codes parted by commas; a place may have its country's code after a comma; a
            dash as incident makes it one of its own.
        record: The record.

    Raises:
        InputError: A code is none of an actor.
    """
    changes: dict[str, Any] = {}
    for name in ("type", "mode", "status", "domain", "date", "date_end"):
        value = filled.get(name, "").strip()
        if value and value != (getattr(record, name, None) or ""):
            changes[name] = None if value == NONE else value
    if not isinstance(record, Event):
        return changes
    if changes.get("date"):
        changes |= {"date_precision": "day", "date_basis": "review"}
        changes.setdefault("date_end", None)
    for side in ("source", "target"):
        codes = _codes(filled.get(side, ""))
        actors: Sequence[Actor] = getattr(record, side)
        if codes is not None and codes != [actor.code for actor in actors]:
            changes[side] = [msgspec.to_builtins(_actor(code, record)) for code in codes]
    place = filled.get("place", "").strip()
    if place and place != (record.place.name if record.place else ""):
        changes["place"] = None if place == NONE else msgspec.to_builtins(_place(place, record))
    incident = filled.get("incident", "").strip()
    if incident and incident != record.incident:
        changes["incident"] = record.id if incident == NONE else incident
    return changes


def _codes(text: str) -> list[str] | None:
    """Return the codes of a field: None for an empty one, no code for a dash."""
    text = text.strip()
    if not text:
        return None
    return [] if text == NONE else [code.strip() for code in text.split(",") if code.strip()]


def _actor(code: str, record: Event) -> Actor:
    """Return the actor of a code: the record's own where it has one, else a new one."""
    for actor in (*record.source, *record.target):
        if actor.code == code:
            return actor
    body, _, rest = code.partition(".")
    institution = rest.partition("/")[0] or None
    reason = parties.refusal(parties.in_force(), code)
    if reason is not None:
        raise InputError(reason)
    return Actor(code=code, country=body, institution=institution, surface=code, how="review")


def _place(text: str, record: Event) -> Place:
    """Return the place of a name, such as ``Riga`` or ``Brest, BLR``, with its coordinates if it is known.

    Without a country it is one in a country of the event's actors, else any. Of several it is a country
    or town before a province of that name, and the most populous.
    """
    name, _, country = (part.strip() for part in text.partition(","))
    known = [one for one in load_gazetteer().lookup(fold(name)) if not one.adjective]
    named = [one for one in known if one.country == country.upper()]
    own = {actor.country for actor in (*record.source, *record.target)}
    near = [one for one in known if one.country in own]
    fitting = named if country else near or known
    chosen = min(fitting, key=lambda one: one.kind in _DIVISIONS, default=None)
    if chosen is None:
        return Place(name=name, country=country.upper() or None)
    return Place(
        name=name,
        country=chosen.country,
        geonameid=chosen.id or None,
        lat=chosen.lat,
        lon=chosen.lon,
    )

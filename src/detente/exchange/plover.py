"""Events in the JSON form of PLOVER v2.0 (field names: CONVENTIONS.md section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.registers import ontology
from detente.registers.sectors import sectors

if TYPE_CHECKING:
    from detente.model import Actor, DocumentRecord, Event, Place


def event(record: Event, document: DocumentRecord, text: str) -> dict[str, Any]:
    """Return an event as a PLOVER JSON object; unknown fields are left out.

    Args:
        record: The event.
        document: The document that it was coded from.
        text: The sentence that it was coded from.
    """
    entry = ontology.load().types[record.type]
    fields: dict[str, Any] = {
        "id": record.id,
        "date": record.date,
        "enddate": record.date_end,
        "actor": [_entity(actor) for actor in record.source],
        "recipient": [_entity(actor) for actor in record.target],
        "event": record.type,
        "mode": record.mode,
        "context": list(record.contexts),
        "quad_code": entry.quad,
        "event_scale": entry.modes.get(record.mode or "", entry.score),
        "event_loc": [_location(record.place)] if record.place else None,
        "text": text,
        "text_info": {"id": document.id, "sentence": record.sentence},
        "cite_info": {
            "source": document.source,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
        },
        "coder": f"detente {record.rule}",
        "comment": f"status: {record.status}",
    }
    return {key: value for key, value in fields.items() if value not in (None, [])} | {
        "date": record.date,
        "actor": fields["actor"],
    }


def _entity(actor: Actor) -> dict[str, Any]:
    found = sectors(actor)
    fields = {
        "code": actor.country,
        "sector": found[0] if found else None,
        "entity_text": actor.surface,
        "identifier_id": actor.code,
        "identifier_text": actor.person,
        "office": actor.role,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _location(place: Place) -> dict[str, Any]:
    fields = {
        "extracted_place": place.name,
        "resolved_place": place.name if place.geonameid is not None else None,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "country_code": place.country,
    }
    return {key: value for key, value in fields.items() if value is not None}

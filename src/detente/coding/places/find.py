"""Find toponyms and resolve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.places.recognise import accepted, candidates
from detente.coding.places.records import PlaceMention
from detente.coding.places.resolve import choose, contained
from detente.coding.places.unknown import unknown
from detente.model import Place
from detente.registers.gazetteer import fold, load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.places.recognise import Candidate
    from detente.coding.types import Reading
    from detente.registers.gazetteer import Entry

_NOT_NAMES = frozenset({"VERB", "AUX", "ADV", "PRON", "DET", "SCONJ", "CCONJ", "ADP", "PART"})


def find(
    readings: Sequence[Reading], *, text: str, countries: Sequence[str] = ()
) -> tuple[PlaceMention, ...]:
    """Return the places of a document's parsed sentences, in the order of the text.

    Names are found and resolved over the whole text, so that a place named surely in one
    sentence is known in the others; what stands outside the parsed sentences is left out.

    Args:
        readings: The parsed sentences of one document.
        text: The document's text.
        countries: Countries that the document is about (ISO 3166-1 alpha-3), the first first.
    """
    found = find_text(text, countries=countries)
    kept: list[PlaceMention] = []
    rest = iter(found)
    mention = next(rest, None)
    for reading in readings:
        start, end = reading.sentence.start, reading.sentence.end
        own = []
        while mention is not None and mention.start < start:
            mention = next(rest, None)
        while mention is not None and mention.start < end:
            if _is_name(reading, mention):
                own.append(mention)
            mention = next(rest, None)
        own.extend(unknown(reading, own))
        kept.extend(sorted(own, key=lambda place: place.start))
    return tuple(kept)


def _is_name(reading: Reading, mention: PlaceMention) -> bool:
    base = reading.sentence.start
    span = reading.doc.char_span(mention.start - base, mention.end - base, alignment_mode="expand")
    return span is None or len(span) != 1 or span[0].pos_ not in _NOT_NAMES


def find_text(
    text: str, *, countries: Sequence[str] = (), adjectives: bool = False
) -> tuple[PlaceMention, ...]:
    """Return the places of an unparsed text, in order.

    Args:
        text: A whole document.
        countries: Countries that the document is about (ISO 3166-1 alpha-3).
        adjectives: Whether "Belarusian" counts as a mention of Belarus.
    """
    gazetteer = load_gazetteer()
    found = accepted(candidates(text, gazetteer, adjectives=adjectives), text, gazetteer)
    if not found:
        return ()
    chosen = choose(found, countries)
    return tuple(_mention(candidate, *_sense(candidate, chosen)) for candidate in found)


def _sense(candidate: Candidate, chosen: dict[str, tuple[Entry, float]]) -> tuple[Entry, float]:
    own = contained(candidate)
    return (own, 0.95) if own is not None else chosen[fold(candidate.text)]


def _mention(candidate: Candidate, entry: Entry, confidence: float) -> PlaceMention:
    name = (
        candidate.text.title()
        if candidate.text.isupper() and len(candidate.text) > 4
        else (candidate.text)
    )
    place = Place(
        name=entry.name if entry.kind == "country" or candidate.adjective else name,
        country=entry.country,
        geonameid=entry.id or None,
        lat=entry.lat,
        lon=entry.lon,
        span=(candidate.start, candidate.end),
    )
    return PlaceMention(
        start=candidate.start,
        end=candidate.end,
        surface=candidate.text,
        place=place,
        kind=entry.feature,
        literal=candidate.sign >= 2,
        confidence=confidence,
    )

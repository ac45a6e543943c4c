"""What the place stage hands out."""

from __future__ import annotations

import msgspec

from detente.model import Place


class PlaceMention(msgspec.Struct, frozen=True, kw_only=True):
    """A toponym and what it resolves to.

    Attributes:
        start: First character in the document's text.
        end: One past the last character.
        surface: The words.
        place: Name, country (ISO 3166-1 alpha-3), GeoNames id and coordinates; the id is None
            where the name is no entry of the gazetteer.
        kind: GeoNames feature class: ``A`` country or province, ``P`` town, ``L`` region,
            ``H`` water, ``T`` mountain or island, ``S`` building.
        literal: True where the syntax makes it a location ("in Minsk"); False where it may
            stand for an actor ("Minsk said").
        confidence: 0 to 1.
    """

    start: int
    end: int
    surface: str
    place: Place
    kind: str = "P"
    literal: bool = True
    confidence: float = 0.5

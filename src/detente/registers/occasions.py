"""Named occasions with known dates and places, from ``data/occasions.yaml``."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import msgspec

from detente.errors import RegisterError
from detente.model import DatePrecision

_FILE = Path(__file__).parent / "data" / "occasions.yaml"


class Occasion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A summit, conference, treaty, war or election that texts name instead of its date.

    Attributes:
        names: Forms of the name, longest first by habit; case and hyphens do not matter.
        first: First day.
        last: Last day.
        place: Name of the town, as the gazetteer has it.
        country: ISO 3166-1 alpha-3 of the place.
        precision: ``day`` for a meeting, ``year`` or ``month`` for a war or a crisis.
        default: True where a name without a year means this one of several.
    """

    names: tuple[str, ...]
    first: datetime.date
    last: datetime.date
    place: str | None = None
    country: str | None = None
    precision: DatePrecision = "day"
    default: bool = False


def read_occasions(file: Path) -> tuple[Occasion, ...]:
    """Read a file of occasions.

    Raises:
        RegisterError: The file does not hold a list of occasions, or one ends before it begins.
    """
    try:
        occasions = msgspec.yaml.decode(file.read_bytes(), type=list[Occasion])
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise RegisterError(str(file), 0, str(error)) from error
    for occasion in occasions:
        if occasion.last < occasion.first:
            raise RegisterError(str(file), 0, f"{occasion.names[0]} ends before it begins")
    return tuple(occasions)


@cache
def load_occasions() -> tuple[Occasion, ...]:
    """Return the shipped occasions."""
    return read_occasions(_FILE)

"""Read the dateline of an agency report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from detente.coding.places.records import PlaceMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, day and length of a dateline ("MINSK, Sept 20 (Agency) -").

    Attributes:
        place: Where the report was filed.
        date: The day it names, if any.
        end: Offset of the first character of the report itself.
    """

    place: PlaceMention | None
    date: datetime.date | None
    end: int


def dateline(text: str, *, published: datetime.date | None = None) -> Dateline | None:  # noqa: ARG001
    """Return the dateline that a text opens with, or None."""
    return None

"""Find toponyms and resolve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.places.records import PlaceMention  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.coding.types import Reading


def find(
    readings: Sequence[Reading],  # noqa: ARG001
    *,
    text: str,  # noqa: ARG001
    countries: Sequence[str] = (),  # noqa: ARG001
) -> tuple[PlaceMention, ...]:
    """Return the places of a document's parsed sentences, in the order of the text.

    Args:
        readings: The parsed sentences of one document.
        text: The document's text.
        countries: Countries that the document is about (ISO 3166-1 alpha-3), the first first.
    """
    return ()


def find_text(text: str, *, countries: Sequence[str] = ()) -> tuple[PlaceMention, ...]:  # noqa: ARG001
    """Return the places of an unparsed text, in order."""
    return ()

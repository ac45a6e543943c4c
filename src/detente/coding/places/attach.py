"""Choose the place of a predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from detente.coding.places.records import PlaceMention
    from detente.coding.types import Reading
    from detente.model import Place


def of(
    reading: Reading,  # noqa: ARG001
    trigger: Token,  # noqa: ARG001
    found: Sequence[PlaceMention],  # noqa: ARG001
    *,
    countries: Sequence[str] = (),  # noqa: ARG001
) -> Place | None:
    """Return where the predicate at ``trigger`` took place, or None.

    Args:
        reading: The parsed sentence.
        trigger: The predicate's head token.
        found: The places of the document or of the sentence.
        countries: Countries of the predicate's parties.
    """
    return None

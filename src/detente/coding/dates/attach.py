"""Choose the date expression that dates a predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.dates.records import DateMention, When

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from spacy.tokens import Token

    from detente.coding.types import Reading


def of(
    reading: Reading,  # noqa: ARG001
    trigger: Token,  # noqa: ARG001
    found: Sequence[DateMention],
    *,
    published: datetime.date | None,
    previous: DateMention | None = None,
    future: bool = False,
    actual: bool = True,
) -> When:
    """Return the date of the predicate at ``trigger``.

    Args:
        reading: The parsed sentence.
        trigger: The predicate's head token.
        found: The sentence's date expressions, offsets into the document's text.
        published: The document's publication date.
        previous: The expression that dated the last dated predicate of an earlier sentence.
        future: True where the predicate looks ahead (planned, proposed, possible).
        actual: True where it is told as a fact; only such take the publication date.
    """
    for mention in found:
        if mention.first is not None:
            return When(
                date=mention.date,
                date_end=mention.date_end,
                precision=mention.precision,
                basis=mention.basis,
                mention=mention,
            )
    if published is not None and actual and not future and previous is None:
        return When(date=published.isoformat(), precision="day", basis="published")
    return When()

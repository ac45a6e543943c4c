"""Find date expressions in text."""

from __future__ import annotations

import datetime
import re

from detente.coding.dates.records import DateMention

_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


def find(text: str, *, published: datetime.date | None, offset: int = 0) -> tuple[DateMention, ...]:  # noqa: ARG001
    """Return the date expressions of a text, in order, without overlap.

    Args:
        text: A sentence or any stretch of a document.
        published: The document's publication date; what needs one stays unresolved without it.
        offset: Added to every ``start`` and ``end``.
    """
    found = []
    for match in _ISO.finditer(text):
        try:
            day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        found.append(
            DateMention(
                start=offset + match.start(),
                end=offset + match.end(),
                surface=match[0],
                first=day,
                last=day,
                precision="day",
                form="iso",
            )
        )
    return tuple(found)

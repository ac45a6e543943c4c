"""Rows of tables and JSON Lines: ``text`` is required, the other fields are optional."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.errors import ReadError
from detente.read import layout, normal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.read.draft import Draft

FIELDS = ("id", "text", "title", "published", "url", "publisher", "author", "language")
"""The columns that are read; others are left alone."""


def draft(row: Mapping[str, object], number: int) -> Draft:
    """Turn one row into a draft.

    A title is the headline, sentence 0, unless the text begins with the same words: on a line of
    their own they are the headline already, inside a line they stay there and there is none.

    Args:
        row: Values by field; None or a missing key means unknown.
        number: The row's number, from 1.

    Raises:
        ReadError: ``row``: ``text`` is missing or no text, or a field is of a wrong kind.
            ``empty``: ``text`` holds nothing.
    """
    values = {name: _value(name, row.get(name)) for name in FIELDS}
    text = values["text"]
    if text is None:
        raise ReadError("row", "the field text is missing")
    if not text.strip():
        raise ReadError("empty", "the field text is empty")
    flags: list[str] = []
    title = normal.line(values["title"], flags)
    cleaned = normal.clean(text, flags).strip()
    repeated = False
    if title is not None and (begins := _begins_with(cleaned, title)):
        repeated = cleaned[begins : begins + 1] not in {"\n", ""}
        cleaned = cleaned if repeated or begins == len(cleaned) else cleaned[begins:]
    found = layout.plain(cleaned, headers=False)
    if title is not None:
        if not repeated and found.headline not in {None, title}:
            found.paragraphs.insert(0, found.headline or "")
        found.headline = None if repeated else title
        found.title = title
    for name in ("published", "url", "publisher", "author", "language"):
        setattr(found, name, values[name])
    found.external_id = values["id"]
    found.row = number
    found.flags += flags
    return found


def _value(name: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if name in {"id", "published"} and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ReadError("row", f"the field {name} is of a wrong kind: {type(value).__name__}")


def _begins_with(text: str, title: str) -> int:
    """Return where the title that begins a text ends, or 0."""
    words = re.findall(r"\S+", title)
    pattern = r"\s+".join(map(re.escape, words))
    found = re.match(pattern + r"(?!\w)", text, re.IGNORECASE)
    return found.end() if found else 0

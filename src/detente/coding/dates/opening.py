"""The date that opens a sentence without a comma after it."""

from __future__ import annotations

import re

from detente.coding.dates.scan import find

_BEFORE = re.compile(r"(?:(?:On|In|By|Since|During|Late on|Early on|Late in|Early in) )?$")
_AFTER = re.compile(r" (?:[A-Z]|the |a |an |his |her |its |their |both |two )")
_LONGEST = 60


def opening(text: str) -> int | None:
    """Return the offset of the space after an opening date that no comma follows.

    ``opening("On 3 May 2017 Poland met Latvia.")`` is 13; with a comma after 2017 it is None.

    Args:
        text: A sentence.
    """
    for mention in find(text[:_LONGEST], published=None):
        if not _BEFORE.match(text[: mention.start]) and mention.start:
            return None
        return mention.end if _AFTER.match(text, mention.end) else None
    return None

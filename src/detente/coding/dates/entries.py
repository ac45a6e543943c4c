"""Entries of a chronology: the date that stands alone before what it dates ("Wednesday, 8 June. Djibouti opened ...")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.coding.dates.scan import find

if TYPE_CHECKING:
    import datetime

    from detente.coding.dates.records import DateMention
    from detente.model import Document

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_HEAD = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
    rf"(?:\d{{1,2}}\s{_MONTH}|{_MONTH}\s\d{{1,2}})(?:,?\s\d{{4}})?(?:\s\([^)\n]{{1,20}}\))?(?=\s*[.:\u2013\u2014]|\s*$)"
)


def entries(
    document: Document, published: datetime.date | None
) -> list[tuple[int, int, DateMention]]:
    """Return what the entries of a chronology date: first character, one past the last, the date.

    An entry ends with its paragraph, or where another begins; a paragraph that is a date alone heads those that follow.

    Args:
        document: The document.
        published: Its publication date, from which years that are left out are told.
    """
    found: list[tuple[int, int, DateMention]] = []
    above: DateMention | None = None
    for block in document.blocks:
        text = document.text[block.start : block.end]
        own = [
            (head, mention)
            for head in _HEAD.finditer(text)
            for mention in find(head[0], published=published, offset=block.start + head.start())[:1]
            if mention.precision == "day"
        ]
        if (
            len(own) == 1
            and not text[: own[0][0].start()].strip()
            and not text[own[0][0].end() :].strip(" .:\n")
        ):
            above = own[0][1]
            continue
        if not own and above is not None:
            found.append((block.start, block.end, above))
        starts = [block.start + head.start() for head, _ in own]
        ends = [*starts[1:], block.end]
        found += [
            (start, end, mention)
            for start, end, (_, mention) in zip(starts, ends, own, strict=False)
        ]
    return found

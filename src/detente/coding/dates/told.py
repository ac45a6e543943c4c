"""The day that a sentence tells of, for who held an office then."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from detente.coding.dates.scan import find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.coding.types import Sentence

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_ADVERB = re.compile(r"(?:^|\b(?:[Ii]n|[Oo]n|[Dd]uring|[Ee]arly in|[Ll]ate in|[Bb]ack in)\s+)$")
NEAR = 31
"""Days before the publication from which an office is that of another time."""


def told(sentences: Iterable[Sentence], published: str | None) -> dict[int, datetime.date]:
    """Return the day that a sentence tells of, by its number, where a past date with a year says so.

    "In March 2009 Lavrov flew to Geneva" tells of 2009, "defended the 2015 deal" of no other day.

    Args:
        sentences: Sentences of one document.
        published: The document's publication date, ISO 8601; nothing is told without one.
    """
    if published is None:
        return {}
    day = datetime.date.fromisoformat(published)
    found: dict[int, datetime.date] = {}
    for sentence in sentences:
        years = _YEAR.findall(sentence.text)
        if not years:
            continue
        for mention in find(sentence.text, published=day):
            if mention.first is None or mention.last is None or mention.duration:
                continue
            middle = mention.first + (mention.last - mention.first) / 2
            adverb = _ADVERB.search(sentence.text[: mention.start]) or mention.surface[:3] in {
                "In ", "On ", "in ", "on ",
            }  # fmt: skip
            if adverb and mention.anchor == "none" and (day - middle).days > NEAR:
                found[sentence.number] = middle
                break
    return found

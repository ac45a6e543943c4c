"""Who says "we" in a statement that a ministry gives in the first person.

A communique or a briefing speaks of "we" without a quotation: the ministry of the country that the
text is mostly about. An analyst's or a reporter's "we" is nobody's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.model import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.model import Document

_OFFICIAL = re.compile(
    r"\b(?:ministry|ministers?|spokes(?:man|woman|person)|press statement|statement by|remarks|"
    r"communiqu[eé]|embassy|government|press service)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?:^|[.!?]\s+|\n)We\b|\bmy (?:colleague|counterpart|government)\b")
_DEFENCE = re.compile(r"\bdefen[cs]e\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:foreign|diplomat\w*|ambassador)\b", re.IGNORECASE)


def speaker_of(document: Document, countries: Sequence[str]) -> Actor | None:
    """Return the body that speaks in the first person through a document, None where none does.

    Args:
        document: The document; its title and publisher must name an official source.
        countries: The countries of its actors, the most frequent first.
    """
    source = f"{document.title or ''} {document.publisher or ''}"
    if not countries or not _OFFICIAL.search(source) or not _FIRST_PERSON.search(document.text):
        return None
    institution = None
    if _DEFENCE.search(source):
        institution = "MOD"
    elif _FOREIGN.search(f"{source} {document.text}"):
        institution = "MFA"
    country = countries[0]
    return Actor(
        code=f"{country}.{institution}" if institution else country, country=country,
        institution=institution, surface="we", span=(0, 0), how="speaker of the document",
    )  # fmt: skip

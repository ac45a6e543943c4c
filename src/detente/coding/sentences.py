"""Cuts a document into numbered sentences, block by block.

The cut is made once, on the raw text, so that a sentence has the same number whether or not it is
parsed later. ``nupunkt`` finds the ends; two repairs follow, for titles that it takes as ends
("Lt. Gen.") and for ends before a title that it misses ("... so. Dr. Ivanova").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.coding.places import dateline_end
from detente.coding.types import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.model import Document, Span

LONGEST = 2_000
"""Characters after which a sentence is cut at a space: a parse of longer ones costs more than a
second and is never right (a list, a table, or text without punctuation)."""

TITLE = 40
"""Characters at the end of a sentence in which a title or initials may stand."""

OPENING = 3
"""Paragraphs in which a dateline may stand: an author's line may come before it."""

_ABBREVIATIONS = (
    "Adm Amb Art Aug Brig Capt Cmdr Co Col Corp Dec Dr Feb Fig Fr Gen Gov Hon Jan Jr Lt Ltd Maj Mar "
    "Messrs Mr Mrs Ms Mt Nov No Oct Pres Prof Rep Rev Sec Sen Sept Sep Sgt Sr St Supt vs Vice Inc"
)
_TITLE = re.compile(
    r"\b(?:" + "|".join(_ABBREVIATIONS.split()) + r"|[A-Z]|(?:[A-Z]\.)+[A-Z])\.\s*$"
)
_OPENS = re.compile(r"[A-Z0-9]")
_MISSED = re.compile(r"(?P<word>\b[A-Za-z]\w+)[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z][a-z]*\.?\s)")
_NO_END = frozenset(_ABBREVIATIONS.split()) | frozenset(
    "al art ca cf ch eds etc fig no pp vs".split()
)
_COUNTRY_INITIALS = re.compile(r"\b(?:U\.S\.A?|U\.K|U\.N|E\.U|D\.C|[ap]\.m)\.\s*$")


_ELSEWHERE = re.compile(
    r"\W*(?:(?:also read|read(?: also| more| next| full \w+| this)?|see(?: also| more)|related(?: \w+)?|"
    r"more (?:on this|from this section|stories|news|to come)|more|(?:hash)?tags?|keywords?|topics|photos?|"
    r"image|caption|source|share|home|filed under|advertisement|watch|listen|editor[’']s note)\s*[:»>|]"
    r"|©|advertisement$)",
    re.IGNORECASE,
)
"""How a paragraph begins that belongs to the page, not to the report: a link, tags, a credit."""


def split(document: Document) -> tuple[Sentence, ...]:
    """Cut a document into sentences; the headline, where there is one, is sentence 0.

    Args:
        document: The document; offsets count from its ``text``.

    Returns:
        Sentences in order, without overlap and without surrounding white space. A dateline
        near the top ("MINSK, Sept 20 -") belongs to none of them, nor does a link ("Read also: ...").
    """
    found: list[Sentence] = []
    begins = dict(datelines(document))
    for number, block in enumerate(document.blocks):
        headline = block.kind == "headline"
        begin = begins.get(block.start, block.start)
        if not headline and _ELSEWHERE.match(document.text, begin, block.end):
            continue
        whole = [(begin, block.end)]
        spans = whole if headline else _spans(document.text, begin, block.end)
        for start, end in spans:
            for first, last in _trimmed(document.text, start, end):
                found.append(
                    Sentence(
                        number=len(found),
                        start=first,
                        end=last,
                        text=document.text[first:last],
                        headline=headline,
                        paragraph=number,
                    )
                )
    return tuple(found)


def datelines(document: Document) -> Iterator[Span]:
    """Yield the stretches near the top that are datelines ("MINSK, Sept 20 -")."""
    paragraphs = [block for block in document.blocks if block.kind == "paragraph"]
    for block in paragraphs[:OPENING]:
        size = dateline_end(document.text[block.start : min(block.end, block.start + LONGEST)])
        if size:
            yield block.start, block.start + size


def _spans(text: str, start: int, end: int) -> Iterator[Span]:
    import nupunkt

    block = text[start:end]
    joined: list[list[int]] = []
    for first, last in nupunkt.sent_spans(block):
        if joined and _belongs(block[joined[-1][0] : joined[-1][1]], block[first:last]):
            joined[-1][1] = last
        else:
            joined.append([first, last])
    for first, last in joined:
        cut = first
        for missed in _MISSED.finditer(block, first, last):
            if missed["word"] not in _NO_END:
                yield start + cut, start + missed.end()
                cut = missed.end()
        yield start + cut, start + last


def _belongs(before: str, after: str) -> bool:
    """Whether a cut after a title or an initial was wrong."""
    if not _OPENS.match(after.lstrip("\"“‘'( ")):
        return False
    tail = max(0, len(before.rstrip()) - TITLE)
    return not _COUNTRY_INITIALS.search(before, tail) and bool(_TITLE.search(before, tail))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without surrounding white space, cut where it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end

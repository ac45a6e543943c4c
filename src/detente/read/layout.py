"""Plain text to headline and paragraphs; header lines to metadata.

Header lines are ``Key: value`` lines at the top (``Title``, ``Author``, ``Publisher`` or ``Source``,
``Published`` or ``Date``, ``URL``, ``Language``), bare or between two lines of ``---``.
"""

from __future__ import annotations

import itertools
import re

from detente.read.draft import Draft
from detente.read.published import WORDED

_KEYS = {
    "title": "title", "headline": "title", "author": "author", "authors": "author",
    "by": "author", "byline": "author", "publisher": "publisher", "source": "publisher",
    "agency": "publisher", "outlet": "publisher", "date": "published", "published": "published",
    "publication date": "published", "published on": "published", "url": "url", "link": "url",
    "language": "language", "lang": "language",
}  # fmt: skip
_HEADER = re.compile(r"([A-Za-z][A-Za-z ]{1,20})[ \t]*:[ \t]+(\S.*)")
_FENCE = re.compile(r"-{3,}[ \t]*")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

HEADLINE_CHARACTERS = 200
"""Longest headline; a longer first line is a paragraph that lost its full stop."""

_HEADLINE_WORDS = 30
_NO_HEADLINE_END = (".", ",", ";", ":", "…", "-", "–")
_BYLINE = re.compile(r"(?i:by\s)\s*[A-Z]")
_DATE = rf"(?:{WORDED}|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.\d{{4}})"
_DATE_LINE = re.compile(
    rf"(?:(?:published|posted|updated|date|issued)(?:\s+on)?\s*:?\s+)?(?P<date>{_DATE})"
    r"(?:[\s,|–—-]+\d{1,2}[:.]\d\d(?:\s*[A-Z]{2,5})?)?\.?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w'’.-]+(?:[ ,/]+\(?[A-Z][\w'’.-]+\)?){0,4}),?\s+"
    rf"(?i:(?P<date>{_DATE}))\s*(?:$|[-–—:/]|\([A-Z][^)]{{1,40}}\))"
)
_NOT_A_PLACE = re.compile(r"(?:on|in|at|by|since|until|after|before|from|the|and)\b", re.IGNORECASE)
_NEAR_TOP = 3
"""Blocks in which a date line or a dateline is looked for."""

UNWRAPPED = 120
"""A line longer than this was not wrapped by hand: each line is a paragraph."""


def plain(text: str, *, headers: bool = True) -> Draft:
    """Cut a plain text into headline and paragraphs.

    Args:
        text: The text, cleaned (LF line ends).
        headers: Whether ``Key: value`` lines at the top are metadata.

    Returns:
        A draft; its headline is the first line where that is short, without a full stop at its
        end, and parted from what follows.
    """
    lines = text.split("\n")
    found, rest = header(lines) if headers else ({}, lines)
    draft = described(paragraphs("\n".join(rest)), found)
    shape(draft)
    return draft


def described(blocks: list[str], found: dict[str, str]) -> Draft:
    """Return a draft of paragraphs with the metadata of header lines."""
    return Draft(
        paragraphs=blocks,
        title=found.get("title"),
        author=found.get("author"),
        publisher=found.get("publisher"),
        published=found.get("published"),
        url=found.get("url"),
        language=found.get("language"),
    )


def header(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the metadata at the top, by field of ``Draft``, and the other lines."""
    at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    fenced = at < len(lines) and bool(_FENCE.fullmatch(lines[at]))
    found: dict[str, str] = {}
    row = at + fenced
    while row < len(lines):
        match = _HEADER.fullmatch(lines[row].strip())
        key = _KEYS.get(match[1].strip().lower()) if match else None
        if match and key is not None:
            value = match[2].strip().strip("\"'").strip()
            found.setdefault(key, value)
        elif not fenced or _FENCE.fullmatch(lines[row]):
            break
        row += 1
    if fenced:
        closed = row < len(lines)
        return (found, lines[row + 1 :]) if found and closed else ({}, lines)
    return found, lines[row:]


def shape(draft: Draft) -> None:
    """Find headline, date line and dateline among the paragraphs of a draft, in place."""
    blocks = draft.paragraphs
    if draft.headline is None:
        if draft.title is not None:
            draft.headline = draft.title
        elif len(blocks) > 1 and is_headline(blocks[0]):
            draft.headline = blocks.pop(0)
    for number, block in enumerate(blocks[:_NEAR_TOP]):
        if alone := _DATE_LINE.fullmatch(block.strip()):
            draft.text_published = alone["date"]
            del blocks[number]
            return
        begins = _DATELINE.match(block[:200])
        if begins and not _NOT_A_PLACE.match(begins["place"]):
            draft.text_published = begins["date"]
            return


def is_headline(block: str) -> bool:
    """Whether a first paragraph is a headline by its form."""
    text = block.strip()
    return (
        0 < len(text) <= HEADLINE_CHARACTERS
        and "\n" not in text
        and len(text.split()) <= _HEADLINE_WORDS
        and not text.rstrip("\"'”’)").endswith(_NO_HEADLINE_END)
        and not _BYLINE.match(text)
        and not _DATE_LINE.fullmatch(text)
        and not _DATELINE.match(text)
        and any(char.isalpha() for char in text)
    )


def paragraphs(text: str) -> list[str]:
    """Cut a text at blank lines and mend lines that were wrapped by hand.

    A line end inside a block is meant where the next line's first word would have fitted on the
    line: there a new paragraph begins.
    """
    found: list[str] = []
    for block in _BLANK.split(text.strip()):
        lines = [line for raw in block.split("\n") if (line := raw.strip())]
        found += _unwrapped(lines)
    return found


def _unwrapped(lines: list[str]) -> list[str]:
    if len(lines) < 2:
        return lines
    width = max(len(line) for line in lines)
    if width > UNWRAPPED:
        return lines
    joined = [lines[0]]
    for before, line in itertools.pairwise(lines):
        if _meant(before, line, width):
            joined.append(line)
        elif (
            before.endswith("-") and len(before) > 1 and before[-2].isalpha() and line[0].islower()
        ):
            joined[-1] = joined[-1] + line
        else:
            joined[-1] = f"{joined[-1]} {line}"
    return joined


_ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+\S")


def _meant(before: str, line: str, width: int) -> bool:
    """Whether the line end between two lines was meant by the writer."""
    if _ITEM.match(line):
        return True
    first = line.split(" ", 1)[0]
    return len(before) + 1 + len(first) <= width and not line[0].islower()

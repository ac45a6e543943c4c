"""Lines of printed pages to paragraphs: reading order, columns, hyphens, running heads and feet.

Coordinates are in points from the upper left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

_EDGE = 0.12
"""Share of a page's height, above and below, where running heads and feet stand."""

_MOST_CROSSING = 0.3
"""Share of lines that may cross the gutter between two columns (headings, tables)."""

_FEWEST = 3
"""Lines that a column must have."""

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_HYPHEN_END = re.compile(r"(?<=[^\W\d_])[-\xad\u2010\ufffe\x02]$")
_KEPT_HYPHEN = re.compile(
    r"(?:^|\W)(?:self|non|pro|anti|post|pre|co|ex|vice|all|cross|half|inter|mid|semi|well|long|short)"
    r"[-\xad\u2010\ufffe\x02]$",
    re.IGNORECASE,
)
"""Parts of words that keep their hyphen at the end of a line."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
    }
)
_WIDER_GAP = 1.45
"""Ratio of line distances above which a new paragraph begins."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on a page, with its box."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    height: float

    @property
    def size(self) -> float:
        """Height of the letters."""
        return self.bottom - self.top


@dataclass(slots=True)
class Paragraph:
    """A paragraph and the height of its letters."""

    text: str
    size: float


def ordered(lines: list[Line], width: float, depth: int = 0) -> list[Line]:
    """Return lines in reading order: column by column, between lines that cross all columns.

    Args:
        lines: The lines of a page or of a column.
        width: Width of the page.
        depth: How many columns this lies inside.
    """
    lines = _merged(lines)
    gutter = _gutter(lines) if depth < 3 else None
    if gutter is None:
        return lines
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            found += ordered(left, width, depth + 1) + ordered(right, width, depth + 1)
            left, right = [], []
            found.append(line)
    return found + ordered(left, width, depth + 1) + ordered(right, width, depth + 1)


def _merged(lines: list[Line]) -> list[Line]:
    """Return lines from top to bottom, with the pieces of one line put together."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.bottom + one.top, one.left)):
        before = found[-1] if found else None
        if before is not None and _same_line(before, line):
            first, second = (before, line) if before.left <= line.left else (line, before)
            gap = " " if second.left - first.right > 0.1 * max(first.size, 1) else ""
            found[-1] = replace(
                before,
                text=first.text + gap + second.text,
                left=first.left,
                right=max(first.right, second.right),
                top=min(first.top, second.top),
                bottom=max(first.bottom, second.bottom),
            )
        else:
            found.append(line)
    return found


def _same_line(one: Line, other: Line) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return overlap > 0.5 * min(one.size, other.size) and gap < 1.2 * max(one.size, other.size)


def _gutter(lines: list[Line]) -> float | None:
    """Return where two columns part: the x that the fewest lines cross, with lines on both sides."""
    if len(lines) < 2 * _FEWEST:
        return None
    best: tuple[int, float] | None = None
    for edge in sorted({round(line.left - 1, 1) for line in lines}):
        left = sum(line.right <= edge for line in lines)
        right = sum(line.left >= edge for line in lines)
        crossing = len(lines) - left - right
        wide_enough = min(left, right) >= _FEWEST and crossing <= _MOST_CROSSING * len(lines)
        if wide_enough and (best is None or crossing < best[0]):
            best = (crossing, edge)
    if best is None or not _side_by_side(lines, best[1]):
        return None
    return best[1]


def _side_by_side(lines: list[Line], gutter: float) -> bool:
    """Whether lines on both sides stand at the same heights."""
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.left >= gutter]
    top = max(min(line.top for line in left), min(line.top for line in right))
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    both = [sum(top - 1 <= line.top < bottom for line in side) for side in (left, right)]
    return min(both) >= _FEWEST


def body_lines(pages: list[list[Line]]) -> list[Line]:
    """Return all lines but page numbers and what stands at the edge of half of the pages or more."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_key(line) for line in page if _at_edge(line)})
    most = max(2, (len([page for page in pages if page]) + 1) // 2)
    return [
        line
        for page in pages
        for line in page
        if not (_at_edge(line) and (seen[_key(line)] >= most or _PAGE_NUMBER.fullmatch(line.text)))
    ]


def _at_edge(line: Line) -> bool:
    return line.bottom < _EDGE * line.height or line.top > (1 - _EDGE) * line.height


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def joined(lines: list[Line]) -> list[Paragraph]:
    """Join lines in reading order to paragraphs."""
    found: list[Paragraph] = []
    widths = _column_rights(lines)
    before: Line | None = None
    pitch = _pitch(lines)
    for line in lines:
        text = line.text.translate(_LIGATURES)
        if before is None or _begins(before, line, widths, pitch):
            found.append(Paragraph(text, line.size))
        else:
            last = found[-1]
            last.text = _hyphened(last.text, text)
            last.size = max(last.size, line.size)
        before = line
    return found


def _hyphened(before: str, text: str) -> str:
    if not _HYPHEN_END.search(before):
        return f"{before} {text}"
    if text[:1].islower() and not _KEPT_HYPHEN.search(before):
        return before[:-1] + text
    return before[:-1] + "-" + text


def _pitch(lines: list[Line]) -> float:
    """Return the usual distance between two lines."""
    gaps = sorted(
        after.bottom - before.bottom
        for before, after in zip(lines, lines[1:], strict=False)  # noqa: RUF007
        if before.page == after.page and 0 < after.bottom - before.bottom < 5 * after.size
    )
    return gaps[len(gaps) // 2] if gaps else 0.0


def _column_rights(lines: list[Line]) -> dict[tuple[int, int], float]:
    """Return the right edge of the column that begins near each left edge."""
    rights: dict[tuple[int, int], float] = {}
    for line in lines:
        key = (line.page, round(line.left / 30))
        for near in (key[1] - 1, key[1], key[1] + 1):
            at = (line.page, near)
            rights[at] = max(rights.get(at, 0.0), line.right)
    return rights


def _begins(before: Line, line: Line, rights: dict[tuple[int, int], float], pitch: float) -> bool:
    """Whether a new paragraph begins with a line."""
    small, large = sorted((before.size, line.size))
    if large > 1.5 * max(small, 1):
        return True
    right = rights[before.page, round(before.left / 30)]
    short = right - before.right > 0.15 * max(right - before.left, 1)
    ended = bool(_SENTENCE_END.search(before.text))
    if before.page != line.page or line.bottom < before.bottom:
        return ended and short and not line.text[:1].islower()
    if pitch and line.bottom - before.bottom > _WIDER_GAP * pitch:
        return True
    if ended and line.left - before.left > 0.8 * line.size and not line.text[:1].islower():
        return True
    return ended and short

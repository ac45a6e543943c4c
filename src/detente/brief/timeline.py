"""The timeline as SVG: one stem for each incident, on a scale of days and a scale of points.

Labels are placed only where they cover no other label or mark; every mark has its whole sentence
as title and leads to its entry.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from detente.brief.wording import MONTHS, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.model import Point

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 22, 34
MOST_LABELS = 7
_CHARACTER = 6.7
"""Width of a character of the label font (11 px sans serif), a little more than measured."""
_LINE = 14


@dataclass(frozen=True, slots=True)
class _Box:
    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: _Box) -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and points stand."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        length = max((self.last - self.first).days, 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / length

    def y(self, points: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (self.high - points) / (self.high - self.low)


def timeline(points: Sequence[Point], *, scale: str) -> str:
    """Return the timeline as an SVG element, empty where there are fewer than two marks.

    Args:
        points: Marks, by day.
        scale: Label of the scale, for the axis.
    """
    if len(points) < 2:
        return ""
    frame = _frame(points)
    parts = [
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg" aria-label="Timeline of {len(points)} incidents">',
        *_grid(frame, scale),
        *(_mark(frame, point) for point in points),
        *_labels(frame, points),
        "</svg>",
    ]
    return "\n".join(parts)


def _frame(points: Sequence[Point]) -> _Frame:
    first, last = points[0].day, points[-1].day
    pad = max((last - first) // 40, timedelta(days=3))
    values = [point.points for point in points]
    return _Frame(
        first - pad,
        last + pad,
        min(math.floor(min(values)), -1) - 0.25,
        max(math.ceil(max(values)), 1) + 0.6,
    )


def _grid(frame: _Frame, scale: str) -> list[str]:
    parts = []
    step = max(1, math.ceil((frame.high - frame.low) / 6))
    for value in range(math.ceil(frame.low / step) * step, math.floor(frame.high) + 1, step):
        y = frame.y(value)
        kind = "axis" if value == 0 else "grid"
        parts.append(
            f'<line class="{kind}" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">'
            f"{signed(value)}</text>"
        )
    for day, text in _ticks(frame):
        x = frame.x(day)
        parts.append(
            f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}"/>'
            f'<text class="tick" x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">'
            f"{text}</text>"
        )
    parts.append(
        f'<text class="tick" x="{LEFT}" y="{TOP - 9}">Points on {escape(scale)}; '
        "hollow marks did not take place or not yet</text>"
    )
    return parts


def _ticks(frame: _Frame) -> list[tuple[date, str]]:
    """First days of months or years, so many that their labels stand clear of each other."""
    months = (frame.last - frame.first).days / 30.4
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if months / s <= 9), 240)
    found = []
    year, month = frame.first.year, 1
    while date(year, month, 1) <= frame.last:
        day = date(year, month, 1)
        if frame.first <= day:
            name = str(year) if step >= 12 else f"{MONTHS[month - 1][:3]} {year}"
            found.append((day, name))
        index = (year * 12 + month - 1) + step
        year, month = index // 12, index % 12 + 1
        if year > date.max.year:
            break
    return found or [(frame.first, f"{MONTHS[frame.first.month - 1][:3]} {frame.first.year}")]


def _mark(frame: _Frame, point: Point) -> str:
    x, y, zero = frame.x(point.day), frame.y(point.points), frame.y(0)
    kind = "up" if point.points > 0 else "down" if point.points < 0 else "level"
    hollow = "" if point.actual else " hollow"
    return (
        f'<a href={quoteattr("#" + point.anchor)}><g class="mark {kind}{hollow}">'
        f"<title>{escape(point.title)}</title>"
        f'<line x1="{x:.1f}" y1="{zero:.1f}" x2="{x:.1f}" y2="{y:.1f}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5"/></g></a>'
    )


def _labels(frame: _Frame, points: Sequence[Point]) -> list[str]:
    """Label the weightiest marks, newest first among equals, where there is room."""
    taken = [
        _Box(frame.x(p.day) - 6, frame.y(p.points) - 6, frame.x(p.day) + 6, frame.y(p.points) + 6)
        for p in points
    ]
    for p in points:
        ends = sorted((frame.y(0), frame.y(p.points)))
        taken.append(_Box(frame.x(p.day) - 2, ends[0], frame.x(p.day) + 2, ends[1]))
    order = sorted(points, key=lambda p: (not p.actual, -abs(p.points), -p.day.toordinal()))
    parts: list[str] = []
    for point in order:
        if len(parts) == MOST_LABELS:
            break
        box = _room(frame, point, taken)
        if box is None:
            continue
        taken.append(box)
        parts.append(
            f'<text class="label" x="{box.x0 + 2:.1f}" y="{box.y1 - 4:.1f}">'
            f"{escape(point.label)}</text>"
        )
    return parts


def _room(frame: _Frame, point: Point, taken: Sequence[_Box]) -> _Box | None:
    x, y = frame.x(point.day), frame.y(point.points)
    wide = len(point.label) * _CHARACTER + 4
    up = point.points >= 0
    rows = [y - 8 - _LINE, y - 8 - 2 * _LINE] if up else [y + 8, y + 8 + _LINE]
    for top in [*rows, y - _LINE / 2]:
        for left in (x - wide / 2, x + 9, x - wide - 9):
            box = _Box(left, top, left + wide, top + _LINE)
            inside = (
                box.x0 >= LEFT
                and box.x1 <= WIDTH - 2
                and box.y0 >= TOP - 4
                and box.y1 <= HEIGHT - BOTTOM
            )
            if inside and not any(box.meets(other) for other in taken):
                return box
    return None

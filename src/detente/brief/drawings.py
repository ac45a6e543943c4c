"""Radar and sparklines of the barometer issue, as SVG."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from detente.brief.wording import signed

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE, RADIUS = 420, 132
LABEL, TALL = 15, 1.15
"""Characters in a line of a label, and its height in those of its letters."""
_FEWEST_AXES = 3


def radar(labels: Sequence[str], now: Sequence[float], before: Sequence[float]) -> str:
    """Return a radar of the index by partner, empty for fewer than three partners.

    Args:
        labels: Names of the partners.
        now: Index of this issue.
        before: Index of the last issue.
    """
    if len(labels) < _FEWEST_AXES:
        return ""
    low = min(0.0, *now, *before)
    high = max(0.0, *now, *before)
    low, high = (low - 1, high + 1) if high - low < 1 else (low, high)
    low = low - (high - low) * 0.15
    parts = [
        f'<svg class="radar" viewBox="-60 36 {SIZE + 120} {SIZE - 84}" role="img" '
        'xmlns="http://www.w3.org/2000/svg" aria-label="Index by partner">'
    ]
    for value in _rings(low, high):
        kind = "axis" if value == 0 else "grid"
        ring = _polygon([value] * len(labels), low, high)
        x, y = _point(0, len(labels), value, low, high)
        parts.append(
            f'<polygon class="{kind}" points="{ring}"/>'
            f'<text class="tick" x="{x + 4:.1f}" y="{y - 2:.1f}">{signed(value)}</text>'
        )
    for number, label in enumerate(labels):
        x, y = _point(number, len(labels), high, low, high)
        parts.append(
            f'<line class="grid" x1="{SIZE / 2}" y1="{SIZE / 2 - 10}" x2="{x:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(_axis_label(number, len(labels), f"{label} {signed(now[number])}"))
    parts.append(f'<polygon class="before" points="{_polygon(before, low, high)}"/>')
    parts.append(f'<polygon class="now" points="{_polygon(now, low, high)}"/>')
    parts.append("</svg>")
    return "\n".join(parts)


def _rings(low: float, high: float) -> list[float]:
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000, 10**6, 10**9) if (high - low) / s <= 5)
    return [float(n * step) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _point(number: int, count: int, value: float, low: float, high: float) -> tuple[float, float]:
    angle = 2 * math.pi * number / count - math.pi / 2
    length = RADIUS * (value - low) / (high - low)
    return SIZE / 2 + length * math.cos(angle), SIZE / 2 - 10 + length * math.sin(angle)


def _polygon(values: Sequence[float], low: float, high: float) -> str:
    found = (_point(n, len(values), value, low, high) for n, value in enumerate(values))
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in found)


def _axis_label(number: int, count: int, text: str) -> str:
    angle = 2 * math.pi * number / count - math.pi / 2
    x = SIZE / 2 + (RADIUS + 14) * math.cos(angle)
    away = RADIUS + (26 if abs(math.cos(angle)) < 0.2 else 14)
    y = SIZE / 2 - 10 + away * math.sin(angle) + 4
    side = math.cos(angle)
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    name, _, value = text.rpartition(" ")
    lines = [text] if len(text) <= LABEL else [*wrap(name, LABEL), value]
    above = -TALL * (len(lines) - 1) * (1 - math.sin(angle)) / 2
    parts = [
        f'<tspan x="{x:.1f}" dy="{TALL if row else above:.2f}em">{escape(line)}</tspan>'
        for row, line in enumerate(lines)
    ]
    return f'<text class="label" y="{y:.1f}" text-anchor="{anchor}">{"".join(parts)}</text>'


def sparkline(values: Sequence[float], *, title: str) -> str:
    """Return a line of the last values with its last point marked, empty for fewer than two."""
    if len(values) < 2:
        return ""
    wide, tall, pad = 150, 34, 5
    low, high = min(0.0, *values), max(0.0, *values)
    low, high = (low, high) if high > low else (-1.0, 1.0)

    def place(number: int, value: float) -> tuple[float, float]:
        x = pad + (wide - 2 * pad) * number / (len(values) - 1)
        return x, pad + (tall - 2 * pad) * (high - value) / (high - low)

    path = " ".join("{:.1f},{:.1f}".format(*place(n, value)) for n, value in enumerate(values))
    _, zero = place(0, 0.0)
    x, y = place(len(values) - 1, values[-1])
    return (
        f'<svg class="spark" viewBox="0 0 {wide} {tall}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>'
        f'<line class="grid" x1="{pad}" y1="{zero:.1f}" x2="{wide - pad}" y2="{zero:.1f}"/>'
        f'<polyline points="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    )

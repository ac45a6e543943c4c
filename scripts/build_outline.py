"""Builds ``src/detente/web/static/land.svg`` from Natural Earth's land at 1:110 million.

Run: ``python scripts/build_outline.py land-110m.json``, the TopoJSON file of the npm package
world-atlas. The drawing is equirectangular: x is the longitude, y the latitude with its sign turned.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "detente" / "web" / "static" / "land.svg"

Points = list[tuple[float, float]]


def parts(ring: Points) -> list[Points]:
    """Return a ring as it is drawn: one that crosses the 180th meridian twice, once on each side.

    Drawn as it is, it would run around the world and fill the band between its two crossings.
    """
    turns, whole = 0.0, []
    for before, (x, y) in zip([ring[0], *ring], ring, strict=False):
        step = x - before[0]
        turns -= 360.0 * round(step / 360.0) if abs(step) > 180.0 else 0.0
        whole.append((round(x + turns, 1), y))
    if min(x for x, _ in whole) >= -180.0 and max(x for x, _ in whole) <= 180.0:
        return [whole]
    side = -360.0 if max(x for x, _ in whole) > 180.0 else 360.0
    return [whole, [(round(x + side, 1), y) for x, y in whole]]


def _drawn(points: Points) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in dict.fromkeys(points)) + "Z"


def main() -> None:
    """Write the drawing."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * sx + tx, 1), round(-(y * sy + ty), 1)))
        arcs.append(points)
    paths = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            points = []
            for number in ring:
                points += arcs[number] if number >= 0 else arcs[~number][::-1]
            paths += [_drawn(part) for part in parts(points)]
    OUT.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-180 -90 360 180" width="3600" '
        f'height="1800"><path fill="#8b949e" fill-opacity=".38" d="{"".join(paths)}"/></svg>\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()

"""Written output: a cited brief on one relation, and the barometer issue of one country.

``write(view, "BLR", "USA")`` gives a ``Brief``; ``to_markdown`` and ``to_html`` render it.
"""

from detente.brief.model import Brief, Citation, Cited, Item, Point, Section
from detente.brief.render import to_html, to_markdown
from detente.brief.writer import compose, write

__all__ = [
    "Brief",
    "Citation",
    "Cited",
    "Item",
    "Point",
    "Section",
    "compose",
    "to_html",
    "to_markdown",
    "write",
]
